"""M29: duties that are one occasion or one task, and M21: meetings told apart by what they say."""

from tests.spec.specs import Spec

CONFER = """
    opens: [{state: on_plan, begins: true}]
    steps:
      - id: confer
        starts_when: episode_opened
        met_by: {event: meeting.held, whole: true}
        meeting: meeting
        merges: [national.review]
        limits: [{count: 3, unit: months}]
"""
REVIEW = """
    opens: [{state: looked_after, begins: true}]
    steps:
      - id: review
        starts_when: episode_opened
        every:
          - {when: first, count: 20, unit: working_days}
          - {otherwise: true, count: 3, unit: months}
        met_by: {event: review.held, quorate: true}
        meeting: review
"""
BOTH = """
    day        | kind       | keys
    2026-01-05 | plan.began | plan=p
    2026-02-02 | care.began |
"""
VISITS = """
    opens: [{state: looked_after, begins: true}]
    steps:
      - id: visit
        starts_when: episode_opened
        every: [{otherwise: true, count: 6, unit: weeks, force: law}]
        met_by: {event: visit.made, seen: true}
"""
OUR_VISITS = """
    opens: [{state: looked_after, begins: true}]
    closes: [matter.closed]
    steps:
      - id: our_visit
        starts_when: episode_opened
        every: [{otherwise: true, count: 1, unit: months, under: national.visit}]
        met_by: visit.made
"""


def test_M29d_it_is_seen_at_once_which_day_suits_both(spec: Spec) -> None:
    """Before anything is arranged both show the last day that suits both."""
    spec.law(CONFER, procedure="conferences", authority="somewhere")
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.tasks(
        "2026-02-02",
        """
        step   | due        | suits both
        confer | 2026-04-05 | 2026-03-02
        review | 2026-03-02 | 2026-03-02
        """,
    )


def test_M29e_either_arrangement_is_the_plan_of_both(spec: Spec) -> None:
    """What is arranged for either meeting is the plan of both, across procedures."""
    spec.law(CONFER, procedure="conferences", authority="somewhere")
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.facts("""
        day        | kind            | keys      | fields
        2026-02-10 | review.arranged | meeting=m | planned_on=2026-02-20
    """)
    spec.tasks(
        "2026-02-10",
        """
        step   | planned
        confer | 2026-02-20
        review | 2026-02-20
        """,
    )


def test_M29f_meetings_may_be_held_together_only_while_it_is_so_decided(spec: Spec) -> None:
    """With `merges_while` they are one occasion only while that is true; what is arranged is shared then."""
    spec.law(
        CONFER + "        merges_while: {state: fewer_visits}\n",
        procedure="conferences",
        authority="somewhere",
    )
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.facts("""
        day        | kind               | keys      | fields
        2026-02-10 | review.arranged    | meeting=m | planned_on=2026-02-20
        2026-02-12 | fewer_visits.agreed |          |
        2026-02-16 | fewer_visits.withdrawn |       |
        2026-02-17 | meeting.arranged   | meeting=n | planned_on=2026-03-27
    """)
    spec.tasks(
        "2026-02-11",
        """
        step   | planned    | suits both
        confer |            |
        review | 2026-02-20 |
        """,
    )
    spec.tasks(
        "2026-02-12",
        """
        step   | planned    | suits both
        confer | 2026-02-20 | 2026-03-02
        review | 2026-02-20 | 2026-03-02
        """,
    )
    spec.tasks(
        "2026-02-17",
        """
        step   | planned    | suits both
        confer | 2026-03-27 |
        review | 2026-02-20 |
        """,
    )


