"""What the person is told when recording: refused, or asked to look twice."""

from datetime import date, time
from typing import Any

import pytest

from caseward.rules.facts import checks, reading, record
from caseward.rules.facts.entries import Entry
from tests.builders.facts import CHILD, an_entry

TODAY = date(2025, 12, 4)
VOCABULARY = reading.read_vocabulary(
    {
        "kinds.yaml": """
kinds:
  child.born: {title: Birth}
  birth.expected: {title: Expected birth, plans: true}
  child.died: {title: Death of the child}
  record.closed: {title: Record closed}
  record.reopened: {title: Record opened again}
  death.notified: {title: Death notified, after_death: true}
  plan.ended: {title: Plan ended, recorded_by: [conference_chair, iro_service_manager]}
  meeting.arranged:
    title: Meeting arranged
    plans: true
    keys: [meeting]
    fields: {planned_on: {title: Planned day, type: date, required: true}}
  visit.made:
    title: Visit
    before_birth: false
    keys: [placement]
    contradicts:
      - {fields: {seen: "no", manner: planned}, says: Seen or not seen - which is right?}
    fields:
      seen: {title: Child seen, type: yes_no}
      place: {title: Where}
      next_on: {title: Next visit, type: date}
      length: {title: Minutes, type: number}
      people: {title: People seen, type: names}
      started: {title: Started at, type: time}
      manner: {title: Manner, type: choice, choices: {planned: Planned, unplanned: Unplanned}}
  review.held:
    title: Review
    outcomes: {continued: Continued, ended: Ended}
"""
    }
)


def told(draft: Entry, *known: Entry, role: str | None = None) -> list[tuple[str, str, str]]:
    """Return what is told of a draft as kind, field and sentence."""
    found = checks.problems(
        draft,
        record.as_known(known, child=CHILD),
        VOCABULARY,
        today=TODAY,
        proposer_role=role,
    )
    return [(problem.kind, problem.field, problem.sentence) for problem in found]


def a_visit(on: str = "2025-12-01", **said: Any) -> Entry:
    return an_entry("draft", 99, on=on, kind="visit.made", **said)


def test_a_right_draft_is_told_nothing() -> None:
    """Nothing is said of what is right, on the day itself as before."""
    fields = {"seen": "yes", "length": "40", "manner": "planned", "people": ["A", "B"],
              "started": "14:30", "next_on": "2026-01-05", "place": "home"}  # fmt: skip
    assert told(a_visit("2025-12-04", fields=fields)) == []


def test_a_future_day_is_refused() -> None:
    """What has not happened cannot be recorded as having happened."""
    assert told(a_visit("2025-12-05")) == [
        ("refused", "occurred_on",
         "5 December 2025 has not come yet. Record it when it has happened.")
    ]  # fmt: skip


def test_a_plan_names_its_future_day_in_its_field_only() -> None:
    """The day of planning is today or before; the planned day may lie ahead."""
    planned: dict[str, Any] = {"fields": {"planned_on": "2026-01-08"}}
    assert told(an_entry("d", on="2025-12-04", kind="meeting.arranged", **planned)) == []
    assert told(an_entry("d", on="2026-01-08", kind="meeting.arranged", **planned)) == [
        ("refused", "occurred_on",
         ("8 January 2026 has not come yet. The day it is planned for goes in the field for it; "
         "here stands the day on which it was planned."))
    ]  # fmt: skip


def test_before_the_birth_is_refused_where_the_kind_forbids_it() -> None:
    """A visit to the child cannot come before the birth; a meeting can (B2)."""
    born = an_entry("b", on="2025-11-20", kind="child.born")
    assert told(a_visit("2025-11-19"), born) == [
        ("refused", "occurred_on",
         "19 November 2025 is before the child was born, on 20 November 2025.")
    ]  # fmt: skip
    assert told(an_entry("d", on="2025-11-19", kind="review.held", outcome="ended"), born) == []


def test_an_unborn_child_cannot_be_visited() -> None:
    """While the birth is only expected, what needs a born child waits for the birth (B2)."""
    expected = an_entry("x", on="2025-11-20", kind="birth.expected")
    assert told(a_visit(), expected) == [
        ("refused", "occurred_on",
         "“Visit” cannot happen before the birth. Record the birth first.")
    ]  # fmt: skip


