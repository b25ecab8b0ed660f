"""M16 and M17: duties that come again, and conditions asked once, always, or about the limit."""

from tests.spec.specs import Spec

REVIEWS = """
    opens: [{state: looked_after, begins: true}]
    closes: [{state: looked_after, ends: true}]
    steps:
      - id: review
        starts_when: {any: [episode_opened, review.held]}
        every:
          - {when: first, count: 20, unit: working_days}
          - {when: second, count: 3, unit: months}
          - {otherwise: true, count: 6, unit: months}
        met_by: review.held
"""
VISITS = """
    opens: [{state: on_plan, begins: true}]
    steps:
      - id: visit
        starts_when: episode_opened
        every:
          - {when: {state: fewer_visits}, count: 6, unit: weeks}
          - {otherwise: true, count: 15, unit: days}
        ask_again: [fewer_visits]
        met_by: {event: visit.made, seen: true}
"""
BY_AGE = """
    opens: [plan.began]
    steps:
      - id: review
        starts_when: review.held
        every:
          - {when: {age: {under: {count: 24, unit: months}}}, READ_AT count: 3, unit: months}
          - {otherwise: true, count: 6, unit: months}
        met_by: review.held
"""


def test_M16a_each_fulfilment_opens_the_next(spec: Spec) -> None:
    """Each fulfilment opens the next, by a table of first, second and later read from the top."""
    spec.law(REVIEWS)
    spec.facts("""
        day        | kind        | keys
        2026-01-05 | care.began  |
        2026-01-30 | review.held | meeting=r1
        2026-04-20 | review.held | meeting=r2
    """)
    spec.tasks(
        "2026-04-21",
        """
        step   | n | trigger    | due        | met        | status
        review | 1 | 2026-01-05 | 2026-02-02 | 2026-01-30 | met
        review | 2 | 2026-01-30 | 2026-04-30 | 2026-04-20 | met
        review | 3 | 2026-04-20 | 2026-10-20 |            | open
        """,
    )


def test_M16b_a_row_may_be_read_at_another_event(spec: Spec) -> None:
    """A row with `read_at` is read on that event's day: the child's age at its first review."""
    spec.law(BY_AGE.replace("READ_AT", "read_at: first_review,"))
    spec.facts("""
        day        | kind        | keys
        2024-03-10 | child.born  |
        2026-01-05 | plan.began  | plan=p
        2026-02-02 | review.held | meeting=r1
        2026-04-30 | review.held | meeting=r2
    """)
    spec.tasks(
        "2026-05-01",
        """
        step   | trigger    | due        | met        | status
        review | 2026-02-02 | 2026-05-02 | 2026-04-30 | met
        review | 2026-04-30 | 2026-07-30 |            | open
        """,
    )


def test_M16c_a_row_is_otherwise_read_at_the_trigger(spec: Spec) -> None:
    """Without `read_at` a row is read on the day of the trigger, each time anew."""
    spec.law(BY_AGE.replace("READ_AT", ""))
    spec.facts("""
        day        | kind        | keys
        2024-03-10 | child.born  |
        2026-01-05 | plan.began  | plan=p
        2026-02-02 | review.held | meeting=r1
        2026-04-30 | review.held | meeting=r2
    """)
    spec.tasks(
        "2026-05-01",
        """
        step   | trigger    | due        | met        | status
        review | 2026-02-02 | 2026-05-02 | 2026-04-30 | met
        review | 2026-04-30 | 2026-10-30 |            | open
        """,
    )


def test_M16d_a_state_asked_again_tightens_at_once(spec: Spec) -> None:
    """On the day the state changes the earlier counts: the old date, or the new one from that day."""
    spec.law(VISITS)
    spec.facts("""
        day        | kind                   | keys
        2026-03-01 | fewer_visits.agreed    |
        2026-03-02 | plan.began             | plan=p
        2026-03-20 | fewer_visits.withdrawn |
    """)
    spec.tasks(
        "2026-03-19",
        """
        step  | trigger    | due        | status
        visit | 2026-03-02 | 2026-04-13 | open
        """,
    )
    spec.tasks(
        "2026-03-20",
        """
        step  | trigger    | due        | status
        visit | 2026-03-02 | 2026-04-04 | open
        """,
    )


