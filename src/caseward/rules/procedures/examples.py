"""Worked examples beside a law file: facts in, tasks out, every date worked by hand.

Reading only: `rules/engine/worked.py` runs them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from caseward.rules.facts import values
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.record import LONDON
from caseward.rules.procedures import example_keys
from caseward.rules.texts.problems import Problems, listed
from caseward.rules.texts.rows import Row, declared_row
from caseward.rules.texts.strict_yaml import Node, Scalar, Table, as_plain, parse

BORN = "child.born"
CHILD = "example"
Said = date | datetime | str | bool | int | tuple[str, ...] | None

_FROM_THE_START = datetime.min.replace(tzinfo=LONDON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One row of `expect`: which task on which day, and what is said of it.

    `nth` None: there is exactly one such task. `said` holds only what the row says; a value None
    says that the task has none.
    """

    as_of: date
    known_at: datetime | None = None
    step: str
    is_absent: bool = False
    part: str = ""
    each: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    nth: int | None = None
    episode: int | None = None
    role: str = "step"
    procedure: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One worked case: the facts of one child, what else it assumes, and what must come out."""

    name: str
    says: str
    procedure: str
    entries: tuple[Entry, ...]
    expectations: tuple[Expectation, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    closures: Mapping[date, str] = field(default_factory=dict)
    adopted: Mapping[str, date] | None = None
    first_day: date | None = None
    others: tuple[str, ...] = ()
    path: str = ""
    line: int = 0


def read_examples(text: str, *, path: str) -> tuple[Example, ...]:
    """Return the worked examples of one file, in its order.

    Errors: LawFileError with every problem of the file, each with its line and a sentence.
    Source: docs/reference/law-files.md, “Worked examples”.
    """
    problems = Problems()
    root = parse(text, path=path, problems=problems)
    file = declared_row(
        example_keys.TABLES["examples_file"], root, within="", path=path, problems=problems
    )
    procedure = file.required("procedure", "Name the law file that the examples belong to.")
    found: dict[str, Example] = {}
    for node in file.parts("examples"):
        example = _example(file, node, procedure)
        if example.name in found:
            file.add(f"Two examples are called “{example.name}”.", line=example.line)
        found[example.name] = example
    if not found:
        file.add("The file has no “examples”.")
    problems.raise_if_any()
    return tuple(found.values())


def _example(file: Row, node: Node, procedure: str) -> Example:
    row = _row_of(file, node, "example", within="")
    name = row.required("name", "Give it a short name.")
    row.within = f"the example “{name}”"
    adopted = row.inner("adopted", noun="“adopted”")
    expectations = tuple(_expectation(row, part, procedure) for part in row.parts("expect"))
    if not expectations:
        row.add("The example expects nothing. Add “expect”.")
    return Example(
        name=name,
        says=row.required("says", "Say in one sentence which rule it shows."),
        procedure=procedure,
        entries=_entries(row),
        expectations=expectations,
        settings=_plain_table(row, "settings"),
        closures=_days(row, "closures"),
        adopted=None
        if adopted is None
        else {name: adopted.date(name) or date.max for name in adopted.names},
        first_day=row.date("first_day"),
        others=row.texts("with"),
        path=row.path,
        line=row.line,
    )


# --- facts ----------------------------------------------------------------------------------------


def _entries(example: Row) -> tuple[Entry, ...]:
    born_on = example.date("born_on")
    facts = [_fact(example, node, n) for n, node in enumerate(example.parts("facts"), start=1)]
    if born_on is not None:
        facts.insert(0, {"entry_id": "born", "kind": BORN, "occurred_on": born_on})
    # What does not say when it was recorded was known from the start.
    facts.sort(key=lambda fact: fact.get("recorded_at") or _FROM_THE_START)
    _refuse_unknown_ids(example, facts)
    return tuple(
        Entry(child=CHILD, position=position, **fact)
        for position, fact in enumerate(facts, start=1)
    )


def _fact(example: Row, node: Node, number: int) -> dict[str, Any]:
    row = _row_of(example, node, "fact", within=example.within)
    if row.node("on") is None:
        row.add('A fact has no “on”. Write the day in quotes: "2025-12-04".')
    corrects, withdraws = row.text("corrects"), row.text("withdraws")
    kind = row.text("kind") or ""
    if not kind and withdraws is None:
        row.add("A fact has no “kind”.")
    return {
        "entry_id": row.text("id") or f"fact{number}",
        "kind": kind,
        "occurred_on": row.date("on") or date.max,
        "time": row.time("time"),
        "outcome": row.text("outcome"),
        "keys": {name: str(value) for name, value in _plain_table(row, "keys").items()},
        "fields": {name: _field(value) for name, value in _plain_table(row, "fields").items()},
        "until": row.date("until"),
        "corrects": corrects,
        "withdraws": withdraws,
        "recorded_at": _moment(row, "recorded_at", at_end=False),
    }


def _refuse_unknown_ids(example: Row, facts: list[dict[str, Any]]) -> None:
    ids = [fact["entry_id"] for fact in facts]
    for entry_id in sorted({each for each in ids if ids.count(each) > 1}):
        example.add(f"Two facts have the id “{entry_id}”.", key="facts")
    for fact in facts:
        for word in ("corrects", "withdraws"):
            named = fact.get(word)
            if named is not None and named not in ids:
                example.add(
                    f"“{word}” names “{named}”, which is no fact of this example.", key="facts"
                )


# --- what is expected -----------------------------------------------------------------------------


def _expectation(example: Row, node: Node, procedure: str) -> Expectation:
    row = _row_of(example, node, "expectation", within=example.within)
    as_of = row.date("as_of")
    if row.node("as_of") is None:
        row.add("A row of “expect” has no “as_of”: the day asked about.")
    step, absent = row.text("step"), row.text("no_step")
    if (step is None) == (absent is None):
        row.add("A row of “expect” names a “step”, or a “no_step” that must not be there.")
    said = {name: _said(row, name) for name in row.names if name in example_keys.SAID}
    if absent is not None and said:
        row.add(f"Nothing can be said of a step that is not there. Take out {listed(said)}.")
    if step is not None and not said:
        row.add(f"The row says nothing of {step}. Add a date, a status or another word.")
    part = row.text("part") or ""
    return Expectation(
        as_of=as_of or date.max,
        known_at=_moment(row, "known_at", at_end=True),
        step=step or absent or "",
        is_absent=absent is not None,
        part=part,
        each=row.text("each") or "",
        keys={name: str(value) for name, value in _plain_table(row, "keys").items()},
        nth=_number(row, "nth"),
        episode=_number(row, "episode"),
        role=row.word("of", example_keys.ROLES, "part" if part else "step"),
        procedure=row.text("procedure") or procedure,
        said=said,
        line=row.line,
    )


def _said(row: Row, name: str) -> Said:
    if row.node(name) is None:
        return None
    match example_keys.SAID[name]:
        case "date":
            return row.date(name)
        case "moment":
            return _moment(row, name, at_end=False)
        case "flag":
            return row.flag(name)
        case "number":
            return _number(row, name)
        case "words":
            return row.texts(name)
        case "status":
            return row.word(name, example_keys.STATUSES, "")
        case _:
            return row.text(name)


# --- small values ---------------------------------------------------------------------------------


def _number(row: Row, key: str) -> int | None:
    node = row.node(key)
    if node is None:
        return None
    if isinstance(node, Scalar) and isinstance(node.value, int) and node.value is not True:
        return int(node.value)
    row.add(f"“{key}” must be a whole number.", key=key)
    return None


def _moment(row: Row, key: str, *, at_end: bool) -> datetime | None:
    """A moment in London's time; a date alone is its first moment, or its last where `at_end`."""
    text = row.text(key)
    if text is None:
        return None
    try:
        if ":" in text:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=LONDON)
        day = values.read_day(text)
    except ValueError:
        row.add(f'“{text}” is not a day or a moment, like "2025-12-04T16:00".', key=key)
        return None
    return datetime.combine(day, time.max if at_end else time.min, LONDON)


def _days(row: Row, key: str) -> dict[date, str]:
    found: dict[date, str] = {}
    for text, reason in _plain_table(row, key).items():
        try:
            found[values.read_day(text)] = str(reason)
        except ValueError as wrong:
            row.add(str(wrong), key=key)
    return found


def _plain_table(row: Row, key: str) -> dict[str, Any]:
    node = row.node(key)
    if node is None:
        return {}
    if not isinstance(node, Table):
        row.add(f"“{key}” must be names with values.", key=key)
        return {}
    return {name: as_plain(value) for name, value in node.rows.items()}


def _field(value: Any) -> Any:
    """A field as the ledger holds it: true is “yes”, 1 is “1”, a list a list of such."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return [_field(each) for each in value]
    return value


def _row_of(parent: Row, node: Node, table: str, *, within: str) -> Row:
    return declared_row(
        example_keys.TABLES[table],
        node,
        within=within,
        path=parent.path,
        problems=parent.problems,
    )
