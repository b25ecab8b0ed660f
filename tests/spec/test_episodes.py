"""M5 to M8: what opens a child's way through a procedure, what closes it, and coming in part-way."""

from tests.spec.specs import Spec

MATTER = """
    opens: [matter.opened]
    closes: [matter.closed]
    steps:
      - id: answer
        starts_when: episode_opened
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""


def test_M5a_an_opener_may_name_its_outcome(spec: Spec) -> None:
    """An event opens an episode only with the outcome that the opener names."""
    spec.law("""
        opens: [{event: matter.opened, outcome: grave}]
        steps: [{id: answer, starts_when: episode_opened, met_by: answer.given}]
    """)
    spec.facts("""
        id     | day        | kind          | outcome
        slight | 2026-03-02 | matter.opened | slight
        grave  | 2026-03-04 | matter.opened | grave
    """)
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | opened by
        1      | 2026-03-04 | grave
        """,
    )
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | status
        answer | 2026-03-04 | open
        """,
    )


def test_M5b_a_state_beginning_opens_while_another_holds(spec: Spec) -> None:
    """A state beginning to hold opens an episode, where asked only while another holds."""
    spec.law("""
        opens: [{state: looked_after, begins: true, while: {state: on_plan}}]
        closes: [{state: looked_after, ends: true}]
        steps: [{id: tell, starts_when: episode_opened, met_by: notice.given}]
    """)
    spec.facts("""
        id | day        | kind       | keys
        a  | 2026-01-05 | care.began |
        b  | 2026-01-12 | plan.began | plan=p
        c  | 2026-02-02 | care.ended |
        d  | 2026-03-02 | care.began |
    """)
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | opened by | closed
        1      | 2026-03-02 | d         |
        """,
    )


def test_M5c_an_opener_may_enter_at_a_later_step(spec: Spec) -> None:
    """An opener that names a step enters there, and the steps at the beginning do not start."""
    spec.law("""
        opens:
          - matter.opened
          - {event: file.sent, enters_at: decide}
        steps:
          - {id: answer, starts_when: episode_opened, met_by: answer.given}
          - {id: decide, starts_when: {event: answer.given, outcome: agreed}, met_by: file.received}
    """)
    spec.facts("""
        id   | day        | kind
        file | 2026-03-02 | file.sent
    """)
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | opened by | enters at
        1      | 2026-03-02 | file      | decide
        """,
    )
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | status
        decide | 2026-03-02 | open
        """,
    )


def test_M5d_a_closing_fact_closes_the_episode(spec: Spec) -> None:
    """The fact that the procedure names closes the episode, on its day."""
    spec.law(MATTER)
    spec.facts("""
        id    | day        | kind
        open  | 2026-03-02 | matter.opened
        close | 2026-03-09 | matter.closed
    """)
    spec.episodes(
        "2026-03-08",
        """
        number | opened     | closed | closed by
        1      | 2026-03-02 |        |
        """,
    )
    spec.episodes(
        "2026-03-09",
        """
        number | opened     | closed     | closed by
        1      | 2026-03-02 | 2026-03-09 | close
        """,
    )


def test_M5e_a_procedure_that_the_authority_does_not_use_opens_nothing(spec: Spec) -> None:
    """Which procedures an authority uses is its setting; the others open nothing."""
    spec.law(MATTER)
    spec.adopted_none()
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
    """)
    spec.nothing("2026-03-05")


def test_M6a_a_second_opening_fact_is_noted_and_opens_nothing(spec: Spec) -> None:
    """While an episode is open a further opening fact is noted on it, and first dates stay."""
    spec.law(MATTER)
    spec.facts("""
        id    | day        | kind
        first | 2026-03-02 | matter.opened
        again | 2026-03-05 | matter.opened
    """)
    spec.episodes(
        "2026-03-06",
        """
        number | opened     | opened by | decided again
        1      | 2026-03-02 | first     | again
        """,
    )
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | first due  | due        | status
        answer | 2026-03-02 | 2026-03-09 | 2026-03-09 | open
        """,
    )


