"""Finding what the law says of a task: its step, its words, its limit, its part."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from caseward.rules.engine import law_words
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import LimitDate, Role, Task
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures import model
from caseward.rules.procedures.conditions import SettingRef
from caseward.work.readings import words

EVERY = "every:"
UNITS = {
    "working_days": "working day",
    "court_days": "court day",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
    "weeks_of_proceedings": "week of proceedings",
}
OPENED, TRIGGER, BIRTH = "episode_opened", "trigger", "birth"


def procedure_of(rulebook: Rulebook, procedure: str) -> model.Procedure | None:
    """Return a procedure by its id, or None where it is not adopted (any longer)."""
    return next((each for each in rulebook.procedures if each.id == procedure), None)


def given_up_from(rulebook: Rulebook, procedure: str) -> date | None:
    """Return the day from which a procedure is used no longer, None where it is."""
    uses = [use for use in rulebook.adopted or () if use.procedure == procedure]
    return uses[-1].given_up_from if uses else None


def edition_of(rulebook: Rulebook, task: Task) -> model.Edition | None:
    """Return the edition that governs a task, as its receipt names it."""
    procedure = procedure_of(rulebook, task.procedure)
    if procedure is None:
        return None
    named = [
        edition
        for edition in procedure.editions
        if edition.in_force_from == task.receipt.edition_from
    ]
    return named[-1] if named else procedure.editions[-1]


def step_of(rulebook: Rulebook, task: Task) -> model.Step | None:
    """Return the step of which a task is an occurrence."""
    edition = edition_of(rulebook, task)
    return edition.step(task.step) if edition is not None else None


def procedure_title(rulebook: Rulebook, procedure: str) -> str:
    """Return what a procedure is called on a page."""
    found = procedure_of(rulebook, procedure)
    return found.title if found is not None else words.sentence(procedure.replace("_", " "))[:-1]


def what_is_to_be_done(rulebook: Rulebook, task: Task) -> str:
    """Return a task in plain words, without a full stop."""
    step = step_of(rulebook, task)
    said = (step.title or step.duty) if step is not None else task.step
    if task.role is Role.SAY_WHAT_HAPPENED:
        return f"Say what happened on the planned day: {words.lower_first(said.rstrip('.'))}"
    if task.role is Role.PART and step is not None:
        part = next((each for each in step.all_of if each.part == task.part), None)
        said = (part.title if part else "") or task.part.replace("_", " ").capitalize()
    return said.rstrip(".")


def matter_of(rulebook: Rulebook, task: Task) -> str:
    """Return in words the answer that keeps a task apart from others of its step; "" for none.

    A step may be owed once for each answer to a question (`same`): each gap that the IRO found.
    """
    step = step_of(rulebook, task)
    kinds = [] if step is None or not step.same else [
        rulebook.vocabulary.kinds[kind]
        for kind in law_words.kinds_of(step.starts_when)
        if kind in rulebook.vocabulary.kinds
    ]  # fmt: skip
    for name in step.same if step is not None else ():
        value = task.keys.get(name, "")
        for kind in kinds:
            field = kind.find_field(name)
            if field is not None and value in field.choices:
                return field.choices[value]
    return ""


def is_safety(rulebook: Rulebook, task: Task) -> bool:
    """Return whether a task is a safety duty: "immediately" then means now, on any day."""
    step = step_of(rulebook, task)
    return step is not None and any(limit.at_once == "safety" for limit in step.limits)


def binding(task: Task) -> LimitDate | None:
    """Return the limit that gives the task's date: the due one, or else the earliest usual."""
    wanted = task.due_on or task.expected_on
    binds = (model.Force.LAW, model.Force.MUST)
    dated = [limit for limit in task.limits if limit.due_on is not None]
    own = [limit for limit in dated if (limit.force in binds) == (task.due_on is not None)]
    for limit in own or dated:
        if limit.due_on == wanted:
            return limit
    return min(own or dated, key=lambda limit: limit.due_on, default=None)  # type: ignore[arg-type,return-value]


def row_of(step: model.Step, limit: LimitDate) -> model.Limit | model.Interval | None:
    """Return the row of the law file that a limit was worked out by."""
    rows: tuple[Any, ...] = step.limits
    name = limit.limit
    if name.startswith(EVERY):
        rows, name = step.every, name.removeprefix(EVERY)
    named = next((row for row in rows if getattr(row, "id", "") == name), None)
    if named is not None:
        return named  # type: ignore[no-any-return]
    return rows[int(name)] if name.isdigit() and int(name) < len(rows) else None


