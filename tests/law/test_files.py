"""What is shipped is whole: files listed, duties known, settings declared, sources told."""

import re
from pathlib import Path

import pytest
import yaml

from caseward.interfaces import shipped
from caseward.rules.procedures.conditions import SettingRef
from caseward.rules.procedures.model import Interval, Limit, Procedure, Step
from tests.law import shelf

# Every law file of the release. A file that is not here is not known to be right.
SHIPPED = {
    "law/local/camden/administrative_removal.yaml",
    "law/local/camden/child_protection_visits.yaml",
    "law/local/camden/death_of_child_on_a_plan.yaml",
    "law/local/camden/ending_of_child_protection_plan.yaml",
    "law/local/camden/left_the_country.yaml",
    "law/local/camden/looked_after_on_a_plan.yaml",
    "law/local/camden/moved_to_another_authority.yaml",
    "law/local/care_proceedings/carers_from_the_family.yaml",
    "law/local/care_proceedings/child_protection_reviews.yaml",
    "law/local/care_proceedings/first_days_in_care.yaml",
    "law/local/care_proceedings/permanence_routes.yaml",
    "law/local/care_proceedings/pre_proceedings.yaml",
    "law/local/care_proceedings/proceedings.yaml",
    "law/local/care_proceedings/work_before_proceedings.yaml",
    "law/local/legal_planning/discharge_of_care_order_by_legal_planning.yaml",
    "law/local/wirral/care_planning.yaml",
    "law/local/wirral/discharge_of_care_order.yaml",
    "law/national/care_leavers.yaml",
    "law/national/challenges.yaml",
    "law/national/changes_told.yaml",
    "law/national/child_protection.yaml",
    "law/national/child_protection_enquiries.yaml",
    "law/national/data_breaches.yaml",
    "law/national/deprivation_of_liberty.yaml",
    "law/national/education.yaml",
    "law/national/endings_of_orders.yaml",
    "law/national/health.yaml",
    "law/national/independent_oversight.yaml",
    "law/national/looked_after_reviews.yaml",
    "law/national/looked_after_visits.yaml",
    "law/national/placement_with_parents.yaml",
    "law/national/placements.yaml",
    "law/national/pre_proceedings.yaml",
    "law/national/proceedings.yaml",
    "law/national/referral_and_assessment.yaml",
    "law/national/repeat_applications.yaml",
    "law/national/requests_for_records.yaml",
    "law/national/retention.yaml",
    "law/national/review_decisions.yaml",
    "law/national/serious_incidents.yaml",
    "law/national/short_breaks.yaml",
    "law/national/transfer_in.yaml",
}

# As a number or unit, and in a condition.
_SETTING = re.compile(r"(?:setting\.|\{setting: )([a-z][a-z0-9_]*)")


def duties() -> set[str]:
    """Return the ids of all the duties that the product answers for."""
    return set(yaml.safe_load((shipped.LAW / "duties.yaml").read_text("utf-8"))["duties"])


def roles() -> set[str]:
    """Return the roles that law files may name."""
    return set(yaml.safe_load((shipped.LAW / "roles.yaml").read_text("utf-8"))["roles"])


def test_every_law_file_of_the_release_is_listed_and_loads() -> None:
    """A law file is shipped only when this list names it, and it loads without a problem."""
    assert set(shelf.texts().procedures) == SHIPPED
    assert {procedure.path for procedure in shelf.rulebook().procedures} == SHIPPED


def test_every_law_file_has_its_worked_examples() -> None:
    """Beside each law file stand examples of that procedure, worked by hand."""
    beside = {path.replace(".examples.yaml", ".yaml") for path in shelf.texts().examples}
    assert beside == SHIPPED
    assert {e.procedure for e in shelf.all_examples()} == {
        p.id for p in shelf.rulebook().procedures
    }


def test_every_step_carries_out_a_duty_that_exists() -> None:
    """A step cites duties of the list, and each step of an edition in force cites one."""
    unknown = [
        (procedure.id, step.id, duty)
        for procedure, edition, step in shelf.steps()
        for duty in (*step.fulfils, *(duty for row in step.every for duty in row.fulfils))
        if duty not in duties()
    ]
    assert unknown == []
    without = [
        (procedure.id, step.id)
        for procedure, edition, step in shelf.steps()
        if edition is procedure.editions[-1] and not step.fulfils
    ]
    assert without == []


def test_every_duty_of_discharge_is_bound() -> None:
    """Each id of W is carried by a step, the process map's by the drawing in the law file."""
    wanted = {duty for duty in duties() if re.fullmatch(r"W\d+", duty)}
    drawing = _procedure("discharge_of_care_order").papers["process_map"]
    bound = {duty for _, _, step in shelf.steps() for duty in step.fulfils}
    assert len(wanted) == 26
    assert wanted - bound == set(drawing["fulfils"]) == {"W26"}


