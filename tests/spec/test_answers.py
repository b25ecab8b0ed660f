"""M33 to M39: status, receipts, what a task is known by, and whose record is read."""

from tests.spec.specs import Spec

ANSWER = """
    opens: [matter.opened]
    steps:
      - id: answer
        starts_when: request.made
        met_by: answer.given
        limits: [{count: 5, unit: working_days}]
"""
BEGUN = """
    id | day        | kind
    m  | 2026-03-02 | matter.opened
    r  | 2026-03-02 | request.made
"""


def test_M33a_due_today_is_not_late(spec: Spec) -> None:
    """The whole of the due day is in time."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-09",
        """
        step   | due        | status | flags | days late
        answer | 2026-03-09 | open   |       | 0
        """,
    )


def test_M33b_met_after_the_due_day_was_met_late(spec: Spec) -> None:
    """A task met after its due day is met, and was met late."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind
        2026-03-10 | answer.given
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | due        | met        | status | flags
        answer | 2026-03-09 | 2026-03-10 | met    | met late
        """,
    )


def test_M33c_what_ended_is_not_late(spec: Spec) -> None:
    """A task that is no longer needed is not late, though its due day has passed."""
    spec.law(ANSWER.replace("steps:", "closes: [matter.closed]\n    steps:"))
    spec.facts(BEGUN)
    spec.facts("""
        day        | kind
        2026-03-12 | matter.closed
    """)
    spec.tasks(
        "2026-03-11",
        """
        step   | status | flags
        answer | open   | late
        """,
    )
    spec.tasks(
        "2026-03-20",
        """
        step   | status     | flags
        answer | not_needed |
        """,
    )


def test_M34a_a_receipt_names_what_a_date_came_from(spec: Spec) -> None:
    """A task carries the ids of its trigger, step and edition, and the version of the calendar."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    spec.tasks(
        "2026-03-03",
        """
        step   | trigger facts | edition
        answer | r             | 2020-01-01
        """,
    )
    spec.holds(
        "The receipt names the calendar's version and the edition's fingerprint.",
        lambda it: (
            (
                it.task("answer", "2026-03-03").receipt.calendar_version,
                it.task("answer", "2026-03-03").receipt.edition_fingerprint,
            )
            == (
                it.rulebook.calendar.version,
                it.rulebook.procedures[0].editions[0].fingerprint,
            )
        ),
    )


def test_M34b_the_words_and_the_days_skipped_are_made_when_asked(spec: Spec) -> None:
    """Asked how a date was worked out, the receipt gives the words and the days that did not count."""
    spec.law(ANSWER)
    spec.facts("""
        day        | kind
        2026-04-01 | matter.opened
        2026-04-01 | request.made
    """)
    spec.explained(
        "answer",
        "2026-04-01",
        """
        day        | why
        2026-04-03 | Good Friday
        2026-04-04 | Saturday
        2026-04-05 | Sunday
        2026-04-06 | Easter Monday
        """,
        words="5 working days from Request made on Wed 1 April 2026: by Fri 10 April 2026",
    )


def test_M36a_what_would_change_is_the_difference_by_task(spec: Spec) -> None:
    """What recording a fact would open, take away and change is told task by task."""
    spec.law("""
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: answer, starts_when: request.made, met_by: answer.given}
          - {id: file, starts_when: answer.given, met_by: file.sent}
          - {id: visit, starts_when: request.made, met_by: visit.made}
    """)
    spec.facts(BEGUN)
    spec.what_if(
        "2026-03-05",
        """
        day        | kind
        2026-03-04 | answer.given
        """,
        """
        change         | step
        opened         | file
        met_on, met_by | answer
        """,
    )
    spec.what_if(
        "2026-03-05",
        """
        day        | kind         | withdraws
        2026-03-02 | request.made | r
        """,
        """
        change | step
        gone   | answer
        gone   | visit
        """,
    )


def test_M36b_a_preview_no_longer_holds_when_its_outcome_would_differ(spec: Spec) -> None:
    """The digest of a preview changes when the outcome would, and only then."""
    spec.law(ANSWER)
    spec.facts(BEGUN)
    answer = """
        id  | day        | kind
        new | 2026-03-04 | answer.given
    """
    digests: list[str] = []

    def has_a_digest(it: Spec) -> bool:
        digests.append(it.difference("2026-03-05", answer).digest)
        return bool(digests[0])

    spec.holds("The preview of an answer on 2026-03-04 has a digest.", has_a_digest)
    spec.facts("""
        day        | kind
        2026-03-05 | visit.made
    """)
    spec.holds(
        "Recording a visit meanwhile, which changes nothing of it, leaves the digest as it was.",
        lambda it: it.difference("2026-03-05", answer).digest == digests[0],
    )
    spec.facts("""
        day        | kind
        2026-03-03 | answer.given
    """)
    spec.holds(
        "Recording an earlier answer meanwhile changes the digest.",
        lambda it: it.difference("2026-03-05", answer).digest != digests[0],
    )


