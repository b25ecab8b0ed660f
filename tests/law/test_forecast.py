"""The forecast of a child's procedures: ends told, duties that come round, each line on its grounds."""

from datetime import date

from caseward.rules.engine.reference import forecast
from caseward.rules.engine.reference.forecast import EpisodeForecast, Forecast
from tests.law import shelf
from tests.law.test_words import ARRANGED, HELD, RATIFIED, REVIEW, Fact, a_record

BORN: Fact = ("2014-05-06", "child.born", {})
CARE: Fact = ("2025-09-01", "looked_after.began", {})
ORDER: Fact = ("2025-09-01", "legal_status.began", {"fields": {"status": "C2"}})
PLACED: Fact = ("2025-09-01", "placement.began",
                {"keys": {"placement": "p1"}, "fields": {"type": "U6"}})  # fmt: skip
SEEN: Fact = ("2025-09-05", "visit.made",
              {"keys": {"placement": "p1"}, "fields": {"seen": "yes"}})  # fmt: skip


def foreseen(*facts: Fact, on: str, until: str | None = None) -> Forecast:
    """Return the forecast of a child with these facts."""
    return forecast.forecast(
        a_record(*facts),
        shelf.rulebook(),
        as_of=date.fromisoformat(on),
        until=None if until is None else date.fromisoformat(until),
    )


def episode_of(found: Forecast, procedure: str) -> EpisodeForecast:
    """Return the forecast of one procedure."""
    return next(one for one in found.episodes if one.procedure == procedure)


def lines(found: Forecast, procedure: str) -> list[str]:
    """Return what a person reads of one procedure's forecast."""
    return forecast.lines(found, shelf.rulebook(), procedure=procedure)


def test_papers_are_foreseen_and_the_end_told_though_the_birthday_lies_ahead() -> None:
    """A known birth puts an end to every task years ahead; its papers are foreseen all the same.

    By hand: pack on 13 January, decision on the 20th, filed on 3 February, issued on the 17th; the
    court has 26 weeks beginning with that day, which end 181 days later, on Mon 17 August.
    """
    found = episode_of(
        foreseen(BORN, CARE, ORDER, REVIEW, RATIFIED, ARRANGED, on="2025-12-10"),
        "discharge_of_care_order",
    )
    assert found.not_foreseen == ()
    assert found.ends_on == date(2026, 8, 17)
    parts = {one.step for one in found.assumed}
    assert parts >= {"W14.papers", "W21.papers", "W24.issue"}


def test_the_same_end_is_told_from_every_state_of_the_pack() -> None:
    """After the meeting, after the pack and after the decision the papers owed are foreseen."""
    facts = [BORN, CARE, ORDER, REVIEW, RATIFIED, ARRANGED, HELD]
    sent: Fact = ("2026-01-12", "adm_pack.sent", {})
    received: Fact = ("2026-01-12", "adm_pack.received", {})
    decided: Fact = ("2026-01-16", "adm_decision.made", {"outcome": "endorsed"})
    for day, more in (("2025-12-30", []), ("2026-01-13", [sent, received]),
                      ("2026-01-19", [sent, received, decided])):  # fmt: skip
        found = episode_of(foreseen(*facts, *more, on=day), "discharge_of_care_order")
        assert found.not_foreseen == (), day
        assert found.ends_on is not None, day


def test_reviews_and_visits_come_round_up_to_the_day_asked() -> None:
    """Reviews: 20 working days, 3 months, 6 months. Visits: every six weeks in the first year.

    By hand: care on Mon 1 September 2025, so the first review by Mon 29 September, the second by 29
    December, the third by 29 June 2026. Seen on Fri 5 September: 17 October, 28 November, 9 January.
    """
    found = foreseen(CARE, PLACED, SEEN, on="2025-09-08", until="2026-06-30")
    reviews = episode_of(found, "looked_after_reviews").recurring
    assert [one.due_on for one in reviews] == [
        date(2025, 9, 29), date(2025, 12, 29), date(2026, 6, 29),
    ]  # fmt: skip
    assert [one.is_assumed for one in reviews] == [False, True, True]
    visits = episode_of(found, "looked_after_visits").recurring
    assert [one.due_on for one in visits][:3] == [
        date(2025, 10, 17), date(2025, 11, 28), date(2026, 1, 9),
    ]  # fmt: skip
    shorter = foreseen(CARE, PLACED, SEEN, on="2025-09-08", until="2025-10-16")
    assert episode_of(shorter, "looked_after_visits").recurring == ()


def test_what_comes_round_says_what_it_is_counted_from() -> None:
    """The first rests on the record, the others on the one before; a passed day is told as passed."""
    found = lines(
        foreseen(CARE, PLACED, SEEN, on="2025-09-08", until="2025-12-31"), "looked_after_reviews"
    )
    assert found == [
        "Looked-after reviews: no end is foreseen within two years.",
        (
            "  Mon 29 September 2025  Looked-after review, at the latest; counted from “Came into care” "
            "on Mon 1 September 2025."
        ),
        (
            "  Mon 29 December 2025  Looked-after review, at the latest; if the one before is done on "
            "Mon 29 September 2025."
        ),
    ]
    late = lines(
        foreseen(CARE, PLACED, SEEN, on="2025-10-01", until="2025-10-31"), "looked_after_reviews"
    )
    assert late[1] == (
        "  Wed 1 October 2025  Looked-after review, if it is done today; it was due on Mon 29 "
        "September 2025."
    )


def test_every_line_says_on_what_it_rests() -> None:
    """No line of the usual course stands without its ground, and none says a code."""
    found = lines(
        foreseen(BORN, CARE, ORDER, REVIEW, RATIFIED, ARRANGED, on="2025-12-10"),
        "discharge_of_care_order",
    )
    assert (
        "  Tue 13 January 2026  ADM pack received by the decision maker, if that is the same day as "
        "“ADM pack sent to the decision maker”."
    ) in found
    assert (
        "  Mon 29 December 2025  Discharge Meeting held (Discharge agreed), if it is held on the day "
        "planned, with the usual outcome."
    ) in found
    assert (
        "  Mon 29 December 2025  Somebody told: Independent reviewing officer (IRO), Legal Services, "
        "Team manager, if it is done as soon as it can be; no time is given for it."
    ) in found
    assert (
        "  If “Decision of the agency decision maker” on Tue 20 January 2026 comes out as “Discharge "
        "not endorsed” instead, it would end on Tue 20 January 2026."
    ) in found
    assert [line for line in found[1:] if ", if " not in line and "  If " not in line
            and "; " not in line] == []  # fmt: skip
    assert [line for line in found if "_" in line or "W5." in line or "(iro)" in line] == []
    assert len(found) == len(set(found))


def test_a_child_without_procedures_is_told_so() -> None:
    """Nothing open is a sentence, never an empty answer."""
    found = foreseen(BORN, on="2025-12-10")
    assert forecast.lines(found, shelf.rulebook()) == [
        "No procedure is open on Wed 10 December 2025."
    ]
