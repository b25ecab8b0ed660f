"""M40 to M42: holds, giving up, and children not yet born."""

from tests.spec.specs import Spec

HELD = """
    opens: [matter.opened]
    closes: [matter.closed]
    hold: {begins: [danger.reported], ends: [safety_hold.decided], withdraws: [withdraw], blocks: [file.sent]}
    steps:
      - id: file
        starts_when: request.made
        met_by: file.sent
        limits: [{count: 5, unit: working_days}]
"""
BEGUN = """
    day        | kind
    2026-03-02 | matter.opened
    2026-03-02 | request.made
"""


def test_M40a_a_hold_stops_acts_and_not_clocks(spec: Spec) -> None:
    """While an episode is on hold its dates stand, tasks say so, and the days held show apart."""
    spec.law(HELD)
    spec.facts(BEGUN)
    spec.facts("""
        id     | day        | kind                | outcome
        danger | 2026-03-04 | danger.reported     |
        on     | 2026-03-11 | safety_hold.decided | go_on
    """)
    spec.tasks(
        "2026-03-10",
        """
        step | first due  | due        | status | flags      | held
        file | 2026-03-09 | 2026-03-09 | open   | late, held | 2026-03-04–
        """,
    )
    spec.tasks(
        "2026-03-12",
        """
        step | first due  | due        | status | flags | held
        file | 2026-03-09 | 2026-03-09 | open   | late  | 2026-03-04–2026-03-11
        """,
    )


def test_M40b_while_held_the_acts_are_refused(spec: Spec) -> None:
    """While an episode is on hold the acts that the law names are refused, and no others."""
    spec.law(HELD)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind            | outcome
        2026-03-04 | danger.reported |
    """)
    spec.allowed("2026-03-03", "file.sent")
    spec.refused("2026-03-04", "file.sent", "hold")
    spec.allowed("2026-03-04", "notice.given")
    spec.facts("""
        day        | kind                | outcome
        2026-03-05 | safety_hold.decided | change
    """)
    spec.allowed("2026-03-05", "file.sent")


def test_M40c_withdraw_closes_the_episode(spec: Spec) -> None:
    """The decision to withdraw ends the hold and closes the episode."""
    spec.law(HELD)
    spec.facts(BEGUN)
    spec.facts("""
        id     | day        | kind                | outcome
        danger | 2026-03-04 | danger.reported     |
        stop   | 2026-03-05 | safety_hold.decided | withdraw
    """)
    spec.episodes(
        "2026-03-06",
        """
        number | opened     | closed     | closed by | held
        1      | 2026-03-02 | 2026-03-05 | stop      | 2026-03-04–2026-03-05
        """,
    )
    spec.tasks(
        "2026-03-06",
        """
        step | status
        file | not_needed
        """,
    )


def test_M41a_giving_up_closes_a_task_as_missed_for_ever(spec: Spec) -> None:
    """A task that a manager ends without its being done is missed, whatever happens later."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: tell}}
            limits: [{count: 5, unit: working_days}]
          - {id: tell, met_by: notice.given}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        id   | day        | kind          | outcome | fields
        stop | 2026-03-12 | task.given_up |         | task=answer; reason=too late; decided_by=w1
        late | 2026-03-16 | answer.given  | agreed  |
    """)
    spec.tasks(
        "2026-03-17",
        """
        step   | due        | met | ended      | ended by | status
        answer | 2026-03-09 |     | 2026-03-12 | stop     | missed
        """,
        of="answer",
    )


def test_M41b_the_next_of_a_recurring_duty_counts_from_the_day_given_up(spec: Spec) -> None:
    """Of a recurring duty given up the next is counted from that day."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: review
            starts_when: episode_opened
            every: [{otherwise: true, count: 6, unit: months}]
            met_by: review.held
    """)
    spec.facts("""
        day        | kind          | fields
        2026-01-05 | matter.opened |
        2026-08-03 | task.given_up | task=review; reason=past doing; decided_by=w1
    """)
    spec.tasks(
        "2026-08-04",
        """
        step   | n | trigger    | due        | ended      | status
        review | 1 | 2026-01-05 | 2026-07-05 | 2026-08-03 | missed
        review | 2 | 2026-08-03 | 2027-02-03 |            | open
        """,
    )


def test_M41c_giving_up_opens_nothing_unless_the_law_says_so(spec: Spec) -> None:
    """What fulfilment would have opened opens only where the law says `even_if_missed`."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: tell}}
          - {id: tell, met_by: notice.given}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind          | fields
        2026-03-12 | task.given_up | task=answer; reason=too late; decided_by=w1
    """)
    spec.tasks(
        "2026-03-13",
        """
        step   | status
        answer | missed
        """,
    )


def test_M41d_even_if_missed_opens_what_fulfilment_would_have(spec: Spec) -> None:
    """Where the law says `even_if_missed`, giving up opens what the usual outcome would have."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            even_if_missed: true
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: tell}, refused: {next: file}}
          - {id: tell, met_by: notice.given, limits: [{count: 5, unit: working_days}]}
          - {id: file, met_by: file.sent}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind          | fields
        2026-03-12 | task.given_up | task=answer; reason=too late; decided_by=w1
    """)
    spec.tasks(
        "2026-03-13",
        """
        step   | trigger    | due        | status
        answer | 2026-03-02 |            | missed
        tell   | 2026-03-12 | 2026-03-19 | open
        """,
    )


def test_M42a_steps_hang_on_the_expected_birth_both_ways(spec: Spec) -> None:
    """Steps count on and back from the expected date of birth, and a new expected date moves them."""
    spec.law("""
        opens: [birth.expected]
        steps:
          - id: plan
            starts_when: episode_opened
            met_by: file.sent
            limits: [{count: 4, unit: weeks, before: birth}]
          - id: visit
            starts_when: episode_opened
            met_by: visit.made
            limits: [{count: 10, unit: days, anchor: birth}]
    """)
    spec.facts("""
        day        | kind           | fields
        2026-03-02 | birth.expected | expected_on=2026-06-01
    """)
    spec.tasks(
        "2026-03-03",
        """
        step  | first due  | due
        plan  | 2026-05-04 | 2026-05-04
        visit | 2026-06-11 | 2026-06-11
        """,
    )
    spec.facts("""
        day        | kind           | fields
        2026-04-01 | birth.expected | expected_on=2026-06-08
    """)
    spec.tasks(
        "2026-04-02",
        """
        step  | first due  | due
        plan  | 2026-05-04 | 2026-05-11
        visit | 2026-06-11 | 2026-06-18
        """,
    )


def test_M42b_the_birth_fixes_the_dates_and_first_dates_stay(spec: Spec) -> None:
    """The birth fixes what was counted from the expected date; the first dates stay."""
    spec.law("""
        opens: [birth.expected]
        steps:
          - id: visit
            starts_when: episode_opened
            met_by: visit.made
            limits: [{count: 10, unit: days, anchor: birth}]
    """)
    spec.facts("""
        day        | kind           | fields
        2026-03-02 | birth.expected | expected_on=2026-06-01
        2026-05-25 | child.born     |
    """)
    spec.tasks(
        "2026-05-25",
        """
        step  | first due  | due        | status
        visit | 2026-06-11 | 2026-06-04 | open
        """,
    )