def counted_words(rulebook: Rulebook, row: model.Limit | model.Interval | None) -> str:
    """Return how long a limit is: "15 working days", "at once"; empty where it has no count."""
    if row is None:
        return ""
    if isinstance(row, model.Interval):
        span = row.span
        return _length(rulebook, span.count, span.unit) if span else ""
    if row.at_once is not None:
        return "the same day" if row.at_once == "safety" else "the same or next working day"
    return _length(rulebook, row.count, row.unit)


def unit_of(rulebook: Rulebook, row: model.Limit | model.Interval | None) -> str:
    """Return the unit that a limit is counted in, or an empty text."""
    unit = row.span.unit if isinstance(row, model.Interval) and row.span else None
    if isinstance(row, model.Limit):
        unit = row.unit
    found = _value(rulebook, unit)
    return str(found) if found else ""


def anchor_words(
    rulebook: Rulebook, step: model.Step, row: model.Limit | model.Interval | None
) -> str:
    """Return what a limit is counted from or back from, in words."""
    vocabulary = rulebook.vocabulary
    if isinstance(row, model.Interval) and row.by_field is not None:
        return "the date agreed"
    if isinstance(row, model.Limit):
        if row.by_field is not None:
            return "the date agreed"
        if row.before is not None:
            return event_words(vocabulary, row.before)
        if row.anchor != TRIGGER:
            return event_words(vocabulary, row.anchor)
    return trigger_words(vocabulary, step.starts_when)


def event_words(vocabulary: Vocabulary, name: str) -> str:
    """Return an event kind (or birth, a planned meeting, the opening) as it reads in a sentence."""
    if name == BIRTH:
        return "the birth"
    if name == OPENED:
        return "the procedure began"
    noun, planned, _ = name.partition(".planned")
    if planned:
        held = vocabulary.kinds.get(f"{noun}.held")
        return f"the planned {_noun(held.title if held else noun)}"
    kind = vocabulary.kinds.get(name)
    if kind is None:
        return name.replace("_", " ").replace(".", " ")
    if kind.noun and kind.noun != kind.title:
        return f"the {words.lower_first(kind.noun)}"
    return f"“{kind.title}”"


def trigger_words(vocabulary: Vocabulary, trigger: model.Trigger | None) -> str:
    """Return what starts a step, as it reads in a sentence."""
    if isinstance(trigger, model.EventTrigger):
        return event_words(vocabulary, trigger.event)
    if isinstance(trigger, model.StateTrigger):
        state = vocabulary.states.get(trigger.state)
        title = words.lower_first(state.title) if state else trigger.state.replace("_", " ")
        return f"{title} {'ended' if trigger.ends else 'began'}"
    if isinstance(trigger, model.EpisodeOpened):
        return "the procedure began"
    if isinstance(trigger, model.AllTrigger):
        return "all that it waits for had happened"
    return "it became due to be done"


def meeting_kinds(step: model.Step) -> tuple[str, ...]:
    """Return the kinds of entry that arrange a step's meeting, or say that it was held."""
    if step.meeting is None:
        return ()
    return (step.meeting.arranged, step.meeting.held)


def kinds_that_meet(step: model.Step, part: str = "") -> Iterator[str]:
    """Return the kinds of entry that meet a step or one of its parts, each once."""
    rows: Iterable[model.MetBy] = (*step.met_by, *step.any_of)
    parts = [each for each in step.all_of if not part or each.part == part]
    if part:
        rows = ()
    yield from dict.fromkeys(
        met.event for met in (*rows, *(met for each in parts for met in each.met_by))
    )


def _length(rulebook: Rulebook, count: Any, unit: Any) -> str:
    number, name = _value(rulebook, count), _value(rulebook, unit)
    if number is None or name is None:
        return ""
    one = UNITS.get(str(name), str(name))
    if name == "weeks_of_proceedings":
        return f"week {number} of proceedings"
    return words.count(int(number), one)


def _value(rulebook: Rulebook, given: Any) -> Any:
    return rulebook.settings.get(given.name) if isinstance(given, SettingRef) else given


def _noun(title: str) -> str:
    return words.lower_first(title.removesuffix(" held").replace("_", " ").strip())
