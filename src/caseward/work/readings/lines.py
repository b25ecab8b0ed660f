"""A task as a line of a list, with every word that the line needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseward.record.access.askers import Asker
from caseward.rules.engine import explain, law_words, status, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import LimitDate, Standing, Status, Task
from caseward.rules.facts.checks import BORN
from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures import model
from caseward.work.readings import flags, holders, law, naming, words
from caseward.work.readings.holders import Holders
from caseward.work.readings.shapes import KindLink, TaskLine
from caseward.work.tasks import canonical

STATUS_WORDS: Mapping[Status, str] = {
    Status.OPEN: "To do",
    Status.WAITING: "Waiting",
    Status.MET: "Done",
    Status.MISSED: "Ended without being done",
    Status.NOT_NEEDED: "No longer applies",
    Status.DOES_NOT_APPLY: "Does not apply",
    Status.LAPSED: "The time for it has passed",
    Status.BEFORE_CASEWARD: "Before Caseward",
}
SAY = {0: "Due today", 1: "Due tomorrow"}


# The engine's words for why a task ended, as people say them.
ENDED_WORDS = {
    "while": "what it depends on no longer holds",
    "episode closed": "the procedure ended",
    "only_if": "what it depends on did not hold",
}
TAKEN_ON = "episode.taken_on"
# The kind and day of an entry: what a date is counted from is said by them.
Fact = tuple[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What lines are made with: the law, the day, who holds what, what children are called.

    `facts` are the entries that the tasks' dates are counted from, by id. `asker` is who looks:
    only what their roles may record is offered, and of a past day nothing is. `people` names the
    adults whom tasks are about, by id.
    """

    rulebook: Rulebook
    as_of: date
    held: Holders
    names: Mapping[str, str]
    facts: Mapping[str, Fact]
    asker: Asker
    people: Mapping[str, str] = field(default_factory=dict)
    is_past: bool = False


def line(told: Told, task: Task, *, parts: Iterable[Task] = ()) -> TaskLine:
    """Return the task's line, its parts (of an `all_of`) as lines within it."""
    standing = standing_of(told, task)
    owners = standing.owner or task.owner
    duty, about = law.what_is_to_be_done(told.rulebook, task), about_words(told, task)
    return TaskLine(
        task_id=canonical.id_of(task.key),
        key=task.key,
        child_id=task.child,
        child_name=told.names.get(task.child, ""),
        what=naming.of_two(duty, about),
        duty=duty,
        about=about,
        procedure=task.procedure,
        procedure_title=law.procedure_title(told.rulebook, task.procedure),
        episode=task.episode,
        step=task.step,
        part=task.part,
        fulfils=task.fulfils,
        status=str(standing.status),
        status_words=STATUS_WORDS[standing.status],
        responsible=holders.titles(owners),
        holders=told.held.names_of(task.child, owners),
        opened_on=task.opened_on,
        due_on=task.due_on,
        due_at=task.due_at,
        first_due_on=task.first_due_on,
        expected_on=task.expected_on,
        planned_on=task.planned_on,
        met_on=task.met_on if standing.status is Status.MET else None,
        ended_on=None if is_open(standing) else task.ended_on,
        due_words=due_words(told, task, standing),
        why_words=why_words(told, task),
        days_late=standing.days_late,
        slippage_words=_slippage_words(standing),
        flags=flags.of(
            told.rulebook,
            task,
            standing,
            is_unallocated=_is_unallocated(told, task),
            is_without_cover=told.held.are_without_cover(task.child, owners),
        ),
        record_kinds=_record_kinds(told, task) if is_open(standing) and not told.is_past else (),
        parts=tuple(line(told, part) for part in parts),
        is_listed=standing.is_listed,
        covered_by=task.covered_by,
        standing_in_for=told.held.stands_in_for(task.child, owners, told.asker.worker or ""),
    )


def standing_of(told: Told, task: Task) -> Standing:
    """Return the task's status on the day asked about."""
    return status.standing_on(task, told.as_of, told.rulebook.calendar)


def may_record(asker: Asker, kind: EventKind) -> bool:
    """Return whether the asker's roles may record this kind of a child whom they see."""
    return asker.is_system or bool(set(kind.recorded_by) & set(asker.roles))


def is_open(standing: Standing) -> bool:
    """Return whether something is still to be done, or waited for."""
    return standing.status in (Status.OPEN, Status.WAITING)


