"""A local limit is held against the national one on every day and in every combination of states (M22)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Role
from caseward.rules.facts.entries import Event, Record
from caseward.rules.procedures import reading
from tests.unit.checking import checkers, laws

NATIONAL = """
opens: [{state: looked_after, begins: true}]
closes: [{state: looked_after, ends: true}]
steps:
  - id: visit
    duty: See the child.
    starts_when: episode_opened
    met_by: visit.made
    every:
      - {when: {all: [{state: legal_status, is: interim}, {state: at_home}]}, count: 4, unit: weeks,
         force: law}
      - {otherwise: true, count: 6, unit: weeks, force: law}
  - id: first_visit
    duty: See the child first.
    starts_when: episode_opened
    met_by: visit.made
    limits: [{count: 5, unit: working_days, force: law}]
  - id: review
    duty: Hold a review.
    starts_when: episode_opened
    met_by: review.held
    every:
      - {when: first, count: 20, unit: working_days, force: law}
      - {when: second, count: 3, unit: months, force: law}
      - {otherwise: true, count: 6, unit: months, force: law}
"""
LOCAL = """
opens: [{{state: looked_after, begins: true}}]
closes: [{{state: looked_after, ends: true}}]
steps:
  - id: ours
    duty: Visit the child.
    starts_when: episode_opened
    met_by: visit.made
    {row}
"""


def national() -> str:
    """Return the national law of these tests."""
    return laws.a_law(NATIONAL, authority="national", procedure="visits")


def ours(row: str) -> str:
    """Return a local law whose one step has these limits."""
    return laws.a_law(LOCAL.format(row=row), procedure="ours")


def found(row: str, **more: Any) -> list[str]:
    """Return the findings on the local law, as sentences."""
    said = laws.said(national(), ours(row), **more)
    assert said.errors == ()
    return list(said.findings)


def every(count: int, unit: str) -> str:
    """Return a recurring row under the national visit."""
    return f"every: [{{otherwise: true, count: {count}, unit: {unit}, under: national.visit}}]"


def limit(count: int, unit: str, under: str) -> str:
    """Return a limit under a national step."""
    return f"limits: [{{count: {count}, unit: {unit}, under: national.{under}}}]"


@pytest.mark.parametrize(("count", "unit"), [(4, "weeks"), (28, "days"), (16, "working_days")])
def test_a_limit_as_strict_in_every_state_is_no_finding(count: int, unit: str) -> None:
    """Four weeks under four or six weeks are never looser, in whatever unit they are counted."""
    assert found(every(count, unit)) == []


def test_one_finding_names_all_the_states() -> None:
    """Six weeks are looser for an interim order at home alone: one finding, with both dates."""
    (one,) = found(every(6, "weeks"))
    assert one == (
        "two.yaml, line 14: “Visit the child” (6 weeks) is looser than the national “See the child” (4 "
        "weeks) where “Legal status” is Interim order and “Placed at home” holds. Counted from Wed 1 "
        "January 2025, ours ends on Wed 12 February 2025 and the national one on Wed 29 January 2025. "
        "The stricter binds."
    )


def test_a_month_is_looser_than_weeks_on_some_days_only() -> None:
    """A month passes four weeks on every day but those whose month is a February of 28 days."""
    told = found(every(1, "months"))
    assert len(told) == 1
    assert "(1 month) is looser on some days than the national “See the child” (4 weeks)" in told[0]


def test_working_days_pass_weeks_over_the_holidays_alone() -> None:
    """Twenty working days are four weeks, and longer where a bank holiday lies between."""
    report = laws.said(national(), ours(every(20, "working_days"))).report
    (one,) = report.findings  # type: ignore[attr-defined]
    looser = one.looser
    assert 0 < looser.n_days < looser.of_days
    assert looser.local_due_on > looser.national_due_on
    assert looser.states == ({"legal_status": "interim", "at_home": "yes"},)


def test_a_rule_of_any_state_is_told_as_such() -> None:
    """Where every combination is looser no state is named."""
    (one,) = found(limit(2, "weeks", "first_visit"))
    assert "whatever the child's status" in one


def test_the_ordinal_of_a_national_table_may_be_named() -> None:
    """A limit under the second row of a table is held against that row alone."""
    assert found(limit(12, "weeks", "review.second")) == []
    (one,) = found(limit(14, "weeks", "review.second"))
    assert "(14 weeks) is looser than the national “Hold a review” (3 months)" in one
    (first,) = found(limit(12, "weeks", "review"))
    assert "it is the first time" in first


def test_a_local_row_that_is_not_read_is_not_compared() -> None:
    """Only the combinations in which the local row is read count."""
    row = """every:
      - {when: {state: at_home}, count: 4, unit: weeks}
      - {otherwise: true, count: 6, unit: weeks, under: national.visit}"""
    assert found(row) == []


def test_a_duty_that_does_not_bind_is_not_compared() -> None:
    """Where the local duty has no timescale there is nothing to be looser."""
    row = f"binds_if: {{not: {{state: at_home}}}}\n    {every(6, 'weeks')}"
    assert found(row) == []


def test_a_national_step_that_is_not_there_is_an_error() -> None:
    """`under` must name a step of a national procedure."""
    said = laws.said(national(), ours(limit(5, "days", "first_visits")))
    assert said.findings == ()
    assert (
        "“Visit the child” stands under national.first_visits, and no national procedure has such a "
        "step. Did you mean “first_visit”?" in said.all
    )


def test_what_has_no_common_day_is_said_apart() -> None:
    """A date of the trigger cannot be held against a count: neither a finding nor an error."""
    row = "starts_when: request.made\n    limits: [{by_field: reply_on, under: national.visit}]"
    text = LOCAL.replace("    starts_when: episode_opened\n", "").format(row=row)
    said = laws.said(national(), laws.a_law(text, procedure="ours"))
    assert said.all == ""
    assert len(said.report.not_compared) == 1  # type: ignore[attr-defined]


def test_a_setting_counts_with_its_value() -> None:
    """The authority's own number is what is compared."""
    row = "limits: [{count: setting.days, unit: working_days, under: national.first_visit}]"
    assert found(row, settings={"days": 5}) == []
    assert len(found(row, settings={"days": 6})) == 1


