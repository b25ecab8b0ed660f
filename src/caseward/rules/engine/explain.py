"""How a date was worked out, in words (M34): made from a task's receipt when somebody asks.

The same sentences stand on the page, in the command line's answer and on paper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caseward.rules.engine import explain_endings, explain_limits, law_words, wording
from caseward.rules.engine.explain_limits import LimitExplained
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Role, Status, Task
from caseward.rules.facts import checks
from caseward.rules.facts.entries import Event, Record
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Edition, Procedure, Source, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Every sentence a person needs to check a date by hand, and what they rest on.

    `skipped` are the days that did not count on the way to the date that binds, and why; `entries`
    the ids of the facts that the sentences speak of.
    """

    task: str
    title: str
    duty: str
    sentences: tuple[str, ...]
    limits: tuple[LimitExplained, ...]
    skipped: tuple[tuple[date, str], ...]
    sources: tuple[Source, ...]
    entries: tuple[str, ...]
    edition_words: str
    calendar_words: str


def explain(
    task: Task, record: Record, rulebook: Rulebook, *, as_of: date | None = None
) -> Explanation:
    """Return how the task's dates came about, in sentences in the order they are read.

    Shapes: `as_of` adds what holds on that day alone (past ours, within the law until …).
    Errors: LookupError when the rulebook does not hold the task's procedure.
    """
    procedure, edition, step = rule_of(task, rulebook)
    events = {event.entry_id: event for event in record.events}
    limits = explain_limits.limits_of(task, step, events, rulebook)
    binding = next((limit for limit in limits if limit.is_binding), None)
    sentences = [
        *_opening(task, events, rulebook),
        *_rule(step, binding),
        *_conditions(task, step, events, rulebook),
        *(sentence for limit in limits for sentence in limit.sentences),
        *_first_date(task, step, limits, rulebook),
        *_meeting(task, rulebook),
        *_attempts(task, step, events, rulebook, as_of),
        still_wanted(task, step, as_of),
        *_delays(task, events),
        *_noted(task, events, rulebook),
        *_held(task, as_of),
        *_marks(task, limits, as_of),
        *explain_endings.told(task, events, rulebook, as_of),
        *_missing(task, rulebook.vocabulary),
    ]
    return Explanation(
        task=task.key,
        title=step.title or wording.sentence(step.duty),
        duty=step.duty,
        sentences=tuple(sentence for sentence in sentences if sentence),
        limits=limits,
        skipped=binding.skipped if binding is not None else (),
        sources=tuple(dict.fromkeys(one for one in _sources(step, limits) if one is not None)),
        entries=_entries(task),
        edition_words=f"{procedure.title}, edition in force from "
        f"{wording.day(edition.in_force_from)}",
        calendar_words=f"{rulebook.calendar.title}, as known; bank holidays are published up to "
        f"{wording.day(rulebook.calendar.horizon)}",
    )


def rule_of(task: Task, rulebook: Rulebook) -> tuple[Procedure, Edition, Step]:
    """Return the procedure, edition and step that a task's receipt names."""
    receipt = task.receipt
    for procedure in rulebook.procedures:
        if procedure.id != task.procedure:
            continue
        for edition in procedure.editions:
            step = edition.step(receipt.step)
            if step is not None and edition.in_force_from == receipt.edition_from:
                return procedure, edition, step
    message = f"The rulebook holds no step {receipt.step} of {task.procedure}. Load its law file."
    raise LookupError(message)


def title_of(task: Task, rulebook: Rulebook) -> str:
    """Return what the page calls the task: the step's title or duty, and its part."""
    _, _, step = rule_of(task, rulebook)
    if task.role is Role.SAY_WHAT_HAPPENED:
        return f"Say what happened: {step.title or step.duty}"
    part = next((one for one in step.all_of if one.part == task.part), None)
    words = step.title or step.duty
    return words if part is None else f"{words} · {part.title or wording.plain(part.part)}"


