"""What is made from an evaluation: words, forecasts, differences, refusals."""

from datetime import date

from caseward.rules.engine import explain, gates, reference, status, what_if
from caseward.rules.engine.reference import forecast
from caseward.rules.engine.tasks import Evaluation, Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from tests.law import shelf

REVIEW_ON = date(2025, 12, 4)
CHAIN = (
    ("review", "looked_after_review.held", "discharge_supported"),
    ("ratified", "review_decision.ratified", None),
)


def a_record(*more: tuple[str, str, str], days: tuple[str, ...] = ()) -> Record:
    """Return a record that begins with a review that supports discharge, ratified that day."""
    rows = [(entry_id, kind, outcome, REVIEW_ON) for entry_id, kind, outcome in CHAIN]
    rows += [
        (entry_id, kind, outcome or None, date.fromisoformat(day))
        for (entry_id, kind, outcome), day in zip(more, days, strict=True)
    ]
    entries = [
        Entry(
            entry_id=entry_id,
            child="c",
            kind=kind,
            occurred_on=day,
            position=number,
            outcome=outcome,
            fields={"reasons": "made up"},
        )
        for number, (entry_id, kind, outcome, day) in enumerate(rows, start=1)
    ]
    return records.as_known(entries, child="c")


def evaluate(record: Record) -> Evaluation:
    """Return the record's evaluation under all shipped law."""
    return reference.evaluate(record, shelf.rulebook())


def the_task(evaluation: Evaluation, step: str) -> Task:
    """Return the one task of a step."""
    (task,) = [one for one in evaluation.tasks if one.step == step and not one.part]
    return task


def test_the_words_say_from_what_how_many_and_which_days_did_not_count() -> None:
    """How a date was worked out names the fact, the count, the paragraph and the days skipped."""
    record = a_record()
    said = explain.explain(the_task(evaluate(record), "W5.meeting"), record, shelf.rulebook())
    words = "\n".join(said.sentences)
    assert "15 working days from" in words
    assert "on Thu 4 December 2025: by Mon 29 December 2025" in words
    assert "Thu 25 December 2025, Christmas Day" in words
    assert "§2 ¶2" in words
    assert (date(2025, 12, 26), "Boxing Day") in said.skipped
    assert said.entries[:2] == ("ratified", "review")


def test_an_ending_that_lies_ahead_is_not_told_as_past() -> None:
    """A birthday years away has not ended anything yet."""
    entries = [
        Entry(entry_id="born", child="c", kind="child.born", occurred_on=date(2015, 5, 1), position=1)
    ]  # fmt: skip
    born = records.as_known(entries, child="c").events
    record = a_record()
    record = Record(child="c", events=records.in_order([*born, *record.events]))
    task = the_task(evaluate(record), "W5.meeting")
    assert task.ended_on == date(2033, 5, 1)
    words = " ".join(explain.explain(task, record, shelf.rulebook()).sentences)
    assert "Ended on" not in words
    assert "From Sun 1 May 2033, the child's 18th birthday, it would no longer apply." in words


def test_a_forecast_follows_the_fifty_working_days() -> None:
    """Each duty on its expected day leads to the court by the worked chain (M35)."""
    foreseen = forecast.forecast(a_record(), shelf.rulebook(), as_of=REVIEW_ON)
    (way,) = [one for one in foreseen.episodes if one.procedure == "discharge_of_care_order"]
    held = {row.kind: row.on for row in way.assumed}
    assert held["discharge_meeting.held"] == date(2025, 12, 29)
    assert held["adm_pack.sent"] == date(2026, 1, 13)
    assert held["adm_decision.made"] == date(2026, 1, 20)
    assert held["application.filed"] == date(2026, 2, 3)
    assert held["application.issued"] == date(2026, 2, 17)
    assert {"W5.meeting", "W22.decide"} <= {other.step for other in way.others}


def test_slip_is_counted_in_both_sorts_of_days() -> None:
    """An end a week later has slipped seven days, five of them working days."""
    foreseen = forecast.forecast(a_record(), shelf.rulebook(), as_of=REVIEW_ON)
    way = foreseen.episodes[0]
    first = forecast.EpisodeForecast(
        episode=way.episode,
        procedure=way.procedure,
        number=1,
        ends_on=date(2026, 3, 2),
        last_on=date(2026, 3, 2),
        assumed=(),
        others=(),
        not_foreseen=(),
    )
    later = forecast.EpisodeForecast(
        episode=way.episode,
        procedure=way.procedure,
        number=1,
        ends_on=date(2026, 3, 9),
        last_on=date(2026, 3, 9),
        assumed=(),
        others=(),
        not_foreseen=(),
    )
    calendar = shelf.rulebook().calendar
    assert forecast.slip(later, first, calendar) == forecast.Slip(days=7, working_days=5)
    assert forecast.slip(first, later, calendar) == forecast.Slip(days=-7, working_days=-5)


def test_a_difference_names_what_changes_and_has_its_own_digest() -> None:
    """Two previews that would do the same have the same digest, others do not (M36)."""
    withdrawn = a_record(("end", "discharge.withdrawn", ""), days=("2025-12-17",))
    later = a_record(("end", "discharge.withdrawn", ""), days=("2025-12-18",))
    before, as_of = evaluate(a_record()), date(2025, 12, 19)
    one = what_if.difference(before, evaluate(withdrawn), as_of)
    same = what_if.difference(before, evaluate(withdrawn), as_of)
    other = what_if.difference(before, evaluate(later), as_of)
    changed = {change.after.step: change.what for change in one.changed}
    assert "ended_on" in changed["W5.meeting"]
    assert one.digest == same.digest != other.digest
    assert what_if.difference(before, before, as_of).is_empty


def test_while_on_hold_an_act_is_refused_and_the_clock_runs() -> None:
    """A hold stops acts, not clocks (M40)."""
    record = a_record(("danger", "s47_enquiry.begun", ""), days=("2025-12-08",))
    evaluation, day = evaluate(record), date(2025, 12, 9)
    reasons = gates.blocked(evaluation, "adm_pack.sent", shelf.rulebook(), day)
    assert "hold" in [reason.gate for reason in reasons]
    assert "on hold since Mon 8 December 2025" in " ".join(map(str, reasons))
    task = the_task(evaluation, "W5.meeting")
    standing = status.standing_on(task, day, shelf.rulebook().calendar)
    assert (standing.is_held, task.due_on) == (True, date(2025, 12, 29))
    assert gates.blocked(evaluation, "visit.made", shelf.rulebook(), day) == ()
