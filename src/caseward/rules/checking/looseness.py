"""Where a local limit is looser than the national one that it stands under (M22).

For every limit that names `under`: every day of the calendar as the day counted from, and every
combination of the states that the two name. One finding for each local limit and national step,
with all the states in which it is looser. The stricter binds all the same, since each is a duty of
its own; so this is a finding and no error.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from caseward.rules.checking import combinations, looser_words, stated
from caseward.rules.checking.clocks import Clock, Comparison, Difference
from caseward.rules.checking.combinations import Combination, Questions
from caseward.rules.checking.looser_words import Found
from caseward.rules.checking.messages import Message
from caseward.rules.checking.stated import National, Stated
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.conditions import Condition, Ordinal
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    EventTrigger,
    Force,
    Interval,
    Limit,
    StateTrigger,
    Step,
    Trigger,
)

BINDING = (Force.LAW, Force.MUST)


def findings(
    rulebook: Rulebook, comparison: Comparison, *, only: Collection[str] | None = None
) -> tuple[list[Message], list[Message], list[Message]]:
    """Return the findings, the errors (a national step that is not there) and what has no common day.

    Shapes: one finding for each local limit and national step, whatever the editions; `only` are the
            ids of the procedures asked about (all).
    """
    found: list[Message] = []
    errors: list[Message] = []
    apart: list[Message] = []
    seen: set[tuple[str, str, str, str]] = set()
    for local in reversed(list(stated.all_under(rulebook))):
        if only is not None and local.procedure.id not in only:
            continue
        for name, nationals, ordinal in stated.named(local, rulebook):
            key = (local.procedure.id, local.step.id, local.label, name)
            if not nationals:
                errors.append(looser_words.unknown(local, name, rulebook))
            elif key not in seen:
                answer = _compared(local, nationals, ordinal, rulebook, comparison)
                if isinstance(answer, str):
                    apart.append(looser_words.message(local, "finding", answer))
                elif answer is not None:
                    seen.add(key)
                    found.append(looser_words.finding(local, nationals[-1], answer, comparison))
    return found, errors, apart


# --- comparing -------------------------------------------------------------------------------------


def _compared(
    local: Stated,
    nationals: Sequence[National],
    ordinal: str,
    rulebook: Rulebook,
    comparison: Comparison,
) -> Found | str | None:
    """Compare with the national step in each of its editions, the latest first."""
    clock = stated.clock_of(local.row, rulebook)
    if clock is None:
        return looser_words.no_common_day(local)
    calendar = comparison.calendar
    found: Found | None = None
    for _, edition, until, step in reversed(nationals):
        first = max(local.edition.in_force_from, edition.in_force_from, calendar.first_day)
        last = min(local.until, until, calendar.horizon)
        if first > last:
            continue
        answer = _within(local, step, ordinal, (clock, first, last), rulebook, comparison)
        if isinstance(answer, str):
            return answer
        found = _joined(found, answer)
    return found


def _joined(found: Found | None, answer: Found | None) -> Found | None:
    if found is None or answer is None:
        return found or answer
    more = [at for at, words in enumerate(answer.words) if words not in found.words]
    return replace(
        found,
        cubes=(*found.cubes, *(answer.cubes[at] for at in more)),
        words=(*found.words, *(answer.words[at] for at in more)),
    )


def _within(
    local: Stated,
    step: Step,
    ordinal: str,
    counted: tuple[Clock, date, date],
    rulebook: Rulebook,
    comparison: Comparison,
) -> Found | str | None:
    clock, first, last = counted
    questions = _questions(local, step, rulebook)
    looser: list[Combination] = []
    shown: tuple[Difference, Clock] | None = None
    n_dated = 0
    for given in questions.combinations():
        if ordinal and given.get(Ordinal, ordinal) != ordinal:
            continue
        if not (_is_read(local, given, questions) and _binds(step, given, questions)):
            continue
        theirs = _clocks(step, given, questions, rulebook)
        if not theirs:
            continue
        same = tuple(one for one in theirs if _may_compare(clock, one))
        if not same:
            continue
        n_dated += 1
        difference = comparison.later(clock, same, first, last)
        if difference is not None:
            looser.append(given)
            if shown is None or difference.n_later > shown[0].n_later:
                day = difference.shown_on
                strictest = min(same, key=lambda one: comparison.due(one, day))
                shown = difference, strictest
    if not n_dated:
        return looser_words.no_common_day(local)
    if shown is None:
        return None
    cubes = combinations.smallest(looser, _of_ordinal(questions, ordinal))
    told = [{q: a for q, a in cube.items() if not (ordinal and q is Ordinal)} for cube in cubes]
    return Found(
        cubes=tuple(told),
        words=tuple(combinations.in_words(cube, questions, rulebook) for cube in told),
        difference=shown[0],
        local=clock,
        national=shown[1],
    )


def _of_ordinal(questions: Questions, ordinal: str) -> Questions:
    if not ordinal or Ordinal not in questions.answers:
        return questions
    return replace(questions, answers={**questions.answers, Ordinal: (ordinal,)})


def _questions(local: Stated, step: Step, rulebook: Rulebook) -> Questions:
    """What both hang on; where that is too much, only what the limits and tables themselves do."""
    whole = combinations.asked_by([*_conditions(local.step), *_conditions(step)], rulebook)
    if whole.n_combinations <= combinations.MOST:
        return whole
    return combinations.asked_by([*_row_conditions(local.step), *_row_conditions(step)], rulebook)


def _conditions(step: Step) -> Iterator[Condition | None]:
    yield from (step.only_if, step.while_, step.binds_if)
    yield from _row_conditions(step)
    yield from _of_trigger(step.starts_when)


def _row_conditions(step: Step) -> Iterator[Condition | None]:
    yield from (limit.when for limit in step.limits)
    yield from (row.when for row in step.every)


def _of_trigger(trigger: Trigger | None) -> Iterator[Condition | None]:
    """A condition that must hold on the day of the trigger, where there is only one trigger."""
    if isinstance(trigger, EventTrigger | StateTrigger):
        yield trigger.only_while
    elif isinstance(trigger, AllTrigger):
        for part in trigger.parts:
            yield from _of_trigger(part)
    elif isinstance(trigger, AnyTrigger) and len(trigger.parts) == 1:
        yield from _of_trigger(trigger.parts[0])


def _holds_all(
    conditions: Iterator[Condition | None], given: Combination, questions: Questions
) -> bool:
    return all(
        questions.holds(said, given)
        for said in conditions
        if all(_is_asked(leaf, given) for leaf in combinations.leaves_of(said))
    )


def _is_asked(leaf: Condition, given: Combination) -> bool:
    """Whether the combinations answer the condition at all (see `_questions`)."""
    try:
        Questions(dict.fromkeys(given, ()), {}, {}).holds(leaf, given)
    except KeyError:
        return False
    return True


def _duty(step: Step) -> Iterator[Condition | None]:
    yield from (step.only_if, step.while_, step.binds_if)
    yield from _of_trigger(step.starts_when)


def _binds(step: Step, given: Combination, questions: Questions) -> bool:
    return _holds_all(_duty(step), given, questions)


def _is_read(local: Stated, given: Combination, questions: Questions) -> bool:
    """Whether the local duty binds and this is the limit, or the row of its table, that counts."""
    if not _binds(local.step, given, questions):
        return False
    if isinstance(local.row, Limit):
        return questions.holds(local.row.when, given)
    return _row_read(local.step, given, questions) is local.row


def _row_read(step: Step, given: Combination, questions: Questions) -> Interval | None:
    return next((row for row in step.every if questions.holds(row.when, given)), None)


def _clocks(
    step: Step, given: Combination, questions: Questions, rulebook: Rulebook
) -> list[Clock]:
    """The national limits that bind in the combination; without any, the usual ones."""
    rows: list[Limit | Interval] = [
        limit for limit in step.limits if questions.holds(limit.when, given)
    ]
    row = _row_read(step, given, questions)
    if row is not None:
        rows.append(row)
    firm = [one for one in rows if one.force in BINDING]
    return [clock for one in firm or rows if (clock := stated.clock_of(one, rulebook)) is not None]


def _may_compare(one: Clock, other: Clock) -> bool:
    """Both on from a day, or both back from one."""
    return (one.form == "back") == (other.form == "back")