def _opening(task: Task, events: Mapping[str, Event], rulebook: Rulebook) -> Iterator[str]:
    receipt = task.receipt
    if receipt.computed_from:
        yield _computed(task, events, rulebook)
    else:
        told = [
            explain_limits.fact(events[entry], rulebook)
            for entry in receipt.trigger_entries
            if entry in events
        ]
        if told:
            yield f"This is owed because of: {wording.listed(told)}."
    for entry in receipt.trigger_entries:
        event = events.get(entry)
        if event is not None and event.corrected_by:
            yield (
                f"The entry “{wording.kind_title(rulebook.vocabulary, event.kind)}” was corrected; "
                f"{wording.day(event.occurred_on)} is the date as corrected."
            )
    if receipt.matched_by_date:
        yield "The fact that answers it names no key, and was matched by date."


def _computed(task: Task, events: Mapping[str, Event], rulebook: Rulebook) -> str:
    text = task.receipt.computed_from
    sort, _, rest = text.partition(":")
    if sort == "passed":
        last = wording.day(task.trigger_on - timedelta(days=1))
        return f"This is owed because {_step_named(task, rest, rulebook)} was not done by {last}."
    if sort == "silence":
        named = _step_named(task, rest, rulebook)
        return f"This is owed because nobody answered {named} by its last day."
    if sort == "planned":
        event = events.get(rest)
        planned = task.planned_on or task.first_planned_on
        when = "" if planned is None else f" on {wording.day(planned)}"
        by = "" if event is None else f" ({explain_limits.fact(event, rulebook)})"
        return f"A meeting was planned{when}{by}, the day has gone by and nothing was said."
    came_from, plus, interval = text.rpartition("+")
    if plus and came_from == "birth":
        birthday = wording.birthday(_born(events) or task.trigger_on, task.trigger_on)
        if birthday:
            return f"This is owed because of {birthday}."
        return f"This is owed because the child reached the age of {_interval(interval)}."
    event = events.get(came_from)
    if plus and event is not None:
        return (
            f"This is owed because {_interval(interval)} have passed since "
            f"{explain_limits.fact(event, rulebook)}."
        )
    return (
        f"This is owed because of what followed from the facts on {wording.day(task.trigger_on)}."
    )


def _born(events: Mapping[str, Event]) -> date | None:
    days = [event.occurred_on for event in events.values() if event.kind == checks.BORN]
    return max(days, default=None)


def _interval(text: str) -> str:
    digits = "".join(char for char in text if char.isdigit())
    return wording.count(int(digits or 0), text[len(digits) :])


def _rule(step: Step, binding: explain_limits.LimitExplained | None) -> Iterator[str]:
    where = wording.source(step.source)
    yield f"The rule: {wording.sentence(step.duty)}{f' ({where})' if where else ''}"
    if step.source is not None and step.source.note:
        yield wording.sentence(step.source.note)
    sources = (step.source, binding.source if binding is not None else None)
    if any(source is not None and not source.verified for source in sources):
        yield "This rule has not been checked against its source."


def _conditions(
    task: Task, step: Step, events: Mapping[str, Event], rulebook: Rulebook
) -> Iterator[str]:
    if task.ending is Status.DOES_NOT_APPLY and not task.part:
        what = "what it depends on did not hold"
        if step.only_if is not None:
            what = f"it is owed only if {law_words.condition(step.only_if, rulebook)}; not so"
        yield f"It does not apply: {what} on {wording.day(task.trigger_on)}."
    for since, until, entry in task.unbound:
        event = events.get(entry)
        why = f", because of: {explain_limits.fact(event, rulebook)}" if event is not None else ""
        end = f" until {wording.day(until)}" if until is not None else ""
        yield (
            f"From {wording.day(since)}{end} it has no timescale{why}. The duty stays, and so does "
            "whose it is."
        )
    if task.opened_on > task.trigger_on:
        yield f"It could be done from {wording.day(task.opened_on)}."


