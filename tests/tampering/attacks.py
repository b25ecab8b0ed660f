"""Six attacks on a ledger by three routes: SQL, the bytes of its files, an old backup put back.

The ledger attacked: twelve entries, of two children in turn; heads were signed at entry 6 and at
entry 12, and lie elsewhere. A backup was taken after entry 8.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caseward.record.ledger import acts, canonical, hashing, heads, models
from caseward.record.ledger.acts import StreamRef
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, hours, record
from tests.tampering import places
from tests.tampering.places import Place

LAST, HEAD_AT, BACKED_UP, CUT_TO = 12, 6, 8, 9


@dataclass(frozen=True)
class Target:
    """A store to attack, its old backup, the folder of its heads, and the key they are signed by."""

    store: Place
    backup: Place
    heads: Path
    public_key: str
    one: StreamRef
    other: StreamRef


def target(folder: Path) -> Target:
    """Record the ledger in the tests' own store, sign its heads, and copy it out."""
    one, other = a_child(), a_child()
    for position in range(1, BACKED_UP + 1):
        _record(position, one, other)
        if position == HEAD_AT:
            heads.write([folder / "heads"], at=NOON + hours(position))
    (folder / "backup").mkdir()
    backup = places.here(folder / "backup")
    for position in range(BACKED_UP + 1, LAST + 1):
        _record(position, one, other)
    head = heads.write([folder / "heads"], at=NOON + hours(LAST))
    return Target(places.here(folder), backup, folder / "heads", head.public_key, one, other)


def _record(position: int, one: StreamRef, other: StreamRef) -> None:
    record(a_fact(one if position % 2 else other, fields={"note": marker(position)}))


def marker(position: int) -> str:
    """Return the words that one entry alone holds."""
    return f"words of entry {position:03}"


# --- by SQL, in a store that is open ------------------------------------------------------------
def edit() -> None:
    """Change what entry 3 says."""
    tampering.behind_its_back(
        "UPDATE ledger_payload SET text = replace(text, %s, %s) WHERE position = 3",
        marker(3),
        marker(903),
    )


def delete() -> None:
    """Remove entry 3 and what it says."""
    with tampering.unguarded():
        tampering.run("DELETE FROM ledger_payload WHERE position = 3")
        tampering.run("DELETE FROM ledger_entry WHERE position = 3")


def swap() -> None:
    """Exchange what entries 3 and 6 say, of two children, salts and all."""
    with tampering.unguarded():
        for old, new in ((3, -3), (6, 3), (-3, 6)):
            tampering.run("UPDATE ledger_payload SET position = %s WHERE position = %s", new, old)


def insert() -> None:
    """Put an entry behind the last, a copy of it under another id."""
    last = models.Entry.objects.order_by("-position").values().first()
    said = models.Payload.objects.order_by("-pk").values().first()
    assert last is not None
    assert said is not None
    position = last["position"] + 1
    models.Entry.objects.create(
        **{**last, "position": position, "seq": last["seq"] + 1, "entry_id": "put in"}
    )
    models.Payload.objects.create(**{**said, "entry_id": position})


def cut() -> None:
    """Remove the last entries and every trace of them in the store."""
    tampering.cut_tail(LAST - CUT_TO)


def make_anew() -> None:
    """Change what entry 3 says, and hash everything again as one who knows how."""
    edit()
    tampering.make_anew()


# --- by the bytes of the files ------------------------------------------------------------------
def edit_bytes(store: Place) -> None:
    """Change what entry 3 says."""
    store.replace({marker(3).encode(): marker(903).encode()})


def delete_bytes(store: Place) -> None:
    """Take entry 3 and what it says off their pages."""
    with store.opened():
        entry_id = models.Entry.objects.get(position=3).entry_id
    with store.patching():
        store.remove("ledger_payload", marker(3).encode())
        store.remove("ledger_entry", entry_id.encode())


def swap_bytes(store: Place) -> None:
    """Exchange the bytes of what entries 3 and 6 say, and of their salts."""
    with store.opened():
        salts = dict(models.Payload.objects.values_list("pk", "salt"))
    pairs = {salts[3]: salts[6], marker(3): marker(6)}
    swaps = {one.encode(): other.encode() for one, other in pairs.items()}
    store.replace(swaps | {other: one for one, other in swaps.items()})


def insert_bytes(store: Place) -> None:
    """Write rows of one more entry into the free space of the pages."""
    with store.opened():
        last = models.Entry.objects.get(position=LAST)
    entry_id = last.entry_id.encode()
    new_id = b"f" * len(entry_id)
    with store.patching():
        store.insert("ledger_entry", entry_id, {entry_id: new_id}, LAST + 1)
        store.insert("ledger_payload", marker(LAST).encode(), {}, LAST + 1)


def cut_bytes(store: Place) -> None:
    """Take the last entries off their pages and set their streams' rows back."""
    with store.opened():
        rows = list(models.Entry.objects.order_by("position"))
        streams = list(models.Stream.objects.order_by("number"))
    with store.patching():
        for row in rows[CUT_TO:]:
            store.remove("ledger_payload", marker(row.position).encode())
            store.remove("ledger_entry", row.entry_id.encode())
        for stream in streams:
            last = [row for row in rows[:CUT_TO] if row.stream_id == stream.number][-1]
            store.count_down(stream.head_hash.encode(), last.hash.encode(), last.seq)


def make_anew_bytes(store: Place) -> None:
    """Change what entry 3 says, and write every hash that follows from it over the old one."""
    with store.opened():
        swaps = _hashes_anew()
    store.replace({marker(3).encode(): marker(903).encode(), **swaps})


def _hashes_anew() -> dict[bytes, bytes]:
    swaps: dict[bytes, bytes] = {}
    before, ends = hashing.BEFORE_THE_FIRST, dict[StreamRef, str]()
    rows = models.Entry.objects.select_related("stream", "act", "payload").order_by("position")
    for row in rows:
        ref = acts.stream_of(row.stream.kind, row.stream.public_id)
        text = row.payload.text.replace(marker(3), marker(903))
        commitment = hashing.commitment(row.payload.salt, text)
        hashed = hashing.entry_hash(
            hashing.Place(
                position=row.position,
                entry_id=row.entry_id,
                stream=ref,
                seq=row.seq,
                recorded_at=canonical.moment_text(row.recorded_at),
            ),
            act_hash=row.act.hash,
            commitment=commitment,
            previous_hash=ends.get(ref, ""),
        )
        before, ends[ref] = hashing.store_hash(before, hashed), hashed
        for old, new in (
            (row.commitment, commitment),
            (row.hash, hashed),
            (row.store_hash, before),
        ):
            if old != new:
                swaps[old.encode()] = new.encode()
    return swaps


@dataclass(frozen=True)
class Attack:
    """One attack: by SQL, by bytes, and what must be said of it: kind, position, seq, which child."""

    name: str
    by_sql: Callable[[], None]
    by_bytes: Callable[[Place], None]
    kind: str
    position: int
    seq: int
    is_of_one: bool


ATTACKS = (
    Attack("edit", edit, edit_bytes, "changed", 3, 2, True),
    Attack("delete", delete, delete_bytes, "removed", 3, 2, True),
    Attack("swap", swap, swap_bytes, "moved", 3, 2, True),
    Attack("insert", insert, insert_bytes, "put in", 13, 7, False),
    Attack("cut", cut, cut_bytes, "cut off", 10, 5, False),
    Attack("make_anew", make_anew, make_anew_bytes, "made anew", 5, 3, True),
)
ROUTES = ("sql", "bytes", "backup")
