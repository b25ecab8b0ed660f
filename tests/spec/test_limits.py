"""M22 to M25: limits and how strongly they bind, delays, first dates, and what is waited for."""

from tests.spec.specs import Spec

ANSWER = """
    opens: [matter.opened]
    closes: [matter.closed]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""
BEGUN = """
    day        | kind
    2026-03-02 | matter.opened
    2026-03-02 | request.made
"""


def step_with(limits: str) -> str:
    """Return a law of one step with the limits."""
    return f"""
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits:
{limits}"""


def test_M22a_the_earliest_of_law_and_must_is_due(spec: Spec) -> None:
    """Of several limits the earliest of those of law and must is the due date."""
    spec.law(
        step_with("""\
          - {count: 10, unit: working_days, force: law}
          - {count: 5, unit: working_days, force: must}
          - {count: 2, unit: working_days, force: usual}
          - {count: 1, unit: working_days, force: where_possible}
    """)
    )
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-02",
        """
        step   | due        | expected   | limits
        answer | 2026-03-09 | 2026-03-09 | law 2026-03-16, must 2026-03-09, usual 2026-03-04, where_possible 2026-03-03
        """,
    )


def test_M22b_without_a_binding_limit_the_usual_time_is_expected_and_never_late(
    spec: Spec,
) -> None:
    """A usual time gives the day expected; past it the task is behind the usual time, never late."""
    spec.law(step_with("          - {count: 5, unit: working_days, force: usual}\n"))
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-09",
        """
        step   | due | expected   | status | flags
        answer |     | 2026-03-09 | open   |
        """,
    )
    spec.tasks(
        "2026-03-10",
        """
        step   | due | expected   | status | flags
        answer |     | 2026-03-09 | open   | behind usual
        """,
    )


def test_M22c_what_is_asked_where_possible_is_never_late(spec: Spec) -> None:
    """What is asked where possible gives no due date: past it, it is behind, and not late."""
    spec.law(step_with("          - {count: 5, unit: working_days, force: where_possible}\n"))
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-20",
        """
        step   | due | expected | limits                    | status | flags
        answer |     |          | where_possible 2026-03-09 | open   | behind usual
        """,
    )


def test_M22g_best_practice_is_shown_and_is_never_a_defect(spec: Spec) -> None:
    """Best practice is shown beside the dates, and past it nothing is late or behind."""
    spec.law(step_with("          - {count: 5, unit: working_days, force: best_practice}\n"))
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-20",
        """
        step   | due | expected | limits                   | status | flags
        answer |     |          | best_practice 2026-03-09 | open   |
        """,
    )


def test_M22d_a_limit_may_be_a_date_that_the_trigger_names(spec: Spec) -> None:
    """With `by_field` the due date is the date that the trigger itself names."""
    spec.law(step_with("          - {by_field: reply_on}\n"))
    spec.facts("""
        day        | kind          | fields
        2026-03-02 | matter.opened |
        2026-03-02 | request.made  | reply_on=2026-03-14
    """)
    spec.tasks(
        "2026-03-15",
        """
        step   | due        | status | flags
        answer | 2026-03-14 | open   | late
        """,
    )


def test_M22e_lateness_says_against_which_limit(spec: Spec) -> None:
    """A task late by the local limit and not by the law's says so, and until when the law allows."""
    spec.law(
        step_with("""\
          - {id: ours, count: 5, unit: working_days, force: must}
          - {id: theirs, count: 10, unit: working_days, force: law}
    """)
    )
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-16",
        """
        step   | due        | flags | late against
        answer | 2026-03-09 | late  | must:ours
        """,
    )
    spec.tasks(
        "2026-03-17",
        """
        step   | due        | flags | late against
        answer | 2026-03-09 | late  | must:ours, law:theirs
        """,
    )


def test_M22f_a_limit_may_count_only_while_something_is_true(spec: Spec) -> None:
    """A limit with `when` counts only where its condition is true."""
    spec.law(
        step_with("""\
          - {count: 1, unit: working_days, when: {state: at_home}}
          - {count: 5, unit: working_days}
    """)
    )
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-02",
        """
        step   | due        | limits
        answer | 2026-03-09 | must 2026-03-09
        """,
    )


