"""Every row accounted for once: verdicts on facts become verdicts on rows, and rows are counted.

A row goes in whole or not at all: where one of its facts is refused, so are the others. A child whose
own row is refused is not registered, so that the rows about them are refused with it, and so on until
nothing changes.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caseward.work.exchange.imports.staging import DUPLICATE, REFUSED, ROWS_A_FILE
from caseward.work.exchange.imports.values import Code

CHILD_ROWS = "child"
"""What stands for a table in the sources of entries that a child's own row gave."""

_UNTOLD = f"""SELECT DISTINCT substr(source, 1, instr(source, ':') - 1) FROM fact
WHERE row / {ROWS_A_FILE} IN (SELECT row / {ROWS_A_FILE} FROM refused_about WHERE beginning = '')"""  # noqa: S608
_ORPHANS = """SELECT {table}.row FROM {table} JOIN known ON known.identifier = {table}.{column}
WHERE known.is_new AND known.row IN (SELECT row FROM refusal) {more}"""
_NO_CHILD = "The row that names this child was refused, so that nothing about them can be recorded."
_NO_SIBLING = "The brother or sister is no child that these files name or that is known here."
_SIBLING_REFUSED = (
    "The rows that name the brother or sister were refused, so that it is not certain who that is. Put "
    "those right first."
)
_SIBLINGS = """SELECT row, json_extract(fact.keys, '$.sibling') IN
    (SELECT identifier FROM child UNION SELECT child FROM known) FROM fact WHERE kind = 'sibling.recorded' AND stream = 'child'
AND NOT EXISTS (SELECT 1 FROM known WHERE known.child = json_extract(fact.keys, '$.sibling')
    AND (NOT known.is_new OR known.row NOT IN (SELECT row FROM refusal)))"""
_GREATEST = """UPDATE row SET verdict = found.verdict, of = found.of
FROM (SELECT row, max(verdict) AS verdict, max(of) AS of FROM {table} GROUP BY row) AS found
WHERE found.row = row.id AND (found.verdict > row.verdict)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One file's rows: always read == accepted + duplicate + changed + conflict + refused.

    `nothing` says how many of the accepted rows hold nothing to record.
    """

    file: str
    read: int
    accepted: int
    duplicate: int
    changed: int
    conflict: int
    refused: int
    nothing: int = 0

    @property
    def new(self) -> int:
        """Return how many of the accepted rows hold something to record."""
        return self.accepted - self.nothing


@dataclass(frozen=True, slots=True)
class Covered:
    """What the files cover: the first and the last day that rows of a table name, of each kind.

    `refused` are the beginnings of the sources of rows that were refused when they were read.
    """

    days: Mapping[tuple[str, str], tuple[str, str]]
    refused: frozenset[str] = frozenset()

    def has(self, source: str, kind: str, occurred_on: str) -> bool:
        """Tell whether a row of this source and day would be in the files, were it still so.

        A kind that the files give no day of, or only the latest of, may be told once and never again.
        """
        table, _, rest = source.partition(":")
        first, last = self.days.get((table, kind), ("", ""))
        of = f"{table}:{rest.partition(':')[0]}"
        return first <= occurred_on <= last and of not in self.refused


def covered(staging: sqlite3.Connection) -> Covered:
    """Return what the files cover; children's own rows have no days and are left out.

    A table is left out too where a row of its file was refused that may be about anything.
    """
    rows = staging.execute(
        "SELECT substr(source, 1, instr(source, ':') - 1), kind, min(occurred_on), max(occurred_on)"
        " FROM fact WHERE stream = 'child' AND NOT on_sight GROUP BY 1, 2"
    ).fetchall()
    left_out = {CHILD_ROWS} | {table for (table,) in staging.execute(_UNTOLD)}
    refused = staging.execute("SELECT DISTINCT beginning FROM refused_about WHERE beginning <> ''")
    return Covered(
        days={
            (table, kind): (first, last)
            for table, kind, first, last in rows
            if table not in left_out
        },
        refused=frozenset(beginning for (beginning,) in refused),
    )


def refuse(staging: sqlite3.Connection, row: int, at: str, code: Code, reason: str) -> None:
    """Turn a row away; of two reasons the first stands."""
    staging.execute("INSERT OR IGNORE INTO refusal VALUES (?,?,?,?)", (row, at, code, reason))


def say(staging: sqlite3.Connection, fact: int, verdict: int, *, of: str) -> None:
    """Write the verdict on one fact."""
    staging.execute("UPDATE fact SET verdict = ?, of = ? WHERE n = ?", (verdict, of, fact))