def test_an_end_before_the_beginning_is_refused() -> None:
    """A state cannot stop holding before the day from which it held."""
    assert told(a_visit("2025-12-03", until="2025-12-01")) == [
        ("refused", "until",
         "It cannot end on 1 December 2025, before it began (3 December 2025).")
    ]  # fmt: skip


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    """A kind that is not declared cannot be recorded."""
    assert told(an_entry("d", kind="visit.mode")) == [
        ("refused", "kind", "“visit.mode” is not a kind of event. Did you mean “visit.made”?")
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"fields": {"sen": "yes"}}, "“Visit” has no field “sen”. Did you mean “seen”?"),
        ({"keys": {"dispute": "p"}}, "“Visit” does not belong to a “dispute”."),
        ({"fields": {"seen": "perhaps"}}, "“Child seen” is answered by yes or no."),
        ({"fields": {"length": "long"}}, "“Minutes” is a whole number."),
        ({"fields": {"people": "A"}}, "“People seen” is a list of names."),
        ({"fields": {"started": "9"}}, "“9” is not a time of day, like 16:00."),
        ({"fields": {"place": ["a"]}}, "“Where” is a text."),
        ({"fields": {"manner": "x"}},
         "“x” is not a choice of “Manner”. It may be “planned” or “unplanned”."),
        ({"fields": {"next_on": "2026-02-31"}},
         "There is no day 31 in February 2026. Look at the date again."),
        ({"fields": {"next_on": "31/02/2026"}},
         "“31/02/2026” is not a date. Write it as year-month-day, like 2025-12-04."),
        ({"fields": {"next_on": "2026-13-01"}},
         "“2026-13-01” is not a date: the months run from 1 to 12."),
        ({"outcome": "ended"}, "“Visit” has no outcomes. Leave it empty."),
    ],
)  # fmt: skip
def test_what_a_field_cannot_hold_is_refused(said: dict[str, Any], sentence: str) -> None:
    """Each wrong value is refused at its field, by a sentence that says what to write."""
    assert [(kind, text) for kind, _, text in told(a_visit(**said))] == [("refused", sentence)]


def test_a_required_field_must_be_filled_in() -> None:
    """A field that the kind requires is named where it is missing."""
    assert told(an_entry("d", kind="meeting.arranged")) == [
        ("refused", "planned_on", "Fill in “Planned day”.")
    ]


def test_a_year_far_ahead_is_asked_about() -> None:
    """A date far ahead in a field is most often a slip: asked, never refused."""
    assert told(a_visit(fields={"next_on": "2052-01-05"})) == [
        ("confirm", "next_on", "“Next visit” is 5 January 2052. Is the year right?")
    ]


def test_answers_that_cannot_both_be_right_are_asked_about() -> None:
    """A contradiction that the kind declares is a question at the later field, never refused."""
    question = ("confirm", "manner", "Seen or not seen - which is right?")
    assert told(a_visit(fields={"seen": "no", "manner": "planned"})) == [question]
    assert told(a_visit(fields={"seen": "yes", "manner": "planned"})) == []
    assert told(a_visit(fields={"seen": "no", "manner": "unplanned"})) == []
    assert told(a_visit(fields={"seen": "no"})) == []


def test_a_missing_outcome_is_asked_about_and_a_wrong_one_refused() -> None:
    """Imported reviews have no outcome, so that its absence is asked, never refused."""
    assert told(an_entry("d", kind="review.held")) == [
        ("confirm", "outcome",
         ("How did it come out: “Continued” or “Ended”? Without an outcome, nothing that depends "
         "on one starts."))
    ]  # fmt: skip
    assert told(an_entry("d", kind="review.held", outcome="stopped")) == [
        ("refused", "outcome",
         "“stopped” is not an outcome of “Review”. It may be “continued” or “ended”.")
    ]  # fmt: skip


def test_only_the_roles_named_may_record() -> None:
    """A kind that names its recorders is refused from others, and says whom to ask."""
    draft = an_entry("d", kind="plan.ended")
    assert told(draft, role="conference_chair") == []
    assert told(draft) == []
    assert told(draft, role="social_worker") == [
        ("refused", "kind",
         ("“Plan ended” is recorded by conference chair or iro service manager. Ask one of them "
         "to record it."))
    ]  # fmt: skip