def test_M23a_a_delay_moves_the_date_and_keeps_the_first(spec: Spec) -> None:
    """An agreed delay moves the due date to the new one, keeps the first, and shows apart from lateness."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | fields
        2026-03-05 | delay.agreed | task=answer; new_date=2026-03-16; reason=holidays; agreed_by=iro
    """)
    spec.tasks(
        "2026-03-12",
        """
        step   | first due  | due        | status | flags   | delays
        answer | 2026-03-09 | 2026-03-16 | open   | delayed | 2026-03-16 holidays
        """,
    )
    spec.tasks(
        "2026-03-17",
        """
        step   | first due  | due        | status | flags
        answer | 2026-03-09 | 2026-03-16 | open   | late, delayed
        """,
    )


def test_M23b_a_delay_agreed_too_late_does_not_undo_the_days_already_late(spec: Spec) -> None:
    """A delay agreed after the date had passed moves the date and leaves the days already late."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | fields
        2026-03-12 | delay.agreed | task=answer; new_date=2026-03-20; reason=holidays; agreed_by=iro
    """)
    spec.tasks(
        "2026-03-16",
        """
        step   | first due  | due        | status | flags   | already late
        answer | 2026-03-09 | 2026-03-20 | open   | delayed | 2026-03-10–2026-03-11
        """,
    )


def test_M23c_a_delay_never_moves_the_laws_limit(spec: Spec) -> None:
    """A delay moves the authority's own limit, never the law's, which then is what is due."""
    spec.law(
        step_with("""\
          - {count: 5, unit: working_days, force: must}
          - {count: 10, unit: working_days, force: law}
    """)
    )
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | fields
        2026-03-05 | delay.agreed | task=answer; new_date=2026-03-20; reason=holidays; agreed_by=iro
    """)
    spec.tasks(
        "2026-03-12",
        """
        step   | first due  | due        | limits
        answer | 2026-03-09 | 2026-03-16 | must 2026-03-20, law 2026-03-16
        """,
    )


def test_M24a_slippage_counts_from_the_first_date_in_days_and_working_days(spec: Spec) -> None:
    """Slippage is the days past the first due date, calendar and working, until the task is met."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind         | fields
        2026-03-05 | delay.agreed | task=answer; new_date=2026-03-20; reason=holidays; agreed_by=iro
    """)
    spec.tasks(
        "2026-03-09",
        """
        step   | first due  | slip
        answer | 2026-03-09 | 0 (0)
        """,
    )
    spec.tasks(
        "2026-03-16",
        """
        step   | first due  | slip
        answer | 2026-03-09 | 7 (5)
        """,
    )
    spec.facts("""
        day        | kind
        2026-03-18 | answer.given
    """)
    spec.tasks(
        "2026-03-30",
        """
        step   | first due  | met        | status | flags   | slip
        answer | 2026-03-09 | 2026-03-18 | met    | delayed | 9 (7)
        """,
    )


def test_M24b_slippage_ends_with_the_episode(spec: Spec) -> None:
    """Slippage of what was never done stops on the day the episode closed."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind
        2026-03-13 | matter.closed
    """)
    spec.tasks(
        "2026-03-30",
        """
        step   | first due  | status     | slip
        answer | 2026-03-09 | not_needed | 4 (4)
        """,
    )


def test_M24c_a_corrected_trigger_recounts_both_dates(spec: Spec) -> None:
    """A corrected trigger recounts the first due date and the due date, unlike a delay."""
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
        step   | first due  | due
        answer | 2026-03-11 | 2026-03-11
        """,
    )


def test_M24d_a_new_day_off_recounts_both_dates(spec: Spec) -> None:
    """A closure day declared since recounts the first due date and the due date."""
    spec.law(ANSWER)
    spec.closed_on("2026-03-05")
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-05",
        """
        step   | first due  | due
        answer | 2026-03-10 | 2026-03-10
        """,
    )


def test_M24e_late_is_after_the_due_date(spec: Spec) -> None:
    """A task is late after its due date, by the days since."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-12",
        """
        step   | due        | flags | days late
        answer | 2026-03-09 | late  | 3
        """,
    )


def test_M25a_what_it_waits_for_is_shown_and_does_not_stop_the_clock(spec: Spec) -> None:
    """`needs` shows what a task waits for until that is there; the clock runs on."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            needs: [file.sent]
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
    """)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-10",
        """
        step   | due        | status | flags | needs
        answer | 2026-03-09 | open   | late  | file.sent
        """,
    )
    spec.facts("""
        day        | kind
        2026-03-11 | file.sent
    """)
    spec.tasks(
        "2026-03-11",
        """
        step   | due        | status | flags | needs
        answer | 2026-03-09 | open   | late  | file.sent 2026-03-11
        """,
    )
