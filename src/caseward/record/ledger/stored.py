"""The ledger's rows as they are stored, read without trusting them: for `verify` and `export`.

A damaged file may hold text that is no text, days that are no days, pages that cannot be read.
Rows are asked for a span of positions at a time; where a span cannot be read, each of its rows is
tried alone, and those that cannot be read are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import Error, connection

from caseward.record.ledger import canonical, moments, scanning
from caseward.record.ledger.acts import StreamRef, stream_of
from caseward.record.ledger.links import Link, Said
from caseward.record.people.kinds import ADOPTION_KINDS

SPAN = 2_000
INTEGRITY = "PRAGMA integrity_check(20)"
# What a damaged row may end in, below or above the driver.
UNREADABLE = (Error, UnicodeError, ValueError, TypeError, OverflowError)

_PLACE = (
    "e.position, e.entry_id, e.stream_id, e.seq, e.act_id, <moment>, e.commitment,"
    " e.previous_hash, e.hash, e.store_hash, a.hash"
)
_SAID = "p.position, p.salt, p.text, p.kind, <day>, p.occasion, p.source"
_LINKS = (
    f"SELECT {_PLACE}, {_SAID} FROM {{entry}} e"  # noqa: S608 -- our own words
    " LEFT JOIN ledger_act a ON a.act_id = e.act_id"
    " LEFT JOIN {payload} p ON p.position = e.position"
    " WHERE e.position BETWEEN %s AND %s ORDER BY e.position"
)
_BARE = (
    f"SELECT {_PLACE} FROM {{entry}} e"  # noqa: S608 -- our own words
    " LEFT JOIN ledger_act a ON a.act_id = e.act_id WHERE e.position = %s"
)
_ACTS = (
    'SELECT act_id, "key", "by", {moment}, via, why, acting_for, input_digest, answer, hash'
    " FROM ledger_act"
)
UNKNOWN = stream_of("unknown", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A row that the database could not give, or part of one; `link` is what of it could be read."""

    position: int
    why: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAct:
    """An act as stored; every column is text, `at` as the hash covers it."""

    act_id: str
    key: str
    by: str
    at: str
    via: str
    why: str
    acting_for: str
    input_digest: str
    answer: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEnd:
    """Where a stream's own row says that it ends."""

    stream: StreamRef
    seq: int
    head_hash: str


def links(*, upto: int | None = None) -> Iterator[Link | Unreadable]:
    """Yield every entry with its payload, in order of position, some thousand in memory at once."""
    streams = _streams_by_number()
    disposed = {row.of_position for row in disposals()}
    with scanning.tables() as tables:
        yield from _spans(upto, tables, streams, disposed)


def _spans(
    upto: int | None,
    tables: Mapping[str, str],
    streams: dict[Any, StreamRef],
    disposed: set[int],
) -> Iterator[Link | Unreadable]:
    last = last_position(tables["entry"]) if upto is None else upto
    for first in range(1, last + 1, SPAN):
        through = min(first + SPAN - 1, last)
        try:
            rows = _rows(_LINKS.format_map(tables), first, through)
        except UNREADABLE:
            yield from _one_by_one(first, through, tables, streams, disposed)
            continue
        for row in rows:
            yield _link(row, streams, disposed)


def acts() -> Iterator[StoredAct]:
    """Yield every act, in no order.

    Errors: one of UNREADABLE where the table cannot be read on.
    """
    sql = _ACTS.format(moment=_moment_sql('"at"'))
    with connection.chunked_cursor() as cursor, _whatever_text():
        cursor.execute(sql)
        while rows := cursor.fetchmany(SPAN):
            for row in rows:
                act_id, key, by, at, *others = row
                via, why, acting_for, input_digest, answer, hashed = map(str, others)
                yield StoredAct(
                    act_id=str(act_id), key=str(key), by=str(by), at=_moment(at), via=via,
                    why=why, acting_for=acting_for, input_digest=input_digest, answer=answer,
                    hash=hashed,
                )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDisposal:
    """A disposal as stored: of which payload, agreed by which entry, between which two acts."""

    of_position: int
    agreed_position: int
    proposed_act: str
    agreed_act: str