def test_M16e_a_state_asked_again_loosens_from_the_next(spec: Spec) -> None:
    """A looser interval counts from the next occurrence; the one that is open keeps its date."""
    spec.law(VISITS)
    spec.facts("""
        day        | kind                | keys   | fields
        2026-03-02 | plan.began          | plan=p |
        2026-03-05 | fewer_visits.agreed |        |
    """)
    spec.tasks(
        "2026-03-06",
        """
        step  | trigger    | due        | status
        visit | 2026-03-02 | 2026-03-17 | open
        """,
    )
    spec.facts("""
        day        | kind       | fields
        2026-03-16 | visit.made | seen=yes
    """)
    spec.tasks(
        "2026-03-17",
        """
        step  | trigger    | due        | met        | status
        visit | 2026-03-02 | 2026-03-17 | 2026-03-16 | met
        visit | 2026-03-16 | 2026-04-27 |            | open
        """,
    )


def test_M16f_a_missed_cycle_is_one_late_task(spec: Spec) -> None:
    """However many intervals pass without fulfilment, there is one task, and it is late."""
    spec.law(VISITS)
    spec.facts("""
        day        | kind       | keys
        2026-01-05 | plan.began | plan=p
    """)
    spec.tasks(
        "2026-04-30",
        """
        step  | trigger    | due        | status | flags | days late
        visit | 2026-01-05 | 2026-01-20 | open   | late  | 100
        """,
    )


def test_M16g_the_age_of_a_sibling_on_a_plan_may_count(spec: Spec) -> None:
    """A table may read the age of the child or of a brother or sister on a plan."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: review
            starts_when: review.held
            every:
              - when: {age: {under: {count: 24, unit: months}, of: child_or_sibling_on_plan}}
                count: 3
                unit: months
              - {otherwise: true, count: 6, unit: months}
            met_by: review.held
    """)
    spec.facts("""
        day        | kind             | keys       | fields
        2018-05-01 | child.born       |            |
        2026-01-05 | plan.began       | plan=p     |
        2026-01-05 | sibling.recorded | sibling=s1 | born_on=2017-02-01; on_plan=yes; same_household=yes
        2026-01-05 | sibling.recorded | sibling=s2 | born_on=2025-02-01; on_plan=no; same_household=yes
        2026-02-02 | review.held      | meeting=r1 |
        2026-03-02 | sibling.recorded | sibling=s3 | born_on=2025-11-01; on_plan=yes; same_household=yes
        2026-04-30 | review.held      | meeting=r2 |
    """)
    spec.tasks(
        "2026-05-01",
        """
        step   | trigger    | due        | status
        review | 2026-02-02 | 2026-08-02 | met
        review | 2026-04-30 | 2026-07-30 | open
        """,
    )


def test_M16j_which_siblings_count_is_said(spec: Spec) -> None:
    """Siblings in the same household may count though they are on no plan, or any who is recorded."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: household
            starts_when: plan.began
            every:
              - when: {age: {under: {count: 24, unit: months}, of: child_or_sibling_in_household}}
                count: 3
                unit: months
              - {otherwise: true, count: 6, unit: months}
            met_by: review.held
          - id: any
            starts_when: plan.began
            every:
              - when: {age: {under: {count: 24, unit: months}, of: child_or_sibling}}
                count: 3
                unit: months
              - {otherwise: true, count: 6, unit: months}
            met_by: review.held
    """)
    spec.facts("""
        day        | kind             | keys       | fields
        2018-05-01 | child.born       |            |
        2026-01-05 | sibling.recorded | sibling=s1 | born_on=2025-02-01; on_plan=no; same_household=no
        2026-01-05 | plan.began       | plan=p     |
        2026-02-02 | sibling.recorded | sibling=s2 | born_on=2025-03-01; on_plan=no; same_household=yes
        2026-02-09 | review.held      | meeting=r1 |
    """)
    spec.tasks(
        "2026-02-10",
        """
        step      | n | due
        household | 1 | 2026-07-05
        household | 2 | 2026-05-09
        any       | 1 | 2026-04-05
        any       | 2 | 2026-05-09
        """,
    )


