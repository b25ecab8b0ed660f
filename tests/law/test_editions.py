"""Month by month: on every day one edition governs, and what opens under it has its dates."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import holidays
import pytest

from caseward.rules.engine import reference
from caseward.rules.engine.tasks import Evaluation, Role, Status
from caseward.rules.facts import record
from caseward.rules.facts.entries import Entry
from caseward.rules.procedures.model import Procedure
from tests.law import shelf

LAST_MONTH = date(2028, 12, 1)
PROCEDURES = {procedure.id: procedure for procedure in shelf.rulebook().procedures}


def fact(
    kind: str,
    day: date,
    position: int,
    *,
    outcome: str | None = None,
    keys: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Entry:
    """Return one recorded fact."""
    return Entry(
        entry_id=f"e{position}",
        child="c",
        kind=kind,
        occurred_on=day,
        position=position,
        outcome=outcome,
        keys=keys or {},
        fields=fields or {},
    )


def into_care(day: date) -> list[Entry]:
    return [fact("looked_after.began", day, 1)]


def placed(day: date) -> list[Entry]:
    return [*into_care(day), fact("placement.began", day, 2, keys={"placement": "p1"},
                                  fields={"type": "U6"})]  # fmt: skip


def reviewed(day: date) -> list[Entry]:
    return [*into_care(day), fact("looked_after_review.held", day, 2)]


def on_short_breaks(day: date) -> list[Entry]:
    return [*into_care(day), fact("legal_status.began", day, 2, fields={"status": "V4"})]


def discharge_supported(day: date) -> list[Entry]:
    return [
        fact("looked_after_review.held", day, 1, outcome="discharge_supported"),
        fact("review_decision.ratified", day, 2),
    ]


def assessed_on_leaving(day: date) -> list[Entry]:
    return [*into_care(day), fact("leaving_care_assessment.completed", day, 2)]


def told_of_a_change(day: date) -> list[Entry]:
    return [*into_care(day), fact("circumstances.changed", day, 2)]


def under_guardianship(day: date) -> list[Entry]:
    order = {"type": "special_guardianship"}
    return [*into_care(day), fact("permanence_order.made", day, 2, fields=order)]


def home_early(day: date) -> list[Entry]:
    return [
        *into_care(day),
        fact("legal_status.began", day, 2, fields={"status": "C2"}),
        fact("placement.began", day, 3, keys={"placement": "p1"},
             fields={"type": "P1", "basis": "regulation_19"}),
    ]  # fmt: skip


def on_a_plan(day: date) -> list[Entry]:
    return [fact("child_protection_plan.began", day, 1, keys={"plan": "p1"})]


def on_a_plan_and_in_care(day: date) -> list[Entry]:
    return [*on_a_plan(day), fact("looked_after.began", day, 2)]


def plan_ended_by_conference(day: date) -> list[Entry]:
    quorate = {"quorate": "yes"}
    held = fact("review_conference.held", day, 2, outcome="plan_ends", fields=quorate)
    return [*on_a_plan(day), held]


def removal_asked_for(day: date) -> list[Entry]:
    ground = {"ground": "eighteen"}
    return [*on_a_plan(day), fact("administrative_removal.proposed", day, 2, fields=ground)]


def moved_away(day: date) -> list[Entry]:
    for_good = {"permanent": "yes"}
    return [*on_a_plan(day), fact("move_to_other_authority.recorded", day, 2, fields=for_good)]


def gone_abroad(day: date) -> list[Entry]:
    return [*on_a_plan(day), fact("move_abroad.recorded", day, 2)]


def enquired_into(day: date) -> list[Entry]:
    return [fact("s47_enquiry.begun", day, 1, keys={"enquiry": "e1"})]


def referred(day: date) -> list[Entry]:
    return [fact("referral.received", day, 1, keys={"referral": "r1"})]


def told_of_a_transfer(day: date) -> list[Entry]:
    return [fact("transfer_notice.received", day, 1)]


def a_death_on_a_plan(day: date) -> list[Entry]:
    return [*on_a_plan(day), fact("child.died", day, 2)]


def a_death(day: date) -> list[Entry]:
    return [fact("child.died", day, 1)]


def deprived_of_liberty(day: date) -> list[Entry]:
    return [fact("deprivation_of_liberty.authorised", day, 1)]


def on_legal_hold(day: date) -> list[Entry]:
    return [*into_care(day), fact("legal_hold.placed", day, 2)]


def record_asked_for(day: date) -> list[Entry]:
    clear = {"identity_clear": "yes"}
    return [fact("record_request.received", day, 1, keys={"request": "q1"}, fields=clear)]


def data_lost(day: date) -> list[Entry]:
    return [fact("data_breach.discovered", day, 1, keys={"breach": "b1"})]


def issued(day: date) -> list[Entry]:
    return [fact("care_application.issued", day, 1, keys={"proceedings": "x1"})]


def an_application_decided(day: date) -> list[Entry]:
    """An earlier application disposed of, and papers for a further one."""
    return [
        fact("discharge_application.decided", day, 1, outcome="refused"),
        fact("application.filed", day, 2),
    ]


def disputed(day: date) -> list[Entry]:
    about = {"stage": "1", "matter": "care_plan"}
    return [fact("dispute.started", day, 1, keys={"challenge": "c1"}, fields=about)]


def reviewed_on_a_plan(day: date) -> list[Entry]:
    return [*on_a_plan(day), fact("review_conference.held", day, 2, fields={"quorate": "yes"})]


def a_carer_named(day: date) -> list[Entry]:
    return [fact("kinship_carer.put_forward", day, 1, keys={"person": "aunt"})]


def before_the_court(day: date) -> list[Entry]:
    return [fact("pre_proceedings.decided", day, 1)]


def authorised(day: date) -> list[Entry]:
    """Discussed with the IRO, asked for and authorised on one day."""
    return [
        fact("iro_discussion.held", day, 1, outcome="agreed"),
        fact("legal_planning_meeting.requested", day, 2),
        fact("legal_planning_request.decided", day, 3, outcome="authorised"),
    ]


# What opens each procedure, and the step whose task must then stand.
OPENED: dict[str, tuple[Callable[[date], list[Entry]], str]] = {
    "administrative_removal": (removal_asked_for, "C3.decide"),
    "before_care_proceedings": (before_the_court, "family_group_offer"),
    "care_leavers": (assessed_on_leaving, "pathway_plan"),
    "care_planning": (into_care, "W3.plan"),
    "care_planning_in_proceedings": (issued, "P27.assessment"),
    "carers_from_the_family": (a_carer_named, "P16.refer"),
    "challenges": (disputed, "X3.resolve"),
    "changes_told": (told_of_a_change, "change_told"),
    "child_protection_enquiry": (enquired_into, "enquiry_result"),
    "child_protection_plan": (on_a_plan, "review_conference_first"),
    "child_protection_reviews": (reviewed_on_a_plan, "P8.review"),
    "child_protection_visits": (on_a_plan, "C14.cp_visit"),
    "data_breaches": (data_lost, "breach_assessed"),
    "death_of_child_on_a_plan": (a_death_on_a_plan, "C5.outgoing"),
    "deprivation_of_liberty": (deprived_of_liberty, "liberty_review"),
    "discharge_of_care_order": (discharge_supported, "W5.meeting"),
    "discharge_of_care_order_by_legal_planning": (authorised, "L3.meeting"),
    "education": (into_care, "education_plan"),
    "ending_of_child_protection_plan": (plan_ended_by_conference, "C1.ground"),
    "endings_of_orders": (under_guardianship, "ended_by_guardianship"),
    "first_days_in_care": (into_care, "P23.review"),
    "health": (into_care, "health_first"),
    "independent_oversight": (into_care, "iro_named"),
    "left_the_country": (gone_abroad, "C7.conference"),
    "looked_after_on_a_plan": (on_a_plan_and_in_care, "C10.decide"),
    "looked_after_reviews": (into_care, "review"),
    "looked_after_visits": (placed, "visit_first"),
    "moved_to_another_authority": (moved_away, "C6.tell"),
    "permanence_routes": (into_care, "P2.routes"),
    "placement_with_parents": (home_early, "early_placement_assessment"),
    "placements": (placed, "placement_plan"),
    "pre_proceedings": (before_the_court, "P11.send"),
    "proceedings": (issued, "conclude"),
    "referral_and_assessment": (referred, "referral_decision"),
    "repeat_applications": (an_application_decided, "permission"),
    "requests_for_records": (record_asked_for, "request_answer"),
    "retention": (on_legal_hold, "legal_hold_review"),
    "review_decisions": (reviewed, "decisions_sent"),
    "serious_incident": (a_death, "incident_decision"),
    "short_breaks": (on_short_breaks, "short_breaks_review"),
    "transfer_in": (told_of_a_transfer, "transfer_conference"),
    "work_before_proceedings": (on_a_plan, "P4a.progress"),
}


def evaluated(procedure: Procedure, entries: list[Entry], as_of: date) -> Evaluation:
    known = record.as_known(entries, child="c")
    return reference.evaluate(known, shelf.alone(procedure), as_of=as_of)


def months(first: date) -> Iterator[date]:
    """Yield the first day, then the first of every month up to the last one."""
    yield first
    day = first.replace(day=1)
    while day < LAST_MONTH:
        day = (day + timedelta(days=32)).replace(day=1)
        yield day


def working_days_after(day: date, count: int) -> date:
    """Count working days by an independent list of bank holidays."""
    closed = holidays.country_holidays("GB", subdiv="ENG", years=range(day.year, day.year + 2))
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in closed
    return day


def test_every_shipped_procedure_is_gone_through() -> None:
    """The table of openings names each procedure of the release."""
    assert set(OPENED) == set(PROCEDURES)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.id)
def test_editions_follow_one_another(procedure: Procedure) -> None:
    """Editions begin on different days, in order, and before the first there is none."""
    days = [edition.in_force_from for edition in procedure.editions]
    assert days == sorted(set(days))
    assert procedure.edition_on(days[0] - timedelta(days=1)) is None


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.id)
def test_each_month_one_edition_governs_and_its_step_has_a_date(procedure: Procedure) -> None:
    """Opened in any month, the episode is of the edition in force and its first step is dated."""
    opens, step_id = OPENED[procedure.id]
    for day in months(procedure.editions[0].in_force_from):
        edition = procedure.edition_on(day)
        assert edition is not None
        found = evaluated(procedure, opens(day), day)
        assert [e.edition_from for e in found.episodes] == [edition.in_force_from], day
        assert {task.step for task in found.tasks} <= {step.id for step in edition.steps}, day
        standing = [t for t in found.tasks if t.step == step_id and t.role is Role.STEP]
        task_law = edition.step(step_id)
        if task_law is None:
            assert standing == [], day
            continue
        (task,) = standing
        assert task.receipt.edition_from == edition.in_force_from, day
        if not (task_law.limits or task_law.every):
            # The law gives no time for it.
            assert task.expected_on is None, day
            continue
        assert task.expected_on is not None, day
        # What has to be done at once is due on the day itself.
        assert task.expected_on >= day, day
        assert (task.ending, task.met_on) == (None, None), day


def test_each_month_the_first_review_falls_on_the_twentieth_working_day() -> None:
    """Under the regulations of 2010 the date agrees with an independent count, month by month."""
    procedure = PROCEDURES["looked_after_reviews"]
    for day in months(date(2011, 4, 1)):
        (task,) = evaluated(procedure, into_care(day), day).tasks
        assert task.due_on == working_days_after(day, 20), day


def test_each_month_the_discharge_meeting_falls_on_the_fifteenth_working_day() -> None:
    """The date agrees with an independent count, month by month."""
    procedure = PROCEDURES["discharge_of_care_order"]
    for day in months(date(2012, 1, 1)):
        tasks = evaluated(procedure, discharge_supported(day), day).tasks
        (task,) = [task for task in tasks if task.step == "W5.meeting"]
        assert task.due_on == working_days_after(day, 15), day


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.id)
def test_nothing_opens_before_the_first_edition(procedure: Procedure) -> None:
    """A fact from before the first edition opens no episode of it."""
    opens, _ = OPENED[procedure.id]
    before = procedure.editions[0].in_force_from - timedelta(days=30)
    assert evaluated(procedure, opens(before), before).episodes == ()


def test_a_review_running_over_the_change_of_regulations_is_not_stranded() -> None:
    """A review that opened under 1991 keeps its date; the next opens under 2010."""
    procedure = PROCEDURES["looked_after_reviews"]
    entries = [
        fact("looked_after.began", date(2011, 3, 21), 1),
        fact("looked_after_review.held", date(2011, 4, 11), 2),
    ]
    first, second = evaluated(procedure, entries, date(2011, 4, 11)).tasks
    assert (first.receipt.edition_from, first.due_on) == (date(1991, 10, 14), date(2011, 4, 18))
    assert first.met_on == date(2011, 4, 11)
    assert (second.receipt.edition_from, second.due_on) == (date(2011, 4, 1), date(2011, 7, 11))


def test_a_visit_interval_running_over_2015_reads_the_new_table_at_the_next_visit() -> None:
    """The six months of a settled placement count from the first visit under the new edition."""
    procedure = PROCEDURES["looked_after_visits"]
    seen = {"seen": "yes"}
    entries = [
        fact("looked_after.began", date(2013, 1, 7), 1),
        fact("placement.began", date(2013, 1, 7), 2, keys={"placement": "p1"},
             fields={"type": "U4", "length": "to_18"}),
        fact("visit.made", date(2015, 3, 2), 3, fields=seen),
        fact("fewer_visits.agreed", date(2015, 4, 10), 4, fields={"child_agrees": "yes"}),
        fact("visit.made", date(2015, 5, 5), 5, fields=seen),
    ]  # fmt: skip
    tasks = evaluated(procedure, entries, date(2015, 5, 5)).tasks
    ongoing = [task for task in tasks if task.step == "visit_ongoing"]
    assert [task.due_on for task in ongoing] == [date(2015, 6, 2), date(2015, 11, 5)]


def test_a_late_first_review_of_a_child_now_eighteen_is_closed() -> None:
    """After the eighteenth birthday no open duty of a looked-after child is left."""
    for name in ("looked_after_reviews", "looked_after_visits", "short_breaks"):
        opens, _ = OPENED[name]
        entries = [fact("child.born", date(2005, 6, 1), 9), *opens(date(2022, 1, 10))]
        found = evaluated(PROCEDURES[name], entries, date(2023, 6, 1))
        assert found.tasks
        assert [t.step for t in found.tasks if t.ending is not Status.NOT_NEEDED] == []
