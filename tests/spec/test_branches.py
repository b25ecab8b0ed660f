"""M26 to M29: outcomes, owners, editions, and duties that are held together."""

from tests.spec.specs import Spec

BEGUN = """
    day        | kind
    2026-03-02 | matter.opened
    2026-03-02 | request.made
"""
FIRST_EDITION = """
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        same: [matter]
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""
SECOND_EDITION = FIRST_EDITION.replace("count: 5", "count: 10")
MERGED = """
    opens: [matter.opened]
    steps:
      - id: confer
        starts_when: request.made
        met_by: {event: meeting.held, whole: true}
        meeting: meeting
        merges: [review]
        limits: [{count: 10, unit: working_days}]
      - id: review
        starts_when: request.made
        met_by: {event: review.held, quorate: true}
        meeting: review
        limits: [{count: 15, unit: working_days}]
      - id: papers
        starts_when: request.made
        met_by: file.sent
        limits: [{count: 5, unit: working_days, before: meeting.planned}]
"""


def test_M26a_a_step_starts_on_an_event_with_its_outcome(spec: Spec) -> None:
    """An outcome leads to the step that follows it, and only to that."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - id: decide
            starts_when: request.made
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: file}, refused: {next: tell}, more: {next: [tell, ask]}}
          - {id: file, met_by: file.sent, limits: [{count: 5, unit: working_days}]}
          - {id: tell, met_by: notice.given}
          - {id: ask, met_by: request.accepted}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | outcome
        2026-03-04 | answer.given | agreed
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | due        | status
        decide | 2026-03-02 |            | met
        file   | 2026-03-04 | 2026-03-11 | open
        """,
    )


def test_M26b_an_outcome_may_lead_to_several_steps(spec: Spec) -> None:
    """An outcome may start several steps at once."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: decide
            starts_when: request.made
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: file}, more: {next: [tell, ask]}}
          - {id: file, met_by: file.sent}
          - {id: tell, met_by: notice.given}
          - {id: ask, met_by: request.accepted}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | outcome
        2026-03-04 | answer.given | more
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | status
        decide | 2026-03-02 | met
        tell   | 2026-03-04 | open
        ask    | 2026-03-04 | open
        """,
    )


def test_M26c_an_outcome_may_close_the_episode(spec: Spec) -> None:
    """An outcome that closes ends the episode, and what it starts itself stays."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: decide
            starts_when: request.made
            met_by: answer.given
            outcomes: {agreed: {usual: true, next: file}, refused: {closes: true, next: tell}}
          - {id: file, met_by: file.sent}
          - {id: tell, met_by: notice.given}
          - {id: visit, starts_when: request.made, met_by: visit.made}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        id | day        | kind         | outcome
        no | 2026-03-04 | answer.given | refused
    """)
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | closed     | closed by
        1      | 2026-03-02 | 2026-03-04 | no
        """,
    )
    spec.tasks(
        "2026-03-05",
        """
        step   | met        | status
        decide | 2026-03-04 | met
        tell   |            | open
        visit  |            | not_needed
        """,
    )


def test_M26d_an_outcome_may_lead_to_the_step_itself(spec: Spec) -> None:
    """An outcome that leads to its own step opens the next of it from the event that met the last."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: decide
            starts_when: request.made
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
            outcomes: {more: {next: decide}, agreed: {usual: true, closes: true}}
    """)
    spec.facts(BEGUN)
    spec.facts("""
        id     | day        | kind         | outcome
        first  | 2026-03-04 | answer.given | more
        second | 2026-03-09 | answer.given | more
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | trigger    | due        | met        | met by | status | notes
        decide | 2026-03-02 | 2026-03-09 | 2026-03-04 | first  | met    |
        decide | 2026-03-04 | 2026-03-11 | 2026-03-09 | second | met    |
        decide | 2026-03-09 | 2026-03-16 |            |        | open   |
        """,
    )