def test_M16k_a_row_may_be_a_date_that_was_given(spec: Spec) -> None:
    """A row with `by_field` counts where what opened it names that date; else the next row does."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: look_again
            starts_when: request.made
            every:
              - {by_field: reply_on}
              - {otherwise: true, count: 3, unit: months}
            met_by: request.made
    """)
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  | reply_on=2026-04-14
        2026-04-10 | request.made  |
        2026-05-01 | request.made  | reply_on=2026-06-01
    """)
    spec.tasks(
        "2026-05-02",
        """
        step       | n | first due  | due        | status
        look_again | 1 | 2026-04-14 | 2026-04-14 | met
        look_again | 2 | 2026-07-10 | 2026-07-10 | met
        look_again | 3 | 2026-06-01 | 2026-06-01 | open
        """,
    )


def test_M16l_where_the_row_cannot_be_told_the_strictest_counts(spec: Spec) -> None:
    """Of rows that may hold and cannot be told the strictest gives the date, and what is missing is said."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: visit
            starts_when: episode_opened
            every:
              - {when: {state: legal_status, is: care_order}, count: 12, unit: weeks}
              - {when: {state: legal_status, is: interim}, count: 1, unit: weeks}
              - {otherwise: true, count: 6, unit: weeks}
            met_by: visit.made
    """)
    spec.facts("""
        day        | kind          | outcome
        2026-03-02 | matter.opened |
        2026-03-04 | visit.made    |
        2026-03-05 | order.made    | care_order
        2026-03-06 | visit.made    |
    """)
    spec.tasks(
        "2026-03-07",
        """
        step  | n | due        | missing
        visit | 1 | 2026-03-09 | state legal_status
        visit | 2 | 2026-03-11 | state legal_status
        visit | 3 | 2026-05-29 |
        """,
    )


def test_M16h_an_attempt_does_not_fulfil(spec: Spec) -> None:
    """Only an event that meets its conditions fulfils: a visit at which the child was not seen does not."""
    spec.law(VISITS)
    spec.facts("""
        id  | day        | kind       | keys   | fields
        p   | 2026-03-02 | plan.began | plan=p |
        try | 2026-03-10 | visit.made |        | seen=no
    """)
    spec.tasks(
        "2026-03-18",
        """
        step  | trigger    | due        | status | flags | attempts
        visit | 2026-03-02 | 2026-03-17 | open   | late  | try
        """,
    )


def test_M16i_each_table_is_read_as_things_stand(spec: Spec) -> None:
    """A later cycle's interval knows what time, a state or an event has changed since the last."""
    spec.law("""
        opens: [{state: looked_after, begins: true}]
        steps:
          - id: visit
            starts_when: episode_opened
            every:
              - {when: {happened: placement.began, within: {count: 2, unit: months}},
                 count: 1, unit: weeks}
              - {when: {state: fewer_visits}, count: 6, unit: weeks}
              - {otherwise: true, count: 4, unit: weeks}
            met_by: visit.made
    """)
    spec.facts("""
        day        | kind                | keys
        2026-01-05 | care.began          |
        2026-01-05 | placement.began     | placement=p1
        2026-01-12 | visit.made          |
        2026-01-19 | visit.made          |
        2026-01-26 | visit.made          |
        2026-03-10 | visit.made          |
        2026-04-07 | visit.made          |
        2026-04-20 | fewer_visits.agreed |
        2026-05-05 | visit.made          |
        2026-05-20 | placement.began     | placement=p2
        2026-06-02 | visit.made          |
    """)
    spec.tasks(
        "2026-06-02",
        """
        step  | n | trigger    | due        | met        | status | flags
        visit | 1 | 2026-01-05 | 2026-01-12 | 2026-01-12 | met    |
        visit | 2 | 2026-01-12 | 2026-01-19 | 2026-01-19 | met    |
        visit | 3 | 2026-01-19 | 2026-01-26 | 2026-01-26 | met    |
        visit | 4 | 2026-01-26 | 2026-02-02 | 2026-03-10 | met    | met late
        visit | 5 | 2026-03-10 | 2026-04-07 | 2026-04-07 | met    |
        visit | 6 | 2026-04-07 | 2026-05-05 | 2026-05-05 | met    |
        visit | 7 | 2026-05-05 | 2026-06-16 | 2026-06-02 | met    |
        visit | 8 | 2026-06-02 | 2026-06-09 |            | open   |
        """,
    )


