"""R12: bits flipped at random in the store's file; every one that changes what it says is found.

What the file says is read by SQLite itself, past the product. PostgreSQL's files are of its own
form and under its own checksums, so that these flips are of SQLite's alone.
"""

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from caseward.record.ledger import disposal, payloads, verification
from caseward.record.ledger.acts import AUTHORITY
from tests.integration.store import tampering
from tests.integration.store.writing import a_child, a_fact, an_act, record
from tests.tampering import places
from tests.tampering.places import FilePlace

pytestmark = [
    pytest.mark.django_db(databases="__all__", transaction=True),
    pytest.mark.usefixtures("_copies_go"),
]
TABLES = (
    "ledger_act",
    "ledger_disposal",
    "ledger_entry",
    "ledger_lawtext",
    "ledger_payload",
    "ledger_stream",
)
COUNTS = [300, pytest.param(10_000, marks=pytest.mark.soak)]


def a_varied_ledger() -> None:
    """Record what has every sort of row: corrections, occasions, words, a text, a disposal."""
    chance = random.Random(7)
    children = [a_child() for _ in range(4)]
    for number in range(100):
        some = chance.sample(children, 1 + number % 2)
        record(*(a_fact(one, fields={"note": f"Zoë, {number} — “so”"}) for one in some))
    (gone,) = record(a_fact(children[0], fields={"note": "to be disposed of"})).entries
    about = {"entry": gone.entry_id}
    (proposal,) = record(
        a_fact(AUTHORITY, disposal.PROPOSED, fields=about), act=an_act(by="w1")
    ).entries
    leave = {**about, "proposal": proposal.entry_id}
    (agreed,) = record(
        a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w2")
    ).entries
    disposal.carry_out(agreed_position=agreed.position)
    tampering.run(
        "INSERT INTO ledger_lawtext VALUES (%s, %s)",
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        "x",
    )


def what_it_says(path: Path) -> Any:
    """Return every row of the ledger, as SQLite reads the tables; None where it cannot."""
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    database.text_factory = bytes
    try:
        return [
            sorted(map(repr, database.execute(f"SELECT * FROM {table} NOT INDEXED")))
            for table in TABLES
        ]
    except (sqlite3.DatabaseError, UnicodeError):
        return None
    finally:
        database.close()


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return the content with one bit the other way."""
    at, bit = chance.randrange(len(content)), chance.randrange(8)
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def is_found(place: FilePlace) -> bool:
    """Return whether verifying says that the store is not whole, or cannot be opened."""
    with place.opened():
        try:
            return not verification.verify().is_whole
        except (DatabaseError, UnicodeError):
            return True


@pytest.mark.parametrize("count", COUNTS)
def test_every_flip_that_changes_what_is_said_is_found(count: int, tmp_path: Path) -> None:
    """None is missed, and of those that change nothing the clean file itself is never accused."""
    a_varied_ledger()
    assert verification.verify().is_whole
    if connection.vendor == "postgresql":
        return
    clean = places.here(tmp_path)
    assert isinstance(clean, FilePlace)
    content, says = clean.path.read_bytes(), what_it_says(clean.path)
    chance = random.Random(count)
    place = FilePlace(tmp_path / "flipped.sqlite3")
    n_changing, missed = 0, []
    for number in range(count):
        place.path.write_bytes(flipped(content, chance))
        if what_it_says(place.path) != says:
            n_changing += 1
            if not is_found(place):
                missed.append(number)
    print(f"{count:,} flips, {n_changing:,} that change what is said, {len(missed)} missed")
    assert missed == []
    assert n_changing > count // 20
    assert not is_found(clean)


def test_a_moment_that_is_written_otherwise_is_found(tmp_path: Path) -> None:
    """A flip between day and time changes neither, and still what is stored is no moment now."""
    a_varied_ledger()
    if connection.vendor == "postgresql":
        assert verification.verify().is_whole
        return
    place = places.here(tmp_path)
    assert isinstance(place, FilePlace)
    content = place.path.read_bytes()
    at = content.index(b"system:test2026-03-02 12") + len("system:test2026-03-02")
    place.path.write_bytes(content[:at] + b'"' + content[at + 1 :])
    assert is_found(place)


def test_control_flips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verifier that does not hold what is said against the chain misses some of them."""
    if connection.vendor == "postgresql":
        assert verification.verify().is_whole
        return
    a_varied_ledger()
    clean = places.here(tmp_path)
    assert isinstance(clean, FilePlace)
    monkeypatch.setattr(payloads.Payloads, "look_at", lambda *_: iter(()))
    content = clean.path.read_bytes()
    at = content.index("Zoë, 3".encode())
    place = FilePlace(tmp_path / "flipped.sqlite3")
    place.path.write_bytes(content[:at] + b"A" + content[at + 1 :])
    assert what_it_says(place.path) != what_it_says(clean.path)
    assert not is_found(place)
