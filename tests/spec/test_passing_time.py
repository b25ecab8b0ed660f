"""M18 to M20: rights that lapse, silence, and what follows from time alone."""

from tests.spec.specs import Spec

SILENCE = """
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        silence: agreed
        outcomes: {agreed: {usual: true, next: file}, refused: {next: tell}}
        limits: [{count: 5, unit: working_days}]
      - {id: file, met_by: file.sent}
      - {id: tell, met_by: notice.given}
"""
STAGES = """
    opens: [challenge.raised]
    closes: [{event: challenge.answered, outcome: accepted}]
    steps:
      - id: first
        starts_when: episode_opened
        met_by: challenge.answered
        limits: [{count: 5, unit: working_days}]
      - id: second
        starts_when: {passed: first, unless: {state: kept_at_stage}}
        met_by: challenge.answered
        limits: [{count: 3, unit: working_days}]
"""


def test_M18a_a_window_lapses_and_is_never_late(spec: Spec) -> None:
    """A window is nobody's task: open to its last day, then lapsed, never met and never late."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: window
            window: true
            starts_when: minutes.sent
            limits: [{count: 5, unit: working_days}]
          - id: correct
            starts_when: mistake.reported
            same: [mistake]
            met_by: mistake.answered
    """)
    spec.facts("""
        day        | kind             | keys
        2026-03-02 | matter.opened    |
        2026-03-02 | minutes.sent     | meeting=m
        2026-03-04 | mistake.reported | mistake=x
        2026-03-05 | mistake.reported | mistake=y
        2026-03-06 | mistake.answered | mistake=y
    """)
    spec.tasks(
        "2026-03-09",
        """
        step    | keys      | what   | owner  | met        | status | flags
        window  |           | window |        |            | open   |
        correct | mistake=x |        | worker |            | open   |
        correct | mistake=y |        | worker | 2026-03-06 | met    |
        """,
    )
    spec.tasks(
        "2026-03-10",
        """
        step   | due        | status | flags
        window | 2026-03-09 | lapsed |
        """,
        of="window",
    )


def test_M18b_a_window_is_counted_from_each_persons_receipt(spec: Spec) -> None:
    """Each recipient has a window, from the day on which that person received it."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: window
            window: true
            starts_when: minutes.sent
            each: recipients
            same: [meeting, recipient]
            limits: [{count: 5, unit: working_days, anchor: minutes.received}]
    """)
    spec.facts("""
        day        | kind             | keys                        | fields
        2026-03-02 | matter.opened    |                             |
        2026-03-02 | minutes.sent     | meeting=m                   | recipients=[mother, father]
        2026-03-03 | minutes.received | meeting=m; recipient=mother |
        2026-03-05 | minutes.received | meeting=m; recipient=father |
    """)
    spec.tasks(
        "2026-03-11",
        """
        step   | each   | due        | status
        window | mother | 2026-03-10 | lapsed
        window | father | 2026-03-12 | open
        """,
    )


def test_M19a_silence_counts_as_the_answer_that_the_law_reads_into_it(spec: Spec) -> None:
    """Unanswered at its limit the step is met by silence on its due day, and is never late."""
    spec.law(SILENCE)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
    """)
    spec.tasks(
        "2026-03-09",
        """
        step   | due        | status | flags
        answer | 2026-03-09 | open   |
        """,
        of="answer",
    )
    spec.tasks(
        "2026-03-10",
        """
        step   | due        | met        | by silence | status | flags
        answer | 2026-03-09 | 2026-03-09 | yes        | met    |
        """,
        of="answer",
    )


def test_M19b_a_real_answer_in_time_takes_the_place_of_silence(spec: Spec) -> None:
    """A real answer dated in time counts, however late it is recorded, and what silence began is gone."""
    spec.law(SILENCE)
    spec.facts("""
        day        | kind          | outcome | recorded
        2026-03-02 | matter.opened |         | 2026-03-02
        2026-03-02 | request.made  |         | 2026-03-02
        2026-03-06 | answer.given  | refused | 2026-03-12
    """)
    spec.tasks(
        "2026-03-12",
        """
        step   | met        | by silence | status
        answer | 2026-03-09 | yes        | met
        file   |            |            | open
        """,
        known_at="2026-03-11",
    )
    spec.tasks(
        "2026-03-12",
        """
        step   | met        | by silence | status
        answer | 2026-03-06 |            | met
        tell   |            |            | open
        """,
    )


def test_M19c_without_it_an_unmet_limit_changes_nothing_but_the_date(spec: Spec) -> None:
    """Where the law reads nothing into silence the task stays open and is late."""
    spec.law(SILENCE.replace("silence: agreed", ""))
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | met | by silence | status | flags
        answer | 2026-03-09 |     |            | open   | late
        """,
    )


