"""M1 to M4: events, states, what is known and when."""

from tests.spec.specs import Spec

ANSWER = """
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""


def test_M1a_on_the_day_of_change_the_new_state_holds(spec: Spec) -> None:
    """A state holds from a day until the next change, and on the day of change the new one holds."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            only_if: {state: legal_status, is: care_order}
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind             | outcome
        2026-02-02 | matter.opened    |
        2026-02-02 | order.made       | interim
        2026-03-02 | request.made     |
        2026-03-02 | order.made       | care_order
        2026-03-04 | answer.given     |
        2026-03-09 | order.discharged |
        2026-03-09 | request.made     |
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | trigger    | met        | status
        answer | 2026-03-02 | 2026-03-04 | met
        answer | 2026-03-09 |            | does_not_apply
        """,
    )


def test_M1b_unknown_is_not_no(spec: Spec) -> None:
    """What nobody recorded is unknown: the task is raised and says what is missing."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            only_if: {state: legal_status, is: care_order}
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | due        | status | flags       | missing
        answer | 2026-03-02 | 2026-03-09 | open   | cannot tell | legal_status
        """,
    )


def test_M1c_a_state_may_be_declared_to_be_no_until_recorded(spec: Spec) -> None:
    """Where a state is declared absent until recorded, nothing recorded is a no."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - {id: answer, starts_when: request.made, only_if: {state: looked_after}, met_by: answer.given}
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | status         | flags
        answer | 2026-03-02 | does_not_apply |
        """,
    )


def test_M1d_a_computed_trigger_may_begin_a_state(spec: Spec) -> None:
    """A step that opens because a limit passed may begin a state, from that day on."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: first
            starts_when: episode_opened
            met_by: {event: answer.given, stage: 1}
            limits: [{count: 5, unit: working_days}]
          - id: second
            starts_when: {passed: first}
            begins: {state: stage_reached, is: 2}
            met_by: {event: answer.given, stage: 2}
          - id: told
            starts_when: notice.given
            only_if: {state: stage_reached, is: 2}
            met_by: file.sent
    """)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-10 | notice.given
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | trigger    | status | flags
        first  | 2026-03-02 | open   | late
        second | 2026-03-10 | open   |
        told   | 2026-03-10 | open   |
        """,
    )


def test_M1e_a_state_ends_on_the_day_that_its_event_names(spec: Spec) -> None:
    """A state begun until a day holds to the day before it."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            only_if: {state: on_plan}
            same: [matter]
            met_by: answer.given
    """)
    spec.facts("""
        day        | kind          | until      | keys
        2026-03-02 | matter.opened |            |
        2026-03-02 | plan.began    | 2026-03-09 | plan=p
        2026-03-08 | request.made  |            | matter=a
        2026-03-09 | request.made  |            | matter=b
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | keys     | status
        answer | matter=a | open
        answer | matter=b | does_not_apply
        """,
    )


def test_M2a_an_event_timed_before_the_trigger_does_not_meet(spec: Spec) -> None:
    """Within a day, an event timed before the event that opened the task does not meet it."""
    spec.law(ANSWER)
    spec.facts("""
        day        | time  | kind
        2026-03-02 |       | matter.opened
        2026-03-02 | 14:00 | request.made
        2026-03-02 | 09:30 | answer.given
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | met | status
        answer | 2026-03-02 |     | open
        """,
    )
    spec.facts("""
        id    | day        | time  | kind
        later | 2026-03-02 | 14:30 | answer.given
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | met        | met by | status
        answer | 2026-03-02 | 2026-03-02 | later  | met
        """,
    )


