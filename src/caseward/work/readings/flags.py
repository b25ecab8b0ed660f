"""What is worth knowing about a task at a glance, in words that need no colour."""

from collections.abc import Iterator

from caseward.rules.engine import checked
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import HeldSpan, Standing, Status, Task
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Force
from caseward.work.readings import law, words
from caseward.work.readings.shapes import Flag


def of(
    rulebook: Rulebook,
    task: Task,
    standing: Standing,
    *,
    is_unallocated: bool,
    is_without_cover: bool = False,
) -> tuple[Flag, ...]:
    """Return the task's flags, the gravest first."""
    is_open = standing.status in (Status.OPEN, Status.WAITING)
    return (
        *_of_dates(task, standing, is_open=is_open),
        *_of_knowledge(rulebook, task, standing, is_open=is_open),
        *(
            (Flag(code="unallocated", words="Nobody is allocated to do it"),)
            if is_unallocated and is_open
            else ()
        ),
        *(
            (Flag(code="without_cover", words="Left without cover: away, and nobody stands in"),)
            if is_without_cover and is_open
            else ()
        ),
    )


def _of_dates(task: Task, standing: Standing, *, is_open: bool) -> Iterator[Flag]:
    if standing.is_late:
        yield Flag(code="late", words=_late_words(task, standing))
    if standing.was_met_late:
        yield Flag(code="was_met_late", words="Done late")
    if standing.is_behind_usual:
        yield Flag(code="behind_usual", words="Behind the usual time")
    if standing.is_held and is_open:
        yield Flag(code="held", words=_held_words(task))
    if standing.is_delayed and task.first_due_on is not None:
        first = words.short_day(task.first_due_on)
        yield Flag(code="delayed", words=f"Delay agreed: the first date was {first}")
    if standing.is_projected and is_open:
        yield Flag(code="projected", words="Expected date: nothing is arranged yet")
    if standing.is_provisional:
        yield Flag(code="provisional", words="May move: bank holidays are not known that far ahead")
    if not standing.binds and is_open:
        yield Flag(code="no_limit", words="No time limit applies now")
    if task.merged_with and is_open:
        yield Flag(code="together", words=_together_words(task))


def _of_knowledge(
    rulebook: Rulebook, task: Task, standing: Standing, *, is_open: bool
) -> Iterator[Flag]:
    if standing.cannot_tell:
        missing = words.listed(missing_words(rulebook, name) for name in task.cannot_tell)
        yield Flag(code="cannot_tell", words=f"Not known: {missing}")
    if task.is_stale:
        yield Flag(code="stale", words="A paper was withdrawn or overtaken since")
    limit = law.binding(task)
    if limit is not None and (limit.is_deemed or limit.has_no_time):
        yield Flag(code="assumed", words=_assumed_words(is_deemed=limit.is_deemed))
    if is_open and checked.is_unchecked(task, rulebook):
        yield Flag(code="unverified", words="Rule not yet checked against its source")


def missing_words(rulebook: Rulebook, missing: str) -> str:
    """Return what is not recorded, as people say it: the title of the state or of the field.

    The engine names it "state legal_status", "field seen", or by its name alone.
    """
    sort, _, name = missing.partition(" ")
    if sort == "field" and name:
        return _field_words(rulebook.vocabulary, name)
    state = rulebook.vocabulary.states.get(name or sort)
    return words.lower_first(state.title) if state else (name or sort).replace("_", " ")


def _field_words(vocabulary: Vocabulary, name: str) -> str:
    titles = (
        field.title
        for kind in vocabulary.kinds.values()
        if (field := kind.find_field(name)) is not None
    )
    title = next(titles, name.replace("_", " "))
    return f"“{title}”" if title.endswith("?") else words.lower_first(title)


def _late_words(task: Task, standing: Standing) -> str:
    """Say against what it is late: within the law still, though past the authority's own limit."""
    past = {code.partition(":")[0] for code in standing.late_against}
    law_on = min(
        (limit.due_on for limit in task.limits if limit.force is Force.LAW and limit.due_on),
        default=None,
    )
    if Force.LAW.value in past:
        return "Late: past the statutory limit"
    if law_on is not None:
        return f"Late: past our own limit, within the law until {words.short_day(law_on)}"
    return "Late"


def _held_words(task: Task) -> str:
    standing: HeldSpan | None = next((span for span in task.held if span.until is None), None)
    since = f" since {words.short_day(standing.since)}" if standing else ""
    return f"On hold{since} until a manager decides"


def _together_words(task: Task) -> str:
    """Say by when one meeting is in time for all that it stands for, or that no day is (M29)."""
    last = task.suits_both_on
    if last is None:
        return "One meeting for both: no day suits both"
    said = f"One meeting for both: in time for both until {words.short_day(last)}"
    if task.planned_on is not None and task.planned_on > last:
        return f"{said}, and it is arranged for later"
    return said


def _assumed_words(*, is_deemed: bool) -> str:
    if is_deemed:
        return "Counted from an assumed day: the real one is not recorded"
    return "Counted from midnight: the time is not recorded"
