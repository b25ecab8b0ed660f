"""How a child's episodes would go on (M35): each duty on its day, each decision as usual.

The forecast plays the episode forward on the engine itself: it assumes the next fact, evaluates
again, and so on until the episode closes or two years have passed. What it assumed is listed, and
one level deep where the other outcomes would have led. Recurring duties do not prolong it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseward.rules.calendars import counting
from caseward.rules.calendars.days import Calendar
from caseward.rules.engine import wording
from caseward.rules.engine.reference.assumptions import Assumption
from caseward.rules.engine.reference.course import Course
from caseward.rules.engine.reference.evaluation import evaluate
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode
from caseward.rules.facts.entries import Record

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """Where another outcome of a decision would have led: the day, or None beyond two years."""

    step: str
    decided_on: date
    outcome: str
    title: str
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeForecast:
    """One open episode foreseen: when it ends, what was assumed, where else it might lead.

    `ends_on` None: it does not close within two years; `last_on` is then the last day foreseen.
    `not_foreseen` are steps whose fact cannot be made up (they depend on what is not known).
    """

    episode: str
    procedure: str
    number: int
    ends_on: date | None
    last_on: date
    assumed: tuple[Assumption, ...]
    others: tuple[OtherEnd, ...]
    not_foreseen: tuple[str, ...]


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


def forecast(record: Record, rulebook: Rulebook, *, as_of: date) -> Forecast:
    """Return how each episode open on the day would go on.

    Errors: none. What cannot be foreseen is named in `not_foreseen`.
    """
    known = replace(record, events=tuple(e for e in record.events if e.occurred_on <= as_of))
    answer = evaluate(known, rulebook, as_of=as_of)
    return Forecast(
        child=record.child,
        as_of=as_of,
        episodes=tuple(
            _foreseen(known, rulebook, episode, as_of)
            for episode in answer.episodes
            if episode.is_open_on(as_of)
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
            }
            for one in foreseen.episodes
        ],
    }


def lines(foreseen: Forecast, rulebook: Rulebook, *, procedure: str | None = None) -> list[str]:
    """Return the forecast as lines to read; `procedure` names the only one wanted."""
    titles = {one.id: one.title for one in rulebook.procedures}
    found: list[str] = []
    for one in foreseen.episodes:
        if procedure is not None and one.procedure != procedure:
            continue
        end = (
            f"ends on {wording.day(one.ends_on)}"
            if one.ends_on is not None
            else "does not end within two years"
        )
        found.append(f"{titles.get(one.procedure, one.procedure)}: {end}, if all is done on time.")
        found.extend(_line(row, rulebook) for row in one.assumed)
        for other in one.others:
            where = (
                f"it would end on {wording.day(other.ends_on)}"
                if other.ends_on is not None
                else "it would not end within two years"
            )
            found.append(
                f"  If {other.step} on {wording.day(other.decided_on)} is "
                f"“{other.title or wording.plain(other.outcome)}”, {where}."
            )
        if one.not_foreseen:
            found.append(f"  Not foreseen: {', '.join(one.not_foreseen)}.")
    return found or [f"No procedure is open on {wording.day(foreseen.as_of)}."]


def _foreseen(record: Record, rulebook: Rulebook, episode: Episode, as_of: date) -> EpisodeForecast:
    course = Course(record, rulebook, episode, as_of=as_of)
    course.run({})
    others = [
        OtherEnd(
            step=decision.step,
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
    )


def _assumed(row: Assumption) -> dict[str, Any]:
    return {
        "step": row.step,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "outcome": row.outcome,
        "because": row.because,
    }


def _line(row: Assumption, rulebook: Rulebook) -> str:
    title = wording.kind_title(rulebook.vocabulary, row.kind)
    kind = rulebook.vocabulary.kinds.get(row.kind)
    outcome = ""
    if row.outcome:
        named = kind.outcomes.get(row.outcome) if kind is not None else None
        outcome = f" ({named or wording.plain(row.outcome)})"
    step = f"{row.step}: " if row.step else ""
    return f"  {wording.day(row.on)}  {step}{title}{outcome}, assumed {wording.plain(row.because)}"
