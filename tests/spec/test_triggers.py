"""M9: what opens a task, what its date is counted from, and how many it opens."""

from tests.spec.specs import Spec

BY_MATTER = """
    opens: [plan.began]
    steps:
      - id: answer
        starts_when: request.made
        same: [matter]
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""


def test_M9a_all_of_several_triggers_opens_on_the_day_of_the_last(spec: Spec) -> None:
    """`all` opens when the last of its triggers has happened, and is counted from that day."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: {all: [request.made, request.accepted]}
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts("""
        id | day        | kind
        m  | 2026-03-02 | matter.opened
        a  | 2026-03-02 | request.accepted
    """)
    spec.nothing("2026-03-03")
    spec.facts("""
        id | day        | kind
        r  | 2026-03-04 | request.made
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | due        | status
        answer | 2026-03-04 | 2026-03-11 | open
        """,
    )


def test_M9b_a_task_may_open_late(spec: Spec) -> None:
    """What opens a task and what its date is counted from are two things: it may open late."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: request.accepted
            met_by: meeting.held
            limits: [{count: 15, unit: working_days, anchor: request.made}]
    """)
    spec.facts("""
        day        | kind
        2026-02-02 | matter.opened
        2026-02-02 | request.made
        2026-03-02 | request.accepted
    """)
    spec.tasks(
        "2026-03-02",
        """
        step | trigger    | opens      | due        | status | flags
        hold | 2026-03-02 | 2026-03-02 | 2026-02-23 | open   | late
        """,
    )


def test_M9c_an_anchor_is_the_latest_event_of_its_kind_by_the_trigger(spec: Spec) -> None:
    """Where the trigger points to no one anchor, the latest on or before the trigger counts."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: request.accepted
            met_by: meeting.held
            limits: [{count: 15, unit: working_days, anchor: request.made}]
    """)
    spec.facts("""
        day        | kind
        2026-02-02 | matter.opened
        2026-02-02 | request.made
        2026-02-09 | request.made
        2026-03-02 | request.accepted
        2026-03-03 | request.made
    """)
    spec.tasks(
        "2026-03-04",
        """
        step | trigger    | due
        hold | 2026-03-02 | 2026-03-02
        """,
    )


def test_M9d_an_anchor_is_the_event_that_the_trigger_points_to(spec: Spec) -> None:
    """A trigger that names a matter is counted from that matter's anchor, not from a later one."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: hold
            starts_when: request.accepted
            met_by: meeting.held
            limits: [{count: 15, unit: working_days, anchor: request.made}]
    """)
    spec.facts("""
        day        | kind             | keys
        2026-02-02 | plan.began       | plan=p
        2026-02-02 | request.made     | matter=a
        2026-02-09 | request.made     | matter=b
        2026-03-02 | request.accepted | matter=a
    """)
    spec.tasks(
        "2026-03-04",
        """
        step | trigger    | due
        hold | 2026-03-02 | 2026-02-23
        """,
    )


def test_M9e_without_its_anchor_a_task_waits(spec: Spec) -> None:
    """Where the anchor has not happened the task has no date and says what it waits for."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: minutes
            starts_when: request.made
            met_by: minutes.sent
            limits: [{count: 5, unit: working_days, anchor: meeting.held}]
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
    """)
    spec.tasks(
        "2026-03-12",
        """
        step    | trigger    | due | status  | waits for
        minutes | 2026-03-02 |     | waiting | meeting.held
        """,
    )
    spec.facts("""
        day        | kind         | keys
        2026-03-05 | meeting.held | meeting=m
    """)
    spec.tasks(
        "2026-03-12",
        """
        step    | trigger    | due        | status | waits for
        minutes | 2026-03-02 | 2026-03-12 | open   |
        """,
    )


def test_M9f_the_fields_named_in_same_keep_tasks_apart(spec: Spec) -> None:
    """Triggers with different values of a key named in `same` open a task each."""
    spec.law(BY_MATTER)
    spec.facts("""
        day        | kind         | keys
        2026-03-02 | plan.began   | plan=p
        2026-03-02 | request.made | matter=a
        2026-03-04 | request.made | matter=b
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | keys     | trigger    | due        | status
        answer | matter=a | 2026-03-02 | 2026-03-09 | open
        answer | matter=b | 2026-03-04 | 2026-03-11 | open
        """,
    )


def test_M9g_each_opens_one_for_each_name_in_the_trigger(spec: Spec) -> None:
    """`each` with a field opens one task for each name that the trigger lists there."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: reply
            starts_when: request.made
            each: recipients
            same: [recipient]
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind          | keys            | fields
        2026-03-02 | matter.opened |                 |
        2026-03-02 | request.made  |                 | recipients=[school, nurse]
        2026-03-04 | answer.given  | recipient=nurse |
    """)
    spec.tasks(
        "2026-03-05",
        """
        step  | each   | met        | status
        reply | school |            | open
        reply | nurse  | 2026-03-04 | met
        """,
    )


def test_M9h_each_opens_one_for_each_of_a_list_of_roles(spec: Spec) -> None:
    """`each` with a list opens one task for each role of the list."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: tell
            starts_when: request.made
            each: [chair, iro]
            same: [recipient]
            met_by: notice.given
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-03 | notice.given  | recipient=iro
    """)
    spec.tasks(
        "2026-03-05",
        """
        step | each  | met        | status
        tell | chair |            | open
        tell | iro   | 2026-03-03 | met
        """,
    )


def test_M9i_each_opens_one_for_each_earlier_event_within_the_look_back(spec: Spec) -> None:
    """`each` with an event opens one task for each recorded one within the look-back, no older."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: tell
            starts_when: request.made
            each: {event: review.held, within: {count: 12, unit: months}}
            met_by: notice.given
    """)
    spec.facts("""
        day        | kind          | keys
        2025-01-06 | matter.opened |
        2025-02-28 | review.held   | meeting=r1
        2025-03-03 | review.held   | meeting=r2
        2025-09-01 | review.held   | meeting=r3
        2026-03-02 | request.made  |
    """)
    spec.tasks(
        "2026-03-02",
        """
        step | trigger    | status
        tell | 2026-03-02 | open
        tell | 2026-03-02 | open
        """,
    )


def test_M7e_what_had_not_opened_by_the_closing_never_does(spec: Spec) -> None:
    """A step that waits for its condition to hold waits no longer once the episode has closed."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: visit, starts_when: episode_opened, while: {state: looked_after}, met_by: visit.made}
          - {id: file, starts_when: episode_opened, outlives: true, met_by: file.sent}
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-04 | matter.closed
        2026-03-06 | care.began
    """)
    spec.tasks("2026-03-07", "step | status\nfile | open")


def test_M8h_what_was_done_before_on_no_known_day_is_counted_from_the_day_it_was_said(
    spec: Spec,
) -> None:
    """A recurring duty done before Caseward, nobody knows when, goes on from the day that was said."""
    spec.first_day("2026-03-02")
    spec.law("""
        opens: [{state: looked_after, begins: true}]
        steps:
          - id: visit
            starts_when: episode_opened
            every: [{otherwise: true, count: 6, unit: weeks}]
            met_by: visit.made
    """)
    spec.facts("""
        day        | kind             | fields
        2025-12-01 | care.began       |
        2026-03-03 | task.done_before | task=visit
    """)
    spec.tasks(
        "2026-03-04",
        """
        step  | n | due        | status
        visit | 1 | 2026-01-12 | before_caseward
        visit | 2 | 2026-04-14 | open
        """,
    )