def _first_date(
    task: Task, step: Step, limits: tuple[LimitExplained, ...], rulebook: Rulebook
) -> Iterator[str]:
    first, due = task.first_due_on, task.due_on
    if first is not None and due is not None and first != due:
        yield f"The first date was {wording.day(first)} and stays on record."
    if task.waits_for and task.expected_on is None and not limits:
        yield f"There is no date yet: it waits for {law_words.awaited(task.waits_for, step, rulebook)}."
    elif due is None and task.expected_on is None and not limits and not task.unbound:
        yield "The procedure gives no time for it."


def _meeting(task: Task, rulebook: Rulebook) -> Iterator[str]:
    if task.first_planned_on is not None and task.planned_on != task.first_planned_on:
        now = f"; now {wording.day(task.planned_on)}" if task.planned_on is not None else ""
        yield f"The meeting was first planned for {wording.day(task.first_planned_on)}{now}."
    if task.impossible_since is not None and task.due_on is not None:
        yield (
            f"It could not be done in time from {wording.day(task.impossible_since)} on, when the "
            "date that it hangs on was set."
        )
    if task.merged_with:
        yield _together(task, rulebook)


def _together(task: Task, rulebook: Rulebook) -> str:
    """The meetings held as one, and whether one day is in time for all of them (M29)."""
    titles = [f"“{title}”" for key in task.merged_with if (title := _title_of(key, rulebook))]
    held = f"It is held as one meeting with {wording.listed(titles) or 'another'}"
    day = task.suits_both_on
    if day is None:
        return f"{held}; no day is in time for both."
    if task.planned_on is not None and task.planned_on > day:
        return f"{held}; until {wording.day(day)} one day is in time for both, and it is arranged for a later day."
    return f"{held}; until {wording.day(day)} one day is in time for both."


def _step_named(task: Task, rest: str, rulebook: Rulebook) -> str:
    """The title of the step whose task, the rest of its key given, this one follows from."""
    title = _title_of(f"{task.child}/{task.procedure}/{rest}", rulebook)
    return f"“{title.rstrip('.')}”" if title else rest.partition("/")[0]


def _title_of(key: str, rulebook: Rulebook) -> str:
    """The title of the step whose task has the key: child, procedure, its trigger, the step …"""
    _, _, after = key.partition("/")
    named, *rest = after.split("/")
    for procedure in rulebook.procedures:
        if procedure.id == named:
            steps = {step.id: step for one in procedure.editions for step in one.steps}
            return next(((steps[one].title or steps[one].duty) for one in rest if one in steps), "")
    return ""


def _attempts(
    task: Task,
    step: Step,
    events: Mapping[str, Event],
    rulebook: Rulebook,
    as_of: date | None,
) -> Iterator[str]:
    """What was tried and does not count, with the answer that it lacks (B3)."""
    told = [_attempt(events[one], step, rulebook) for one in task.attempts if one in events]
    if not told:
        return
    yield f"Recorded, and does not meet it: {wording.listed(told)}."
    if not task.is_over_on(as_of):
        by = f", by {wording.day(task.due_on)}" if task.due_on is not None else ""
        yield f"So it is still to be done{by}."


def _attempt(event: Event, step: Step, rulebook: Rulebook) -> str:
    kind = rulebook.vocabulary.kinds.get(event.kind)
    rows = (*step.met_by, *step.any_of, *(row for part in step.all_of for row in part.met_by))
    wanted = dict.fromkeys(
        one for row in rows if row.event == event.kind for one in law_words.answers(row.where, kind)
    )
    needs = f"; what counts is “{wording.listed(list(wanted), 'or')}”" if wanted else ""
    return f"{explain_limits.fact(event, rulebook)}{needs}"


def wanted_for(task: Task, step: Step, as_of: date) -> str:
    """Return what a paper is still wanted for once its meeting's day is over; empty: nothing said.

    Shapes: asked of the row alone, so that lists can say it without reading the record.
    """
    limits = {limit.id or str(index): limit for index, limit in enumerate(step.limits)}
    days = [
        dated.anchor_on
        for dated in task.limits
        if not dated.is_projected and dated.limit in limits and limits[dated.limit].before
    ]
    is_over = any(day is not None and day < as_of for day in days)
    return step.wanted_for if step.outlives and is_over else ""