def test_M27a_the_owner_is_asked_on_the_day(spec: Spec) -> None:
    """A role may depend on a state, and is asked on the day: a change of state changes the owner."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            owner: {when: {state: at_home}, then: social_worker, otherwise: supervising_social_worker}
            starts_when: request.made
            met_by: answer.given
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind            | keys        | fields
        2026-03-05 | placement.began | placement=x | at_home=yes
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | owner                     | status
        answer | supervising_social_worker | open
        """,
    )
    spec.tasks(
        "2026-03-05",
        """
        step   | owner         | status
        answer | social_worker | open
        """,
    )


def test_M27b_two_owners_each_have_a_task(spec: Spec) -> None:
    """Owed by each of two roles it is two tasks."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: tell
            owner: [chair, iro]
            owners: each
            starts_when: request.made
            met_by: notice.given
    """)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-03",
        """
        step | owner | status
        tell | chair | open
        tell | iro   | open
        """,
    )


def test_M27c_either_of_two_owners_is_one_task(spec: Spec) -> None:
    """Owed by either of two roles it is one task."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: tell, owner: [chair, iro], starts_when: request.made, met_by: notice.given}
    """)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-03",
        """
        step | owner      | status
        tell | chair, iro | open
        """,
    )


def test_M27d_the_owner_may_stand_in_the_trigger(spec: Spec) -> None:
    """An owner by field is the role chosen in what starts the step, another where none was."""
    spec.kinds("""
        kinds:
          work.timetabled:
            title: Work timetabled
            keys: [matter]
            fields: {owed_by: {title: Owed by, type: choice, choices: {legal: Legal, iro: The IRO}}}
    """)
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: work
            owner: {by_field: owed_by, otherwise: social_worker}
            starts_when: work.timetabled
            same: [matter]
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind            | keys     | fields
        2026-03-02 | matter.opened   |          |
        2026-03-02 | work.timetabled | matter=a | owed_by=legal
        2026-03-02 | work.timetabled | matter=b | owed_by=iro
        2026-03-02 | work.timetabled | matter=c |
    """)
    spec.tasks(
        "2026-03-03",
        """
        step | keys     | owner
        work | matter=a | legal
        work | matter=b | iro
        work | matter=c | social_worker
        """,
    )


def test_M27e_an_owner_may_have_several_rows(spec: Spec) -> None:
    """Of several conditional owners the first whose condition holds owes it, else the last."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            owner:
              - {when: {state: tier, is: two}, then: service_manager}
              - {when: {state: at_home}, then: social_worker}
              - {otherwise: team_manager}
            starts_when: request.made
            met_by: answer.given
    """)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind            | keys        | fields      | outcome
        2026-03-04 | placement.began | placement=x | at_home=yes |
        2026-03-06 | tier.moved      |             |             | two
    """)
    for day, owner in (
        ("2026-03-03", "team_manager"),
        ("2026-03-05", "social_worker"),
        ("2026-03-06", "service_manager"),
    ):
        spec.tasks(day, f"step | owner\nanswer | {owner}")


def test_M28a_the_edition_in_force_at_the_trigger_governs(spec: Spec) -> None:
    """A task is governed by the edition in force on the day of its trigger, and keeps it."""
    spec.law(FIRST_EDITION)
    spec.law(SECOND_EDITION, in_force_from="2026-03-04")
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-03 | request.made  | matter=a
        2026-03-04 | request.made  | matter=b
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | keys     | due        | edition
        answer | matter=a | 2026-03-10 | 2020-01-01
        answer | matter=b | 2026-03-18 | 2026-03-04
        """,
    )


def test_M28b_a_running_episode_may_keep_its_edition(spec: Spec) -> None:
    """With `transition: episode` an episode that is running keeps its edition to its end."""
    spec.law(FIRST_EDITION)
    spec.law("\n    transition: episode" + SECOND_EDITION, in_force_from="2026-03-04")
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-04 | request.made  | matter=b
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | keys     | due        | edition
        answer | matter=b | 2026-03-11 | 2020-01-01
        """,
    )


def test_M28c_open_tasks_may_be_recounted_and_first_dates_stay(spec: Spec) -> None:
    """With `transition: recount` the tasks that are open move to the new edition; first dates stay."""
    spec.law(FIRST_EDITION)
    spec.law("\n    transition: recount" + SECOND_EDITION, in_force_from="2026-03-04")
    spec.facts("""
        day        | kind          | keys
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  | matter=a
        2026-03-02 | request.made  | matter=b
        2026-03-03 | answer.given  | matter=a
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | keys     | first due  | due        | status
        answer | matter=a | 2026-03-09 | 2026-03-09 | met
        answer | matter=b | 2026-03-09 | 2026-03-16 | open
        """,
    )


