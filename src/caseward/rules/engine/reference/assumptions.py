"""Facts made up for a forecast (M35): what would meet a step, and the receipts that follow acts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseward.rules.engine import wording
from caseward.rules.engine.reference.known import value_of
from caseward.rules.engine.tasks import Episode, Task
from caseward.rules.facts.entries import Event, Record
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.rules.procedures.conditions import AllOf, Condition, FieldIs
from caseward.rules.procedures.model import Edition, MetBy, Outcome, Step

# Why a fact is assumed on its day.
ON_TIME, NO_TIME, FOLLOWS = "on its expected day", "on the day it opens", "follows"

# What the id of an assumed fact begins with.
MARK = "assumed:"
PAPER = "paper.given"
# The keys that name somebody or something to a reader; the others only tie entries together.
NAMING = ("recipient", "person")

__all__ = ["Assumption", "Outcome", "facts_for", "joined", "receipts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One fact assumed: of which step, on which day, with which outcome, and why then.

    `expected_on` is the day on which the duty is expected (None: no time is given), `is_usual` says
    that this day is a usual time and no limit, `is_planned` that the meeting is arranged for it;
    `about` is whom or what it is about (a recipient), `follows` the kind of act that it follows.
    """

    task: str
    step: str
    kind: str
    on: date
    outcome: str
    because: str
    event: Event
    expected_on: date | None = None
    is_usual: bool = False
    is_planned: bool = False
    about: str = ""
    follows: str = ""


def facts_for(
    task: Task,
    step: Step,
    parts: Sequence[Task],
    *,
    on: date,
    outcome: str | None,
    edition: Edition,
    vocabulary: Vocabulary,
    child: str,
) -> list[Assumption]:
    """Return the facts that would meet the task on the day; none where they cannot be made up.

    A decision has the outcome given, or its usual one.
    """
    because = ON_TIME if task.expected_on is not None else NO_TIME
    wanted: list[tuple[MetBy, Task]] = []
    for part in parts:
        rows = next((one.met_by for one in step.all_of if one.part == part.part), ())
        wanted.extend((row, part) for row in rows[:1])
    if not step.all_of:
        usual = next((one.outcome for one in step.outcomes.values() if one.usual), None)
        outcome = outcome or usual
        wanted.extend((row, task) for row in _rows(step, outcome)[:1])
    made: list[Assumption] = []
    for row, of in wanted:
        kind = vocabulary.kinds.get(row.event)
        if kind is None:
            continue
        with_outcome = outcome or next(iter(row.outcomes), None) or _usual(edition, kind)
        keys, fields = _names(of, row, kind)
        event = Event(
            entry_id=f"{MARK}{of.key}",
            child=child,
            kind=kind.id,
            occurred_on=on,
            position=0,
            outcome=with_outcome,
            keys=keys,
            fields=fields,
        )
        made.append(
            Assumption(
                task=task.key,
                step=task.step,
                kind=kind.id,
                on=on,
                outcome=with_outcome or "",
                because=because,
                event=event,
                expected_on=task.expected_on,
                is_usual=task.due_on is None,
                is_planned=step.meeting is not None and task.planned_on is not None,
                about=_about(of, step, kind.id, keys),
            )
        )
    return made


def _about(task: Task, step: Step, kind: str, keys: Mapping[str, str]) -> str:
    part = next((one for one in step.all_of if one.part == task.part), None)
    if part is not None and kind == PAPER:
        return part.title or wording.plain(part.part).capitalize()
    return task.each or next((keys[key] for key in NAMING if keys.get(key)), "")


def joined(made: Sequence[Assumption]) -> list[Assumption]:
    """Return the facts of one day, those that do not contradict each other made into one.

    One naming of an administrator meets both "name one" and "find a trained one".
    """
    found: list[Assumption] = []
    for one in made:
        for index, other in enumerate(found):
            if _agree(one.event, other.event):
                event = _both(other.event, one.event)
                found[index] = replace(other, event=event)
                break
        else:
            found.append(one)
    return found


def receipts(
    record: Record, episode: Episode, edition: Edition, vocabulary: Vocabulary
) -> list[Assumption]:
    """Return the facts that nobody owes and that follow an act of the episode: receipts."""
    wanted = set(_kinds_named(edition))
    followers = [
        kind for kind in vocabulary.kinds.values() if kind.follows is not None and kind.id in wanted
    ]
    made: list[Assumption] = []
    for kind in followers:
        acts = [
            event
            for event in record.events
            if event.kind == kind.follows and event.occurred_on >= episode.opened_on
        ]
        there = [event for event in record.events if event.kind == kind.id]
        for act in acts:
            made.extend(
                _receipt(record, kind, act, keys)
                for keys in _recipients(act, kind)
                if not any(_answers(event, act, keys) for event in there)
            )
    return made


