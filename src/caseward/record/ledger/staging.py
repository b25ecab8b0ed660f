"""A staging file: an import's facts, and what follows from them, made ready beside the store (S6).

A SQLite file of its own, whichever database the store is on. Facts stand in it as they will stand in
the ledger, but for what hangs on their place; `number` writes that too, once the place is known.
Other rooms add tables of their own. Nothing here writes to the store but `Beside.copy`.
"""

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection

from caseward.record.ledger import canonical, writing
from caseward.record.ledger.acts import NewEntry, StreamRef, stream_of

AT_ONCE = 10_000
N_COLUMNS = 11
"""Of a fact: its number, its stream's, and what `facts` gives of it."""
TEXT = 3
"""Where in what `facts` gives of one the text stands."""
_TABLES = (
    (
        "CREATE TABLE staged.fact (n INTEGER PRIMARY KEY, stream, entry_id, commitment, salt, text,"
        " kind, occurred_on, occasion, source, target)"
    ),
    "CREATE INDEX staged.fact_target ON fact (target) WHERE target IS NOT NULL",
    # The first fact of each kind on each sort of stream: of it is asked whether it may be recorded.
    "CREATE TABLE staged.asked (n INTEGER PRIMARY KEY)",
    (
        "CREATE TABLE staged.stream (n INTEGER PRIMARY KEY, kind, public_id, seq, number,"
        " last_seq, head_hash, UNIQUE (kind, public_id))"
    ),
    "CREATE TABLE staged.link (n INTEGER PRIMARY KEY, seq, previous_hash, hash, store_hash)",
)
_ENTRIES = (
    "SELECT ? + f.n, f.entry_id, s.number, l.seq, ?, ?, f.commitment, l.previous_hash, l.hash,"
    " l.store_hash FROM staged.fact f JOIN staged.link l ON l.n = f.n"
    " JOIN staged.stream s ON s.n = f.stream WHERE f.n BETWEEN ? AND ? ORDER BY f.n"
)
_PAYLOADS = (
    "SELECT ? + n, salt, text, kind, occurred_on, occasion, source FROM staged.fact"
    " WHERE n BETWEEN ? AND ? ORDER BY n"
)

