"""The usual course of the discharge by legal planning meetings: about twenty-one weeks to the court."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseward.rules.calendars import counting
from caseward.rules.engine.reference import forecast
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts import record
from caseward.rules.facts.entries import Record
from tests.law import shelf
from tests.law.test_editions import fact, working_days_after

PROCEDURE = next(
    p for p in shelf.rulebook().procedures if p.id == "discharge_of_care_order_by_legal_planning"
)
FOURTEEN_WEEKS, FOUR_WEEKS = timedelta(weeks=14), timedelta(weeks=4)


def discussed(on: date) -> Record:
    """Return a record of which only the discussion with the IRO is known."""
    return record.as_known([fact("iro_discussion.held", on, 1, outcome="agreed")], child="c")


def foreseen(on: date, *, rules: Rulebook | None = None) -> forecast.EpisodeForecast:
    """Return the forecast of the procedure from the discussion."""
    chosen = rules or shelf.alone(PROCEDURE)
    (episode,) = forecast.forecast(discussed(on), chosen, as_of=on).episodes
    return episode


def day(episode: forecast.EpisodeForecast, kind: str, outcome: str = "") -> date:
    """Return the one day on which a fact, with its outcome, is foreseen."""
    (found,) = {
        one.on for one in episode.assumed if one.kind == kind and outcome in ("", one.outcome)
    }
    return found


def test_the_usual_course_follows_the_chain_worked_by_hand() -> None:
    """Ten working days, fourteen weeks, five working days, no days, four weeks: each on its last."""
    found = foreseen(date(2026, 1, 5))
    assert day(found, "legal_planning_meeting.held", "work_agreed") == date(2026, 1, 19)
    assert day(found, "legal_planning_meeting.held", "recommended") == date(2026, 4, 27)
    # 4 May is a bank holiday.
    assert day(found, "discharge_recommendation.sent") == date(2026, 5, 5)
    assert day(found, "discharge_decision.made", "agreed") == date(2026, 5, 5)
    assert day(found, "application.issued") == date(2026, 6, 2)
    assert day(found, "application.sent_to_cafcass") == date(2026, 6, 2)


@pytest.mark.parametrize("month", range(1, 13))
def test_issue_comes_about_twenty_one_weeks_after_the_discussion(month: int) -> None:
    """The four spans add up through every season; a holiday may add a few days and no more."""
    discussed_on = working_days_after(date(2026, month, 9), 1)
    issued_on = day(foreseen(discussed_on), "application.issued")
    initial = working_days_after(discussed_on, 10)
    assert issued_on == working_days_after(initial + FOURTEEN_WEEKS, 5) + FOUR_WEEKS
    assert timedelta(weeks=21) <= issued_on - discussed_on <= timedelta(weeks=22)


def test_without_holidays_it_is_twenty_one_weeks_to_the_day() -> None:
    """Two weeks, fourteen, one and four, where no holiday lies between."""
    discussed_on = date(2026, 9, 1)
    issued_on = day(foreseen(discussed_on), "application.issued")
    # 15 September, 22 December; 23, 24, 29, 30 and 31 December; four weeks to 28 January.
    assert issued_on == date(2027, 1, 28)
    summer = date(2025, 6, 2)
    # 16 June, 22 September, 29 September, 27 October: twenty-one weeks.
    assert day(foreseen(summer), "application.issued") - summer == timedelta(weeks=21)


def test_the_decision_maker_s_time_is_taken_as_no_days_and_said_so() -> None:
    """The procedure gives none: the line says that none is given, the setting that it is assumed."""
    found = forecast.forecast(
        discussed(date(2026, 1, 5)), shelf.alone(PROCEDURE), as_of=date(2026, 1, 5)
    )
    assert (
        "  Tue 5 May 2026  Decision on the recommendation to discharge the care order (Discharge "
        "agreed), if it is done as soon as it can be, with the usual outcome; no time is given for it."
    ) in forecast.lines(found, shelf.rulebook())
    setting = shelf.declared()["discharge_decider_days"]
    assert setting.default == 0
    assert "no time" in setting.says


def test_an_authority_that_gives_the_decision_maker_days_moves_the_court_by_them() -> None:
    """Five working days for the answer: from Tue 5 May to Tue 12 May, issue on Tue 9 June 2026."""
    alone = shelf.alone(PROCEDURE)
    rules = replace(alone, settings={**alone.settings, "discharge_decider_days": 5})
    found = foreseen(date(2026, 1, 5), rules=rules)
    assert day(found, "discharge_decision.made") == date(2026, 5, 12)
    assert day(found, "application.issued") == date(2026, 6, 9)
    assert counting.working_days_between(alone.calendar, date(2026, 5, 5), date(2026, 5, 12)) == 5


def test_the_other_ends_of_each_decision_are_told() -> None:
    """A refusal at each gate ends it where it falls; returned papers lead on a week later."""
    ends = {(one.step, one.outcome): one.ends_on for one in foreseen(date(2026, 1, 5)).others}
    assert ends["L3.meeting", "not_pursued"] == date(2026, 1, 19)
    assert ends["L6.review", "not_recommended"] == date(2026, 4, 27)
    assert ends["L10.decide", "not_agreed"] == date(2026, 5, 5)
    # Refused on the 5th, five working days for deciding what follows.
    assert ends["L2.authorise", "refused"] == date(2026, 1, 12)
    # Sent again on 12 May, issued on 9 June; 26 weeks beginning with it end on 7 December.
    assert ends["L10.decide", "returned"] == date(2026, 12, 7)
