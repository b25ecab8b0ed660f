"""The usual course of the discharge procedure: fifty working days from the review to the court."""

from datetime import date

import pytest

from caseward.rules.engine.reference import forecast
from caseward.rules.facts import record
from tests.law import shelf
from tests.law.test_editions import fact, working_days_after

DISCHARGE = next(p for p in shelf.rulebook().procedures if p.id == "discharge_of_care_order")


def foreseen(reviewed_on: date) -> forecast.EpisodeForecast:
    """Return the forecast of an episode of which only the review is known."""
    review = fact("looked_after_review.held", reviewed_on, 1, outcome="discharge_supported")
    known = record.as_known([review], child="c")
    (episode,) = forecast.forecast(known, shelf.alone(DISCHARGE), as_of=reviewed_on).episodes
    return episode


def days(episode: forecast.EpisodeForecast) -> dict[str, date]:
    """Return the last day on which each kind of fact is foreseen."""
    return {one.kind: one.on for one in episode.assumed}


@pytest.mark.parametrize(
    ("reviewed_on", "expected"),
    [
        (
            date(2025, 12, 4),
            {
                "discharge_meeting.held": date(2025, 12, 29),
                "discharge_minutes.agreed": date(2026, 1, 6),
                "adm_pack.sent": date(2026, 1, 13),
                "adm_pack.received": date(2026, 1, 13),
                "adm_decision.made": date(2026, 1, 20),
                "application.filed": date(2026, 2, 3),
                "application.issued": date(2026, 2, 17),
                "application.sent_to_cafcass": date(2026, 2, 17),
            },
        ),
        (
            date(2026, 3, 13),
            {
                "discharge_meeting.held": date(2026, 4, 7),
                "discharge_minutes.agreed": date(2026, 4, 14),
                "adm_pack.sent": date(2026, 4, 21),
                "adm_decision.made": date(2026, 4, 28),
                "application.filed": date(2026, 5, 13),
                "application.issued": date(2026, 5, 28),
            },
        ),
    ],
    ids=["over Christmas", "over Easter and May"],
)
def test_the_usual_course_follows_the_chain_worked_by_hand(
    reviewed_on: date, expected: dict[str, date]
) -> None:
    """Each step on its last day, each decision as usual: the dates are those worked by hand."""
    found = days(foreseen(reviewed_on))
    assert {kind: found[kind] for kind in expected} == expected


@pytest.mark.parametrize("month", range(1, 13))
def test_issue_falls_on_the_fiftieth_working_day_after_a_review_on_a_working_day(
    month: int,
) -> None:
    """15, 10, 5, 10 and 10 working days add up to fifty, whatever holidays lie between."""
    reviewed_on = working_days_after(date(2026, month, 9), 1)
    assert days(foreseen(reviewed_on))["application.issued"] == working_days_after(reviewed_on, 50)


def test_a_decision_not_to_endorse_would_end_it_there() -> None:
    """The forecast names the other ends of each decision, one level deep."""
    ends = {(one.step, one.outcome): one.ends_on for one in foreseen(date(2025, 12, 4)).others}
    assert ends["W22.decide", "not_endorsed"] == date(2026, 1, 20)
    assert ends["W25.outcome", "refused"] == date(2026, 8, 17)