def test_after_a_death_the_person_is_asked_never_refused() -> None:
    """A fact after the child's death is asked about, unless its kind belongs there (M30)."""
    died = an_entry("x", on="2025-11-01", kind="child.died")
    assert told(a_visit(), died) == [
        ("confirm", "occurred_on",
         "The child died on 1 November 2025. Record this all the same?")
    ]  # fmt: skip
    assert told(a_visit("2025-10-30"), died) == []
    assert told(an_entry("d", on="2025-11-02", kind="death.notified"), died) == []
    assert told(an_entry("d", on="2025-11-02", kind="child.died", corrects="x"), died) == []


def test_on_a_closed_record_the_person_is_asked_never_refused() -> None:
    """A fact on a closed record is asked about; on one opened again it is not (M30)."""
    closed = an_entry("x", on="2025-11-01", kind="record.closed")
    assert told(a_visit(), closed) == [
        ("confirm", "kind",
         "This record was closed on 1 November 2025. Record this all the same?")
    ]  # fmt: skip
    reopened = an_entry("y", on="2025-11-02", kind="record.reopened")
    assert told(a_visit(), closed, reopened) == []
    assert told(an_entry("d", on="2025-11-02", kind="record.reopened"), closed) == []


def test_a_like_event_already_recorded_is_asked_about() -> None:
    """The same form sent twice is asked about; another time or key makes another event."""
    known = an_entry("e", on="2025-12-01", kind="visit.made", keys={"placement": "p"},
                     time=time(9))  # fmt: skip
    asked = [
        ("confirm", "kind",
         ("“Visit” of 1 December 2025 is on the record already. Did it happen a second time that "
         "day?"))
    ]  # fmt: skip
    assert told(a_visit(), known) == asked
    assert told(a_visit(keys={"placement": "p"}, time=time(9)), known) == asked
    assert told(a_visit(keys={"placement": "q"}), known) == []
    assert told(a_visit(time=time(15)), known) == []
    assert told(a_visit(corrects="e"), known) == []


def test_a_correction_keeps_its_kind_and_names_what_is_there() -> None:
    """A correction of another kind, of nothing, or of what was withdrawn is refused."""
    known = an_entry("e", kind="plan.ended")
    assert told(a_visit(corrects="e"), known) == [
        ("refused", "kind",
         ("A correction keeps what sort of event it is. Withdraw the wrong one and record the "
         "right one."))
    ]  # fmt: skip
    assert told(a_visit(corrects="nothing"), known) == [
        ("refused", "corrects", "The record to correct is not on this child's record.")
    ]
    gone = an_entry("w", 2, kind="plan.ended", withdraws="e")
    assert told(an_entry("d", kind="plan.ended", corrects="e"), known, gone) == [
        ("refused", "corrects",
         "The record was withdrawn, so it cannot be corrected. Record it anew.")
    ]  # fmt: skip


def test_a_withdrawal_names_what_stands() -> None:
    """A withdrawal is taken once, of something on this child's record."""
    known = an_entry("e", kind="plan.ended")
    withdrawal = an_entry("d", kind="plan.ended", withdraws="e")
    assert told(withdrawal, known) == []
    assert told(withdrawal) == [
        ("refused", "withdraws", "The record to withdraw is not on this child's record.")
    ]
    assert told(withdrawal, known, an_entry("w", 2, withdraws="e")) == [
        ("refused", "withdraws", "This record was withdrawn already. Nothing is left to do.")
    ]


def test_refusals_come_before_questions() -> None:
    """Everything is told at once, what is refused first."""
    died = an_entry("x", on="2025-11-01", kind="child.died")
    kinds = [kind for kind, _, _ in told(a_visit(fields={"seen": "?"}), died)]
    assert kinds == ["refused", "confirm"]


@pytest.mark.parametrize("day", ["2226-01-01", "9999-12-31"])
def test_a_day_from_which_nothing_can_be_counted_is_refused(day: str) -> None:
    """The last days that there are stand for “not known”, and no limit can be counted from them."""
    sentence = "is too far ahead. Check the year, or leave an unknown day empty."
    (found,) = told(an_entry("arranged", kind="meeting.arranged", fields={"planned_on": day}))
    assert found[:2] == ("refused", "planned_on")
    assert found[2].endswith(sentence)
    (found,) = told(an_entry("made", until=day))
    assert found[:2] == ("refused", "until")