def test_M6b_after_the_close_the_next_opens_another(spec: Spec) -> None:
    """Once an episode has closed the next opening fact opens another, with its own number."""
    spec.law(MATTER)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-04 | matter.closed
        2026-03-16 | matter.opened
    """)
    spec.episodes(
        "2026-03-17",
        """
        number | opened     | closed
        1      | 2026-03-02 | 2026-03-04
        2      | 2026-03-16 |
        """,
    )
    spec.tasks(
        "2026-03-17",
        """
        episode | step   | trigger    | due        | status
        1       | answer | 2026-03-02 | 2026-03-09 | not_needed
        2       | answer | 2026-03-16 | 2026-03-23 | open
        """,
    )


def test_M6c_episodes_with_different_keys_run_side_by_side(spec: Spec) -> None:
    """A child has one open episode of a procedure and key; different keys run side by side."""
    spec.law(MATTER, key="matter")
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened | matter=a
        2026-03-03 | matter.opened | matter=b
        2026-03-04 | answer.given  | matter=b
        2026-03-05 | matter.closed | matter=a
    """)
    spec.episodes(
        "2026-03-06",
        """
        number | key | opened     | closed
        1      | a   | 2026-03-02 | 2026-03-05
        1      | b   | 2026-03-03 |
        """,
    )
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | trigger    | met        | status
        answer | matter=a | 2026-03-02 |            | not_needed
        answer | matter=b | 2026-03-03 | 2026-03-04 | met
        """,
    )


def test_M6d_one_fact_opens_one_episode(spec: Spec) -> None:
    """A state that ends and begins again on a day opens after the day's closings, and only once."""
    spec.law("""
        opens: [{state: looked_after, begins: true}]
        closes: [matter.closed]
        steps:
          - id: answer
            starts_when: episode_opened
            met_by: answer.given
    """)
    spec.adopted("2026-02-02")
    spec.facts("""
        id | day        | kind
        a  | 2026-01-05 | care.began
        l  | 2026-03-02 | care.ended
        b  | 2026-03-02 | care.began
        c  | 2026-03-02 | matter.closed
    """)
    spec.episodes(
        "2026-03-03",
        """
        number | opened     | opened by
        1      | 2026-03-02 | b
        """,
    )
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | status
        answer | 2026-03-02 | open
        """,
    )


def test_M7a_closing_makes_open_tasks_not_needed(spec: Spec) -> None:
    """A closing event makes the episode's open tasks not needed, and is named on them."""
    spec.law(MATTER)
    spec.facts("""
        id    | day        | kind
        open  | 2026-03-02 | matter.opened
        close | 2026-03-04 | matter.closed
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | ended      | ended by | status     | flags
        answer | 2026-03-09 | 2026-03-04 | close    | not_needed |
        """,
    )


def test_M7b_a_step_marked_outlives_stays(spec: Spec) -> None:
    """A step that outlives its episode stays open after the close."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - id: minutes
            starts_when: meeting.held
            met_by: minutes.sent
            outlives: true
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-03 | meeting.held  | meeting=m
        2026-03-04 | matter.closed |
    """)
    spec.tasks(
        "2026-03-12",
        """
        step    | due        | ended | status | flags
        minutes | 2026-03-10 |       | open   | late
        """,
    )
    spec.facts("""
        day        | kind         | keys
        2026-03-13 | minutes.sent | meeting=m
    """)
    spec.tasks(
        "2026-03-13",
        """
        step    | due        | met        | status | flags
        minutes | 2026-03-10 | 2026-03-13 | met    | met late
        """,
    )


def test_M7c_what_the_closing_event_itself_starts_starts(spec: Spec) -> None:
    """A step that the closing event starts is opened by it and stays."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: answer, starts_when: episode_opened, met_by: answer.given}
          - {id: tell, starts_when: matter.closed, met_by: notice.given}
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-04 | matter.closed
        2026-03-06 | notice.given
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | status
        answer | 2026-03-02 | not_needed
        tell   | 2026-03-04 | open
        """,
    )
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | met        | status
        answer | 2026-03-02 |            | not_needed
        tell   | 2026-03-04 | 2026-03-06 | met
        """,
    )


def test_M7d_an_event_recorded_after_the_close_but_dated_before_it_meets(spec: Spec) -> None:
    """What happened before the close meets, however late it is recorded; after it nothing does."""
    spec.law(MATTER)
    spec.facts("""
        day        | kind          | recorded
        2026-03-02 | matter.opened | 2026-03-02
        2026-03-09 | matter.closed | 2026-03-09
        2026-03-10 | answer.given  | 2026-03-10
        2026-03-05 | answer.given  | 2026-03-16
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | met | status
        answer |     | not_needed
        """,
        known_at="2026-03-11",
    )
    spec.tasks(
        "2026-03-20",
        """
        step   | met        | status
        answer | 2026-03-05 | met
        """,
    )


def test_M8a_a_child_may_be_taken_on_at_a_step(spec: Spec) -> None:
    """Steps before the one at which a child is taken on are before Caseward, neither met nor late."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: episode_opened
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
          - id: decide
            starts_when: answer.given
            met_by: file.sent
            limits: [{count: 10, unit: working_days, anchor: request.made}]
          - id: tell
            starts_when: file.sent
            met_by: notice.given
    """)
    spec.facts("""
        id | day        | kind             | fields
        t  | 2026-03-02 | episode.taken_on | procedure=example; step=decide; anchors={request.made: 2026-02-20}
        f  | 2026-03-05 | file.sent        |
    """)
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | opened by | enters at
        1      | 2026-03-02 | t         | decide
        """,
    )
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | met        | status           | flags
        answer |            |            | before_caseward  |
        decide | 2026-03-06 | 2026-03-05 | met              |
        tell   |            |            | open             |
        """,
    )


def test_M8b_triggers_before_the_adoption_open_nothing(spec: Spec) -> None:
    """What happened before the authority adopted the procedure opens nothing."""
    spec.law(MATTER)
    spec.adopted("2026-03-01")
    spec.facts("""
        day        | kind
        2026-02-10 | matter.opened
    """)
    spec.nothing("2026-03-02")
    spec.facts("""
        day        | kind
        2026-03-03 | matter.opened
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | trigger    | status
        answer | 2026-03-03 | open
        """,
    )


def test_M8c_national_duties_due_before_the_first_day_are_measured_and_not_listed(
    spec: Spec,
) -> None:
    """Due before the child's first day here: measured but on no list, save the recurring one open."""
    spec.law("""
        opens: [{state: looked_after, begins: true}]
        steps:
          - id: plan
            starts_when: episode_opened
            met_by: file.sent
            limits: [{count: 10, unit: working_days, force: law}]
          - id: review
            starts_when: episode_opened
            every: [{otherwise: true, count: 6, unit: months, force: law}]
            met_by: review.held
    """)
    spec.first_day("2026-03-02")
    spec.facts("""
        day        | kind
        2024-01-08 | care.began
        2024-12-09 | review.held
    """)
    spec.tasks(
        "2026-03-02",
        """
        step   | trigger    | due        | met        | status | flags
        plan   | 2024-01-08 | 2024-01-22 |            | open   | late, not listed
        review | 2024-01-08 | 2024-07-08 | 2024-12-09 | met    | met late, not listed
        review | 2024-12-09 | 2025-06-09 |            | open   | late
        """,
    )