def test_M20a_a_birthday_is_a_trigger(spec: Spec) -> None:
    """An age reached is a trigger on the birthday itself, though nobody records it."""
    spec.law("""
        opens: [{passed: {count: 16, unit: years, from: birth}}]
        steps: [{id: plan, starts_when: episode_opened, met_by: file.sent,
                 limits: [{count: 3, unit: months}]}]
    """)
    spec.facts("""
        day        | kind
        2010-03-05 | child.born
    """)
    spec.nothing("2026-03-04")
    spec.tasks(
        "2026-03-05",
        """
        step | trigger    | due        | status
        plan | 2026-03-05 | 2026-06-05 | open
        """,
    )


def test_M20b_the_passing_of_a_limit_is_a_trigger_on_the_day_after(spec: Spec) -> None:
    """The step that follows opens on the day after the last day of the limit, if it is not met."""
    spec.law(STAGES, key="challenge")
    spec.facts("""
        day        | kind             | keys
        2026-03-02 | challenge.raised | challenge=a
        2026-03-02 | challenge.raised | challenge=b
        2026-03-09 | challenge.answered | challenge=b
    """)
    spec.tasks(
        "2026-03-09",
        """
        step  | keys        | due        | status
        first | challenge=a | 2026-03-09 | open
        first | challenge=b | 2026-03-09 | met
        """,
    )
    spec.tasks(
        "2026-03-10",
        """
        step   | keys        | trigger    | due        | status | flags
        first  | challenge=a | 2026-03-02 | 2026-03-09 | open   | late
        second | challenge=a | 2026-03-10 | 2026-03-13 | open   |
        first  | challenge=b | 2026-03-02 | 2026-03-09 | met    |
        """,
    )


def test_M20c_unless_puts_the_passing_off(spec: Spec) -> None:
    """`unless` true on that day puts the passing off to the day on which it ends."""
    spec.law(STAGES, key="challenge")
    spec.facts("""
        day        | kind               | keys
        2026-03-02 | challenge.raised   | challenge=a
        2026-03-06 | challenge.kept     | challenge=a
        2026-03-17 | challenge.released | challenge=a
    """)
    spec.tasks(
        "2026-03-16",
        """
        step  | trigger    | due        | status | flags
        first | 2026-03-02 | 2026-03-09 | open   | late
        """,
    )
    spec.tasks(
        "2026-03-17",
        """
        step   | trigger    | due        | status | flags
        first  | 2026-03-02 | 2026-03-09 | open   | late
        second | 2026-03-17 | 2026-03-20 | open   |
        """,
    )


def test_M20g_a_look_back_reaches_no_further_for_what_opened_the_episode(spec: Spec) -> None:
    """What opened the episode is within a look-back of six months for six months, and no longer."""
    spec.law("""
        opens: [request.made]
        closes:
          - passed: {count: 6, unit: months, from: request.made}
            unless: {happened: request.made, within: {count: 6, unit: months}}
        steps:
          - {id: answer, starts_when: episode_opened, met_by: answer.given}
    """)
    spec.facts("""
        day        | kind
        2026-01-12 | request.made
    """)
    spec.episodes(
        "2026-07-12",
        """
        number | opened     | closed
        1      | 2026-01-12 |
        """,
    )
    spec.episodes(
        "2026-07-13",
        """
        number | opened     | closed
        1      | 2026-01-12 | 2026-07-13
        """,
    )


def test_M20h_an_interval_may_be_as_long_as_the_law_says(spec: Spec) -> None:
    """What passes in seventy-five years from a birth, or forty from a fact, comes about then."""
    spec.law("""
        opens: [matter.opened]
        closes: [{passed: {count: 75, unit: years, from: birth}}]
        steps:
          - {id: sort, starts_when: {passed: {count: 40, unit: years, from: matter.opened}}, met_by: file.sent}
    """)
    spec.facts("""
        day        | kind
        2020-05-04 | child.born
        2026-03-02 | matter.opened
    """)
    spec.tasks("2066-03-03", "step | opens\nsort | 2066-03-03")
    spec.episodes("2095-05-04", "number | closed\n1 | 2095-05-04")