@pytest.mark.parametrize("count", [3, 6])
def test_the_stricter_binds_at_run_time(count: int) -> None:
    """Whatever the local file says, its task is due by the stricter of the two limits."""
    vocabulary = laws.vocabulary_of(checkers.right().facts)
    rulebook = Rulebook(
        vocabulary=vocabulary,
        procedures=tuple(
            reading.read_procedure(text, path="", vocabulary=vocabulary)
            for text in (national(), ours(every(count, "weeks")))
        ),
        calendar=laws.the_calendar(checkers.right().calendars),
    )
    day = date(2025, 1, 1)
    facts: tuple[tuple[str, str | None, dict[str, str]], ...] = (
        ("order.made", "interim", {}),
        ("placement.began", None, {"at_home": "yes"}),
        ("care.began", None, {}),
    )
    events = tuple(
        Event(entry_id=kind, child="A", kind=kind, occurred_on=day, position=n, outcome=outcome,
              fields=fields)
        for n, (kind, outcome, fields) in enumerate(facts)
    )  # fmt: skip
    answer = reference.evaluate(Record(child="A", events=events), rulebook)
    due = {task.step: task.due_on for task in answer.tasks if task.role is Role.STEP}
    assert due["ours"] == day + timedelta(weeks=min(count, 4))


@pytest.mark.parametrize(
    ("module", "old", "new", "row"),
    [
        # Compared on one day alone, far from any holiday.
        (
            "clocks",
            "            for index in range(start, end)\n",
            "            for index in range(start + 170, start + 171)\n",
            every(20, "working_days"),
        ),
        # One combination of states alone.
        (
            "looseness",
            "        if ordinal and given.get(Ordinal, ordinal) != ordinal:\n",
            "        if given is not None and 'interim' in given.values():\n",
            every(6, "weeks"),
        ),
        # Counts of weeks and months put in order as if they were one unit.
        (
            "clocks",
            'MONTHS_IN = {"months": 1, "years": 12}',
            'MONTHS_IN = {"months": 1, "years": 12, "weeks": 1}',
            every(1, "months"),
        ),
        # The table of a recurring duty left out.
        ("stated", "(*step.limits, *step.every)", "(*step.limits,)", every(6, "weeks")),
    ],
)
def test_a_checker_without_the_rule_does_not_find(
    module: str, old: str, new: str, row: str
) -> None:
    """With days, states, units or tables left out the finding is lost: the tests above can go red."""
    assert found(row)
    checker = checkers.with_error(module, old, new)
    assert laws.said(national(), ours(row), checker=checker).findings == ()


def test_closed_days_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority's closed days make its working days longer, and the finding says so."""
    calendar = laws.the_calendar(checkers.right().calendars)
    row = limit(5, "working_days", "first_visit")
    assert found(row) == []
    closed = replace(calendar, closures={date(2025, 3, 5): "Town hall closed"})
    assert found(row, calendar=closed) == []