def still_wanted(task: Task, step: Step, as_of: date | None) -> str:
    """Return a sentence on what an open paper is wanted for after its meeting, or an empty text."""
    if as_of is None or task.is_over_on(as_of):
        return ""
    what = wanted_for(task, step, as_of)
    return f"The day of the meeting is over; it is still wanted for {what}." if what else ""


def _delays(task: Task, events: Mapping[str, Event]) -> Iterator[str]:
    for delay in task.delays:
        by = f" by {wording.role(delay.agreed_by)}" if delay.agreed_by else ""
        said = (
            f"A delay to {wording.day(delay.new_date)} was agreed{by} on "
            f"{wording.day(delay.agreed_on)} ({wording.plain(delay.reason)})"
        )
        if delay.entry_id in events and not delay.stands:
            said += "; it moves nothing, because the reason is not on the list or it came too late"
        yield f"{said}."
    for first, last in task.already_late:
        yield f"It was late from {wording.day(first)} to {wording.day(last)}, before that delay."
    if task.delays and any(str(limit.force) == "law" for limit in task.limits):
        yield "A delay never moves the limit that the law sets."


def _noted(task: Task, events: Mapping[str, Event], rulebook: Rulebook) -> Iterator[str]:
    told = [
        explain_limits.fact(events[entry], rulebook)
        for entry in task.receipt.note_entries
        if entry in events
    ]
    if told:
        yield f"Noted while it was open, without moving its date: {wording.listed(told)}."
    if task.is_stale:
        yield "A paper in it was withdrawn or replaced after it was complete."


def _held(task: Task, as_of: date | None) -> Iterator[str]:
    for span in task.held:
        since, until = wording.day(span.since), span.until
        if until is None or (as_of is not None and until > as_of):
            yield f"On hold since {since}, until the manager decides; its date stands."
        else:
            yield f"On hold from {since} until {wording.day(until)}; its date stands."


def _marks(task: Task, limits: tuple[LimitExplained, ...], as_of: date | None) -> Iterator[str]:
    if task.is_provisional:
        yield (
            "The date is provisional: the bank holidays of that time are not published yet, and it "
            "is counted again when they are."
        )
    if as_of is not None and _is_past_usual(task, as_of):
        yield f"The usual time passed on {wording.day(task.expected_on or as_of)}; no limit binds."
    if as_of is None or task.due_on is None or as_of <= task.due_on:
        return
    law = [limit.due_on for limit in limits if limit.is_law and limit.due_on is not None]
    if law and min(law) >= as_of:
        yield f"Past our own limit, within the law until {wording.day(min(law))}."


def _is_past_usual(task: Task, as_of: date) -> bool:
    expected = task.expected_on
    is_dated = expected is not None and task.due_on is None and not task.is_projected
    return not task.is_over_on(as_of) and is_dated and expected is not None and expected < as_of


def _missing(task: Task, vocabulary: Vocabulary) -> Iterator[str]:
    if task.cannot_tell:
        words = [law_words.unknown(name, vocabulary) for name in task.cannot_tell]
        yield f"Not recorded, so it cannot be told whether it changes anything: {'; '.join(words)}."
    for need in task.needs:
        if need.there_on is None:
            whose = (
                f" ({wording.listed([wording.role(r) for r in need.owner])})" if need.owner else ""
            )
            yield f"It waits for {wording.plain(need.name)}{whose}; its date stands all the same."


def _sources(step: Step, limits: tuple[LimitExplained, ...]) -> Iterator[Source | None]:
    yield step.source
    for limit in limits:
        yield limit.source


def _entries(task: Task) -> tuple[str, ...]:
    found = [
        *task.receipt.trigger_entries,
        *(entry for limit in task.limits for entry in limit.anchor_entries),
        *task.receipt.note_entries,
        *task.attempts,
        *(delay.entry_id for delay in task.delays),
        *task.met_by,
        *((task.ended_by,) if task.ended_by else ()),
    ]
    return tuple(dict.fromkeys(found))