def test_M29g_a_meeting_over_is_no_longer_held_together_with_the_next(spec: Spec) -> None:
    """The next review suits the conference that is still owed, not by the date of the one before."""
    spec.law(CONFER, procedure="conferences", authority="somewhere")
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-02-10 | meeting.arranged | meeting=m | planned_on=2026-02-20
        2026-02-20 | meeting.held     | meeting=m | whole=no
        2026-02-20 | review.held      | meeting=m | quorate=yes
    """)
    spec.tasks(
        "2026-02-21",
        """
        step   | n | due        | suits both | status
        confer | 0 | 2026-04-05 | 2026-04-05 | open
        review | 1 | 2026-03-02 | 2026-03-02 | met
        review | 2 | 2026-05-20 | 2026-04-05 | open
        """,
    )


def test_M29j_the_next_meetings_have_no_plan_of_the_one_just_held(spec: Spec) -> None:
    """What opens on the day of the joint meeting does not take over that day's plan."""
    spec.law(
        CONFER.replace("limits: [{count: 3", "every: [{otherwise: true, count: 3"),
        procedure="conferences",
        authority="somewhere",
    )
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-02-10 | meeting.arranged | meeting=m | planned_on=2026-02-20
        2026-02-20 | meeting.held     | meeting=m | whole=yes
        2026-02-20 | review.held      | meeting=m | quorate=yes
    """)
    spec.tasks(
        "2026-02-21",
        """
        step   | n | due        | planned    | suits both | status
        confer | 1 | 2026-04-05 | 2026-02-20 | 2026-03-02 | met
        confer | 2 | 2026-05-20 |            | 2026-05-20 | open
        review | 1 | 2026-03-02 | 2026-02-20 | 2026-03-02 | met
        review | 2 | 2026-05-20 |            | 2026-05-20 | open
        """,
    )


def test_M29k_a_third_step_may_join_two_meetings(spec: Spec) -> None:
    """Two meetings that a third step merges are one occasion: an arrangement of either is all three's."""
    spec.law(
        """
        opens: [{state: on_plan, begins: true}]
        steps:
          - {id: joint, starts_when: episode_opened, met_by: matter.closed, meeting: {name: joint, arranged: request.accepted, rearranged: request.accepted, cancelled: request.accepted, held: matter.closed, planned_field: reply_on}, merges: [confer, national.review]}
          - {id: confer, starts_when: episode_opened, met_by: meeting.held, meeting: meeting, limits: [{count: 3, unit: months}]}
        """.replace("request.accepted", "request.made"),
        procedure="conferences",
        authority="somewhere",
    )
    spec.law(REVIEW, procedure="reviews")
    spec.facts(BOTH)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-02-10 | meeting.arranged | meeting=m | planned_on=2026-02-20
    """)
    spec.tasks(
        "2026-02-11",
        """
        step   | planned
        joint  | 2026-02-20
        confer | 2026-02-20
        review | 2026-02-20
        """,
    )


def test_M29h_a_local_limit_under_a_national_one_is_one_task(spec: Spec) -> None:
    """While both are open the local task shows both limits and is listed, the national one is not."""
    spec.law(VISITS, procedure="visits")
    spec.law(OUR_VISITS, procedure="our_visits", authority="somewhere")
    spec.facts("""
        day        | kind       | fields
        2026-01-31 | care.began |
    """)
    spec.tasks(
        "2026-03-01",
        """
        step      | due        | limits                           | flags      | late against     | covered
        our_visit | 2026-02-28 | must 2026-02-28, law 2026-03-14  | late       | must:every:0     |
        visit     | 2026-03-14 | law 2026-03-14                   | not listed |                  | yes
        """,
    )
    spec.facts("""
        day        | kind       | fields
        2026-03-02 | visit.made | seen=no
    """)
    spec.tasks(
        "2026-03-02",
        """
        step      | n | due        | limits                          | flags      | covered
        our_visit | 1 | 2026-02-28 | must 2026-02-28                 | met late   |
        our_visit | 2 | 2026-03-14 | must 2026-04-02, law 2026-03-14 |            |
        visit     | 1 | 2026-03-14 | law 2026-03-14                  | not listed | yes
        """,
    )


def test_M29i_the_stricter_of_local_and_national_binds(spec: Spec) -> None:
    """Where the national limit ends sooner the covering task is due, and late, by that one."""
    spec.law(VISITS, procedure="visits")
    spec.law(
        OUR_VISITS.replace("count: 1, unit: months", "count: 9, unit: weeks"),
        procedure="our_visits",
        authority="somewhere",
    )
    spec.facts("""
        day        | kind          | fields
        2026-01-31 | care.began    |
        2026-03-20 | matter.closed |
    """)
    spec.tasks(
        "2026-03-16",
        """
        step      | due        | limits                          | flags            | late against
        our_visit | 2026-03-14 | must 2026-04-04, law 2026-03-14 | late             | law:under:visits/visit/every:0
        visit     | 2026-03-14 | law 2026-03-14                  | late, not listed | law:every:0
        """,
    )
    spec.tasks(
        "2026-03-20",
        """
        step      | due        | limits          | status     | flags
        our_visit | 2026-04-04 | must 2026-04-04 | not_needed |
        visit     | 2026-03-14 | law 2026-03-14  | open       | late
        """,
    )


def test_M21l_what_a_meeting_asks_for_before_the_next_hangs_on_the_next(spec: Spec) -> None:
    """A step before a meeting that the meeting itself opens belongs to the next one."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: episode_opened
            met_by: {event: meeting.held}
            meeting: meeting
            limits: [{count: 10, unit: working_days}]
            outcomes: {not_agreed: {next: [further, papers]}, agreed: {usual: true, closes: true}}
          - id: further
            met_by: meeting.held
            meeting: meeting
            limits: [{count: 4, unit: weeks}]
          - id: papers
            met_by: file.sent
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
    """)
    spec.facts("""
        day        | kind          | keys      | outcome
        2026-03-02 | matter.opened |           |
        2026-03-12 | meeting.held  | meeting=a | not_agreed
    """)
    spec.tasks(
        "2026-03-13",
        """
        step    | due        | met        | status | flags
        hold    | 2026-03-16 | 2026-03-12 | met    |
        further | 2026-04-09 |            | open   |
        papers  | 2026-03-31 |            | open   | projected
        """,
    )


def test_M21m_what_hangs_on_a_meeting_nobody_owes_is_missed_with_it(spec: Spec) -> None:
    """A step before a meeting that no step asks for hangs on what is arranged, and ends when it is held."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: papers, starts_when: episode_opened, met_by: file.sent, limits: [{count: 5, unit: working_days, before: meeting.planned}]}
    """)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-03-02 | matter.opened    |           |
        2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-20
        2026-03-20 | meeting.held     | meeting=m |
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | ended      | status
        papers | 2026-03-13 | 2026-03-20 | missed
        """,
    )