def test_the_drawing_names_every_stage_of_the_procedure_and_no_other() -> None:
    """The page draws the stages in the drawing's order (W26), so none may be left to chance."""
    procedure = _procedure("discharge_of_care_order")
    stages = {step.stage for step in procedure.editions[-1].steps}
    assert set(procedure.papers["process_map"]["stages"]) == stages


@pytest.mark.parametrize("duty", ["B1", "B8"])
def test_the_duties_beyond_the_documents_that_touch_discharge_are_bound(duty: str) -> None:
    """Safety holds and the next step after every refusal are in the discharge procedure."""
    assert any(
        duty in step.fulfils
        for procedure, _, step in shelf.steps()
        if procedure.id == "discharge_of_care_order"
    )


def test_every_setting_that_a_law_file_speaks_of_is_declared_and_none_is_idle() -> None:
    """Each `setting.<name>` has a default and says what the document says; none is left over."""
    spoken = {name for text in shelf.texts().procedures.values() for name in _SETTING.findall(text)}
    assert spoken == set(shelf.declared())


def test_every_setting_belongs_to_a_procedure_and_serves_a_duty() -> None:
    """A setting names the procedure that it stands in and the duties that it serves."""
    procedures = {procedure.id for procedure in shelf.rulebook().procedures}
    for setting in shelf.declared().values():
        assert setting.procedure in procedures
        assert setting.fulfils
        assert set(setting.fulfils) <= duties()


def test_every_role_that_a_step_names_has_a_title() -> None:
    """A step is owed by a role that pages have a title for."""
    named = {role for _, _, step in shelf.steps() for row in step.owner for role in row.roles}
    assert named <= roles()


def test_every_role_that_may_record_has_a_title() -> None:
    """A kind of event is recorded by roles that pages have a title for."""
    named = {
        role for kind in shelf.rulebook().vocabulary.kinds.values() for role in kind.recorded_by
    }
    assert named <= roles()


def test_a_number_that_the_document_does_not_give_is_never_verified() -> None:
    """A limit that is the authority's setting is an assumption or belongs to an unread source."""
    wrong = [
        (step.id, limit.assumption)
        for _, _, step in shelf.steps()
        for limit in step.limits
        if isinstance(limit.count, SettingRef)
        and (not limit.assumption or (limit.source is not None and limit.source.verified))
    ]
    assert wrong == []


def test_the_unverified_steps_are_the_ones_that_the_notes_say() -> None:
    """Only numbers read at first hand are verified; the list of the others is kept here."""
    national = {
        step.id
        for procedure, edition, step in shelf.steps()
        if procedure.is_national and edition is procedure.editions[-1] and not _is_verified(step)
    }
    assert national == {
        "decisions_sent", "decisions_answered", "objection_settled", "record_written",
        "record_distributed", "short_breaks_review", "short_breaks_visit", "placement_plan",
        # Child protection: Working Together was read at second hand only.
        "referral_decision", "referral_assess", "referral_discuss", "assessment",
        "enquiry_result", "initial_conference", "conference_reasons", "no_plan_help",
        "core_group_first", "review_conference_first", "review_conference_later",
        "conference_again", "plan_end_recorded", "ended_at_first", "near_eighteen", "end_told",
        "transfer_conference", "transfer_told", "incident_decision", "incident_notified",
        # The hearings of the Public Law Outline, and what no rule says follows the order.
        "standard_directions", "serve", "case_management_hearing", "further_hearing",
        "advocates_last", "issues_resolution_hearing", "final_hearing", "heard_on", "record_end",
        "status_after", "told", "plan_after", "home_under_order", "permission",
        # Sixteen weeks of pre-proceedings: best practice, not read at first hand.
        "plo_length",
        # Health, education, leaving care, liberty, records; the time to record an order's end.
        "health_first", "health_review", "education_plan", "education_plan_review",
        "education_place", "leaving_care_assessment", "personal_adviser", "pathway_plan",
        "leaving_care_status", "pathway_review", "keeping_in_touch", "six_months_at_home",
        "ended_by_arrangements", "ended_by_guardianship", "ended_by_adoption", "after_the_order",
        "at_eighteen", "early_placement_assessment", "early_placement_decision",
        "parent_placement_refused", "removal_analysis", "removal_notice", "out_of_area_refused",
        "review_meeting", "change_told", "liberty_review", "liberty_end", "liberty_no_longer",
        "kept_for_care", "kept_after_death", "kept_for_adoption", "kept_for_plan",
        "kept_for_need", "record_looked_at_again", "disposal_decided", "disposal_done",
        "legal_hold_review", "request_identity", "request_answer", "request_answer_extended",
        "request_checks", "breach_assessed", "breach_reported", "breach_told",
        # The IRO's handbook was read at second hand only; the stages' times are each authority's.
        "X3.informal", "X3.start", "X3.stage1", "X3.stage2", "X3.stage3", "X3.stage4", "X3.weigh",
        "X3.look_again", "X3.resolve", "X3.cafcass_choice", "X3.child", "X3.advice", "X3.left",
        "iro_service_told", "X1.watch", "iro_sees_child", "review_resumed", "rights_told",
        "X5.checks", "X5.gap", "X9.view", "X6.invite", "X6.inform", "X6.name", "X6.invite_gap",
        "X6.inform_gap", "X6.name_gap", "X4.choose", "gap_closed", "X2.action", "X2.look",
        "X2.not_kept",
    }  # fmt: skip
    settled = _step("looked_after_visits", "visit_ongoing").every
    assert [row.fulfils for row in settled if row.source and not row.source.verified] == [
        ("N2.34",)
    ]


