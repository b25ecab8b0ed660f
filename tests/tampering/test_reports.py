"""What `verify` tells of the rest of the store: acts, adopted texts, disposals, and of itself."""

import hashlib
from dataclasses import replace

import pytest
from django.db import DatabaseError

from caseward.record.ledger import canonical, stored, verification
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.ledger.links import Link
from caseward.record.ledger.refusals import Refused
from caseward.record.ledger.stored import Unreadable
from tests.integration.store import tampering
from tests.integration.store.writing import a_child, a_fact, an_act, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
LAW = "procedure: made_up"


def found() -> list[tuple[str, int | None]]:
    """Return code and position of each fault."""
    return [(fault.code, fault.position) for fault in verification.verify().faults]


def keep_a_text(fingerprint: str, text: str = LAW) -> None:
    """Put a text beside the ledger, as adopting does."""
    tampering.run(
        "INSERT INTO ledger_lawtext (fingerprint, text) VALUES (%s, %s)", fingerprint, text
    )


def adopt(fingerprint: str) -> None:
    """Record that the authority adopted a text."""
    fields = {"procedure": "made_up", "fingerprint": fingerprint, "in_force_from": "2026-01-01"}
    record(a_fact(AUTHORITY, "procedure.adopted", fields=fields))


def test_a_report_counts_what_it_read() -> None:
    """Entries, streams, acts, and the head that it came to."""
    child = a_child()
    record(a_fact(child), a_fact(child), a_fact(a_child()))
    record(a_fact(child))
    report = verification.verify()
    assert (report.n_entries, report.n_streams, report.n_acts, report.n_heads) == (4, 2, 2, 0)
    assert report.head.position == 4
    assert [report.head.store_hash] == [
        each.store_hash for each in stored.links() if not isinstance(each, Unreadable)
    ][-1:]
    assert (report.is_whole, report.n_faults, report.faults) == (True, 0, ())


def test_beyond_a_thousand_faults_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first are told one by one, and how many there are in all."""
    child = a_child()
    record(*(a_fact(child) for _ in range(5)))
    tampering.behind_its_back("UPDATE ledger_payload SET salt = 'x' WHERE position > 1")
    assert verification.verify().n_faults == len(verification.verify().faults) == 4
    monkeypatch.setattr(verification, "MOST", 3)
    report = verification.verify()
    assert (len(report.faults), report.n_faults, report.is_whole) == (3, 4, False)


def test_the_reader_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time so many more entries were read."""
    monkeypatch.setattr(verification, "READ_AHEAD", 2)
    child = a_child()
    record(*(a_fact(child) for _ in range(5)))
    told: list[int] = []
    assert verification.verify(progress=told.append).is_whole
    assert told == [2, 2]


def test_an_act_that_was_changed_is_named_with_what_it_first_wrote() -> None:
    """Or alone, where it wrote nothing."""
    record(act=an_act(key="nothing"))
    record(a_fact(a_child()))
    child = a_child()
    record(a_fact(child), a_fact(child), act=an_act(key="two"))
    tampering.behind_its_back("UPDATE ledger_act SET why = 'another' WHERE \"key\" = 'two'")
    (fault,) = verification.verify().faults
    assert (fault.code, fault.kind, fault.stream) == ("act_changed", "changed", child)
    assert (fault.position, fault.seq) == (2, 1)
    assert f"wrote entry 2 (number 1 of child {child.id})" in fault.sentence
    tampering.behind_its_back("UPDATE ledger_act SET why = 'another' WHERE \"key\" = 'nothing'")
    assert sorted(found(), key=repr) == [("act_changed", 2), ("act_changed", None)]


def test_each_column_of_an_act_is_held() -> None:
    """Who did it, when, by which door, why, for whom, what was asked and what was answered."""
    record(a_fact(a_child()))
    for name in ("key", "by", "via", "why", "acting_for", "input_digest", "answer", "hash"):
        with pytest.MonkeyPatch.context() as patch:
            acts = list(stored.acts())
            changed = [_with(act, name) for act in acts]
            patch.setattr(stored, "acts", lambda changed=changed: iter(changed))
            assert found() == [("act_changed", 1)], name


def _with(act: stored.StoredAct, name: str) -> stored.StoredAct:
    columns = {each: getattr(act, each) for each in stored.StoredAct.__slots__}
    return stored.StoredAct(**{**columns, name: f"{columns[name]}x"})


