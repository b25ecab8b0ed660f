"""M21: everything arranged for one meeting, and what hangs on its planned day."""

from tests.spec.specs import Spec

MEETING = """
    opens: [matter.opened]
    steps:
      - id: hold
        starts_when: request.accepted
        met_by: {event: meeting.held, whole: true}
        meeting: meeting
        limits: [{count: 15, unit: working_days}]
      - id: papers
        starts_when: request.accepted
        met_by: file.sent
        limits: [{count: 5, unit: working_days, before: meeting.planned}]
"""
BEGUN = """
    day        | kind
    2026-03-02 | matter.opened
    2026-03-02 | request.accepted
"""


def test_M21a_with_nothing_arranged_the_date_is_projected_and_never_late(spec: Spec) -> None:
    """Until a meeting is arranged what hangs on it is projected from when it is expected, never late."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-20",
        """
        step   | first due  | due        | status | flags
        hold   | 2026-03-23 | 2026-03-23 | open   |
        papers | 2026-03-16 | 2026-03-16 | open   | projected
        """,
    )


def test_M21b_a_new_date_moves_what_hangs_on_it_and_keeps_the_first(spec: Spec) -> None:
    """Re-arranging moves the due dates before the meeting; the first date is the first arranged one."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind               | keys      | fields
        2026-03-03 | meeting.arranged   | meeting=m | planned_on=2026-03-19
        2026-03-10 | meeting.rearranged | meeting=m | planned_on=2026-03-20
    """)
    spec.tasks(
        "2026-03-09",
        """
        step   | first due  | due        | planned    | status | flags
        hold   | 2026-03-23 | 2026-03-23 | 2026-03-19 | open   |
        papers | 2026-03-12 | 2026-03-12 | 2026-03-19 | open   |
        """,
    )
    spec.tasks(
        "2026-03-16",
        """
        step   | first due  | due        | planned    | status | flags
        hold   | 2026-03-23 | 2026-03-23 | 2026-03-20 | open   |
        papers | 2026-03-12 | 2026-03-13 | 2026-03-20 | open   | late
        """,
    )


def test_M21c_cancelling_does_not_reset_the_first_date(spec: Spec) -> None:
    """Cancelled and arranged anew is the same thread: the first date stays."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind              | keys       | fields
        2026-03-03 | meeting.arranged  | meeting=m  | planned_on=2026-03-19
        2026-03-10 | meeting.cancelled | meeting=m  |
        2026-03-13 | meeting.arranged  | meeting=m2 | planned_on=2026-03-27
    """)
    spec.tasks(
        "2026-03-12",
        """
        step   | first due  | planned | status | flags
        hold   | 2026-03-23 |         | open   |
        papers | 2026-03-12 |         | open   | projected
        """,
    )
    spec.tasks(
        "2026-03-13",
        """
        step   | first due  | due        | planned    | status | flags
        hold   | 2026-03-23 | 2026-03-23 | 2026-03-27 | open   |
        papers | 2026-03-12 | 2026-03-20 | 2026-03-27 | open   |
        """,
    )


def test_M21d_held_without_arrangement_counts_from_the_day_held(spec: Spec) -> None:
    """A meeting held without having been arranged: what hangs on it counts from the day it was held."""
    spec.law(MEETING + "        outlives: true\n")
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | keys      | fields
        2026-03-18 | meeting.held | meeting=m | whole=yes
    """)
    spec.tasks(
        "2026-03-18",
        """
        step   | due        | met        | status | flags
        hold   | 2026-03-23 | 2026-03-18 | met    |
        papers | 2026-03-11 |            | open   | late
        """,
    )


def test_M21e_what_was_not_done_before_the_meeting_is_missed(spec: Spec) -> None:
    """When the meeting is held, unmet tasks before it end as missed; one that outlives it stays."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: request.accepted
            met_by: meeting.held
            meeting: meeting
          - id: invite
            starts_when: request.accepted
            met_by: notice.given
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
          - id: papers
            starts_when: request.accepted
            met_by: file.sent
            outlives: true
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
    """)
    spec.facts(BEGUN)
    spec.facts("""
        id   | day        | kind             | keys      | fields
        plan | 2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-19
        held | 2026-03-19 | meeting.held     | meeting=m |
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | met        | ended      | ended by | status | flags
        hold   |            | 2026-03-19 |            |          | met    |
        invite | 2026-03-12 |            | 2026-03-19 | held     | missed |
        papers | 2026-03-12 |            |            |          | open   | late
        """,
    )