def test_M28d_a_step_that_is_gone_is_met_as_it_was_or_replaced(spec: Spec) -> None:
    """Recounted, a renamed step goes on under its new name and one with nothing in its place ends."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: answer, starts_when: request.made, met_by: answer.given, limits: [{count: 5, unit: working_days}]}
          - {id: file, starts_when: request.made, met_by: file.sent, limits: [{count: 5, unit: working_days}]}
    """)
    spec.law(
        """
        transition: recount
        opens: [matter.opened]
        ended: {answer: reply, file: null}
        steps:
          - {id: reply, starts_when: request.made, met_by: answer.given, limits: [{count: 10, unit: working_days}]}
        """,
        in_force_from="2026-03-04",
    )
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-05",
        """
        step  | trigger    | first due  | due        | status
        reply | 2026-03-02 | 2026-03-09 | 2026-03-16 | open
        file  | 2026-03-02 | 2026-03-09 | 2026-03-09 | not_needed
        """,
    )


def test_M29a_paired_limits_on_one_duty_are_one_task(spec: Spec) -> None:
    """Two limits on one duty, a date of the trigger's and a count, are one task due by the earlier."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: answer.given
            limits:
              - {by_field: reply_on}
              - {count: 5, unit: working_days}
    """)
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  | reply_on=2026-03-06
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | due        | limits                           | status
        answer | 2026-03-06 | must 2026-03-06, must 2026-03-09 | open
        """,
    )


def test_M29b_a_merged_meeting_is_one_arrangement_for_both(spec: Spec) -> None:
    """What is arranged for one of two merged meetings is the plan of both."""
    spec.law(MERGED)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-13
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | due        | planned
        confer | 2026-03-16 | 2026-03-13
        review | 2026-03-23 | 2026-03-13
        papers | 2026-03-06 | 2026-03-13
        """,
    )


def test_M29c_one_occasion_has_an_entry_and_an_outcome_of_each_kind(spec: Spec) -> None:
    """A merged meeting is two entries: one that does not qualify does not spoil the other."""
    spec.law(MERGED)
    spec.facts(BEGUN)
    spec.facts("""
        id | day        | kind             | keys      | fields
        p  | 2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-20
        c  | 2026-03-20 | meeting.held     | meeting=m | whole=no
        r  | 2026-03-20 | review.held      | meeting=m | quorate=yes
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | met        | status | flags
        confer | 2026-03-16 |            | open   | late
        review | 2026-03-23 | 2026-03-20 | met    |
        """,
        of="confer review",
    )


GATED = """
    opens: [matter.opened]
    steps:
      - id: confirm
        starts_when: request.made
        met_by: request.accepted
        gates: [file.sent]
      - {id: file, starts_when: request.made, met_by: file.sent}
"""


def test_M30a_what_is_forbidden_is_recorded_and_the_breach_shows(spec: Spec) -> None:
    """An act that happened before its gate was met counts as having happened, and is a breach."""
    spec.law(GATED)
    spec.facts(BEGUN)
    spec.facts("""
        id   | day        | kind
        sent | 2026-03-04 | file.sent
    """)
    spec.tasks(
        "2026-03-05",
        """
        step    | met        | status
        confirm |            | open
        file    | 2026-03-04 | met
        """,
    )
    spec.episodes(
        "2026-03-05",
        """
        number | opened     | breaches
        1      | 2026-03-02 | sent before confirm
        """,
    )


def test_M30b_what_is_done_here_is_refused_until_its_gate_is_met(spec: Spec) -> None:
    """An act done through Caseward is refused, naming the gate, until the gate is met."""
    spec.law(GATED)
    spec.facts(BEGUN)
    spec.refused("2026-03-03", "file.sent", "confirm")
    spec.allowed("2026-03-03", "notice.given")
    spec.facts("""
        day        | kind
        2026-03-04 | request.accepted
    """)
    spec.allowed("2026-03-04", "file.sent")