def test_an_adopted_text_is_there_and_as_it_was() -> None:
    """Whole is silent; changed and gone are told, the latter with the entry that adopted it."""
    fingerprint = canonical.fingerprint(LAW)
    keep_a_text(fingerprint)
    adopt(fingerprint)
    assert found() == []
    adopt("gone")
    (fault,) = verification.verify().faults
    assert (fault.code, fault.position, fault.stream) == ("text_missing", 2, AUTHORITY)
    assert "The text gone, which entry 2 adopted" in fault.sentence
    tampering.behind_its_back("UPDATE ledger_lawtext SET text = 'another'")
    assert found() == [("text_changed", None), ("text_missing", 2)]


@pytest.mark.parametrize("said", ["no text of ours", '{"kind":"x"}', '{"fields":1}', "[]"])
def test_an_adoption_that_is_none_any_more_is_told_once(said: str) -> None:
    """As changed; it names no text that could be missed."""
    adopt("gone")
    tampering.behind_its_back("UPDATE ledger_payload SET text = %s", said)
    assert found() == [("payload_changed", 1)]


def test_a_disposal_that_nobody_agreed_is_told() -> None:
    """With the entry whose words went."""
    child = a_child()
    record(a_fact(child), a_fact(child))
    with tampering.unguarded():
        tampering.run(
            "INSERT INTO ledger_disposal (of_position, entry_id, proposed_act_id, agreed_act_id)"
            " SELECT 2, 1, act_id, act_id FROM ledger_entry WHERE position = 1"
        )
        tampering.run("DELETE FROM ledger_payload WHERE position = 2")
    assert found() == [("disposal_not_agreed", 2)]


def test_a_table_that_cannot_be_read_on_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its name, and the others are still read."""

    def torn() -> None:
        raise DatabaseError("torn")

    record(a_fact(a_child()))
    for name, called in (
        ("acts", "acts"),
        ("texts", "adopted texts"),
        ("adoptions", "adopted texts"),
        ("links", "entries"),
        ("stream_ends", "streams"),
        ("disposals", "disposals"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(stored, name, torn)
            faults = [fault for fault in verification.verify().faults if not fault.position]
        told = {fault.sentence for fault in faults if fault.code == "table_unreadable"}
        assert f"The {called} cannot be read on, because the store is damaged: torn." in told


def test_an_entry_that_cannot_be_read_is_told_with_what_is_left_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without its payload it is followed still; wholly unreadable its stream tells whose it was."""
    child = a_child()
    record(*(a_fact(child) for _ in range(4)))
    rows = [each for each in stored.links() if not isinstance(each, Unreadable)]
    bare = Unreadable(position=2, why="torn", link=replace(rows[1], said=None, is_readable=False))
    for torn, n_told in ((bare, 1), (Unreadable(position=2, why="torn"), 1)):
        with monkeypatch.context() as patch:
            patch.setattr(stored, "links", lambda torn=torn: iter([rows[0], torn, *rows[2:]]))
            report = verification.verify()
        assert [(fault.code, fault.position, fault.seq) for fault in report.faults] == [
            ("entry_unreadable", 2, 2)
        ] * n_told
        assert "cannot be read (torn)" in report.faults[0].sentence
        assert report.n_entries == 4


def test_a_digest_is_of_what_is_said_up_to_a_position(monkeypatch: pytest.MonkeyPatch) -> None:
    """Salts and ids of acts aside: another word, another digest; an unreadable entry has none."""
    child = a_child()
    record(a_fact(child, fields={"note": "one"}), a_fact(child))
    (one, two) = (each for each in stored.links() if not isinstance(each, Unreadable))
    first = verification.digest(1)
    assert first == _digest(one)
    assert verification.digest() == _digest(one, two)
    assert first != verification.digest() == verification.digest(2)
    tampering.behind_its_back("UPDATE ledger_payload SET salt = 'x'")
    assert verification.digest(1) == first
    tampering.behind_its_back("UPDATE ledger_payload SET text = replace(text, 'one', 'two')")
    assert verification.digest(1) != first
    tampering.behind_its_back("DELETE FROM ledger_payload WHERE position = 1")
    assert verification.digest(1) == _digest(replace(one, said=None))
    monkeypatch.setattr(stored, "links", lambda **_: iter([Unreadable(position=7, why="torn")]))
    with pytest.raises(Refused, match=r"Entry 7 cannot be read \(torn\), so there is no digest"):
        verification.digest()


def _digest(*links: Link) -> str:
    """Return the digest as any other program would make it."""
    running = ""
    for link in links:
        parts = (
            *("caseward digest 1", str(link.position), link.entry_id),
            *(link.stream.kind, link.stream.id, str(link.seq), link.recorded_at),
            link.said.text if link.said else "disposed of",
        )
        led = "".join(f"{len(part.encode())}:{part}" for part in parts)
        running += hashlib.sha256(led.encode()).hexdigest()
    return hashlib.sha256(running.encode()).hexdigest()
