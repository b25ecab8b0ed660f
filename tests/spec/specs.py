"""What a spec test writes with: law, facts and results, held against an engine or captured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.builders import calendars
from tests.spec import columns, laws, tables
from tests.spec.engines import Engine
from tests.spec.tables import Row

KINDS = Path(__file__).with_name("kinds.yaml")
CHILD = "c1"


@dataclass(frozen=True)
class Block:
    """A piece of a spec test as the rulebook prints it: a sentence, a law text or a table."""

    says: str
    law: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


class Spec:
    """One example under one rule. Without an engine it only captures what is said, to be printed.

    `blocks` holds what was said, in order. With an engine every stated result is held against
    the engine's answer, and a difference is an AssertionError that shows both tables.
    """

    def __init__(self, engine: Engine | None) -> None:
        self.engine = engine
        self.blocks: list[Block] = []
        self._kinds: dict[str, str] = {"kinds.yaml": KINDS.read_text("utf-8")}
        self._editions: dict[str, list[str]] = {}
        self._headings: dict[str, dict[str, Any]] = {}
        self._entries: list[dict[str, Any]] = []
        self._settings: dict[str, Any] = {}
        self._closures: dict[date, str] = {}
        self._adopted: dict[str, date] | None = None
        self._given_up: dict[str, date] = {}
        self._first_day: date | None = None
        self._joined: tuple[str, ...] = ()

    # --- what is given --------------------------------------------------------------------------

    def kinds(self, text: str) -> None:
        """Declare further kinds of event and states."""
        self._kinds[f"kinds_{len(self._kinds)}.yaml"] = dedent(text)
        self._say("Kinds of event", law=text)

    def law(
        self,
        body: str,
        *,
        procedure: str = "example",
        in_force_from: str = "2020-01-01",
        key: str | None = None,
        authority: str = "national",
    ) -> None:
        """Give an edition of a procedure; a further call gives the next edition, or another."""
        editions = self._editions.setdefault(procedure, [])
        editions.append(laws.edition(body, in_force_from))
        self._headings[procedure] = {"authority": authority, "key": key}
        names = [
            *([f"procedure {procedure}"] if procedure != "example" else []),
            *([f"authority {authority}"] if authority != "national" else []),
            *([f"key {key}"] if key else []),
            *([f"in force from {in_force_from}"] if in_force_from != "2020-01-01" else []),
        ]
        self._say(f"Law ({', '.join(names)})" if names else "Law", law=body)

    def settings(self, **values: object) -> None:
        """Set what the authority may set."""
        self._settings |= values
        said = ", ".join(f"{name} is {value}" for name, value in values.items())
        self._say(f"The authority's settings: {said}.")

    def closed_on(self, *days: str) -> None:
        """Declare closure days of the authority."""
        self._closures |= dict.fromkeys(map(date.fromisoformat, days), "Offices closed")
        self._say(f"The authority is closed on {', '.join(days)}.")

    def adopted(self, day: str, *, procedure: str = "example") -> None:
        """Say from which day the authority uses a procedure."""
        self._adopted = (self._adopted or {}) | {procedure: date.fromisoformat(day)}
        self._say(f"The authority uses the procedure {procedure} from {day}.")

    def given_up(self, day: str, *, procedure: str = "example") -> None:
        """Say from which day the authority no longer uses a procedure."""
        self._given_up[procedure] = date.fromisoformat(day)
        self._say(f"The authority no longer uses the procedure {procedure} from {day}.")

    def adopted_none(self) -> None:
        """Say that the authority uses no procedure."""
        self._adopted = {}
        self._say("The authority uses no procedure.")

    def first_day(self, day: str) -> None:
        """Say which day is the child's first in Caseward."""
        self._first_day = date.fromisoformat(day)
        self._say(f"The child's first day in Caseward is {day}.")

    def joined(self, *children: str) -> None:
        """Say that other records turned out to be this child's."""
        self._joined = children
        self._say(f"The records {', '.join(children)} are joined to {CHILD}.")

    def facts(self, table: str) -> None:
        """Record facts, in the order of the rows."""
        headings, rows = tables.read(table)
        for row in rows:
            fact = columns.fact(row, number=len(self._entries) + 1, child=CHILD)
            self._entries.append(fact)
        self.blocks.append(Block("Facts", headings=headings, rows=tuple(rows)))

    # --- what must follow -----------------------------------------------------------------------

    def tasks(self, as_of: str, table: str, *, known_at: str | None = None, of: str = "") -> None:
        """State every task there is on a day; `of` names the steps that are looked at."""
        headings, rows = tables.read(table)
        only = f", the tasks of {of}" if of else ""
        self._result(f"{_as_of(as_of, known_at)}{only}", headings, rows)
        if self.engine is None:
            return
        shown = [it for it in self._shown(as_of, known_at) if not of or it.task.step in of.split()]
        _same_rows(headings, rows, shown, columns.TASK_COLUMNS)

    def nothing(self, as_of: str, *, known_at: str | None = None, of: str = "") -> None:
        """State that there is no task at all on a day, or none of the steps that `of` names."""
        steps = f" of {of}" if of else ""
        self._say(f"{_as_of(as_of, known_at)} there is no task{steps}.")
        if self.engine is not None:
            found = [it.task.step for it in self._shown(as_of, known_at)]
            assert [step for step in found if not of or step in of.split()] == []

    def episodes(self, as_of: str, table: str, *, known_at: str | None = None) -> None:
        """State every episode there is on a day."""
        headings, rows = tables.read(table)
        self._result(f"{_as_of(as_of, known_at)}, the episodes", headings, rows)
        if self.engine is not None:
            day = date.fromisoformat(as_of)
            found = [
                one if one.closed_on is None or one.closed_on <= day else _still_open(one)
                for one in self.evaluate(as_of, known_at).episodes
                if one.opened_on <= day
            ]
            _same_rows(headings, rows, found, columns.EPISODE_COLUMNS)

    def same_whatever_the_order(self, as_of: str) -> None:
        """State that recording the facts in any other order gives the same tasks."""
        self._say("Recorded in any other order, the facts give the same tasks.")
        if self.engine is None:
            return
        before = self._without_positions(self._entries, as_of)
        for turned in _orders(self._entries):
            assert self._without_positions(turned, as_of) == before

    def what_if(self, as_of: str, facts: str, table: str) -> None:
        """State what would open, go and change if facts were recorded that are not recorded yet."""
        fact_headings, fact_rows = tables.read(facts)
        headings, rows = tables.read(table)
        self.blocks.append(
            Block("If this were recorded", headings=fact_headings, rows=tuple(fact_rows))
        )
        self._result(f"As of {as_of} this would change", headings, rows)
        if self.engine is None:
            return
        found = self.difference(as_of, facts)
        changes = [
            *({"change": "opened", "step": task.step} for task in found.opened),
            *({"change": "gone", "step": task.step} for task in found.gone),
            *({"change": ", ".join(one.what), "step": one.after.step} for one in found.changed),
        ]
        columns_of = {name: (lambda it, name=name: it[name]) for name in ("change", "step")}
        _same_rows(headings, rows, changes, columns_of)

    def difference(self, as_of: str, facts: str) -> Any:
        """Return the difference that recording the facts would make."""
        assert self.engine is not None
        _, rows = tables.read(facts)
        more = [
            columns.fact(row, number=len(self._entries) + n, child=CHILD)
            for n, row in enumerate(rows, start=1)
        ]
        day = date.fromisoformat(as_of)
        return self.engine["engine.what_if"].difference(
            self.evaluate(as_of), self._evaluated([*self._entries, *more], as_of), as_of=day
        )

    def forecast(self, as_of: str, table: str, *, ends: str = "", others: str = "") -> None:
        """State how the one open episode is foreseen: what is assumed, its end, and other ends.

        `others` says where each other outcome would lead: "refused 2026-03-16, more never".
        """
        headings, rows = tables.read(table)
        self._result(f"Foreseen on {as_of}", headings, rows)
        self._say(f"It is foreseen to end {f'on {ends}' if ends else 'not within two years'}.")
        if others:
            self._say(f"Other outcomes would end it: {others}.")
        if self.engine is None:
            return
        found = self.foreseen(as_of)
        _same_rows(headings, rows, list(found.assumed), columns.FORECAST_COLUMNS)
        assert columns.written(found.ends_on) == ends
        if others:
            told = [f"{one.outcome} {one.ends_on or 'never'}" for one in found.others]
            assert ", ".join(told) == others

    def foreseen(self, as_of: str, known_at: str | None = None) -> Any:
        """Return the forecast of the one episode that is open on a day."""
        assert self.engine is not None
        record = self.record(position=None if known_at is None else self.position(known_at))
        found = self.engine["engine.reference.forecast"].forecast(
            record, self.rulebook, as_of=date.fromisoformat(as_of)
        )
        assert len(found.episodes) == 1, f"{len(found.episodes)} episodes are open"
        return found.episodes[0]

    def slip(self, now: str, then: str, *, days: int, working_days: int) -> None:
        """State how much later the end is foreseen now than it was, as known, then."""
        self._say(
            f"Against the forecast as of and known on {then} the end has slipped by {days} days, "
            f"{working_days} of them working days."
        )
        if self.engine is not None:
            found = self.engine["engine.reference.forecast"].slip(
                self.foreseen(now), self.foreseen(then, then), self.rulebook.calendar
            )
            assert (found.days, found.working_days) == (days, working_days)

    def explained(self, step: str, as_of: str, table: str, *, words: str) -> None:
        """State the days that a task's explanation names as skipped, and words among its sentences."""
        headings, rows = tables.read(table)
        self._result(
            f"How the date of {step} was worked out: days that did not count", headings, rows
        )
        self._say(f"Among the words: “{words}”.")
        if self.engine is None:
            return
        record = self.record()
        found = self.engine["engine.explain"].explain(self.task(step, as_of), record, self.rulebook)
        skipped = [{"day": str(day), "why": why} for day, why in found.skipped]
        shown = {name: (lambda it, name=name: it[name]) for name in ("day", "why")}
        _same_rows(headings, rows, skipped, shown)
        assert words in " ".join(found.sentences), found.sentences

    def refused(self, as_of: str, act: str, gate: str) -> None:
        """State that an act may not be done through Caseward on a day, and what stands before it."""
        self._say(f"As of {as_of} doing {act} is refused: {gate}.")
        if self.engine is not None:
            reasons = self._blocked(as_of, act)
            assert [reason for reason in reasons if gate in str(reason)], reasons

    def allowed(self, as_of: str, act: str) -> None:
        """State that an act may be done through Caseward on a day."""
        self._say(f"As of {as_of} {act} may be done.")
        if self.engine is not None:
            assert self._blocked(as_of, act) == ()

    def stays_right(self, first: str, *later: str) -> None:
        """State that what is worked out on a day answers alike when asked on later days."""
        self._say(
            f"What is worked out on {first} gives the same tasks and standings when it is asked on "
            f"{', '.join(later)} as what is worked out on those days."
        )
        if self.engine is None:
            return
        before = self.evaluate(first).tasks
        for day in later:
            asked = {task.key: self.standing(task, day) for task in before}
            anew = {task.key: self.standing(task, day) for task in self.evaluate(day).tasks}
            opened = {
                task.key for task in self.evaluate(day).tasks if task.opened_on.isoformat() <= day
            }
            assert {key: asked.get(key) for key in opened} == {key: anew[key] for key in opened}

    def holds(self, sentence: str, check: Callable[["Spec"], bool]) -> None:
        """State something that no table shows; `check` asks the engine."""
        self._say(sentence)
        if self.engine is not None:
            assert check(self), sentence

    # --- the engine -----------------------------------------------------------------------------

    def evaluate(self, as_of: str, known_at: str | None = None) -> Any:
        """Return the engine's answer for a day."""
        return self._evaluated(self._entries, as_of, known_at)

    def task(self, step: str, as_of: str, known_at: str | None = None) -> Any:
        """Return the one task of a step."""
        found = [task for task in self.evaluate(as_of, known_at).tasks if task.step == step]
        assert len(found) == 1, f"{len(found)} tasks of {step}"
        return found[0]

    def record(
        self, entries: list[dict[str, Any]] | None = None, position: int | None = None
    ) -> Any:
        """Return the record as known, after corrections, at a position."""
        assert self.engine is not None
        entry = self.engine["facts.entries"].Entry
        made = tuple(entry(**values) for values in (self._entries if entries is None else entries))
        return self.engine["facts.record"].as_known(
            made, child=CHILD, position=position, joined=self._joined
        )

    def position(self, known_at: str, entries: list[dict[str, Any]] | None = None) -> Any:
        """Return the position of the last entry recorded by the end of a London day."""
        assert self.engine is not None
        entry = self.engine["facts.entries"].Entry
        made = tuple(entry(**values) for values in (self._entries if entries is None else entries))
        return self.engine["facts.record"].position_at(made, date.fromisoformat(known_at))

    def standing(self, task: Any, as_of: str) -> Any:
        """Return how a task stands on a day."""
        assert self.engine is not None
        calendar = self.rulebook.calendar
        return self.engine["engine.status"].standing_on(task, date.fromisoformat(as_of), calendar)

    @cached_property
    def rulebook(self) -> Any:
        """The law, calendar and settings given so far; nothing may be given after it is asked."""
        assert self.engine is not None
        vocabulary = self.engine["facts.reading"].read_vocabulary(self._kinds)
        calendar = self.engine["calendars.reading"].read_calendar(calendars.PATH.read_text("utf-8"))
        rulebook = self.engine["engine.rulebook"]
        procedures = tuple(
            self.engine["procedures.reading"].read_procedure(
                laws.law_file(name, editions, **self._headings[name]),
                path=f"{name}.yaml",
                vocabulary=vocabulary,
            )
            for name, editions in self._editions.items()
        )
        adopted = None
        if self._adopted is not None:
            adopted = tuple(
                rulebook.Adoption(
                    procedure=name, adopted_from=day, given_up_from=self._given_up.get(name)
                )
                for name, day in self._adopted.items()
            )
        return rulebook.Rulebook(
            vocabulary=vocabulary,
            procedures=procedures,
            calendar=calendar.with_closures(self._closures),
            settings=self._settings,
            adopted=adopted,
            first_day=self._first_day,
        )

    def _evaluated(
        self, entries: list[dict[str, Any]], as_of: str, known_at: str | None = None
    ) -> Any:
        assert self.engine is not None
        position = None if known_at is None else self.position(known_at, entries)
        return self.engine["engine.reference"].evaluate(
            self.record(entries, position), self.rulebook, as_of=date.fromisoformat(as_of)
        )

    def _blocked(self, as_of: str, act: str) -> Any:
        assert self.engine is not None
        return self.engine["engine.gates"].blocked(
            self.evaluate(as_of), act, self.rulebook, as_of=date.fromisoformat(as_of)
        )

    def _shown(self, as_of: str, known_at: str | None) -> list[columns.Shown]:
        day = date.fromisoformat(as_of)
        return [
            columns.Shown(task, self.standing(task, as_of))
            for task in self.evaluate(as_of, known_at).tasks
            if task.opened_on <= day
        ]

    def _without_positions(self, entries: list[dict[str, Any]], as_of: str) -> object:
        return self._evaluated(entries, as_of).tasks

    def _say(self, sentence: str, *, law: str = "") -> None:
        self.blocks.append(Block(sentence, law=dedent(law).strip("\n")))

    def _result(self, says: str, headings: tuple[str, ...], rows: list[Row]) -> None:
        self.blocks.append(Block(says, headings=headings, rows=tuple(rows)))


