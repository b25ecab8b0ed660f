"""S3: what is in the ledger stays as it is, and a change made by other hands is found."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import DatabaseError, connection, transaction

from caseward.record.ledger import (
    canonical,
    disposal,
    heads,
    models,
    queries,
    refusals,
    triggers,
    verification,
)
from caseward.record.ledger.acts import AUTHORITY
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

CHANGES = (
    "UPDATE ledger_entry SET hash = 'x'",
    "UPDATE ledger_payload SET text = 'x'",
    "UPDATE ledger_act SET why = 'x'",
    "UPDATE ledger_stream SET public_id = 'x'",
    "UPDATE ledger_stream SET seq = 0",
    "UPDATE ledger_lawtext SET text = 'x'",
    "DELETE FROM ledger_payload",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_act",
    "DELETE FROM ledger_stream",
    "DELETE FROM ledger_lawtext",
)
UPSERT = (
    "INSERT INTO ledger_lawtext SELECT * FROM ledger_lawtext"
    " ON CONFLICT (fingerprint) DO UPDATE SET text = 'x'"
)
OVERWRITES = {
    "sqlite": (
        "INSERT OR REPLACE INTO ledger_payload SELECT * FROM ledger_payload",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
        "INSERT OR REPLACE INTO ledger_act SELECT * FROM ledger_act",
        "INSERT OR REPLACE INTO ledger_stream SELECT * FROM ledger_stream",
        "INSERT OR REPLACE INTO ledger_lawtext SELECT * FROM ledger_lawtext",
        "UPDATE OR REPLACE ledger_entry SET position = 1",
    ),
    "postgresql": (
        "TRUNCATE ledger_entry CASCADE",
        "TRUNCATE ledger_payload",
        "TRUNCATE ledger_lawtext",
        UPSERT,
    ),
}


def refusal_of(sql: str) -> str:
    """Return the words in which the database refuses a statement, "" where it does not."""
    try:
        with transaction.atomic():
            tampering.run(sql)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def test_S3a_rows_cannot_be_changed_removed_or_overwritten() -> None:
    """The database itself refuses every statement that would, whoever sends it."""
    tampering.install_guards_anew()
    tampering.run("INSERT INTO ledger_lawtext VALUES ('f', 't')")
    record(a_fact(a_child()))
    refused = {sql: refusal_of(sql) for sql in (*CHANGES, *OVERWRITES[connection.vendor])}
    assert [sql for sql, words in refused.items() if not words] == []
    assert "The ledger is never changed" in refused["UPDATE ledger_entry SET hash = 'x'"]
    assert "Nothing leaves the ledger" in refused["DELETE FROM ledger_payload"]


def test_S3b_an_entry_takes_the_next_position_or_none() -> None:
    """A row may not be put in between, or after a gap, even by who writes SQL."""
    tampering.install_guards_anew()
    record(a_fact(a_child()))
    columns = "act_id, recorded_at, commitment, previous_hash, hash, store_hash"
    copy = (
        f"INSERT INTO ledger_entry (position, entry_id, stream_id, seq, {columns})"
        f" SELECT {{position}}, 'new', stream_id, seq + 1, {columns} FROM ledger_entry"
    )
    assert "take the next position" in refusal_of(copy.format(position=0))
    assert "take the next position" in refusal_of(copy.format(position=3))


def test_S3c_a_payload_has_one_canonical_text_that_the_database_leaves_alone() -> None:
    """Sorted keys, no floats, no spaces, UTF-8; what is read back is what was hashed, to the byte.

    A database that understood the text would have reordered it, or rounded the long number.
    """
    child = a_child()
    said = {"zeta": "1.0", "alpha": 12345678901234567890, "Łódź": "naïve — “so”", "nul": "\x00"}
    record(a_fact(child, fields=said), a_fact(child, fields=dict(reversed(said.items()))))
    one, other = models.Payload.objects.order_by("pk").values_list("text", flat=True)
    assert one == other
    assert one == (
        '{"fields":{"alpha":12345678901234567890,"nul":"\\u0000","zeta":"1.0",'
        '"Łódź":"naïve — “so”"},"kind":"visit.made","occurred_on":"2026-01-06"}'
    )
    assert json.loads(one)["fields"] == said
    assert queries.entries_of(child)[0].fields == said
    with pytest.raises(refusals.NotCanonical, match="float, which the ledger does not keep"):
        canonical.payload_text(a_fact(child, fields={"amount": 0.1}))


def test_S3d_a_changed_payload_is_found_and_named() -> None:
    """`verify` says which entry of which child was changed, and is silent on a whole ledger."""
    child = a_child()
    record(a_fact(child), a_fact(child, fields={"seen": "no"}), a_fact(a_child()))
    assert verification.verify().faults == ()
    tampering.behind_its_back(
        "UPDATE ledger_payload SET text = replace(text, '\"no\"', '\"yes\"') WHERE position = 2"
    )
    (fault,) = verification.verify().faults
    assert (fault.code, fault.stream, fault.seq, fault.position) == ("payload_changed", child, 2, 2)
    assert f"Entry 2 (number 2 of child {child.id}): what it says was changed." in fault.sentence


def test_S3e_each_hash_covers_the_entry_before_it() -> None:
    """One taken out of the middle breaks the chain there, and so does a running hash changed."""
    child = a_child()
    record(*(a_fact(child, fields={"n": number}) for number in range(4)))
    record(a_fact(child))
    with transaction.atomic():
        tampering.behind_its_back("UPDATE ledger_entry SET store_hash = hash WHERE position = 4")
        (fault,) = verification.verify().faults
        transaction.set_rollback(True)
    assert (fault.code, fault.stream, fault.seq, fault.position) == ("store_broken", child, 4, 4)
    with tampering.unguarded():
        tampering.run("DELETE FROM ledger_payload WHERE position = 2")
        tampering.run("DELETE FROM ledger_entry WHERE position = 2")
    (fault,) = verification.verify().faults
    assert (fault.code, fault.stream, fault.seq, fault.position) == ("entry_removed", child, 2, 2)


def test_S3f_an_act_cannot_change_hands() -> None:
    """Who did it, when, and why are in the chain as what was done is."""
    record(a_fact(a_child()), act=an_act(by="worker-1", why="as asked"))
    assert verification.verify().is_whole
    tampering.behind_its_back("UPDATE ledger_act SET by = 'worker-2'".replace("by", '"by"'))
    (fault,) = verification.verify().faults
    assert fault.code == "act_changed"


def test_S3g_a_signed_head_shows_a_tail_cut_off_and_a_chain_made_anew() -> None:
    """What no chain can show of itself, a head kept outside the store does."""
    child = a_child()
    record(*(a_fact(child) for _ in range(5)))
    with TemporaryDirectory() as folder:
        head = heads.write([Path(folder)], at=NOON)
        signed = heads.read_all(Path(folder))
    assert verification.verify(signed, public_key=head.public_key).is_whole

    with transaction.atomic():
        tampering.cut_tail(2)
        assert verification.verify().is_whole
        assert _codes(signed, head) == ["entries_cut"]
        transaction.set_rollback(True)

    tampering.behind_its_back("UPDATE ledger_payload SET text = replace(text, '-06', '-07')")
    tampering.behind_its_back("UPDATE ledger_payload SET occurred_on = '2026-01-07'")
    tampering.make_anew()
    assert verification.verify().is_whole
    assert _codes(signed, head) == ["made_anew"]


def test_S3h_a_payload_goes_only_by_a_disposal_of_two_people() -> None:
    """One alone cannot remove what an entry says; two can, and the chain stays whole."""
    tampering.install_guards_anew()
    child = a_child()
    (gone,) = record(a_fact(child, fields={"secret": "canary"})).entries
    about = {"entry": gone.entry_id}
    (proposal,) = record(
        a_fact(AUTHORITY, disposal.PROPOSED, fields=about), act=an_act(by="w1")
    ).entries
    leave = {**about, "proposal": proposal.entry_id}
    alone = record(a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w1"))
    with pytest.raises(refusals.Refused, match="cannot agree to it too"):
        disposal.carry_out(agreed_position=alone.entries[0].position)
    acts = dict(models.Entry.objects.values_list("position", "act_id"))
    assert "two different people" in refusal_of(
        "INSERT INTO ledger_disposal (of_position, entry_id, proposed_act_id, agreed_act_id)"
        f" VALUES (1, {alone.entries[0].position}, '{acts[2]}', '{acts[3]}')"
    )
    two = record(a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w2"))
    assert disposal.carry_out(agreed_position=two.entries[0].position) == gone.position
    assert queries.entries_of(child) == ()
    assert not models.Payload.objects.filter(text__contains="canary").exists()
    assert verification.verify().is_whole


def test_S3i_a_guard_taken_off_is_found() -> None:
    """A database whose refusals were lifted says so when it is verified."""
    assert verification.verify().is_whole
    with transaction.atomic():
        triggers.lift(connection)
        found = verification.verify().faults
        transaction.set_rollback(True)
    assert {fault.code for fault in found} == {"guard_missing"}
    assert len(found) > 12


def _codes(signed: tuple[heads.SignedHead, ...], head: heads.SignedHead) -> list[str]:
    report = verification.verify(signed, public_key=head.public_key)
    return [fault.code for fault in report.faults]
