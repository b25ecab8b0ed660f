"""How a child's episodes would go on (M35): each duty on its day, each decision as usual.

The forecast plays the episode forward on the engine itself: it assumes the next fact, evaluates
again, and so on until the episode closes or two years have passed. What it assumed is listed, and
one level deep where the other outcomes would have led. Recurring duties do not prolong it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from caseward.rules.calendars import counting
from caseward.rules.calendars.days import Calendar
from caseward.rules.engine import wording
from caseward.rules.engine.reference import forecast_words, recurrences
from caseward.rules.engine.reference.assumptions import Assumption
from caseward.rules.engine.reference.course import TWO_YEARS, Course
from caseward.rules.engine.reference.evaluation import evaluate
from caseward.rules.engine.reference.recurrences import Recurrence
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode
from caseward.rules.facts.entries import Record
from caseward.rules.facts.kinds import Vocabulary

VERSION = 1
A_YEAR = timedelta(days=366)
LONGEST = TWO_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """Where another outcome of a decision would have led: the day, or None beyond two years."""

    step: str
    kind: str
    decided_on: date
    outcome: str
    title: str
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeForecast:
    """One open episode foreseen: when it ends, what was assumed, where else it might lead.

    `ends_on` None: it does not close within two years; `last_on` is then the last day foreseen.
    `not_foreseen` are steps whose fact cannot be made up (they depend on what is not known).
    `recurring` are the times that its recurring duties come round up to the day asked for; they
    prolong nothing.
    """

    episode: str
    procedure: str
    number: int
    ends_on: date | None
    last_on: date
    assumed: tuple[Assumption, ...]
    others: tuple[OtherEnd, ...]
    not_foreseen: tuple[str, ...]
    ends_with: str = ""
    recurring: tuple[Recurrence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Every episode of the child that is open on the day, foreseen."""

    child: str
    as_of: date
    episodes: tuple[EpisodeForecast, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """How much later an episode is foreseen to end than when it was recorded (M35)."""

    days: int
    working_days: int


def forecast(
    record: Record, rulebook: Rulebook, *, as_of: date, until: date | None = None
) -> Forecast:
    """Return how each episode open on the day would go on.

    Shapes: `until` is the last day for which recurring duties are foreseen: a year from the day
            where it is left out, never more than two.
    Errors: none. What cannot be foreseen is named in `not_foreseen`.
    """
    known = replace(record, events=tuple(e for e in record.events if e.occurred_on <= as_of))
    answer = evaluate(known, rulebook, as_of=as_of)
    standing = [episode for episode in answer.episodes if episode.is_open_on(as_of)]
    last = min(until or as_of + A_YEAR, as_of + LONGEST)
    again = recurrences.foreseen(known, rulebook, standing, as_of=as_of, until=last)
    return Forecast(
        child=record.child,
        as_of=as_of,
        episodes=tuple(
            replace(
                _foreseen(known, rulebook, episode, as_of),
                recurring=tuple(one for one in again if one.episode == episode.key),
            )
            for episode in standing
        ),
    )


def slip(now: EpisodeForecast, first: EpisodeForecast, calendar: Calendar) -> Slip | None:
    """Return the slip against the forecast of the day the episode was recorded.

    Units: days, in calendar and in working days, below nought where it ends earlier. None where
    one of the two does not end within two years.
    """
    if now.ends_on is None or first.ends_on is None:
        return None
    days = (now.ends_on - first.ends_on).days
    earlier, later = sorted((now.ends_on, first.ends_on))
    working = counting.working_days_between(calendar, earlier, later)
    return Slip(days=days, working_days=working if days >= 0 else -working)


def published(foreseen: Forecast) -> dict[str, Any]:
    """Return the forecast as plain values, ready for JSON."""
    return {
        "version": VERSION,
        "child": foreseen.child,
        "as_of": foreseen.as_of.isoformat(),
        "episodes": [
            {
                "episode": one.episode,
                "procedure": one.procedure,
                "number": one.number,
                "ends": None if one.ends_on is None else one.ends_on.isoformat(),
                "last": one.last_on.isoformat(),
                "assumed": [_assumed(row) for row in one.assumed],
                "other_outcomes": [
                    {
                        "step": other.step,
                        "on": other.decided_on.isoformat(),
                        "outcome": other.outcome,
                        "ends": None if other.ends_on is None else other.ends_on.isoformat(),
                    }
                    for other in one.others
                ],
                "not_foreseen": list(one.not_foreseen),
                "recurring": [_recurring(row) for row in one.recurring],
            }
            for one in foreseen.episodes
        ],
    }


def lines(foreseen: Forecast, rulebook: Rulebook, *, procedure: str | None = None) -> list[str]:
    """Return the forecast as lines to read; `procedure` names the only one wanted."""
    found: list[str] = []
    for one in foreseen.episodes:
        if procedure is not None and one.procedure != procedure:
            continue
        found.append(_heading(one, rulebook))
        found += [
            f"  {line}"
            for line in (
                *forecast_words.assumed(one.assumed, rulebook.vocabulary, foreseen.as_of),
                *(forecast_words.recurring(row, rulebook) for row in one.recurring),
                *(_other(other, rulebook.vocabulary) for other in one.others),
                *_not_foreseen(one, rulebook),
            )
        ]
    return found or [f"No procedure is open on {wording.day(foreseen.as_of)}."]


def _heading(one: EpisodeForecast, rulebook: Rulebook) -> str:
    title = next((p.title for p in rulebook.procedures if p.id == one.procedure), one.procedure)
    if one.ends_on is None:
        return f"{title}: no end is foreseen within two years."
    how = f", {one.ends_with}" if one.ends_with else ""
    rest = ", if what stands below happens as it says" if one.assumed else ""
    return f"{title}: ends on {wording.day(one.ends_on)}{how}{rest}."


def _other(other: OtherEnd, vocabulary: Vocabulary) -> str:
    where = (
        f"it would end on {wording.day(other.ends_on)}"
        if other.ends_on is not None
        else "no end would be foreseen within two years"
    )
    title = other.title or forecast_words.outcome(other.kind, other.outcome, vocabulary)
    return (
        f"If “{wording.kind_title(vocabulary, other.kind)}” on {wording.day(other.decided_on)} comes "
        f"out as “{title}” instead, {where}."
    )


def _not_foreseen(one: EpisodeForecast, rulebook: Rulebook) -> Iterator[str]:
    if not one.not_foreseen:
        return
    procedure = next(p for p in rulebook.procedures if p.id == one.procedure)
    steps = {step.id: step for edition in procedure.editions for step in edition.steps}
    duties = [(steps[name].title or steps[name].duty).rstrip(".") for name in one.not_foreseen]
    yield f"Not foreseen, because what it turns on is not known: {'; '.join(duties)}."


def _foreseen(record: Record, rulebook: Rulebook, episode: Episode, as_of: date) -> EpisodeForecast:
    course = Course(record, rulebook, episode, as_of=as_of)
    course.run({})
    others = [
        OtherEnd(
            step=decision.step,
            kind=decision.kind,
            decided_on=decision.on,
            outcome=outcome.outcome,
            title=outcome.title,
            ends_on=course.otherwise(index, outcome.outcome),
        )
        for index, decision in enumerate(course.assumed)
        for outcome in course.other_outcomes(decision)
    ]
    return EpisodeForecast(
        episode=episode.key,
        procedure=episode.procedure,
        number=episode.number,
        ends_on=course.ends_on,
        last_on=course.last_on,
        assumed=tuple(course.assumed),
        others=tuple(others),
        not_foreseen=tuple(sorted(course.stuck)),
        ends_with=forecast_words.ending(
            course.closed_by, tuple(course.assumed), rulebook.vocabulary
        ),
    )


def _assumed(row: Assumption) -> dict[str, Any]:
    return {
        "step": row.step,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "outcome": row.outcome,
        "because": row.because,
    }


def _recurring(row: Recurrence) -> dict[str, Any]:
    from_ = row.counted_from
    return {
        "step": row.step,
        "on": row.taken_on.isoformat(),
        "due": row.due_on.isoformat(),
        "is_usual": row.is_usual,
        "counted_from": None if from_ is None else from_.isoformat(),
        "is_assumed": row.is_assumed,
    }
