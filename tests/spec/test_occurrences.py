"""M10 to M13: one open task for each key, and which event meets which."""

from tests.spec.specs import Spec

ANSWER = """
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""
BY_MATTER = """
    opens: [plan.began]
    steps:
      - id: answer
        starts_when: request.made
        same: [matter]
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""


def test_M10a_a_further_trigger_moves_nothing(spec: Spec) -> None:
    """A further trigger while a task is open is noted on it and moves nothing."""
    spec.law(ANSWER)
    spec.facts("""
        id    | day        | kind
        m     | 2026-03-02 | matter.opened
        first | 2026-03-02 | request.made
        again | 2026-03-04 | request.made
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | due        | status | notes
        answer | 2026-03-02 | 2026-03-09 | open   | again
        """,
    )


def test_M10b_a_trigger_after_the_task_was_met_opens_another(spec: Spec) -> None:
    """Only while one is open does a trigger open nothing: once it is met the next opens another."""
    spec.law(ANSWER)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
        2026-03-04 | answer.given
        2026-03-05 | request.made
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | due        | met        | status
        answer | 2026-03-02 | 2026-03-09 | 2026-03-04 | met
        answer | 2026-03-05 | 2026-03-12 |            | open
        """,
    )


def test_M11a_the_earliest_qualifying_event_meets(spec: Spec) -> None:
    """The earliest event that qualifies on or after the trigger's day meets, and no later one."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: {event: answer.given, outcome: agreed}
    """)
    spec.facts("""
        id      | day        | kind          | outcome
        m       | 2026-02-23 | matter.opened |
        before  | 2026-03-01 | answer.given  | agreed
        r       | 2026-03-02 | request.made  |
        refusal | 2026-03-03 | answer.given  | refused
        yes     | 2026-03-04 | answer.given  | agreed
        again   | 2026-03-05 | answer.given  | agreed
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | met        | met by | status
        answer | 2026-03-02 | 2026-03-04 | yes    | met
        """,
    )


def test_M11b_the_event_that_opened_a_task_never_meets_it(spec: Spec) -> None:
    """A task is never met by the event that opened it, only by another of its kind."""
    spec.law("""
        opens: [matter.opened]
        steps: [{id: again, starts_when: review.held, met_by: review.held}]
    """)
    spec.facts("""
        id     | day        | kind          | keys
        m      | 2026-03-02 | matter.opened |
        first  | 2026-03-02 | review.held   | meeting=r1
    """)
    spec.tasks(
        "2026-03-03",
        """
        step  | trigger    | met | status
        again | 2026-03-02 |     | open
        """,
    )
    spec.facts("""
        id     | day        | kind        | keys
        second | 2026-03-04 | review.held | meeting=r2
    """)
    spec.tasks(
        "2026-03-05",
        """
        step  | trigger    | met        | met by | status
        again | 2026-03-02 | 2026-03-04 | second | met
        """,
    )


def test_M11c_a_recurring_duty_is_met_only_on_a_later_day(spec: Spec) -> None:
    """An event on the day on which a recurring duty opened does not meet it."""
    spec.law("""
        opens: [{state: looked_after, begins: true}]
        steps:
          - id: review
            starts_when: episode_opened
            every: [{otherwise: true, count: 6, unit: months}]
            met_by: review.held
    """)
    spec.facts("""
        day        | kind        | keys
        2026-03-02 | care.began  |
        2026-03-02 | review.held | meeting=r1
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | due        | met | status
        review | 2026-03-02 | 2026-09-02 |     | open
        """,
    )


def test_M11d_an_event_without_its_key_is_matched_by_date(spec: Spec) -> None:
    """An event that names no key meets the task that opened first, and the task says so."""
    spec.law(BY_MATTER)
    spec.facts("""
        id | day        | kind         | keys
        p  | 2026-03-02 | plan.began   | plan=p
        a  | 2026-03-02 | request.made | matter=b
        b  | 2026-03-03 | request.made | matter=a
        x  | 2026-03-05 | answer.given |
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | met        | status | matched
        answer | matter=b | 2026-03-05 | met    | by date
        answer | matter=a |            | open   |
        """,
    )


def test_M11e_an_event_of_another_key_does_not_meet(spec: Spec) -> None:
    """An event that names another matter does not meet the task of this one."""
    spec.law(BY_MATTER)
    spec.facts("""
        day        | kind         | keys
        2026-03-02 | plan.began   | plan=p
        2026-03-02 | request.made | matter=a
        2026-03-03 | request.made | matter=b
        2026-03-05 | answer.given | matter=b
        2026-03-06 | answer.given | matter=b
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | met        | status | matched
        answer | matter=a |            | open   |
        answer | matter=b | 2026-03-05 | met    |
        """,
    )


def test_M11f_without_the_episodes_key_the_episode_that_opened_first_is_meant(spec: Spec) -> None:
    """Of episodes side by side, an event that could name one and names none meets in the first alone."""
    spec.law(
        """
        opens: [matter.opened]
        steps: [{id: answer, starts_when: episode_opened, met_by: answer.given}]
        """,
        key="matter",
    )
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened | matter=b
        2026-03-03 | matter.opened | matter=a
        2026-03-05 | answer.given  |
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | met        | status | matched
        answer | matter=b | 2026-03-05 | met    | by date
        answer | matter=a |            | open   |
        """,
    )


