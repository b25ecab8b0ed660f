"""M14 and M15: what is made of several parts, and the order of things within a day."""

from tests.spec.specs import Spec

PAPERS = """
    opens: [matter.opened]
    steps:
      - id: bundle
        starts_when: request.made
        limits: [{count: 5, unit: working_days}]
        all_of:
          - {part: report, met_by: {event: paper.given, paper: report}}
          - {part: plan, met_by: {event: paper.given, paper: plan}}
"""


def test_M14a_papers_are_complete_on_the_day_of_the_last_part(spec: Spec) -> None:
    """`all_of` is met on the day the last part is; each part is a small task of its own."""
    spec.law(PAPERS)
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-04 | paper.given   | paper=plan
        2026-03-06 | paper.given   | paper=report
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | part   | what | met        | status
        bundle |        |      |            | open
        bundle | report | part |            | open
        bundle | plan   | part | 2026-03-04 | met
        """,
    )
    spec.tasks(
        "2026-03-06",
        """
        step   | part   | what | met        | status
        bundle |        |      | 2026-03-06 | met
        bundle | report | part | 2026-03-06 | met
        bundle | plan   | part | 2026-03-04 | met
        """,
    )


def test_M14b_a_part_may_not_apply(spec: Spec) -> None:
    """A part that somebody says does not apply, with the reason, is not waited for."""
    spec.law(PAPERS)
    spec.facts("""
        day        | kind                 | fields
        2026-03-02 | matter.opened        |
        2026-03-02 | request.made         |
        2026-03-03 | paper.not_applicable | task=bundle; part=plan; reason=no plan was made; decided_by=w1
        2026-03-05 | paper.given          | paper=report
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | part   | met        | status
        bundle |        | 2026-03-05 | met
        bundle | report | 2026-03-05 | met
        bundle | plan   |            | does_not_apply
        """,
    )


def test_M14c_a_part_withdrawn_later_makes_the_paper_stale(spec: Spec) -> None:
    """A part withdrawn or overtaken makes what was complete stale, and does not un-meet it."""
    spec.law(PAPERS)
    spec.facts("""
        day        | kind            | fields
        2026-03-02 | matter.opened   |
        2026-03-02 | request.made    |
        2026-03-04 | paper.given     | paper=plan
        2026-03-05 | paper.given     | paper=report
        2026-03-06 | paper.withdrawn | paper=plan
    """)
    spec.tasks(
        "2026-03-09",
        """
        step   | part   | met        | status | stale
        bundle |        | 2026-03-05 | met    | yes
        bundle | report | 2026-03-05 | met    |
        bundle | plan   | 2026-03-04 | met    | yes
        """,
    )


def test_M14d_any_of_is_met_by_the_earliest(spec: Spec) -> None:
    """`any_of` is met by the earliest of the events that it names."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: tell, starts_when: request.made, any_of: [answer.given, notice.given]}
    """)
    spec.facts("""
        id     | day        | kind
        m      | 2026-03-02 | matter.opened
        r      | 2026-03-02 | request.made
        notice | 2026-03-04 | notice.given
        answer | 2026-03-05 | answer.given
    """)
    spec.tasks(
        "2026-03-06",
        """
        step | met        | met by | status
        tell | 2026-03-04 | notice | met
        """,
    )


def test_M15a_an_ordinary_step_opens_and_then_is_met(spec: Spec) -> None:
    """Within a day a step opens, then is met: a repeated decision met that day leaves nothing open."""
    spec.law("""
        opens: [matter.opened]
        steps: [{id: hold, starts_when: request.accepted, met_by: meeting.held}]
    """)
    spec.facts("""
        day        | kind             | keys
        2026-03-02 | matter.opened    |
        2026-03-02 | request.accepted |
        2026-03-05 | request.accepted |
        2026-03-05 | meeting.held     | meeting=m
    """)
    spec.tasks(
        "2026-03-06",
        """
        step | trigger    | met        | status
        hold | 2026-03-02 | 2026-03-05 | met
        """,
    )


def test_M15b_a_recurring_duty_is_met_and_then_opens_the_next(spec: Spec) -> None:
    """Within a day a recurring duty is met first, and the same event then opens the next."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: review
            starts_when: review.held
            every: [{otherwise: true, count: 6, unit: months}]
            met_by: review.held
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | review.held   | meeting=r1
        2026-03-16 | review.held   | meeting=r2
    """)
    spec.tasks(
        "2026-03-17",
        """
        step   | trigger    | due        | met        | status
        review | 2026-03-02 | 2026-09-02 | 2026-03-16 | met
        review | 2026-03-16 | 2026-09-16 |            | open
        """,
    )


def test_M15c_closing_comes_last(spec: Spec) -> None:
    """On the day of the close what meets still meets, whatever opened that day too."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: answer, starts_when: request.made, met_by: answer.given}
          - {id: tell, starts_when: request.made, met_by: notice.given}
    """)
    spec.facts("""
        id    | day        | kind
        m     | 2026-03-02 | matter.opened
        close | 2026-03-09 | matter.closed
        r     | 2026-03-09 | request.made
        a     | 2026-03-09 | answer.given
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | trigger    | met        | ended      | status
        answer | 2026-03-09 | 2026-03-09 |            | met
        tell   | 2026-03-09 |            | 2026-03-09 | not_needed
        """,
    )


def test_M15d_two_events_alike_are_interchangeable(spec: Spec) -> None:
    """Of two events alike on one day it does not matter which one opens and which one meets."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: again, starts_when: review.held, met_by: review.held}
          - id: review
            starts_when: review.held
            every: [{otherwise: true, count: 6, unit: months}]
            met_by: review.held
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | review.held   | meeting=r
        2026-03-02 | review.held   | meeting=r
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | met        | status
        again  | 2026-03-02 | 2026-03-02 | met
        review | 2026-03-02 |            | open
        """,
    )
    spec.same_whatever_the_order("2026-03-03")
