"""The children that the files name: which of them are known, and what opens a record for the others."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from caseward.record.ledger.acts import new_id
from caseward.work.exchange.imports.judging import EARLIER
from caseward.work.exchange.imports.staging import DUPLICATE, UNREAD, text_of
from caseward.work.exchange.imports.standing import KnownChild
from caseward.work.exchange.imports.values import Code

EXPECTED = "expected "
_SEEN = """SELECT identifier, row, born_on, expected_on, died_on, name, family_name, sex FROM child
WHERE row NOT IN (SELECT row FROM refusal) ORDER BY identifier, n"""
_FACT = """INSERT INTO fact (child, row, kind, occurred_on, source, keys, fields, stream, on_sight, unread)
VALUES (?, ?, ?, ?, ?, '{}', ?, 'child', ?, ?)"""
_REFUSAL = "INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?)"
_KNOWN = "INSERT INTO known VALUES (?, ?, ?, ?, ?, 0)"


@dataclass(frozen=True, slots=True)
class _Seen:
    """One row that names a child."""

    identifier: str
    row: int
    born_on: str | None
    expected_on: str | None
    died_on: str | None
    name: str
    family_name: str
    sex: str


def identify(
    staging: sqlite3.Connection, known: Mapping[str, KnownChild], *, scheme: str, today: date
) -> None:
    """Find out who the children of the files are, and stage what their records are opened with.

    A child of a known number is that child, unless born on another day: then no row about that number
    is taken in. A number that nobody knows is a new child, if a row says when they were or will be
    born. Rows about any other number are refused.
    """
    named = set()
    seen = (_Seen(*row) for row in staging.execute(_SEEN).fetchall())
    for identifier, rows in groupby(seen, key=lambda one: one.identifier):
        named.add(identifier)
        # The row that says most of the birth names the child; of two alike the first told.
        first, *others = sorted(rows, key=lambda one: (not one.born_on, not one.expected_on))
        _identify(staging, first, known.get(identifier), scheme=scheme, today=today)
        for other in others:
            _hold_beside(staging, first, other)
    _identify_unnamed(staging, named, known)


def _identify(
    staging: sqlite3.Connection,
    seen: _Seen,
    known: KnownChild | None,
    *,
    scheme: str,
    today: date,
) -> None:
    born_on = date.fromisoformat(seen.born_on) if seen.born_on else None
    if known is not None and known.born_on and born_on and known.born_on != born_on:
        reason = (
            f"The child with this number was born on {known.born_on:%d/%m/%Y}, as the record here says, "
            f"and on {born_on:%d/%m/%Y}, as the file says. Where the file is right, correct the "
            "date of birth here first, on the child's page, and import again; where the record is, correct "
            "the other system. They may be different children."
        )
        _refuse(staging, [seen.row], "other_child", reason)
        _refuse(staging, _rows_about(staging, seen.identifier), "other_child", reason)
    elif known is not None:
        born = _birth(known.born_on or born_on, known.expected_on)
        _keep(staging, seen, known.child, born=born, is_new=False)
        staging.execute(
            "UPDATE child SET verdict = ?, of = ? WHERE row = ?", (DUPLICATE, EARLIER, seen.row)
        )
        _add(staging, seen, _changes(seen, known, today))
    elif born_on is None and not seen.expected_on:
        reason = "A child is new here, and neither the date of birth nor the expected one is given."
        _refuse(staging, [seen.row], "missing", reason)
        _refuse_unknown(staging, seen.identifier)
    else:
        _keep(staging, seen, new_id(), born=_birth(born_on, seen.expected_on), is_new=True)
        _add(staging, seen, _opening(seen, scheme, today))


def _hold_beside(staging: sqlite3.Connection, first: _Seen, other: _Seen) -> None:
    """A further row about a child says nothing new, or something else."""
    if first.born_on and other.born_on and first.born_on != other.born_on:
        said = date.fromisoformat(first.born_on)
        _refuse(
            staging,
            [other.row],
            "other_child",
            f"Another row says that this child was born on {said:%d/%m/%Y}: this row may belong to "
            "another child.",
        )
    else:
        staging.execute(
            "UPDATE child SET verdict = ?, of = ? WHERE row = ?",
            (DUPLICATE, "another row about this child", other.row),
        )


def _identify_unnamed(
    staging: sqlite3.Connection, named: Iterable[str], known: Mapping[str, KnownChild]
) -> None:
    """Children whom rows speak of and no row names: known here, or refused."""
    asked = staging.execute("SELECT DISTINCT child FROM fact WHERE stream = 'child'").fetchall()
    for (identifier,) in asked:
        if identifier in named:
            continue
        child = known.get(identifier)
        if child is None:
            _refuse_unknown(staging, identifier)
        else:
            born = _birth(child.born_on, child.expected_on)
            staging.execute(_KNOWN, (identifier, child.child, 0, 0, born))


def _changes(
    seen: _Seen, known: KnownChild, today: date
) -> Iterator[tuple[str, str, dict[str, str], bool]]:
    """Yield what a row may add to the record of a known child."""
    if seen.name:
        is_unborn = known.born_on is None and not seen.born_on
        yield "child.registered", today.isoformat(), _names(seen, is_unborn=is_unborn), True
    if known.born_on is None and seen.born_on:
        yield "child.born", seen.born_on, {}, False
    elif known.born_on is None and seen.expected_on:
        yield "birth.expected", today.isoformat(), {"expected_on": seen.expected_on}, True
    if seen.died_on:
        yield "child.died", seen.died_on, {}, False


def _opening(
    seen: _Seen, scheme: str, today: date
) -> Iterator[tuple[str, str, dict[str, str], bool]]:
    """Yield what opens the record of a new child; a file without names gives the number as one."""
    names = _names(seen, is_unborn=not seen.born_on)
    yield "child.registered", today.isoformat(), names, True
    if seen.born_on:
        yield "child.born", seen.born_on, {}, False
    elif seen.expected_on:
        yield "birth.expected", today.isoformat(), {"expected_on": seen.expected_on}, True
    number = {"scheme": scheme, "value": seen.identifier}
    yield "outside_id.recorded", today.isoformat(), number, True
    if seen.died_on:
        yield "child.died", seen.died_on, {}, False


def _birth(born_on: date | None, expected_on: date | str | None) -> str:
    """Return the day of birth as it is kept while comparing: an expected one behind a mark."""
    return str(born_on) if born_on else EXPECTED + str(expected_on or "")


def _names(seen: _Seen, *, is_unborn: bool) -> dict[str, str]:
    """Return what a child is called; until the birth it is a working name."""
    return {
        "working_name": "yes" if is_unborn else "",
        "name": seen.name or f"Child {seen.identifier}",
        "family_name": seen.family_name,
        "sex": "" if seen.sex == UNREAD else seen.sex,
    }


def _add(
    staging: sqlite3.Connection,
    seen: _Seen,
    facts: Iterable[tuple[str, str, dict[str, str], bool]],
) -> None:
    staging.executemany(
        _FACT,
        (
            (
                seen.identifier,
                seen.row,
                kind,
                on,
                f"child:{seen.identifier}:{kind}",
                text_of(fields),
                on_sight,
                "sex" if kind == "child.registered" and seen.sex == UNREAD else "",
            )
            for kind, on, fields, on_sight in facts
        ),
    )


def _keep(staging: sqlite3.Connection, seen: _Seen, child: str, *, born: str, is_new: bool) -> None:
    staging.execute(_KNOWN, (seen.identifier, child, int(is_new), seen.row, born))


def _refuse_unknown(staging: sqlite3.Connection, identifier: str) -> None:
    _refuse(
        staging,
        _rows_about(staging, identifier),
        "unknown_child",
        "None of these files says when the child with this number was born, and no child here has it.",
    )


def _rows_about(staging: sqlite3.Connection, identifier: str) -> list[int]:
    found = staging.execute(
        "SELECT row FROM fact WHERE child = ? AND stream = 'child' UNION SELECT row FROM child WHERE identifier = ?",
        (identifier, identifier),
    )
    return [row for (row,) in found]


def _refuse(staging: sqlite3.Connection, rows: Iterable[int], code: Code, reason: str) -> None:
    staging.executemany(_REFUSAL, ((row, "", code, reason) for row in rows))