def test_M21f_a_planned_day_past_and_nothing_said_asks_what_happened(spec: Spec) -> None:
    """On the day after the planned day somebody is asked to say what happened, until it is said."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-03-03 | file.sent        |           |
        2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-19
    """)
    spec.tasks(
        "2026-03-19",
        """
        step   | what | status
        hold   |      | open
        papers |      | met
        """,
    )
    spec.tasks(
        "2026-03-20",
        """
        step   | what              | opens      | status
        hold   |                   | 2026-03-02 | open
        hold   | say_what_happened | 2026-03-20 | open
        papers |                   | 2026-03-02 | met
        """,
    )
    spec.facts("""
        day        | kind         | keys      | fields
        2026-03-24 | meeting.held | meeting=m | whole=yes
    """)
    spec.tasks(
        "2026-03-24",
        """
        step   | what              | met        | status
        hold   |                   | 2026-03-24 | met
        hold   | say_what_happened | 2026-03-24 | met
        papers |                   | 2026-03-03 | met
        """,
    )


def test_M21g_a_meeting_not_held_to_its_end_meets_nothing(spec: Spec) -> None:
    """Held but adjourned or not quorate meets nothing: the attempt shows and the task stays open."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.facts("""
        id   | day        | kind         | keys      | fields
        half | 2026-03-16 | meeting.held | meeting=m | whole=no
    """)
    spec.tasks(
        "2026-03-17",
        """
        step | due        | met | status | attempts
        hold | 2026-03-23 |     | open   | half
        """,
        of="hold",
    )


def test_M21h_a_day_that_leaves_no_time_opens_late_and_says_so(spec: Spec) -> None:
    """A day typed that leaves a paper no time makes its task late from the start, and says since when."""
    spec.law(MEETING)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-03-16 | meeting.arranged | meeting=m | planned_on=2026-03-19
    """)
    spec.tasks(
        "2026-03-16",
        """
        step   | due        | status | flags | no time since
        papers | 2026-03-12 | open   | late  | 2026-03-16
        """,
        of="papers",
    )


def test_M21i_each_meeting_has_its_own_thread(spec: Spec) -> None:
    """Once a meeting is held the next one begins a thread of its own, with its own first dates."""
    spec.law(MEETING)
    spec.facts("""
        day        | kind             | keys       | fields
        2026-03-02 | matter.opened    |            |
        2026-03-02 | request.accepted |            |
        2026-03-03 | meeting.arranged | meeting=m1 | planned_on=2026-03-12
        2026-03-04 | file.sent        |            |
        2026-03-12 | meeting.held     | meeting=m1 | whole=yes
        2026-03-16 | request.accepted |            |
        2026-03-17 | meeting.arranged | meeting=m2 | planned_on=2026-03-31
    """)
    spec.tasks(
        "2026-03-18",
        """
        step   | trigger    | first due  | due        | planned    | status
        hold   | 2026-03-02 | 2026-03-23 | 2026-03-23 | 2026-03-12 | met
        papers | 2026-03-02 | 2026-03-05 | 2026-03-05 | 2026-03-12 | met
        hold   | 2026-03-16 | 2026-04-08 | 2026-04-08 | 2026-03-31 | open
        papers | 2026-03-16 | 2026-03-24 | 2026-03-24 | 2026-03-31 | open
        """,
    )


def test_M21j_what_is_arranged_at_a_meeting_is_the_next_ones(spec: Spec) -> None:
    """An arrangement made on the day a meeting is held, for a later day, belongs to the next meeting."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: {any: [request.accepted, meeting.held]}
            met_by: meeting.held
            meeting: meeting
          - id: papers
            starts_when: meeting.arranged
            met_by: file.sent
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
    """)
    spec.facts("""
        day        | kind             | keys       | fields
        2026-03-02 | matter.opened    |            |
        2026-03-02 | request.accepted |            |
        2026-03-03 | meeting.arranged | meeting=m1 | planned_on=2026-03-12
        2026-03-12 | meeting.arranged | meeting=m2 | planned_on=2026-03-31
        2026-03-12 | meeting.held     | meeting=m1 |
    """)
    spec.tasks(
        "2026-03-13",
        """
        step   | trigger    | due        | planned    | status
        papers | 2026-03-03 | 2026-03-05 | 2026-03-12 | missed
        papers | 2026-03-12 | 2026-03-24 | 2026-03-31 | open
        """,
        of="papers",
    )