LADDER = """
    opens: [challenge.raised]
    steps:
      - id: first
        starts_when: episode_opened
        begins: {state: rung, is: 1}
        while: {state: rung, is: 1}
        met_by: challenge.answered
        limits: [{count: 5, unit: working_days}]
      - id: second
        starts_when: {passed: first}
        begins: {state: rung, is: 2}
        while: {state: rung, is: 2}
        met_by: challenge.answered
        limits: [{count: 5, unit: working_days}]
"""


def test_M20i_what_passed_and_was_overtaken_was_missed(spec: Spec) -> None:
    """What its own passing has overtaken was not done in time: it counts as missed."""
    spec.law(LADDER, key="challenge")
    spec.facts("""
        day        | kind             | keys
        2026-03-02 | challenge.raised | challenge=x
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | opens      | ended      | status
        first  | 2026-03-02 | 2026-03-10 | missed
        second | 2026-03-10 |            | open
        """,
    )


def test_M41e_giving_up_does_not_stop_what_follows_from_no_answer(spec: Spec) -> None:
    """Given up, a task is still not done by its last day: what its passing starts comes all the same."""
    spec.law(LADDER, key="challenge")
    spec.facts("""
        day        | kind             | keys        | fields
        2026-03-02 | challenge.raised | challenge=x |
        2026-03-04 | task.given_up    |             | task=first; reason=no view; decided_by=manager
    """)
    spec.tasks("2026-03-09", "step | ended | status\nfirst | 2026-03-04 | missed")
    spec.tasks(
        "2026-03-10",
        """
        step   | opens      | due        | status
        first  | 2026-03-02 | 2026-03-09 | missed
        second | 2026-03-10 | 2026-03-17 | open
        """,
    )


def test_M20d_an_interval_passed_closes(spec: Spec) -> None:
    """The passing of an interval closes an episode as an event does, on the day after its last."""
    spec.law("""
        opens: [matter.opened]
        closes: [{passed: {count: 6, unit: weeks, from: matter.opened}}]
        steps: [{id: answer, starts_when: episode_opened, met_by: answer.given}]
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
    """)
    spec.episodes(
        "2026-04-13",
        """
        number | opened     | closed
        1      | 2026-03-02 |
        """,
    )
    spec.tasks(
        "2026-04-14",
        """
        step   | ended      | status
        answer | 2026-04-14 | not_needed
        """,
    )


def test_M20e_a_settled_row_stays_right_overnight(spec: Spec) -> None:
    """What was worked out on a day answers for every later day until a fact changes it."""
    spec.law(STAGES, key="challenge")
    spec.facts("""
        day        | kind             | keys
        2026-03-02 | challenge.raised | challenge=a
    """)
    spec.stays_right("2026-03-02", "2026-03-09", "2026-03-10", "2026-03-13", "2026-03-16")


def test_M18c_an_unknown_receipt_is_deemed_and_marked(spec: Spec) -> None:
    """Where the receipt is not known the authority's deemed rule stands in, and is marked."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: window
            window: true
            starts_when: minutes.sent
            each: recipients
            same: [meeting, recipient]
            limits:
              - {count: 5, unit: working_days, anchor: minutes.received, deemed: setting.deemed_receipt}
    """)
    spec.settings(deemed_receipt=2)
    spec.facts("""
        day        | kind             | keys                        | fields
        2026-03-02 | matter.opened    |                             |
        2026-03-02 | minutes.sent     | meeting=m                   | recipients=[mother, father]
        2026-03-03 | minutes.received | meeting=m; recipient=mother |
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | each   | due        | deemed | status
        window | mother | 2026-03-10 |        | open
        window | father | 2026-03-11 | yes    | open
        """,
    )


def test_M20f_a_birthday_that_the_year_does_not_have(spec: Spec) -> None:
    """Who was born on 29 February reaches an age in years on 1 March of a year that has no 29th."""
    spec.law("""
        opens: [{passed: {count: 16, unit: years, from: birth}}]
        closes: [{passed: {count: 18, unit: years, from: birth}}]
        steps: [{id: plan, starts_when: episode_opened, met_by: file.sent,
                 limits: [{count: 3, unit: months}]}]
    """)
    spec.facts("""
        day        | kind
        2008-02-29 | child.born
    """)
    spec.nothing("2024-02-28")
    spec.tasks("2026-02-28", "step | trigger | status\nplan | 2024-02-29 | open")
    spec.tasks("2026-03-01", "step | ended | status\nplan | 2026-03-01 | not_needed")