def test_M12a_one_event_may_meet_several_steps(spec: Spec) -> None:
    """One event meets every step that it qualifies for."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: answer, starts_when: request.made, met_by: answer.given}
          - {id: decide, starts_when: request.made, met_by: {event: answer.given, outcome: agreed}}
    """)
    spec.facts("""
        day        | kind          | outcome
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-04 | answer.given  | agreed
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | met        | status
        answer | 2026-03-04 | met
        decide | 2026-03-04 | met
        """,
    )


def test_M12b_one_event_meets_at_most_one_task_of_a_step(spec: Spec) -> None:
    """Of two open tasks of one step, one event that could meet either meets one alone."""
    spec.law(BY_MATTER)
    spec.facts("""
        id | day        | kind         | keys
        p  | 2026-03-02 | plan.began   | plan=p
        a  | 2026-03-02 | request.made | matter=a
        b  | 2026-03-02 | request.made | matter=b
        x  | 2026-03-04 | answer.given |
        y  | 2026-03-05 | answer.given |
    """)
    spec.holds(
        "After the first answer one of the two tasks is met, after the second both.",
        lambda it: (
            [
                sum(task.met_on is not None for task in it.evaluate(day).tasks)
                for day in ("2026-03-04", "2026-03-05")
            ]
            == [1, 2]
        ),
    )


def test_M12c_one_hand_over_meets_the_parts_of_several_steps(spec: Spec) -> None:
    """The parts of papers count as steps: one paper given meets a part of each that wants it."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: bundle
            starts_when: request.made
            all_of:
              - {part: report, met_by: {event: paper.given, paper: report}}
              - {part: plan, met_by: {event: paper.given, paper: plan}}
          - id: file
            starts_when: request.made
            all_of: [{part: report, met_by: {event: paper.given, paper: report}}]
    """)
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-04 | paper.given   | paper=report
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | part   | met        | status
        bundle |        |            | open
        bundle | report | 2026-03-04 | met
        bundle | plan   |            | open
        file   |        | 2026-03-04 | met
        file   | report | 2026-03-04 | met
        """,
    )


def test_M13a_the_latest_earlier_event_may_meet(spec: Spec) -> None:
    """With `may_precede` the latest event before the trigger meets it, if within the look-back."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            may_precede: {back_to: episode_opened}
            met_by: answer.given
    """)
    spec.facts("""
        id    | day        | kind
        early | 2026-02-27 | answer.given
        m     | 2026-03-02 | matter.opened
        one   | 2026-03-03 | answer.given
        two   | 2026-03-04 | answer.given
        r     | 2026-03-05 | request.made
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | met        | met by | status
        answer | 2026-03-05 | 2026-03-04 | two    | met
        """,
    )


def test_M13b_nothing_before_the_look_back_meets(spec: Spec) -> None:
    """An event before the look-back does not meet; the first day of the look-back counts."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: answer
            starts_when: request.made
            same: [matter]
            may_precede: {back_to: {count: 5, unit: days}}
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind         | keys
        2026-02-02 | plan.began   | plan=p
        2026-02-25 | answer.given | matter=a
        2026-02-26 | answer.given | matter=b
        2026-03-03 | request.made | matter=a
        2026-03-03 | request.made | matter=b
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | met        | status
        answer | matter=a |            | open
        answer | matter=b | 2026-02-26 | met
        """,
    )


def test_M13c_nothing_before_the_last_task_closed_meets_the_next(spec: Spec) -> None:
    """An earlier event must lie after the step's previous task of that key closed."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            may_precede: {back_to: episode_opened}
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
        2026-03-04 | answer.given
        2026-03-10 | request.made
    """)
    spec.tasks(
        "2026-03-11",
        """
        step   | trigger    | met        | status
        answer | 2026-03-02 | 2026-03-04 | met
        answer | 2026-03-10 |            | open
        """,
    )


def test_M13d_an_earlier_event_without_a_key_qualifies(spec: Spec) -> None:
    """An earlier event that names no key may meet: it was held before there was one."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: answer
            starts_when: request.made
            same: [matter]
            may_precede: {back_to: episode_opened}
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind         | keys
        2026-03-02 | plan.began   | plan=p
        2026-03-03 | answer.given |
        2026-03-04 | answer.given | matter=other
        2026-03-05 | request.made | matter=a
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | keys     | trigger    | met        | status
        answer | matter=a | 2026-03-05 | 2026-03-03 | met
        """,
    )
