"""M31 and M32: the ways of counting that a limit names, hours, times of day, and immediately."""

from tests.spec.specs import Spec

BEGUN = """
    day        | kind
    2026-01-05 | matter.opened
    2026-01-05 | request.made
"""


def step_with(limit: str) -> str:
    """Return a law of one step with one limit."""
    return f"""
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits: [{limit}]
    """


def test_M31a_a_week_of_proceedings_ends_seven_days_on(spec: Spec) -> None:
    """Week N of proceedings ends on the day 7N-1 after the day of issue, and is due on that day."""
    spec.law(step_with("{count: 19, unit: weeks_of_proceedings}"))
    spec.facts(BEGUN)
    spec.tasks(
        "2026-01-05",
        """
        step   | due
        answer | 2026-05-17
        """,
    )


def test_M31b_beginning_with_counts_the_day_itself(spec: Spec) -> None:
    """26 weeks beginning with the day of issue end on the 182nd day, that day being the first."""
    spec.law(step_with("{count: 26, unit: weeks, how: beginning_with, force: law}"))
    spec.facts(BEGUN)
    spec.tasks(
        "2026-01-05",
        """
        step   | due
        answer | 2026-07-05
        """,
    )


def test_M31c_clear_days_count_neither_end(spec: Spec) -> None:
    """Clear days before a meeting leave whole days between the act and the meeting."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: hold, starts_when: request.made, met_by: meeting.held, meeting: meeting}
          - id: notify
            starts_when: request.made
            met_by: notice.given
            limits: [{count: 14, unit: days, how: clear, before: meeting.planned}]
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-01-06 | meeting.arranged | meeting=m | planned_on=2026-02-27
    """)
    spec.tasks(
        "2026-01-06",
        """
        step   | due
        notify | 2026-02-12
        """,
        of="notify",
    )


def test_M31d_before_without_a_count_is_by_the_day_itself(spec: Spec) -> None:
    """Before a meeting, without a count, is on or before the day of the meeting."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: hold, starts_when: request.made, met_by: meeting.held, meeting: meeting}
          - {id: notify, starts_when: request.made, met_by: notice.given, limits: [{before: meeting.planned}]}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-01-06 | meeting.arranged | meeting=m | planned_on=2026-01-20
    """)
    spec.tasks(
        "2026-01-20",
        """
        step   | due        | status | flags
        notify | 2026-01-20 | open   |
        """,
        of="notify",
    )


def test_M31e_past_the_horizon_a_date_is_provisional(spec: Spec) -> None:
    """A date counted in working days past the last published year is given, and is provisional."""
    spec.law(step_with("{count: 5, unit: working_days}"))
    spec.facts("""
        day        | kind
        2028-12-22 | matter.opened
        2028-12-22 | request.made
    """)
    spec.tasks(
        "2028-12-22",
        """
        step   | due        | status | flags
        answer | 2029-01-03 | open   | provisional
        """,
    )


def test_M31f_a_month_end_clips(spec: Spec) -> None:
    """Six months from 31 August end on the last of February, and do not move to a working day."""
    spec.law(step_with("{count: 6, unit: months}"))
    spec.facts("""
        day        | kind
        2025-08-31 | matter.opened
        2025-08-31 | request.made
    """)
    spec.tasks(
        "2025-08-31",
        """
        step   | due
        answer | 2026-02-28
        """,
    )


def test_M32a_a_time_of_day_on_the_last_day_is_due_at(spec: Spec) -> None:
    """`due_by` gives the moment on the due day, in London, beside the day."""
    spec.law(step_with("{count: 5, unit: working_days, due_by: '16:00'}"))
    spec.facts("""
        day        | kind
        2026-06-01 | matter.opened
        2026-06-01 | request.made
    """)
    spec.tasks(
        "2026-06-01",
        """
        step   | due        | due at
        answer | 2026-06-08 | 2026-06-08 16:00
        """,
    )


def test_M32b_hours_count_from_the_time_of_day(spec: Spec) -> None:
    """A limit in hours counts from the time of the trigger, hours that pass, and gives a moment."""
    spec.law(step_with("{count: 72, unit: hours, force: law}"))
    spec.facts("""
        day        | time  | kind
        2026-03-27 |       | matter.opened
        2026-03-27 | 22:40 | request.made
    """)
    spec.tasks(
        "2026-03-28",
        """
        step   | due        | due at
        answer | 2026-03-30 | 2026-03-30 23:40
        """,
    )


def test_M32c_hours_without_a_known_time_count_from_midnight_and_are_marked(spec: Spec) -> None:
    """Without a known time hours count from 00:00 of the day, and the limit is marked."""
    spec.law(step_with("{count: 72, unit: hours, force: law}"))
    spec.facts("""
        day        | kind
        2026-01-09 | matter.opened
        2026-01-09 | request.made
    """)
    spec.tasks(
        "2026-01-09",
        """
        step   | due        | due at           | no time
        answer | 2026-01-12 | 2026-01-12 00:00 | yes
        """,
    )


def test_M32d_immediately_on_paperwork_waits_for_a_working_day(spec: Spec) -> None:
    """`at_once: paperwork` is the same day if it is a working day, else the next one."""
    spec.law(step_with("{at_once: paperwork}"))
    spec.facts("""
        day        | kind
        2026-04-03 | matter.opened
        2026-04-03 | request.made
    """)
    spec.tasks(
        "2026-04-03",
        """
        step   | due
        answer | 2026-04-07
        """,
    )


def test_M32e_immediately_for_safety_is_now(spec: Spec) -> None:
    """`at_once: safety` is due the same day, whatever day it is."""
    spec.law(step_with("{at_once: safety}"))
    spec.facts("""
        day        | kind
        2026-04-03 | matter.opened
        2026-04-03 | request.made
    """)
    spec.tasks(
        "2026-04-04",
        """
        step   | due        | status | flags
        answer | 2026-04-03 | open   | late
        """,
    )