def disposals() -> tuple[StoredDisposal, ...]:
    """Return every disposal; they are few."""
    rows = _rows(
        "SELECT of_position, entry_id, proposed_act_id, agreed_act_id FROM ledger_disposal"
        " ORDER BY of_position"
    )
    return tuple(
        StoredDisposal(of_position=of, agreed_position=agreed, proposed_act=one, agreed_act=other)
        for of, agreed, one, other in rows
    )


def texts() -> Iterator[tuple[str, str]]:
    """Yield every adopted text under its fingerprint."""
    for (fingerprint,) in _rows("SELECT fingerprint FROM ledger_lawtext ORDER BY fingerprint"):
        for (text,) in _rows("SELECT text FROM ledger_lawtext WHERE fingerprint = %s", fingerprint):
            yield str(fingerprint), str(text)


def adoptions() -> Iterator[tuple[int, str]]:
    """Yield the entries that adopted a text, each with what it says."""
    kinds = tuple(ADOPTION_KINDS)
    marks = ", ".join(["%s"] * len(kinds))
    for position, text in _rows(
        f"SELECT position, text FROM ledger_payload WHERE kind IN ({marks})",  # noqa: S608 -- marks
        *kinds,
    ):
        yield position, str(text)


def first_of_act(act_id: str) -> tuple[int, StreamEnd] | None:
    """Return the first entry that an act wrote: its position, stream, number and hash."""
    found = _rows(
        "SELECT e.position, s.kind, s.public_id, e.seq, e.hash FROM ledger_entry e"
        " JOIN ledger_stream s ON s.number = e.stream_id WHERE e.act_id = %s"
        " ORDER BY e.position LIMIT 1",
        act_id,
    )
    if not found:
        return None
    position, kind, public_id, seq, hashed = found[0]
    ref = stream_of(str(kind), str(public_id))
    return position, StreamEnd(stream=ref, seq=seq, head_hash=str(hashed))


def stream_ends() -> Iterator[StreamEnd]:
    """Yield where each stream's row says that it ends."""
    for kind, public_id, seq, head_hash in _rows(
        "SELECT kind, public_id, seq, head_hash FROM ledger_stream ORDER BY number"
    ):
        ref = stream_of(str(kind), str(public_id))
        yield StreamEnd(stream=ref, seq=seq, head_hash=str(head_hash))


def ends_between(before: int, through: int) -> tuple[StreamEnd, ...]:
    """Return where each stream stood at a position, of those that moved since an earlier one."""
    found: dict[StreamRef, StreamEnd] = {}
    for first in range(before + 1, through + 1, SPAN):
        for kind, public_id, seq, hashed in _rows(
            "SELECT s.kind, s.public_id, e.seq, e.hash FROM ledger_entry e"
            " JOIN ledger_stream s ON s.number = e.stream_id"
            " WHERE e.position BETWEEN %s AND %s ORDER BY e.position",
            first,
            min(first + SPAN - 1, through),
        ):
            ref = stream_of(str(kind), str(public_id))
            found[ref] = StreamEnd(stream=ref, seq=seq, head_hash=str(hashed))
    return tuple(found[ref] for ref in sorted(found))


def last_position(table: str = "ledger_entry") -> int:
    """Return the highest position there is; 0 where none can be read."""
    try:
        found = _rows(f"SELECT max(position) FROM {table}")[0][0]  # noqa: S608 -- our own words
    except UNREADABLE:
        return 0
    return found if isinstance(found, int) else 0


def damage() -> tuple[str, ...]:
    """Return what is wrong with the store's files: indexes, and whatever SQLite itself finds."""
    if connection.vendor != "sqlite":
        return scanning.disagreeing()
    try:
        found = [str(row[0]) for row in _rows(INTEGRITY)]
        if any("fts5" in line for line in found):
            found = _asked_anew()
    except UNREADABLE as problem:
        return (str(problem),)
    return () if found == ["ok"] else tuple(found)