def _still_open(episode: Any) -> Any:
    """An episode that time will close on a day ahead, as it is until then."""
    return replace(episode, closed_on=None, closed_by="")


def _as_of(as_of: str, known_at: str | None) -> str:
    return f"As of {as_of}" + (f", as known on {known_at}" if known_at else "")


def _orders(entries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Every rotation of the facts, and their reverse, recorded in that order."""
    turned = [entries[n:] + entries[:n] for n in range(1, len(entries))]
    turned.append(entries[::-1])
    return [
        [{**values, "position": n} for n, values in enumerate(order, start=1)] for order in turned
    ]


def _same_rows(
    headings: tuple[str, ...],
    rows: list[Row],
    found: list[Any],
    show: Mapping[str, Callable[[Any], object]],
) -> None:
    unknown = [name for name in headings if name not in show]
    if unknown:
        message = f"no such column: {', '.join(unknown)}"
        raise ValueError(message)
    actual = [{name: columns.written(show[name](it)) for name in headings} for it in found]
    left = list(actual)
    for row in rows:
        match = next((it for it in left if _same(row, it)), None)
        if match is not None:
            left.remove(match)
    is_same = not left and len(rows) == len(actual)
    assert is_same, (
        f"\nstated:\n{tables.written(headings, rows)}\n\nfound:\n{tables.written(headings, actual)}"
    )


def _same(stated: Row, found: Row) -> bool:
    return all(
        cell in found[name] and bool(cell) == bool(found[name])
        if name in columns.WORDS
        else cell == found[name]
        for name, cell in stated.items()
    )