def settle(staging: sqlite3.Connection) -> None:
    """Let what is refused take with it what hangs on it, and give each row its verdict."""
    while _refuse_orphans(staging):
        pass
    staging.execute(
        "UPDATE row SET verdict = 0, of = NULL WHERE id IN (SELECT row FROM fact UNION SELECT row FROM child)"
    )
    for table in ("fact", "child"):
        staging.execute(_GREATEST.format(table=table))
    staging.execute(f"UPDATE row SET of = NULL WHERE verdict <> {DUPLICATE}")  # noqa: S608
    staging.execute(f"UPDATE row SET verdict = {REFUSED} WHERE id IN (SELECT row FROM refusal)")  # noqa: S608


def forget(staging: sqlite3.Connection, identifiers: Sequence[str]) -> None:
    """Take back what comparing said of these children's facts, to compare them anew."""
    marks = ",".join("?" * len(identifiers))
    of_theirs = f"SELECT n FROM fact WHERE child IN ({marks})"  # noqa: S608
    for statement in (
        f"UPDATE fact SET verdict = 0, of = NULL, corrects = NULL WHERE n IN ({of_theirs})",  # noqa: S608
        f"DELETE FROM question WHERE fact IN ({of_theirs})",  # noqa: S608
        f"DELETE FROM change WHERE fact IN ({of_theirs})",  # noqa: S608
        f"DELETE FROM echo WHERE fact IN ({of_theirs})",  # noqa: S608
        f"DELETE FROM vanished WHERE identifier IN ({marks})",  # noqa: S608
    ):
        staging.execute(statement, identifiers)


def count(staging: sqlite3.Connection) -> tuple[Counted, ...]:
    """Count each file's rows by what became of them.

    Errors: ValueError where a row would be counted twice or not at all.
    """
    answer = []
    for number, name in staging.execute("SELECT number, name FROM file ORDER BY name").fetchall():
        within = (number * ROWS_A_FILE, (number + 1) * ROWS_A_FILE)
        rows = staging.execute(
            "SELECT verdict, count(*) FROM row WHERE id BETWEEN ? AND ? GROUP BY verdict", within
        )
        by_verdict = dict(rows.fetchall())
        read = sum(by_verdict.values())
        nothing, duplicate, accepted, changed, conflict, refused = (
            by_verdict.get(verdict, 0) for verdict in range(REFUSED + 1)
        )
        n_refusals = staging.execute(
            "SELECT count(*) FROM refusal WHERE row BETWEEN ? AND ?", within
        ).fetchone()[0]
        if n_refusals != refused:
            raise ValueError(f"{name}: {n_refusals} rows have a reason and {refused} are refused")
        answer.append(
            Counted(
                file=name,
                read=read,
                accepted=accepted + nothing,
                duplicate=duplicate,
                changed=changed,
                conflict=conflict,
                refused=refused,
                nothing=nothing,
            )
        )
    return tuple(answer)


def place_text(staging: sqlite3.Connection, row: int) -> str:
    """Return where a row stands, in words."""
    number, place = divmod(row, ROWS_A_FILE)
    name = staging.execute("SELECT name FROM file WHERE number = ?", (number,)).fetchone()[0]
    return f"{name}, row {place}"


def _refuse_orphans(staging: sqlite3.Connection) -> int:
    wanted: Iterable[tuple[str, str, str, Code, str]] = (
        ("fact", "child", "AND fact.stream = 'child'", "unknown_child", _NO_CHILD),
        ("child", "identifier", "", "unknown_child", _NO_CHILD),
    )
    n_refused = 0
    for table, column, more, code, reason in wanted:
        rows = staging.execute(_ORPHANS.format(table=table, column=column, more=more)).fetchall()
        n_refused += _refuse_all(staging, rows, code, reason)
    for row, is_named in staging.execute(_SIBLINGS).fetchall():
        reason = _SIBLING_REFUSED if is_named else _NO_SIBLING
        n_refused += _refuse_all(staging, [(row,)], "link", reason)
    return n_refused


def _refuse_all(
    staging: sqlite3.Connection, rows: Iterable[tuple[int]], code: Code, reason: str
) -> int:
    written = staging.executemany(
        "INSERT OR IGNORE INTO refusal VALUES (?,'',?,?)",
        [(row, code, reason) for (row,) in rows],
    )
    return max(written.rowcount, 0)
