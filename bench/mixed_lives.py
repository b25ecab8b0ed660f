"""Made-up records that go through every procedure of the shipped law: its own worked examples, strung.

A child's life is a passage after another, each the facts of one worked example moved by whole weeks
and given keys of its own; the children begin at different passages, so that together they go
through all. Between them lie what a long record mostly holds: visits, supervision, core groups.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count

from caseward.interfaces import shipped
from caseward.rules.facts.entries import Entry
from caseward.rules.procedures.examples import read_examples

BORN_ON = date(2012, 5, 1)
BEGINS_ON = date(2023, 1, 9)
BETWEEN = timedelta(weeks=5)
WEEK = timedelta(weeks=1)
ROUTINE_SHARE = 0.7
"""How much of a long record is visits and supervision."""
LONGEST_PASSAGE = timedelta(days=2 * 365)

_LEFT_OUT = ("child.born", "birth.expected", "child.died", "child.registered", "episode.taken_on")
_ONE_AT_A_TIME = ("plan", "proceedings")
_ROUTINE: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("visit.made", {"seen": "yes", "seen_alone": "yes"}),
    ("child_protection_visit.made", {"seen": "yes"}),
    ("supervision.held", {"decision": "made up"}),
    ("visit.made", {"seen": "yes", "seen_alone": "no"}),
    ("core_group.held", {}),
)
Passage = tuple[Entry, ...]


@cache
def passages() -> tuple[Passage, ...]:
    """Return the facts of every worked example that can follow upon others, in a mixed order."""
    texts = shipped.law_texts().examples
    found = [
        tuple(entry for entry in example.entries if entry.kind not in _LEFT_OUT)
        for path, text in sorted(texts.items())
        for example in read_examples(text, path=path)
    ]
    usable = [one for one in found if one and _is_usable(one)]
    # Neighbours stand in one file: a stride through them mixes the procedures.
    stride = 37
    return tuple(usable[index * stride % len(usable)] for index in range(len(usable)))


def _is_usable(passage: Passage) -> bool:
    days = [entry.occurred_on for entry in passage]
    is_corrected = any(entry.corrects or entry.withdraws for entry in passage)
    return not is_corrected and max(days) - min(days) <= LONGEST_PASSAGE


def child_of(number: int, n_events: int) -> tuple[Entry, ...]:
    """Return a child's entries, exactly so many; the same number always has the same life."""
    wanted = int(n_events * (1 - ROUTINE_SHARE))
    told = list(_first(number, wanted))
    last = max(entry.occurred_on for entry in told)
    told.extend(_routine(n_events - len(told) - 1, last))
    in_order = sorted(told, key=lambda entry: entry.occurred_on)
    born = Entry(entry_id="born", child="", kind="child.born", occurred_on=BORN_ON, position=1)
    child = f"child-{number}"
    return tuple(
        replace(entry, child=child, position=position)
        for position, entry in enumerate([born, *in_order], start=1)
    )


def _first(number: int, wanted: int) -> Iterator[Entry]:
    """The passages of a child, beginning with another one for each child."""
    every, left, begins_on = passages(), wanted, BEGINS_ON
    for turn in count():
        passage = every[(number * 17 + turn) % len(every)][:left]
        yield from _moved(passage, turn, begins_on)
        left -= len(passage)
        begins_on += BETWEEN
        if left <= 0:
            return


def _moved(passage: Sequence[Entry], turn: int, begins_on: date) -> Iterator[Entry]:
    first = min(entry.occurred_on for entry in passage)
    by = (begins_on - first) // WEEK * WEEK
    for entry in passage:
        yield replace(
            entry,
            entry_id=f"{turn}-{entry.entry_id}",
            occurred_on=entry.occurred_on + by,
            until=None if entry.until is None else entry.until + by,
            keys={name: _own_key(name, value, turn) for name, value in entry.keys.items()},
            fields={name: _moved_value(value, by) for name, value in entry.fields.items()},
            recorded_at=None,
        )


def _own_key(name: str, value: str, turn: int) -> str:
    """A child has one plan and one set of proceedings at a time; meetings and papers are its own."""
    return value if name in _ONE_AT_A_TIME else f"{value}-{turn}"


def _moved_value(value: object, by: timedelta) -> object:
    if isinstance(value, date):
        return value + by
    try:
        return (date.fromisoformat(value) + by).isoformat() if isinstance(value, str) else value
    except ValueError:
        return value


def _routine(n_events: int, last: date) -> Iterable[Entry]:
    days = (last - BEGINS_ON).days
    for number in range(n_events):
        kind, fields = _ROUTINE[number % len(_ROUTINE)]
        yield Entry(
            entry_id=f"r{number}",
            child="",
            kind=kind,
            occurred_on=BEGINS_ON + timedelta(days=number * days // n_events),
            position=0,
            fields=fields,
        )