def test_M21k_meetings_of_one_noun_are_told_apart_by_what_they_say(spec: Spec) -> None:
    """With `where` only what says the same belongs to the meeting, or says nothing of it."""
    spec.kinds("""
        kinds:
          talk.arranged: {title: Talk arranged, keys: [meeting], plans: true, fields: {planned_on: {title: For, type: date}, number: {title: Number, type: choice, choices: {one: One, two: Two}}}}
          talk.rearranged: {title: Talk re-arranged, keys: [meeting], plans: true, fields: {planned_on: {title: For, type: date}, number: {title: Number, type: choice, choices: {one: One, two: Two}}}}
          talk.cancelled: {title: Talk cancelled, keys: [meeting]}
          talk.held: {title: Talk held, keys: [meeting], fields: {number: {title: Number, type: choice, choices: {one: One, two: Two}}}}
    """)
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: first
            starts_when: episode_opened
            met_by: {event: talk.held, number: one}
            meeting: {name: talk, where: {number: one}}
          - id: second
            starts_when: episode_opened
            met_by: {event: talk.held, number: two}
            meeting: {name: talk, where: {number: two}}
    """)
    spec.facts("""
        day        | kind            | keys      | fields
        2026-03-02 | matter.opened   |           |
        2026-03-03 | talk.arranged   | meeting=b | planned_on=2026-03-20; number=two
        2026-03-04 | talk.arranged   | meeting=a | planned_on=2026-03-12
        2026-03-05 | talk.rearranged | meeting=b | planned_on=2026-03-24; number=two
        2026-03-12 | talk.held       | meeting=a | number=one
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | planned
        first  | 2026-03-12
        second | 2026-03-24
        """,
    )
    spec.tasks(
        "2026-03-13",
        """
        step   | planned    | met
        first  | 2026-03-12 | 2026-03-12
        second | 2026-03-24 |
        """,
    )