def _asked_anew() -> list[str]:
    """Ask a connection that remembers nothing whether the store's files are whole.

    An index of words is checked against what its connection remembers of it, which others' writing
    makes old: such a connection would accuse a store in which nothing is wrong.
    """
    anew = connection.copy()
    try:
        with anew.cursor() as cursor:
            cursor.execute(INTEGRITY)
            return [str(row[0]) for row in cursor.fetchall()]
    finally:
        anew.close()


def _one_by_one(
    first: int,
    last: int,
    tables: Mapping[str, str],
    streams: dict[Any, StreamRef],
    disposed: set[int],
) -> Iterator[Link | Unreadable]:
    for position in range(first, last + 1):
        try:
            rows = _rows(_LINKS.format_map(tables), position, position)
            yield from (_link(row, streams, disposed) for row in rows)
        except UNREADABLE as problem:
            yield Unreadable(
                position=position,
                why=str(problem),
                link=_bare_link(position, tables, streams),
            )


def _bare_link(
    position: int, tables: Mapping[str, str], streams: dict[Any, StreamRef]
) -> Link | None:
    """Return an entry without its payload, where at least that much can be read."""
    try:
        rows = _rows(_BARE.format_map(tables), position)
        bare = _link((*rows[0], *[None] * 7), streams, set()) if rows else None
    except UNREADABLE:
        return None
    return bare and replace(bare, is_readable=False)


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    wanted = sql.replace("<moment>", _moment_sql("e.recorded_at")).replace(
        "<day>", _day_sql("p.occurred_on")
    )
    try:
        with connection.cursor() as cursor, _whatever_text():
            cursor.execute(wanted, parameters or None)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
    except Error:
        moments.begin_again()
        raise


def _link(row: Sequence[Any], streams: dict[Any, StreamRef], disposed: set[int]) -> Link:
    said = None
    if row[11] is not None:
        said = Said(
            salt=str(row[12]),
            text=str(row[13]),
            kind=str(row[14]),
            occurred_on=str(row[15]),
            occasion=str(row[16]),
            source=str(row[17]),
        )
    return Link(
        position=row[0],
        entry_id=str(row[1]),
        stream=streams.get(row[2], UNKNOWN),
        seq=row[3] if isinstance(row[3], int) else -1,
        act_id=str(row[4]),
        recorded_at=_moment(row[5]),
        commitment=str(row[6]),
        previous_hash=str(row[7]),
        hash=str(row[8]),
        store_hash=str(row[9]),
        act_hash=str(row[10] or ""),
        said=said,
        is_disposed=row[0] in disposed,
    )


def _streams_by_number() -> dict[Any, StreamRef]:
    rows = _rows("SELECT number, kind, public_id FROM ledger_stream")
    return {number: stream_of(str(kind), str(public_id)) for number, kind, public_id in rows}


# As an expression a column loses its declared type, so that the driver converts nothing.
def _moment_sql(column: str) -> str:
    return column if connection.vendor == "postgresql" else f"{column} || ''"


def _day_sql(column: str) -> str:
    return f"CAST({column} AS text)"


def _moment(stored: Any) -> str:
    """Return a stored moment as hashes cover it; what is no moment stays as it is, and is found."""
    if isinstance(stored, datetime):
        return canonical.moment_text(stored)
    text = str(stored)
    if text[10:11] != " ":
        return text
    is_whole = len(text) == len("2026-01-01 00:00:00")
    return f"{text[:10]}T{text[11:]}{'.000000' if is_whole else ''}Z"


@contextmanager
def _whatever_text() -> Iterator[None]:
    """Have SQLite give text that is not UTF-8 too: it is for its hash to tell."""
    raw = connection.connection
    if connection.vendor != "sqlite" or raw is None:
        yield
        return
    before = raw.text_factory
    raw.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before
