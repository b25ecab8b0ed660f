"""Each way of changing the ledger behind its back is found, and its place is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from caseward.record.ledger import heads, models, verification
from caseward.record.ledger.acts import StreamRef
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


def a_ledger() -> tuple[StreamRef, StreamRef]:
    """Record six entries, three on each of two children in turn; return the children."""
    one, other = a_child(), a_child()
    for number in range(3):
        record(a_fact(one, fields={"n": number}), a_fact(other, fields={"n": number}))
    return one, other


def edit_a_text() -> None:
    """Change what entry 3 says."""
    tampering.behind_its_back(
        "UPDATE ledger_payload SET text = replace(text, '1', '7') WHERE position = 3"
    )


def edit_a_salt() -> None:
    """Change the salt of entry 3."""
    tampering.behind_its_back("UPDATE ledger_payload SET salt = 'x' WHERE position = 3")


def edit_a_column() -> None:
    """Change the day that queries find entry 3 by, and not what it says."""
    tampering.behind_its_back(
        "UPDATE ledger_payload SET occurred_on = '2025-12-01' WHERE position = 3"
    )


def change_the_child() -> None:
    """Hang entry 3 on the other child."""
    number = models.Entry.objects.get(position=4).stream_id
    tampering.behind_its_back(
        "UPDATE ledger_entry SET stream_id = %s, seq = 9 WHERE position = 3", number
    )


def remove_a_payload() -> None:
    """Take away what entry 3 says, without leave."""
    tampering.behind_its_back("DELETE FROM ledger_payload WHERE position = 3")


def date_it_back() -> None:
    """Have entry 3 recorded a year before."""
    tampering.behind_its_back(
        "UPDATE ledger_entry SET recorded_at = '2025-03-02 12:00:00+00:00' WHERE position = 3"
    )


def swap_two() -> None:
    """Exchange what entries 1 and 3 say, salts and all."""
    with tampering.unguarded():
        for old, new in ((1, -1), (3, 1), (-1, 3)):
            tampering.run("UPDATE ledger_payload SET position = %s WHERE position = %s", new, old)


def swap_places() -> None:
    """Exchange the positions of entries 3 and 4, of two children."""
    with tampering.unguarded():
        for old, new in ((3, 100), (4, 3), (100, 4)):
            tampering.run("UPDATE ledger_payload SET position = %s WHERE position = %s", new, old)
            tampering.run("UPDATE ledger_entry SET position = %s WHERE position = %s", new, old)


def put_one_in() -> None:
    """Add a made-up entry at the end, hashed by somebody who does not know how."""
    last = models.Entry.objects.order_by("-position").values().first()
    assert last is not None
    made_up = {**last, "position": 7, "seq": 4, "entry_id": "made up"}
    models.Entry.objects.create(**made_up)
    said = models.Payload.objects.order_by("-pk").values().first()
    assert said is not None
    models.Payload.objects.create(**{**said, "entry_id": 7})


def cut_carelessly() -> None:
    """Remove the last entry and leave its stream's row."""
    with tampering.unguarded():
        tampering.run("DELETE FROM ledger_payload WHERE position = 6")
        tampering.run("DELETE FROM ledger_entry WHERE position = 6")


@pytest.mark.parametrize(
    ("tamper", "code", "position"),
    [
        (edit_a_text, "payload_changed", 3),
        (edit_a_salt, "payload_changed", 3),
        (edit_a_column, "column_changed", 3),
        (change_the_child, "entry_moved", 3),
        (remove_a_payload, "payload_missing", 3),
        (date_it_back, "entry_changed", 3),
        (swap_two, "payload_moved", 1),
        (swap_places, "entry_moved", 3),
        (put_one_in, "entry_inserted", 7),
        (cut_carelessly, "entries_cut", 6),
    ],
)
def test_a_change_is_found_and_placed(tamper: Callable[[], None], code: str, position: int) -> None:
    """Clean first, then the change: `verify` names what was done and where."""
    a_ledger()
    assert verification.verify().faults == ()
    tamper()
    faults = verification.verify().faults
    assert {fault.code for fault in faults} == {code}
    assert position in {fault.position for fault in faults}
    assert all(fault.stream is not None and fault.seq for fault in faults)
    assert all(fault.sentence.endswith(".") for fault in faults)


def test_one_edit_is_one_fault() -> None:
    """Every later hash covers the edited entry, and still only the edited entry is named."""
    one, _ = a_ledger()
    edit_a_text()
    (fault,) = verification.verify().faults
    assert (fault.stream, fault.seq) == (one, 2)


def test_a_text_of_law_that_was_changed_is_found() -> None:
    """An adopted text is held against its own fingerprint."""
    tampering.run("INSERT INTO ledger_lawtext VALUES ('not its fingerprint', 'text')")
    (fault,) = verification.verify().faults
    assert fault.code == "text_changed"


def test_a_head_put_back_from_before_does_no_harm_and_one_of_another_key_is_told(
    tmp_path: Path,
) -> None:
    """Every head ever signed holds for ever; one that somebody else signed is named."""
    a_ledger()
    for hour in range(2):
        heads.write([tmp_path / "ours"], at=NOON.replace(hour=12 + hour))
        record(a_fact(a_child()))
    key = heads.write([tmp_path / "ours"], at=NOON.replace(hour=15)).public_key
    forged = heads.write([tmp_path / "theirs"], at=NOON)
    signed = heads.read_all(tmp_path / "ours")
    assert [head.position for head in signed] == [6, 7, 8]
    assert verification.verify(signed, public_key=key).is_whole
    (fault,) = verification.verify([*signed, forged], public_key=key).faults
    assert fault.code == "head_not_ours"


def test_the_digest_tells_two_records_apart_and_not_two_stores() -> None:
    """It covers what is said, when and where, and no salt; up to the position asked for."""
    child = a_child()
    record(a_fact(child, entry_id="00000000-0000-4000-8000-000000000001"))
    first = verification.digest()
    record(a_fact(child, entry_id="00000000-0000-4000-8000-000000000002"))
    assert verification.digest(1) == first
    assert verification.digest() != first
    tampering.behind_its_back("UPDATE ledger_payload SET salt = 'x'")
    assert verification.digest(1) == first