def what(told: Told, task: Task) -> str:
    """Return a task in plain words with whom or what it is about, so that no two read the same."""
    return naming.of_two(law.what_is_to_be_done(told.rulebook, task), about_words(told, task))


def about_words(told: Told, task: Task) -> str:
    """Return whom or what a task is about: the recipient, the role, the day of the review."""
    about = naming.about(task, facts=told.facts, people=told.people)
    return about or law.matter_of(told.rulebook, task)


def due_words(told: Told, task: Task, standing: Standing) -> str:
    """Return when it is due, or what became of it: never an empty text."""
    match standing.status:
        case Status.MET:
            return _done_words(task, standing)
        case Status.OPEN | Status.WAITING:
            return _open_words(told, task, standing)
        case Status.LAPSED:
            return f"Could be used until {_day_or(task.due_on, 'an unknown day')}"
        case Status.BEFORE_CASEWARD:
            return "Before Caseward: not measured"
        case _:
            return _ended_words(told, task, standing)


def why_words(told: Told, task: Task) -> str:
    """Return what a date is counted from, when its meeting is, what it is wanted for after it."""
    step, limit = law.step_of(told.rulebook, task), law.binding(task)
    if step is None or limit is None:
        return ""
    said = (
        _counted_words(told, step, limit),
        _planned_words(told, step, task),
        explain.still_wanted(task, step, told.as_of),
    )
    return " ".join(words.sentence(phrase) for phrase in said if phrase)


def _planned_words(told: Told, step: model.Step, task: Task) -> str:
    """Say of a meeting for when it is arranged, or that nothing was recorded of it since."""
    if step.meeting is None or task.planned_on is None or task.is_over_on(told.as_of):
        return ""
    day = words.day(task.planned_on)
    if task.planned_on < told.as_of:
        return f"It was arranged for {day}, and nothing says that it was held"
    return f"It is arranged for {day}"


def _counted_words(told: Told, step: model.Step, limit: LimitDate) -> str:
    rulebook = told.rulebook
    row = law.row_of(step, limit)
    if limit.is_delayed and limit.first_on is not None:
        return f"A delay was agreed: the first date was {words.short_day(limit.first_on)}"
    length = law.counted_words(rulebook, row)
    anchor = _anchor_words(told, step, row, limit)
    on = f" on {words.day(limit.anchor_on)}" if limit.anchor_on else ""
    if getattr(row, "by_field", None):
        named = law.anchor_words(rulebook, step, row)
        return f"{words.sentence(named)[:-1]} when {_named_when(told, step, limit)}{on}"
    if getattr(row, "before", None):
        return f"{length} before {anchor}{on}".strip() if length else f"Before {anchor}{on}"
    return f"{length} after {anchor}{on}" if length else ""


def _open_words(told: Told, task: Task, standing: Standing) -> str:
    at = f" by {words.clock_time(task.due_at)}" if task.due_at else ""
    if not standing.binds:
        return f"No time limit: {_unbound_reason(told, task)}"
    if task.due_on is None:
        return _undated_words(told, task, standing)
    if standing.is_projected:
        return _projected_words(told, task.due_on)
    if standing.is_late:
        days = words.count(standing.days_late, "day")
        return f"{days} late: was due {words.day(task.due_on)}{at}"
    ahead = (task.due_on - told.as_of).days
    if ahead in SAY:
        return f"{SAY[ahead]}{at}" if ahead == 0 else f"{SAY[ahead]}, {words.day(task.due_on)}{at}"
    return f"Due {words.day(task.due_on)}{at}"


def _projected_words(told: Told, day: date) -> str:
    if day < told.as_of:
        return f"Was expected by {words.day(day)}; nothing is arranged yet"
    return f"Expected by {words.day(day)}, once it is arranged"


def _undated_words(told: Told, task: Task, standing: Standing) -> str:
    if task.expected_on is not None:
        if standing.is_behind_usual:
            return f"Behind the usual time, which was {words.day(task.expected_on)}"
        return f"Usually by {words.day(task.expected_on)}"
    waits_for = task.waits_for or next(
        (each.waits_for for each in task.limits if each.waits_for), ""
    )
    if waits_for:
        step = law.step_of(told.rulebook, task)
        awaited = law_words.awaited(waits_for, step, told.rulebook) if step else waits_for
        return f"No date: waits for {awaited}"
    return "No time limit"


