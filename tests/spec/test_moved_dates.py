"""M22, M23, M31: a last day that a later event moves, court days, and a first day before the last."""

from tests.spec.specs import Spec

KINDS = """
    kinds:
      direction.made:
        title: Direction made
        keys: [matter, direction]
        fields: {due_on: {title: By, type: date}, due_time: {title: At, type: time}}
      direction.varied:
        title: Direction varied
        keys: [matter, direction]
        fields: {due_on: {title: By, type: date}, due_time: {title: At, type: time}}
      direction.met: {title: Direction met, keys: [matter, direction]}
      length.set:
        title: Length set
        keys: [matter]
        fields: {end_on: {title: Until, type: date}, weeks: {title: Weeks, type: number}}
"""
DIRECTIONS = """
    opens: [matter.opened]
    steps:
      - id: comply
        starts_when: direction.made
        same: [direction]
        met_by: direction.met
        limits: [{by_field: due_on, force: law, moved_by: direction.varied}]
"""
LENGTH = """
    opens: [matter.opened]
    steps:
      - id: end
        starts_when: episode_opened
        met_by: matter.closed
        limits:
          - count: 26
            unit: weeks
            how: beginning_with
            force: law
            moved_by: {event: length.set, to: end_on, count: weeks}
"""
TWO_DIRECTIONS = """
    id | day        | kind           | keys        | fields
    o  | 2026-01-05 | matter.opened  |             |
    d1 | 2026-01-12 | direction.made | direction=a | due_on=2026-02-02; due_time=16:00
    d2 | 2026-01-14 | direction.made | direction=b | due_on=2026-02-03
"""


def test_M22h_a_later_event_moves_the_last_day_and_keeps_the_first(spec: Spec) -> None:
    """What `moved_by` names gives a new last day, of a law's limit too; the first date stays."""
    spec.kinds(KINDS)
    spec.law(DIRECTIONS)
    spec.facts(TWO_DIRECTIONS)
    spec.facts("""
        id | day        | kind             | keys        | fields
        v1 | 2026-01-20 | direction.varied | direction=a | due_on=2026-02-09; due_time=12:00
        v2 | 2026-01-26 | direction.varied | direction=a | due_on=2026-01-30
    """)
    spec.tasks(
        "2026-01-21",
        """
        step   | keys        | first due  | due        | due at
        comply | direction=a | 2026-02-02 | 2026-02-09 | 2026-02-09 12:00
        comply | direction=b | 2026-02-03 | 2026-02-03 |
        """,
    )
    spec.tasks(
        "2026-02-01",
        """
        step   | keys        | first due  | due        | due at | flags
        comply | direction=a | 2026-02-02 | 2026-01-30 |        | late
        comply | direction=b | 2026-02-03 | 2026-02-03 |        |
        """,
    )


def test_M22i_what_names_no_key_moves_the_one_that_opened_first(spec: Spec) -> None:
    """An event that names none of the task's keys moves the one that opened first, and no other."""
    spec.kinds(KINDS)
    spec.law(DIRECTIONS)
    spec.facts(TWO_DIRECTIONS)
    spec.facts("""
        id | day        | kind             | keys        | fields
        v1 | 2026-01-20 | direction.varied |             | due_on=2026-02-20
        v2 | 2026-01-21 | direction.varied | direction=c | due_on=2026-02-25
    """)
    spec.tasks(
        "2026-01-22",
        """
        step   | keys        | first due  | due
        comply | direction=a | 2026-02-02 | 2026-02-20
        comply | direction=b | 2026-02-03 | 2026-02-03
        """,
    )


def test_M22j_a_new_count_is_counted_as_the_limit_counts(spec: Spec) -> None:
    """Where it gives a count and no date, the limit's own unit, anchor and way of counting hold."""
    spec.kinds(KINDS)
    spec.law(LENGTH)
    spec.facts("""
        id | day        | kind          | fields
        o  | 2026-01-05 | matter.opened |
        l1 | 2026-03-02 | length.set    | weeks=30
        l2 | 2026-07-01 | length.set    | end_on=2026-09-11; weeks=8
        l3 | 2026-08-03 | length.set    |
    """)
    spec.tasks(
        "2026-03-01",
        """
        step | first due  | due
        end  | 2026-07-05 | 2026-07-05
        """,
    )
    spec.tasks(
        "2026-03-02",
        """
        step | first due  | due
        end  | 2026-07-05 | 2026-08-02
        """,
    )
    spec.tasks(
        "2026-08-03",
        """
        step | first due  | due
        end  | 2026-07-05 | 2026-09-11
        """,
    )


def test_M23d_days_late_before_the_date_was_moved_stay_late(spec: Spec) -> None:
    """Moved after it had passed, a date leaves the days that were late by then."""
    spec.kinds(KINDS)
    spec.law(LENGTH)
    spec.facts("""
        day        | kind          | fields
        2026-01-05 | matter.opened |
        2026-07-08 | length.set    | end_on=2026-08-14
    """)
    spec.tasks(
        "2026-07-09",
        """
        step | first due  | due        | status | flags | already late          | days late
        end  | 2026-07-05 | 2026-08-14 | open   |       | 2026-07-06–2026-07-07 | 2
        """,
    )


def test_M34c_the_explanation_names_what_moved_the_date(spec: Spec) -> None:
    """A date that was moved is explained by its first date and by the event that moved it."""
    spec.kinds(KINDS)
    spec.law(LENGTH)
    spec.facts("""
        day        | kind          | fields
        2026-01-05 | matter.opened |
        2026-03-02 | length.set    | weeks=30
    """)
    spec.explained(
        "end",
        "2026-03-03",
        "day | why",
        words=("First Sun 5 July 2026; moved to Sun 2 August 2026: Length set on Mon 2 March 2026"),
    )


def test_M31g_a_court_is_open_when_the_authority_is_closed(spec: Spec) -> None:
    """Court days are working days without the authority's own closed days, forwards and back."""
    spec.closed_on("2026-03-05", "2026-03-25")
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: ours, starts_when: episode_opened, met_by: answer.given, limits: [{count: 5, unit: working_days}]}
          - {id: theirs, starts_when: episode_opened, met_by: answer.given, limits: [{count: 5, unit: court_days}]}
          - {id: papers, starts_when: episode_opened, met_by: file.sent, limits: [{count: 3, unit: court_days, before: meeting.planned}]}
    """)
    spec.facts("""
        day        | kind             | fields
        2026-03-02 | matter.opened    |
        2026-03-03 | meeting.arranged | planned_on=2026-03-27
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | due
        ours   | 2026-03-10
        theirs | 2026-03-09
        papers | 2026-03-24
        """,
    )


def test_M31h_a_limit_may_name_the_first_day_too(spec: Spec) -> None:
    """`from_count` gives the first day on which it may be done, counted as the last day is."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: hold, starts_when: episode_opened, met_by: meeting.held, limits: [{from_count: 12, count: 18, unit: working_days}]}
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
    """)
    spec.tasks(
        "2026-03-03",
        """
        step | from       | due
        hold | 2026-03-18 | 2026-03-26
        """,
    )