def _receipt(record: Record, kind: EventKind, act: Event, keys: Mapping[str, str]) -> Assumption:
    suffix = "".join(f":{value}" for value in keys.values())
    event = Event(
        entry_id=f"{MARK}{kind.id}:{act.entry_id}{suffix}",
        child=record.child,
        kind=kind.id,
        occurred_on=act.occurred_on,
        position=0,
        keys=keys,
    )
    return Assumption(
        task="",
        step="",
        kind=kind.id,
        on=act.occurred_on,
        outcome="",
        because=f"{FOLLOWS} {act.kind}",
        event=event,
        about=keys.get("recipient", ""),
        follows=act.kind,
    )


def _recipients(act: Event, kind: EventKind) -> Iterator[dict[str, str]]:
    """The keys of a receipt: the act's own, and one for each of those it was sent to."""
    own = {name: value for name, value in act.keys.items() if name in kind.keys}
    names = value_of(act, "recipients")
    if "recipient" not in kind.keys or "recipient" in own or names is None:
        yield own
        return
    listed = names if isinstance(names, list | tuple) else str(names).split(",")
    for name in listed:
        yield {**own, "recipient": str(name).strip()}


def _answers(event: Event, act: Event, keys: Mapping[str, str]) -> bool:
    if event.occurred_on < act.occurred_on:
        return False
    return all(event.keys.get(name, value) == value for name, value in keys.items())


def _rows(step: Step, outcome: str | None) -> list[MetBy]:
    rows = [*step.met_by, *step.any_of]
    fitting = [
        row for row in rows if not row.outcomes or outcome is None or outcome in row.outcomes
    ]
    return fitting or rows


def _usual(edition: Edition, kind: EventKind) -> str | None:
    """The usual outcome of the kind, where another step of the edition marks one."""
    for step in edition.steps:
        if any(row.event == kind.id for row in (*step.met_by, *step.any_of)):
            for outcome in step.outcomes.values():
                if outcome.usual and outcome.outcome in kind.outcomes:
                    return outcome.outcome
    return next(iter(kind.outcomes)) if len(kind.outcomes) == 1 else None


def _names(task: Task, row: MetBy, kind: EventKind) -> tuple[dict[str, str], dict[str, str]]:
    """The keys and fields that the fact must have: the task's keys, and what `met_by` asks."""
    keys = {name: value for name, value in task.keys.items() if name in kind.keys}
    fields = {
        name: value
        for name, value in task.keys.items()
        if name not in kind.keys and kind.find_field(name) is not None
    }
    for name, value in _asked(row.where):
        (keys if name in kind.keys else fields)[name] = value
    return keys, fields


def _asked(where: Condition | None) -> Iterator[tuple[str, str]]:
    if isinstance(where, FieldIs):
        yield where.name, where.values[0]
    elif isinstance(where, AllOf):
        for part in where.parts:
            yield from _asked(part)


def _kinds_named(edition: Edition) -> Iterator[str]:
    """Every kind that the edition's triggers and limits speak of."""
    for step in edition.steps:
        yield from _trigger_kinds(step.starts_when)
        for limit in step.limits:
            yield limit.anchor


def _trigger_kinds(trigger: object) -> Iterator[str]:
    event = getattr(trigger, "event", None)
    if isinstance(event, str):
        yield event
    for part in getattr(trigger, "parts", ()):
        yield from _trigger_kinds(part)


def _agree(one: Event, other: Event) -> bool:
    return (
        one.kind == other.kind
        and one.occurred_on == other.occurred_on
        and one.outcome in (other.outcome, None)
        and all(other.keys.get(name, value) == value for name, value in one.keys.items())
        and all(other.fields.get(name, value) == value for name, value in one.fields.items())
    )


def _both(one: Event, other: Event) -> Event:
    return Event(
        entry_id=one.entry_id,
        child=one.child,
        kind=one.kind,
        occurred_on=one.occurred_on,
        position=0,
        outcome=one.outcome or other.outcome,
        keys={**one.keys, **other.keys},
        fields={**one.fields, **other.fields},
    )