def test_M17a_only_if_is_asked_once_at_the_trigger(spec: Spec) -> None:
    """`only_if` is asked at the trigger: false gives a task that does not apply, and no date."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            only_if: {state: on_plan}
            same: [matter]
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  | matter=a
        2026-03-03 | plan.began    | plan=p
        2026-03-04 | request.made  | matter=b
        2026-03-05 | plan.ended    | plan=p
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | due        | status
        answer | matter=a |            | does_not_apply
        answer | matter=b | 2026-03-11 | open
        """,
    )
    spec.holds(
        "The task that does not apply says why.",
        lambda it: all(
            task.ended_because or task.receipt.reason
            for task in it.evaluate("2026-03-06").tasks
            if task.due_on is None
        ),
    )


def test_M17b_while_must_go_on_holding(spec: Spec) -> None:
    """The day `while` stops holding closes the task, naming the fact; holding again is a new trigger."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: visit
            starts_when: {state: on_plan, begins: true}
            while: {state: on_plan}
            met_by: visit.made
            limits: [{count: 10, unit: working_days}]
    """)
    spec.facts("""
        id  | day        | kind          | keys
        m   | 2026-03-02 | matter.opened |
        on  | 2026-03-02 | plan.began    | plan=p
        off | 2026-03-05 | plan.ended    | plan=p
    """)
    spec.tasks(
        "2026-03-06",
        """
        step  | trigger    | ended      | ended by | status
        visit | 2026-03-02 | 2026-03-05 | off      | not_needed
        """,
    )
    spec.facts("""
        id  | day        | kind       | keys
        anew | 2026-03-09 | plan.began | plan=q
    """)
    spec.tasks(
        "2026-03-10",
        """
        step  | trigger    | due        | ended      | status
        visit | 2026-03-02 | 2026-03-16 | 2026-03-05 | not_needed
        visit | 2026-03-09 | 2026-03-23 |            | open
        """,
    )


def test_M17d_a_dated_switch_opens_by_time_alone(spec: Spec) -> None:
    """A setting that holds a day is a switch from that day on; while it holds none it has not come."""
    spec.settings(from_then="2026-03-09", some_time="not yet")
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: once
            starts_when: request.made
            only_if: {setting: from_then, has_come: true}
            same: [matter]
            met_by: answer.given
          - id: while_it_holds
            starts_when: episode_opened
            while: {setting: from_then, has_come: true}
            met_by: file.sent
            limits: [{count: 5, unit: working_days}]
          - id: not_yet
            starts_when: episode_opened
            only_if: {setting: some_time, has_come: true}
            met_by: file.sent
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-06 | request.made  | matter=a
        2026-03-10 | request.made  | matter=b
    """)
    spec.tasks(
        "2026-03-08",
        """
        step    | keys     | status
        once    | matter=a | does_not_apply
        not_yet |          | does_not_apply
        """,
    )
    spec.tasks(
        "2026-03-10",
        """
        step           | keys     | opens      | due        | status
        once           | matter=a | 2026-03-06 |            | does_not_apply
        once           | matter=b | 2026-03-10 |            | open
        while_it_holds |          | 2026-03-09 | 2026-03-16 | open
        not_yet        |          | 2026-03-02 |            | does_not_apply
        """,
    )


def test_M17e_a_look_back_since_another_event_ends_when_that_comes_again(spec: Spec) -> None:
    """What must have happened since an event is asked again when that event happens anew."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: file.sent
            while: {happened: file.sent, since: request.made}
            met_by: answer.given
    """)
    spec.facts("""
        id    | day        | kind
        m     | 2026-03-02 | matter.opened
        r     | 2026-03-02 | request.made
        f     | 2026-03-04 | file.sent
        again | 2026-03-06 | request.made
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | opens      | ended      | ended by | status
        answer | 2026-03-04 | 2026-03-06 | again    | not_needed
        """,
    )


def test_M17c_binds_if_takes_the_limit_away_and_leaves_the_task(spec: Spec) -> None:
    """When `binds_if` is false the task stays without a limit; its first date stays shown."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            binds_if: {state: tier, is: one}
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts("""
        day        | kind          | outcome
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-05 | tier.moved    | two
        2026-03-12 | tier.moved    | one
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | first due  | status | flags
        answer | 2026-03-09 | open   |
        """,
    )
    spec.tasks(
        "2026-03-11",
        """
        step   | first due  | owner  | status | flags
        answer | 2026-03-09 | worker | open   | does not bind
        """,
    )
    spec.tasks(
        "2026-03-13",
        """
        step   | first due  | status | flags
        answer | 2026-03-09 | open   | late
        """,
    )
