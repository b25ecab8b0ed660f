"""Every staged row held against the record: what becomes of it is written beside it in the staging.

Child by child, so that memory does not grow with the import. Nothing is written to the record.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

from caseward.rules.facts.entries import Event, Record
from caseward.rules.facts.kinds import EventKind, Field, Vocabulary
from caseward.work.exchange.imports import accounting, judging, registering
from caseward.work.exchange.imports.judging import Against, Judged, Staged
from caseward.work.exchange.imports.staging import CHANGED, CONFLICT, DUPLICATE, REFUSED, text_of
from caseward.work.exchange.imports.standing import Known, OnRecord, Said, Stood

CHILDREN_AT_ONCE = 200
AUTHORITY = "authority"
NOT_SHOWN = "(not shown)"
_MADE = """
CREATE INDEX IF NOT EXISTS fact_child ON fact (child, stream);
CREATE INDEX IF NOT EXISTS fact_row ON fact (row);
CREATE INDEX IF NOT EXISTS child_row ON child (row);
CREATE INDEX IF NOT EXISTS child_identifier ON child (identifier);
CREATE TABLE known (identifier TEXT PRIMARY KEY, child TEXT NOT NULL, is_new INTEGER NOT NULL,
    row INTEGER NOT NULL, born_on TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE question (fact INTEGER PRIMARY KEY, child TEXT NOT NULL, source TEXT NOT NULL,
    entry TEXT NOT NULL, why TEXT NOT NULL, theirs TEXT NOT NULL, digest TEXT NOT NULL,
    asked TEXT NOT NULL, says TEXT NOT NULL, ours TEXT NOT NULL) STRICT;
CREATE TABLE echo (fact INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
CREATE TABLE change (fact INTEGER PRIMARY KEY, was TEXT NOT NULL, says TEXT NOT NULL) STRICT;
CREATE TABLE vanished (identifier TEXT NOT NULL, kind TEXT NOT NULL, occurred_on TEXT NOT NULL,
    source TEXT NOT NULL, entry TEXT NOT NULL) STRICT;
"""
_FACTS = """SELECT child, n, fact.row, kind, occurred_on, source, keys, fields, outcome, until, time,
on_sight, unread, refusal.row IS NOT NULL FROM fact LEFT JOIN refusal ON refusal.row = fact.row
WHERE stream = ? AND child IN ({marks}) ORDER BY child, n"""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """An import as it is compared: the record, the day, and whose numbers and rows these are.

    Of a snapshot, which holds the latest of everything and no history, nothing is ever missing; nor of
    the kinds in `latest_only`, of which a row holds the latest alone.
    """

    known: Known
    today: date
    scheme: str
    format_code: str
    is_snapshot: bool = False
    latest_only: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """Return what the ledger's sources of this import begin with."""
        return f"{self.scheme}:{self.format_code}:"


def compare(staging: sqlite3.Connection, how: Comparing, *, progress: Progress) -> None:
    """Write the verdict on each staged row into the staging file.

    Afterwards every row that was read has exactly one of: nothing to record, duplicate, accepted,
    changed, conflict, refused. Errors: whatever `progress` raises, to stop it.
    """
    staging.executescript(_MADE)
    staging.execute("BEGIN")
    registering.identify(staging, how.known.children(), scheme=how.scheme, today=how.today)
    _compare_authority(staging, how)
    identifiers = [
        each for (each,) in staging.execute("SELECT identifier FROM known ORDER BY child")
    ]
    covered = accounting.covered(staging)
    for start in range(0, len(identifiers), CHILDREN_AT_ONCE):
        progress(start, len(identifiers))
        compare_children(staging, how, identifiers[start : start + CHILDREN_AT_ONCE], covered)
    progress(len(identifiers), len(identifiers))
    accounting.settle(staging)
    staging.execute("COMMIT")


def compare_again(staging: sqlite3.Connection, how: Comparing, children: Sequence[str]) -> None:
    """Compare some children anew, because their records moved on meanwhile (S7)."""
    staging.execute("BEGIN")
    marks = ",".join("?" * len(children))
    named = staging.execute(f"SELECT identifier FROM known WHERE child IN ({marks})", children)  # noqa: S608
    identifiers = [identifier for (identifier,) in named if identifier]
    accounting.forget(staging, identifiers)
    if AUTHORITY in children:
        accounting.forget(staging, [""])
        _compare_authority(staging, how)
    compare_children(staging, how, identifiers, accounting.covered(staging))
    accounting.settle(staging)
    staging.execute("COMMIT")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    """One child of the files: the store's id, whether they are new here, and the birth."""

    identifier: str
    child: str
    is_new: bool
    birth: str


def compare_children(
    staging: sqlite3.Connection,
    how: Comparing,
    identifiers: Sequence[str],
    covered: accounting.Covered,
) -> None:
    """Judge the facts of some children, and note what of theirs the files no longer have."""
    marks = ",".join("?" * len(identifiers))
    rows = staging.execute(
        f"SELECT identifier, child, is_new, born_on FROM known WHERE identifier IN ({marks})",  # noqa: S608
        identifiers,
    ).fetchall()
    children = [
        _Child(identifier=identifier, child=child, is_new=bool(is_new), birth=birth)
        for identifier, child, is_new, birth in rows
    ]
    stored = [one.child for one in children if not one.is_new]
    on_record, decided = how.known.on_record(stored), how.known.decided(stored)
    facts = dict(_facts(staging, how, "child", identifiers))
    for one in children:
        stood = on_record.get(one.child, OnRecord())
        against = _against(how, one.child, stood, decided, _born(one.child, one.birth))
        mine = _known_of(staging, facts.get(one.identifier, []), against)
        coming = _once(staging, _resolved(staging, [fact for fact in mine if fact.may_go_in]))
        judged = [
            (fact, judging.judge(fact, against)) for fact in coming if _is_news(fact, one, against)
        ]
        _write(staging, one.child, judged, how.known.vocabulary.kinds)
        if any(each.kind == "child.registered" and not each.source for each in stood.events):
            staging.execute(
                "UPDATE child SET of = ? WHERE identifier = ? AND of = ?",
                (judging.HERE, one.identifier, judging.EARLIER),
            )
        staging.execute(
            "UPDATE known SET seq = ? WHERE identifier = ?", (stood.seq, one.identifier)
        )
        if not how.is_snapshot:
            _note_vanished(staging, how, one.identifier, stood, mine, covered)


def _against(
    how: Comparing,
    child: str,
    stood: OnRecord,
    decided: Mapping[tuple[str, str, str, str], str],
    record: Record,
) -> Against:
    is_child = child != AUTHORITY
    kinds = (
        how.known.vocabulary if is_child else Vocabulary(kinds=how.known.authority_kinds, states={})
    )
    return Against(
        child=child,
        record=record,
        vocabulary=kinds,
        today=how.today,
        by_source={source: one for one in stood.events for source in one.imported},
        others=_of_others(stood.events, how.prefix),
        rules=how.known.rules(),
        decided=decided,
    )


def _known_of(
    staging: sqlite3.Connection, facts: Sequence[Staged], against: Against
) -> Sequence[Staged]:
    """Return the facts, each with what was known of the fields that cannot be read."""
    found = [judging.with_what_was_known(fact, against) for fact in facts]
    staging.executemany(
        "UPDATE fact SET fields = ?, outcome = ? WHERE n = ?",
        ((text_of(fact.says.fields), fact.says.outcome, fact.n) for fact in found if fact.unread),
    )
    return found


def _is_news(fact: Staged, child: _Child, against: Against) -> bool:
    """A known child's name is held against the row that gave it, and against nothing else."""
    return child.is_new or fact.kind != "child.registered" or fact.source in against.by_source


def _resolved(staging: sqlite3.Connection, facts: Sequence[Staged]) -> Iterator[Staged]:
    """Yield the facts, the number of a brother or sister changed for the child's id in the store."""
    for fact in facts:
        if fact.kind != "sibling.recorded":
            yield fact
            continue
        number = fact.says.keys.get("sibling", "")
        found = staging.execute(
            "SELECT child FROM known WHERE identifier = ? OR child = ?", (number, number)
        ).fetchone()
        keys = {**fact.says.keys, "sibling": found[0] if found else number}
        staging.execute("UPDATE fact SET keys = ? WHERE n = ?", (text_of(keys), fact.n))
        yield replace(fact, says=replace(fact.says, keys=keys))


def _compare_authority(staging: sqlite3.Connection, how: Comparing) -> None:
    stood = how.known.on_record([AUTHORITY]).get(AUTHORITY, OnRecord())
    record = Record(child=AUTHORITY, events=())
    against = _against(how, AUTHORITY, stood, how.known.decided([AUTHORITY]), record)
    for _, facts in _facts(staging, how, AUTHORITY, [""]):
        coming = _once(staging, [fact for fact in facts if fact.may_go_in])
        judged = [(fact, judging.judge(fact, against)) for fact in coming]
        _write(staging, AUTHORITY, judged, how.known.authority_kinds)
    staging.execute(
        "INSERT OR REPLACE INTO known VALUES ('', ?, 0, 0, '', ?)", (AUTHORITY, stood.seq)
    )


def _facts(
    staging: sqlite3.Connection, how: Comparing, stream: str, identifiers: Sequence[str]
) -> Iterator[tuple[str, list[Staged]]]:
    statement = _FACTS.format(marks=",".join("?" * len(identifiers)))
    rows = staging.execute(statement, (stream, *identifiers)).fetchall()
    for identifier, group in groupby(rows, key=lambda row: row[0]):
        yield identifier, [_staged(row, how.prefix) for row in group]


def _staged(row: tuple[Any, ...], prefix: str) -> Staged:
    (
        _,
        n,
        of_row,
        kind,
        occurred_on,
        source,
        keys,
        fields,
        outcome,
        until,
        time,
        on_sight,
        unread,
        no,
    ) = row
    return Staged(
        n=n,
        row=of_row,
        kind=kind,
        source=prefix + source,
        says=Said(
            occurred_on=occurred_on,
            outcome=outcome,
            keys=_words(keys),
            fields=_words(fields),
            until=until,
            time=time,
        ),
        on_sight=bool(on_sight),
        unread=unread.split(),
        may_go_in=not no,
    )


@lru_cache(maxsize=4_096)
def _words(text: str) -> Mapping[str, str]:
    """Return the keys or fields that a text holds; most rows of a kind say one of a few."""
    words: dict[str, str] = json.loads(text)
    return MappingProxyType(words)


def _once(staging: sqlite3.Connection, facts: Iterable[Staged]) -> Iterator[Staged]:
    """Yield each source once: a second row of the same one says the same again, or is refused."""
    first: dict[str, Staged] = {}
    for fact in facts:
        earlier = first.setdefault(fact.source, fact)
        if earlier is fact:
            yield fact
        elif earlier.says == fact.says:
            accounting.say(
                staging, fact.n, DUPLICATE, of=accounting.place_text(staging, earlier.row)
            )
        else:
            place = accounting.place_text(staging, earlier.row)
            reason = f"It is about the same as {place} and says something else. Keep the right one of the two."
            accounting.refuse(staging, fact.row, "", "conflict", reason)


def _born(child: str, birth: str) -> Record:
    """Return a record that holds the birth alone: all that is asked of it here."""
    is_expected = birth.startswith(registering.EXPECTED)
    day = birth.removeprefix(registering.EXPECTED)
    if not day:
        return Record(child=child, events=())
    born = Event(
        entry_id="",
        child=child,
        kind="birth.expected" if is_expected else "child.born",
        occurred_on=date.fromisoformat(day),
        position=0,
    )
    return Record(child=child, events=(born,))


def _of_others(events: Sequence[Stood], prefix: str) -> dict[str, list[Stood]]:
    """Return what rows of this very format did not say, by kind: typed here, or from another one."""
    found: dict[str, list[Stood]] = {}
    for one in events:
        if not one.is_withdrawn and not any(source.startswith(prefix) for source in one.imported):
            found.setdefault(one.kind, []).append(one)
    return found


def _write(
    staging: sqlite3.Connection,
    child: str,
    judged: Sequence[tuple[Staged, Judged]],
    kinds: Mapping[str, EventKind],
) -> None:
    staging.executemany(
        "UPDATE fact SET verdict = ?, of = ?, corrects = ?, occurred_on = ? WHERE n = ?",
        (
            (one.verdict, one.of or None, one.corrects, one.day or fact.says.occurred_on, fact.n)
            for fact, one in judged
        ),
    )
    for fact, one in judged:
        says = replace(fact.says, occurred_on=one.day or fact.says.occurred_on)
        if one.echoes:
            staging.execute("INSERT OR REPLACE INTO echo VALUES (?,?)", (fact.n, one.echoes))
        if one.verdict == REFUSED:
            accounting.refuse(staging, fact.row, one.at, one.code, one.reason)
        elif one.was is not None and one.verdict in (CHANGED, CONFLICT):
            kind = kinds.get(fact.kind)
            shown = [_shown(said, kind) for said in (says, one.was)]
            if one.verdict == CHANGED:
                staging.execute(
                    "INSERT OR REPLACE INTO change (fact, says, was) VALUES (?,?,?)",
                    (fact.n, *shown),
                )
                continue
            theirs = json.dumps(judging.published(says), ensure_ascii=False)
            question = (fact.source, one.entry, one.why, theirs, fact.digest, one.asked)
            staging.execute(
                "INSERT OR REPLACE INTO question VALUES (?,?,?,?,?,?,?,?,?,?)",
                (fact.n, child, *question, *shown),
            )


def _shown(said: Said, kind: EventKind | None) -> str:
    """Return what a fact says as a report may show it to whoever imports: no free text, no secrets."""
    fields = {
        name: value if _is_shown(kind.find_field(name) if kind else None) else NOT_SHOWN
        for name, value in said.fields.items()
    }
    return json.dumps(judging.published(replace(said, fields=fields)), ensure_ascii=False)


def _is_shown(field: Field | None) -> bool:
    return field is not None and field.sensitivity == "ordinary" and field.type != "long_text"


def _note_vanished(
    staging: sqlite3.Connection,
    how: Comparing,
    identifier: str,
    stood: OnRecord,
    mine: Sequence[Staged],
    covered: accounting.Covered,
) -> None:
    """Note what these files would have if it were still so: of their tables, children and years."""
    sources = {fact.source for fact in mine}
    gone = [
        (identifier, one.kind, one.standing.occurred_on, source, one.entry)
        for one in stood.events
        if not one.is_withdrawn
        for source in one.imported
        if source.startswith(how.prefix)
        and source not in sources
        and one.kind not in how.latest_only
        and covered.has(source.removeprefix(how.prefix), one.kind, one.standing.occurred_on)
    ]
    staging.executemany("INSERT INTO vanished VALUES (?,?,?,?,?)", gone)