def _done_words(task: Task, standing: Standing) -> str:
    if task.met_on is None:
        return "Done"
    by_silence = ": no answer came, which counts as agreement" if task.is_met_by_silence else ""
    late = ""
    if standing.was_met_late and task.due_on is not None:
        late = f", {words.count((task.met_on - task.due_on).days, 'day')} late"
    return f"Done {words.day(task.met_on)}{late}{by_silence}"


def _ended_words(told: Told, task: Task, standing: Standing) -> str:
    since = f" since {words.day(task.ended_on)}" if task.ended_on else ""
    if standing.status is Status.MISSED:
        since = f", {words.day(task.ended_on)}" if task.ended_on else ""
    reason = ended_reason(told, task)
    return f"{STATUS_WORDS[standing.status]}{since}" + (f": {reason}" if reason else "")


def ended_reason(told: Told, task: Task) -> str:
    """Return why a task ended without being done: the fact that ended it, or what the law says."""
    fact = told.facts.get(task.ended_by)
    said = ENDED_WORDS.get(task.ended_because, task.ended_because)
    if fact is not None and fact[0] == BORN and task.ended_on is not None:
        # The birth itself is years back: what ended it is the birthday.
        return wording.birthday(fact[1], task.ended_on) or said
    if fact is not None:
        return ": ".join(part for part in (said, _fact_words(told, fact)) if part)
    return said


def _slippage_words(standing: Standing) -> str:
    if not standing.slippage_days:
        return ""
    return (
        f"{words.count(standing.slippage_days, 'day')} "
        f"({words.count(standing.slippage_working_days, 'working day')}) past the first due date"
    )


def _anchor_words(
    told: Told, step: model.Step, row: model.Limit | model.Interval | None, limit: LimitDate
) -> str:
    """Return what the limit is counted from: the fact itself where it is known which it was."""
    fact = told.facts.get(limit.anchor_entries[-1]) if limit.anchor_entries else None
    # A case taken on part-way names the anchors' days itself: the kind of anchor is the law's.
    if fact is not None and fact[0] != TAKEN_ON and not getattr(row, "before", None):
        return law.event_words(told.rulebook.vocabulary, fact[0])
    return law.anchor_words(told.rulebook, step, row)


def _named_when(told: Told, step: model.Step, limit: LimitDate) -> str:
    """Return the fact that names the date itself, or where it is not known what does as a rule."""
    vocabulary = told.rulebook.vocabulary
    fact = told.facts.get(limit.anchor_entries[-1]) if limit.anchor_entries else None
    if fact is not None:
        return law.event_words(vocabulary, fact[0])
    return law.trigger_words(vocabulary, step.starts_when)


def _is_unallocated(told: Told, task: Task) -> bool:
    return told.held.are_missing(task.child, task.owner)


def _record_kinds(told: Told, task: Task) -> tuple[KindLink, ...]:
    """Return the kinds of entry to offer that the asker may record: a meeting arranged first."""
    rulebook = told.rulebook
    step = law.step_of(rulebook, task)
    if step is None:
        return ()
    meeting = law.meeting_kinds(step)
    offered: Sequence[str] = tuple(law.kinds_that_meet(step, task.part))
    if meeting and task.planned_on is None:
        offered = (meeting[0], *offered)
    task_id = canonical.id_of(task.key)
    known = rulebook.vocabulary.kinds
    return tuple(
        KindLink(kind=kind, title=known[kind].title, hint=known[kind].hint, task_id=task_id)
        for kind in dict.fromkeys(offered)
        if kind in known and may_record(told.asker, known[kind])
    )


def _unbound_reason(told: Told, task: Task) -> str:
    for since, until, entry_id in task.unbound:
        fact = told.facts.get(entry_id)
        if fact is not None and since <= told.as_of and (until is None or told.as_of < until):
            return f"{_fact_words(told, fact)}. The duty stays"
    return "this procedure's timescale does not apply now. The duty stays"


def _fact_words(told: Told, fact: Fact) -> str:
    title = law.event_words(told.rulebook.vocabulary, fact[0])
    return f"{title}, {words.short_day(fact[1])}"


def _day_or(day: date | None, otherwise: str) -> str:
    return words.day(day) if day is not None else otherwise