FactRow = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A staging file that is open, its tables named `staged.<table>`."""

    connection: sqlite3.Connection

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Run a statement of ours and return its rows."""
        return self.connection.execute(statement, values)

    def put(self, table: str, n_columns: int, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table, every column given."""
        marks = ", ".join("?" * n_columns)
        self.connection.executemany(f"INSERT INTO staged.{table} VALUES ({marks})", rows)  # noqa: S608 -- our own tables


@dataclass(frozen=True, slots=True)
class Beside:
    """A staging file beside the store, whose rows can be copied into it."""

    file: File
    is_attached: bool

    def spans(self, table: str) -> Iterator[tuple[int, int]]:
        """Yield the first and last number of some thousand rows of a staged table, and so on.

        What one statement changes is kept in memory until it ends: it must not be a whole import.
        """
        (last,) = self.file.run(f"SELECT coalesce(max(rowid), 0) FROM staged.{table}").fetchone()  # noqa: S608 -- our own tables
        for first in range(1, last + 1, AT_ONCE):
            yield first, min(first + AT_ONCE - 1, last)

    def copy(self, table: str, columns: str, select: str, *values: Any) -> None:
        """Add what is selected from the staging file to a table of the store.

        SQLite copies between its two files; otherwise the rows go through here.
        """
        if self.is_attached:
            into = f"INSERT INTO main.{table} ({columns}) {select}"
            connection.connection.execute(into, values)
            return
        rows = self.file.run(select, *values)
        if connection.vendor == "postgresql":
            writing.copy(table, columns, rows)
            return
        while some := rows.fetchmany(AT_ONCE):
            writing.insert(table, columns, some)


@contextmanager
def opened(path: Path, *, anew: bool = False) -> Iterator[File]:
    """Open a staging file, an empty one if `anew`; what was put in is kept where nothing fails."""
    if anew:
        path.unlink(missing_ok=True)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("ATTACH DATABASE ? AS staged", (str(path),))
        # Made again from nothing if the machine stops: it need not wait for the disk.
        database.execute("PRAGMA staged.synchronous = OFF")
        file = File(database)
        if anew:
            database.execute("PRAGMA staged.journal_mode = OFF")
            for statement in _TABLES:
                file.run(statement)
        yield file


@contextmanager
def beside(path: Path) -> Iterator[Beside]:
    """Open a staging file so that its rows can be copied into the store.

    Attached where the store is SQLite and no transaction is open: within one it could not be let go.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with opened(path) as file:
            yield Beside(file, is_attached=False)
        return
    # The store's transaction locks what is attached to it, so that one connection does everything.
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS staged", [str(path)])
    try:
        connection.connection.execute("PRAGMA staged.synchronous = OFF")
        # Read once from end to end, it would only take memory that others need.
        connection.connection.execute("PRAGMA staged.mmap_size = 0")
        yield Beside(File(connection.connection), is_attached=True)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DETACH DATABASE staged")


@contextmanager
def _together(file: File) -> Iterator[None]:
    """Write several rows at once: within the transaction that is open, or in one of the file's own."""
    if file.connection.in_transaction:
        yield
        return
    file.run("BEGIN")
    try:
        yield
    except BaseException:
        file.run("ROLLBACK")
        raise
    file.run("COMMIT")


def facts(new: Sequence[NewEntry]) -> list[FactRow]:
    """Return the columns of a stream's facts from `entry_id` on: what does not hang on their place.

    The last is what a fact corrects or withdraws, where the ledger must hold that already.
    """
    own = {each.entry_id for each in new}
    return [_fact(each, own) for each in new]


def _fact(new: NewEntry, own: Container[str]) -> FactRow:
    text = canonical.payload_text(new)
    salt, commitment = writing.sealed(text)
    target = new.corrects or new.withdraws
    return (
        new.entry_id,
        commitment,
        salt,
        text,
        new.kind,
        new.occurred_on.isoformat(),
        new.occasion or "",
        new.source or "",
        None if target in own else target,
    )


def put_stream(file: File, number: int, stream: StreamRef, seq: int) -> None:
    """Add a stream under its number here, with the seq that it has now."""
    file.put("stream", 7, [(number, stream.kind, stream.id, seq, None, None, None)])


def digest(file: File) -> str:
    """Return the digest of what is staged, as `operations.input_digest` makes it."""
    rows = file.run(
        "SELECT s.kind, s.public_id, f.text FROM staged.fact f"
        " JOIN staged.stream s ON s.n = f.stream ORDER BY f.n"
    )
    head = ("caseward input 1", canonical.text_of({}))
    return canonical.sha256_of_all(chain(head, chain.from_iterable(rows)))


def streams(file: File) -> dict[StreamRef, int]:
    """Return the streams that are staged, each with the seq that it had then."""
    rows = file.run("SELECT kind, public_id, seq FROM staged.stream ORDER BY n")
    return {stream_of(kind, public_id): seq for kind, public_id, seq in rows}


def name_streams(file: File, numbers: Mapping[StreamRef, int]) -> None:
    """Write under which number the ledger keeps each staged stream."""
    with _together(file):
        file.connection.executemany(
            "UPDATE staged.stream SET number = ? WHERE kind = ? AND public_id = ?",
            ((number, ref.kind, ref.id) for ref, number in numbers.items()),
        )


def one_of_each_kind(file: File) -> list[NewEntry]:
    """Return the staged entries whose doer's permission is asked, one of each kind."""
    rows = file.run(
        "SELECT s.kind, s.public_id, f.text FROM staged.asked a JOIN staged.fact f ON f.n = a.n"
        " JOIN staged.stream s ON s.n = f.stream ORDER BY a.n"
    )
    return [_as_new(stream_of(kind, public_id), text) for kind, public_id, text in rows]


def targets(file: File) -> Iterator[tuple[str, StreamRef]]:
    """Yield what staged facts correct or withdraw of the ledger's, with the stream it must be on."""
    rows = file.run(
        "SELECT f.target, s.kind, s.public_id FROM staged.fact f"
        " JOIN staged.stream s ON s.n = f.stream WHERE f.target IS NOT NULL"
    )
    return ((target, stream_of(kind, public_id)) for target, kind, public_id in rows)


def number(file: File, tail: writing.Tail) -> None:
    """Write the hashes that every staged fact has if it follows this end of the store."""
    rows = file.run(
        "SELECT f.n, f.entry_id, f.commitment, s.kind, s.public_id FROM staged.fact f"
        " JOIN staged.stream s ON s.n = f.stream ORDER BY f.n"
    )
    linked = (
        (n, *writing.linked(tail, stream_of(kind, public_id), entry_id, commitment))
        for n, entry_id, commitment, kind, public_id in rows
    )
    with _together(file):
        file.run("DELETE FROM staged.link")
        file.put("link", 5, linked)
        file.connection.executemany(
            "UPDATE staged.stream SET last_seq = ?, head_hash = ? WHERE kind = ? AND public_id = ?",
            ((seq, head_hash, ref.kind, ref.id) for ref, seq, head_hash in tail.ends()),
        )


def ends(file: File) -> Iterator[tuple[StreamRef, int, str]]:
    """Yield where each stream that has staged facts ends once numbered: its last seq and hash."""
    rows = file.run(
        "SELECT kind, public_id, last_seq, head_hash FROM staged.stream WHERE last_seq IS NOT NULL"
    )
    return ((stream_of(kind, public_id), seq, head) for kind, public_id, seq, head in rows)


def copy_facts(source: Beside, before: int, act_id: str, recorded_at: Any) -> Iterator[int]:
    """Copy the numbered facts into the ledger, after a position; yield how many more are in."""
    for span in source.spans("fact"):
        place = (before, act_id, recorded_at, *span)
        source.copy("ledger_entry", writing.ENTRY_COLUMNS, _ENTRIES, *place)
        source.copy("ledger_payload", writing.PAYLOAD_COLUMNS, _PAYLOADS, before, *span)
        yield span[1] - span[0] + 1


def _as_new(stream: StreamRef, text: str) -> NewEntry:
    content = canonical.read_payload(text)
    return NewEntry(
        stream=stream,
        kind=content["kind"],
        occurred_on=date.fromisoformat(content["occurred_on"]),
        fields=content.get("fields", {}),
    )