def test_M8d_a_procedure_given_up_opens_nothing_more(spec: Spec) -> None:
    """What happens from that day on opens nothing; what is open by then goes on to its end."""
    spec.law(
        """
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - id: answer
            starts_when: matter.opened
            met_by: answer.given
          - id: tell
            starts_when: answer.given
            met_by: notice.given
    """,
        key="matter",
    )
    spec.adopted("2026-01-01")
    spec.given_up("2026-03-01")
    spec.facts("""
        day        | kind          | keys
        2026-02-10 | matter.opened | matter=first
        2026-03-02 | matter.opened | matter=second
        2026-03-03 | answer.given  | matter=first
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | trigger    | met        | status
        answer | 2026-02-10 | 2026-03-03 | met
        tell   | 2026-03-03 |            | open
        """,
    )


OVERDUE = """
    opens: [{state: looked_after, begins: true}]
    steps:
      - id: plan
        starts_when: episode_opened
        met_by: file.sent
        limits: [{count: 10, unit: working_days, force: law}]
      - id: review
        starts_when: episode_opened
        every: [{otherwise: true, count: 6, unit: months, force: law}]
        met_by: review.held
"""


def test_M8e_what_was_overdue_on_the_first_day_may_have_been_done_before(spec: Spec) -> None:
    """Done before Caseward: neither met nor late; a recurring duty's next counts from the day done."""
    spec.law(OVERDUE)
    spec.first_day("2026-03-02")
    spec.facts("""
        day        | kind             | fields
        2025-06-02 | care.began       |
        2026-03-02 | task.done_before | task=plan
        2026-03-02 | task.done_before | task=review; done_on=2025-11-10
    """)
    spec.tasks(
        "2026-03-02",
        """
        step   | trigger    | due        | status          | flags
        plan   | 2025-06-02 | 2025-06-16 | before_caseward | not listed
        review | 2025-06-02 | 2025-12-02 | before_caseward | not listed
        review | 2025-11-10 | 2026-05-10 | open            |
        """,
    )


def test_M8f_what_fell_due_in_caseward_was_not_done_before(spec: Spec) -> None:
    """Of a duty due on or after the first day the entry changes nothing: lateness here stays."""
    spec.law(OVERDUE)
    spec.first_day("2025-06-16")
    spec.facts("""
        day        | kind             | fields
        2025-06-02 | care.began       |
        2026-03-02 | task.done_before | task=plan
    """)
    spec.tasks(
        "2026-03-02",
        """
        step   | trigger    | due        | status | flags
        plan   | 2025-06-02 | 2025-06-16 | open   | late
        """,
        of="plan",
    )


def test_M8g_what_was_overdue_on_the_first_day_may_be_kept_as_due(spec: Spec) -> None:
    """Kept as due: it is late on the lists like any other duty."""
    spec.law(OVERDUE)
    spec.first_day("2026-03-02")
    spec.facts("""
        day        | kind       | fields
        2025-06-02 | care.began |
        2026-03-02 | task.kept  | task=plan
    """)
    spec.tasks(
        "2026-03-02",
        """
        step   | trigger    | due        | status | flags
        plan   | 2025-06-02 | 2025-06-16 | open   | late
        """,
        of="plan",
    )