def test_M37a_the_record_of_one_child_alone_is_read(spec: Spec) -> None:
    """What stands on another child's record changes nothing on this one's."""
    spec.law(ANSWER)
    spec.facts("""
        child | day        | kind
        c1    | 2026-03-02 | matter.opened
        c2    | 2026-03-02 | request.made
        c1    | 2026-03-03 | request.made
        c2    | 2026-03-04 | answer.given
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | met | status
        answer | 2026-03-03 |     | open
        """,
    )


def test_M38a_a_key_survives_correction_and_other_facts(spec: Spec) -> None:
    """A task keeps its key when its trigger is re-dated and when others open before it."""
    spec.law(ANSWER)
    spec.facts("""
        id    | day        | kind          | corrects | recorded
        m     | 2026-03-02 | matter.opened |          | 2026-03-02
        r     | 2026-03-05 | request.made  |          | 2026-03-05
        early | 2026-03-02 | request.made  |          | 2026-03-10
        done  | 2026-03-03 | answer.given  |          | 2026-03-10
        fix   | 2026-03-06 | request.made  | r        | 2026-03-10
    """)
    spec.tasks(
        "2026-03-11",
        """
        step   | trigger    | met        | status
        answer | 2026-03-02 | 2026-03-03 | met
        answer | 2026-03-06 |            | open
        """,
    )
    spec.holds(
        "The task of the request r has the key that it had before the others were recorded.",
        lambda it: (
            it.task("answer", "2026-03-11", "2026-03-06").key
            in {task.key for task in it.evaluate("2026-03-11").tasks if task.met_on is None}
        ),
    )


def test_M38b_a_computed_triggers_key_is_what_it_was_computed_from(spec: Spec) -> None:
    """A task opened by a limit that passed keeps its key when the limit's trigger is re-dated."""
    spec.law("""
        opens: [matter.opened]
        steps:
          - id: answer
            starts_when: request.made
            met_by: answer.given
            limits: [{count: 5, unit: working_days}]
          - {id: chase, starts_when: {passed: answer}, met_by: notice.given}
    """)
    spec.facts("""
        id  | day        | kind          | corrects | recorded
        m   | 2026-03-02 | matter.opened |          | 2026-03-02
        r   | 2026-03-02 | request.made  |          | 2026-03-02
        fix | 2026-03-03 | request.made  | r        | 2026-03-20
    """)
    spec.tasks(
        "2026-03-20",
        """
        step   | trigger
        answer | 2026-03-03
        chase  | 2026-03-11
        """,
    )
    spec.holds(
        "Before and after the correction the second task has one key.",
        lambda it: (
            it.task("chase", "2026-03-20", "2026-03-19").key == it.task("chase", "2026-03-20").key
        ),
    )


def test_M38c_the_key_of_all_is_made_of_all_its_entries(spec: Spec) -> None:
    """The key of a task that several facts opened is made of all of them."""
    spec.law("""
        opens: [plan.began]
        steps:
          - id: answer
            starts_when: {all: [request.made, request.accepted]}
            same: [matter]
            met_by: answer.given
    """)
    spec.facts("""
        id | day        | kind             | keys
        p  | 2026-03-02 | plan.began       | plan=p
        r  | 2026-03-03 | request.made     | matter=a
        a  | 2026-03-04 | request.accepted | matter=a
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | trigger facts | status
        answer | 2026-03-04 | r, a          | open
        """,
    )


def test_M38d_what_pointed_at_a_withdrawn_trigger_says_so(spec: Spec) -> None:
    """If a task's trigger is withdrawn, what spoke of the task is said to no longer arise."""
    spec.law(ANSWER)
    spec.facts("""
        id    | day        | kind          | withdraws | fields
        m     | 2026-03-02 | matter.opened |           |
        r     | 2026-03-02 | request.made  |           |
        delay | 2026-03-04 | delay.agreed  |           | task=answer; new_date=2026-03-16; reason=illness
        gone  | 2026-03-02 | request.made  | r         |
    """)
    spec.nothing("2026-03-05")
    spec.holds(
        "The delay is named among what no longer arises.",
        lambda it: it.evaluate("2026-03-05").no_longer_arise == ("delay",),
    )


def test_M39a_joined_records_are_read_as_one(spec: Spec) -> None:
    """Two records of one child that are joined are read as one."""
    spec.law(ANSWER)
    spec.joined("c2")
    spec.facts("""
        child | day        | kind
        c1    | 2026-03-02 | matter.opened
        c2    | 2026-03-03 | request.made
        c2    | 2026-03-04 | answer.given
    """)
    spec.tasks(
        "2026-03-05",
        """
        step   | trigger    | met        | status
        answer | 2026-03-03 | 2026-03-04 | met
        """,
    )