def test_M2b_the_grain_is_the_day(spec: Spec) -> None:
    """Where either time is not known, an event of the same day meets."""
    spec.law(ANSWER)
    spec.facts("""
        day        | time  | kind
        2026-03-02 |       | matter.opened
        2026-03-02 | 14:00 | request.made
        2026-03-02 |       | answer.given
    """)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger    | met        | status
        answer | 2026-03-02 | 2026-03-02 | met
        """,
    )


def test_M3a_a_corrected_entry_has_its_corrected_values(spec: Spec) -> None:
    """A corrected entry has the values of its correction, its day among them."""
    spec.law(ANSWER)
    spec.facts("""
        id  | day        | kind          | corrects
        m   | 2026-03-02 | matter.opened |
        r   | 2026-03-02 | request.made  |
        fix | 2026-03-04 | request.made  | r
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | due        | status | trigger facts
        answer | 2026-03-04 | 2026-03-11 | open   | r
        """,
    )


def test_M3b_a_withdrawn_entry_is_gone(spec: Spec) -> None:
    """What was withdrawn has not happened."""
    spec.law(ANSWER)
    spec.facts("""
        id   | day        | kind          | withdraws
        m    | 2026-03-02 | matter.opened |
        r    | 2026-03-02 | request.made  |
        gone | 2026-03-02 | request.made  | r
    """)
    spec.nothing("2026-03-05")


def test_M3c_a_withdrawn_correction_no_longer_stands(spec: Spec) -> None:
    """The values are those of the latest correction that stands; with none, the first ones."""
    spec.law(ANSWER)
    spec.facts("""
        id   | day        | kind          | corrects | withdraws
        m    | 2026-03-02 | matter.opened |          |
        r    | 2026-03-02 | request.made  |          |
        fix  | 2026-03-04 | request.made  | r        |
        gone | 2026-03-04 | request.made  |          | fix
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | due        | status
        answer | 2026-03-02 | 2026-03-09 | open
        """,
    )


def test_M3d_a_correction_keeps_the_entrys_identity(spec: Spec) -> None:
    """A correction keeps the identity of what it corrects, so the task keeps its key."""
    spec.law(ANSWER)
    spec.facts("""
        id  | day        | kind          | corrects | recorded
        m   | 2026-03-02 | matter.opened |          | 2026-03-02
        r   | 2026-03-02 | request.made  |          | 2026-03-02
        fix | 2026-03-03 | request.made  | r        | 2026-03-06
    """)
    spec.holds(
        "Known before the correction and after it, the task has one key.",
        lambda it: (
            it.task("answer", "2026-03-09", "2026-03-05").key == it.task("answer", "2026-03-09").key
        ),
    )


def test_M3e_the_order_of_recording_changes_nothing(spec: Spec) -> None:
    """Facts recorded in another order give the same tasks."""
    spec.law(ANSWER)
    spec.facts("""
        day        | kind          | outcome
        2026-03-02 | matter.opened |
        2026-03-03 | request.made  | urgent
        2026-03-04 | request.made  | ordinary
        2026-03-05 | answer.given  | agreed
        2026-03-09 | request.made  | ordinary
    """)
    spec.tasks(
        "2026-03-10",
        """
        step   | trigger    | due        | met        | status
        answer | 2026-03-03 | 2026-03-10 | 2026-03-05 | met
        answer | 2026-03-09 | 2026-03-16 |            | open
        """,
    )
    spec.same_whatever_the_order("2026-03-10")


def test_M3f_of_two_corrections_the_one_recorded_later_stands(spec: Spec) -> None:
    """Of two corrections of one entry the one recorded later stands, whatever their days."""
    spec.law(ANSWER)
    spec.facts("""
        id     | day        | kind          | corrects
        m      | 2026-03-02 | matter.opened |
        r      | 2026-03-03 | request.made  |
        second | 2026-03-05 | request.made  | r
        third  | 2026-03-04 | request.made  | r
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | trigger    | due        | status
        answer | 2026-03-04 | 2026-03-11 | open
        """,
    )


def test_M3g_of_two_delays_the_one_recorded_last_gives_the_date(spec: Spec) -> None:
    """Of two delays of one task the one recorded last gives the date, and both are shown."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
            delay: {reasons: [illness, holidays]}
    """)
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  |
        2026-03-05 | delay.agreed  | task=answer; new_date=2026-03-20; reason=holidays
        2026-03-04 | delay.agreed  | task=answer; new_date=2026-03-16; reason=illness
    """)
    spec.tasks(
        "2026-03-06",
        """
        step   | first due  | due        | status | flags   | delays
        answer | 2026-03-09 | 2026-03-16 | open   | delayed | 2026-03-20 holidays, 2026-03-16 illness
        """,
    )


def test_M4a_what_happens_later_has_not_happened(spec: Spec) -> None:
    """As of a day, what happens later has not happened, even if it is recorded already."""
    spec.law(ANSWER)
    spec.facts("""
        day        | kind
        2026-03-02 | matter.opened
        2026-03-02 | request.made
        2026-03-05 | answer.given
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | met | status
        answer |     | open
        """,
    )
    spec.tasks(
        "2026-03-05",
        """
        step   | met        | status
        answer | 2026-03-05 | met
        """,
    )


def test_M4b_plans_for_later_are_known(spec: Spec) -> None:
    """A plan made by the day asked about is known, though what it plans has not happened."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: hold
            starts_when: request.accepted
            met_by: meeting.held
            meeting: meeting
            limits: [{count: 15, unit: working_days}]
          - id: papers
            starts_when: request.accepted
            met_by: file.sent
            limits: [{count: 5, unit: working_days, before: meeting.planned}]
    """)
    spec.facts("""
        day        | kind             | keys      | fields
        2026-03-02 | matter.opened    |           |
        2026-03-02 | request.accepted |           |
        2026-03-03 | meeting.arranged | meeting=m | planned_on=2026-03-19
    """)
    spec.tasks(
        "2026-03-04",
        """
        step   | due        | planned    | status
        hold   | 2026-03-23 | 2026-03-19 | open
        papers | 2026-03-12 | 2026-03-19 | open
        """,
    )


def test_M4c_known_at_is_the_end_of_the_london_day(spec: Spec) -> None:
    """Known on a day is everything recorded by the end of that day in London, and nothing after."""
    spec.law(ANSWER)
    spec.facts("""
        day        | kind          | recorded
        2026-06-01 | matter.opened | 2026-06-01
        2026-06-01 | request.made  | 2026-06-01
        2026-06-02 | answer.given  | 2026-06-05 22:30
        2026-06-03 | request.made  | 2026-06-05 23:30
    """)
    spec.tasks(
        "2026-06-08",
        """
        step   | trigger    | met | status
        answer | 2026-06-01 |     | open
        """,
        known_at="2026-06-04",
    )
    spec.tasks(
        "2026-06-08",
        """
        step   | trigger    | met        | status
        answer | 2026-06-01 | 2026-06-02 | met
        """,
        known_at="2026-06-05",
    )
    spec.tasks(
        "2026-06-08",
        """
        step   | trigger    | met        | status
        answer | 2026-06-01 | 2026-06-02 | met
        answer | 2026-06-03 |            | open
        """,
        known_at="2026-06-06",
    )