def test_each_refusal_of_the_discharge_is_followed() -> None:
    """Every outcome that a step of the discharge lists leads on, closes, or is the usual one.

    One who left before signing is recorded as such, and nothing follows from it.
    """
    procedure = _procedure("discharge_of_care_order")
    hanging = [
        (step.id, outcome.outcome)
        for step in procedure.editions[-1].steps
        for outcome in step.outcomes.values()
        if not (outcome.next or outcome.closes or outcome.usual)
        and outcome.outcome != "not_answered"
    ]
    assert hanging == []


def test_sentences_of_the_law_are_ours_and_short() -> None:
    """A duty is one sentence that fits a list, ending in a full stop."""
    for _, _, step in shelf.steps():
        assert step.duty.endswith("."), step.id
        assert len(step.duty) <= 100, step.id


def test_examples_stand_on_real_kinds_with_real_fields() -> None:
    """A fact in an example is of a declared kind, with outcomes, keys and fields that it has."""
    kinds = shelf.rulebook().vocabulary.kinds
    for example in shelf.all_examples():
        for entry in example.entries:
            kind = kinds[entry.kind]
            assert entry.outcome is None or entry.outcome in kind.outcomes, example.name
            assert set(entry.keys) <= set(kind.keys), (example.name, entry.kind)
            assert set(entry.fields) <= {field.name for field in kind.fields}, example.name


def test_what_lasts_begins_a_state_or_a_dated_period() -> None:
    """An end is asked only of what goes on: a state that begins, or a period kept of people."""
    kinds = shelf.rulebook().vocabulary.kinds.values()
    periods = {"role.held", "parental_responsibility.held", "person.involved",
               "meeting_bar.recorded", "named_access.begun"}  # fmt: skip
    lasting = {kind.id for kind in kinds if kind.lasts}
    assert periods <= lasting
    without = [
        kind.id
        for kind in kinds
        if kind.lasts
        and kind.id not in periods
        and (not kind.sets or all(row.ends for row in kind.sets))
    ]
    assert without == []


def test_nothing_of_the_discharge_happens_before_the_birth() -> None:
    """A care order is made of a born child: none of the discharge's own kinds comes before it."""
    discharge = {"Discharge of a care order", "Decision maker", "Application and court"}
    early = {
        kind.id
        for kind in shelf.rulebook().vocabulary.kinds.values()
        if kind.group in discharge and kind.before_birth
    }
    assert early == {"permanence_panel.decided"}  # a panel may meet on the plan for an unborn child


def test_the_release_names_no_other_law_file() -> None:
    """Nothing lies in the law folder that the product does not read."""
    read = {path.removeprefix("law/") for path in (
        *shelf.texts().procedures, *shelf.texts().examples, *shelf.texts().kinds,
        *shelf.texts().settings, shelf.texts().calendar_path,
    )}  # fmt: skip
    there = {str(path.relative_to(shipped.LAW)) for path in Path(shipped.LAW).rglob("*.yaml")}
    assert there - read == {"roles.yaml", "duties.yaml", "correspondences.yaml"}


def _is_verified(step: Step) -> bool:
    rows: tuple[Limit | Interval, ...] = (*step.limits, *step.every)
    sources = [row.source for row in rows] or [step.source]
    return any(source is not None and source.verified for source in sources)


def _procedure(procedure_id: str) -> Procedure:
    return next(p for p in shelf.rulebook().procedures if p.id == procedure_id)


def _step(procedure_id: str, step_id: str) -> Step:
    step = _procedure(procedure_id).editions[-1].step(step_id)
    assert step is not None
    return step
