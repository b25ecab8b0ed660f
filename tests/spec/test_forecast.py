"""M35: how an episode is foreseen to go on."""

from tests.spec.specs import Spec

COURSE = """
    opens: [matter.opened]
    closes: [matter.closed]
    steps:
      - {id: file, starts_when: episode_opened, met_by: file.sent, limits: [{count: 5, unit: working_days}]}
      - id: decide
        starts_when: STARTS
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
        outcomes: {agreed: {usual: true, next: close}, refused: {closes: true}, more: {next: ask}}
      - {id: ask, met_by: request.accepted, limits: [{count: 10, unit: working_days}]}
      - {id: close, met_by: matter.closed, limits: [{count: 10, unit: working_days}]}
"""
OPENED = """
    day        | kind          | recorded
    2026-03-02 | matter.opened | 2026-03-02
"""


def test_M35a_each_duty_is_met_on_its_day_and_decided_as_usual(spec: Spec) -> None:
    """Each open duty is taken as met on its expected day, each decision with its usual outcome."""
    spec.law(COURSE.replace("STARTS", "file.sent"))
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step   | kind          | on         | outcome | because
        file   | file.sent     | 2026-03-09 |         | on its expected day
        decide | answer.given  | 2026-03-16 | agreed  | on its expected day
        close  | matter.closed | 2026-03-30 |         | on its expected day
        """,
        ends="2026-03-30",
    )


def test_M35b_what_nobody_owes_happens_on_the_day_of_the_act(spec: Spec) -> None:
    """A receipt, which nobody owes, happens on the day of the act that it follows."""
    spec.law(COURSE.replace("STARTS", "file.received"))
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step   | kind          | on         | because
        file   | file.sent     | 2026-03-09 | on its expected day
               | file.received | 2026-03-09 | follows file.sent
        decide | answer.given  | 2026-03-16 | on its expected day
        close  | matter.closed | 2026-03-30 | on its expected day
        """,
        ends="2026-03-30",
    )


def test_M35c_the_other_outcomes_ends_are_told_one_level_deep(spec: Spec) -> None:
    """For each decision assumed, it is told where each other outcome would have led."""
    spec.law(COURSE.replace("STARTS", "file.sent"))
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step   | on         | outcome
        file   | 2026-03-09 |
        decide | 2026-03-16 | agreed
        close  | 2026-03-30 |
        """,
        ends="2026-03-30",
        others="refused 2026-03-16, more never",
    )


def test_M35d_recurring_duties_do_not_prolong_it(spec: Spec) -> None:
    """A recurring duty is not played on: it lies outside what must be done to come to the end."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: file, starts_when: episode_opened, met_by: file.sent, limits: [{count: 5, unit: working_days}]}
          - id: review
            starts_when: episode_opened
            every: [{otherwise: true, count: 1, unit: months}]
            met_by: review.held
    """)
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step | on
        file | 2026-03-09
        """,
    )


def test_M35e_what_has_no_time_is_done_when_it_opens_and_a_meeting_when_expected(
    spec: Spec,
) -> None:
    """A duty without a time is taken as done on the day it opens, a projected one on its projected day."""
    spec.law("""
        opens: [matter.opened]
        closes: [meeting.held]
        steps:
          - {id: tell, starts_when: episode_opened, met_by: notice.given}
          - id: hold
            starts_when: episode_opened
            met_by: meeting.held
            meeting: meeting
            limits: [{count: 15, unit: working_days}]
          - id: papers
            starts_when: notice.given
            met_by: file.sent
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
    """)
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step   | kind         | on         | because
        tell   | notice.given | 2026-03-02 | on the day it opens
        papers | file.sent    | 2026-03-16 | on its expected day
        hold   | meeting.held | 2026-03-23 | on its expected day
        """,
        ends="2026-03-23",
    )


def test_M35f_slip_is_against_the_forecast_of_the_day_it_was_recorded(spec: Spec) -> None:
    """Slip is how much later the end is foreseen than it was on the day the episode was recorded."""
    spec.law(COURSE.replace("STARTS", "file.sent"))
    spec.facts("""
        day        | kind          | recorded
        2026-03-02 | matter.opened | 2026-03-02
        2026-03-12 | file.sent     | 2026-03-12
    """)
    spec.forecast(
        "2026-03-12",
        """
        step   | on         | outcome
        decide | 2026-03-19 | agreed
        close  | 2026-04-02 |
        """,
        ends="2026-04-02",
    )
    spec.slip("2026-03-12", "2026-03-02", days=3, working_days=3)


def test_M35g_nothing_is_foreseen_beyond_two_years(spec: Spec) -> None:
    """What lies more than two years ahead is not foreseen."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: file, starts_when: episode_opened, met_by: file.sent, limits: [{count: 23, unit: months}]}
          - {id: close, starts_when: file.sent, met_by: matter.closed, limits: [{count: 2, unit: months}]}
    """)
    spec.facts(OPENED)
    spec.forecast(
        "2026-03-02",
        """
        step | on
        file | 2028-02-02
        """,
    )
