"""Adoption and other orders, what comes before proceedings, and leaving care."""

from collections.abc import Iterator

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import planning_codes
from caseward.work.exchange.ssd.links import Link
from caseward.work.exchange.ssd.tables import Row, Table


def _permanence(row: Row) -> Iterator[Fact]:
    """One row is a child's whole way to permanence: each of its days is a fact of its own."""
    found = [*_adoption(row), *_order(row)]
    if not found:
        row.aside("no step to permanence has a date that is recorded")
    yield from found


def _adoption(row: Row) -> Iterator[Fact]:
    if (on := row.happened("perm_adm_decision_date")) is not None:
        yield row.fact("adoption_decision.made", on)
    if (on := row.happened("perm_matched_date")) is not None:
        yield row.fact("adoption_match.made", on)
    if (on := row.happened("perm_placed_for_adoption_date")) is not None:
        by_carer = row.answer("perm_adopted_by_carer_flag")
        yield row.fact("adoption_placement.began", on, fields={"by_former_carer": by_carer})
    if (on := row.happened("perm_decision_reversed_date")) is not None:
        reason = row.code_if_known("perm_decision_reversed_reason", planning_codes.REVERSED_REASON)
        yield row.fact("adoption_decision.reversed", on, fields={"reason": reason})


def _order(row: Row) -> Iterator[Fact]:
    if (on := row.happened("perm_permanence_order_date")) is not None:
        order = row.code_if_known("perm_permanence_order_type", planning_codes.ORDER_TYPE)
        if order:
            yield row.fact("permanence_order.made", on, fields={"type": order})
        elif not row.text("perm_permanence_order_type"):
            row.aside("an order is dated and not named, and is not recorded")


def _pre_proceedings(row: Row) -> Iterator[Fact]:
    keys = {"proceedings": row.identifier}
    found = []
    for column, kind in (
        ("prep_pre_pro_decision_date", "pre_proceedings.decided"),
        ("prep_pre_pro_letter_date", "letter_before_proceedings.sent"),
        ("prep_initial_pre_pro_meeting_date", "pre_proceedings_meeting.held"),
        ("prep_care_pro_letter_date", "letter_of_issue.sent"),
    ):
        if (on := row.happened(column)) is not None:
            found.append(row.fact(kind, on, keys=keys))
    if (on := row.happened("prep_agree_stepdown_issue_date")) is not None:
        outcome = row.code_if_known("prep_pre_pro_outcome", planning_codes.PRE_PROCEEDINGS_OUTCOME)
        found.append(row.fact("pre_proceedings.ended", on, keys=keys, outcome=outcome))
    if not found:
        row.aside("no step before proceedings has a date that is recorded")
    yield from found


def _care_leaver(row: Row) -> Iterator[Fact]:
    """The row holds the latest days only: another day is another fact, so the day is in the source."""
    eligibility = row.code_if_known("clea_care_leaver_eligibility", planning_codes.ELIGIBILITY)
    reviewed_on = row.happened("clea_pathway_plan_review_date")
    if reviewed_on is not None:
        yield row.fact(
            "pathway_plan.reviewed",
            reviewed_on,
            part=reviewed_on.isoformat(),
            fields={"eligibility": eligibility},
        )
    contact_on = row.happened("clea_care_leaver_latest_contact")
    if contact_on is not None:
        yield row.fact("care_leaver_contact.made", contact_on, part=contact_on.isoformat())
    if reviewed_on is None and contact_on is None:
        row.aside("neither a review of the pathway plan nor a contact has a date")


TABLES = (
    Table(
        name="ssd_permanence",
        ids=("perm_table_id",),
        person="perm_person_id",
        links=(Link(column="perm_cla_id", to="period"),),
        dated=("perm_adm_decision_date", "perm_permanence_order_date"),
        used=(
            "perm_table_id", "perm_person_id", "perm_cla_id", "perm_adm_decision_date",
            "perm_matched_date", "perm_placed_for_adoption_date", "perm_adopted_by_carer_flag",
            "perm_decision_reversed_date", "perm_decision_reversed_reason",
            "perm_permanence_order_date", "perm_permanence_order_type",
        ),
        unused=(
            "perm_ffa_cp_decision_date", "perm_placement_order_date", "perm_placed_ffa_cp_date",
            "perm_placed_foster_carer_date", "perm_part_of_sibling_group",
            "perm_siblings_placed_together", "perm_siblings_placed_apart",
            "perm_placement_provider_urn", "perm_adoption_worker_id", "perm_adopter_sex",
            "perm_adopter_legal_status", "perm_number_of_adopters",
        ),
        elsewhere=("perm_adoption_worker", "perm_adopted_by_carer"),
        facts=_permanence,
    ),
    Table(
        name="ssd_pre_proceedings",
        ids=("prep_table_id",),
        person="prep_person_id",
        dated=("prep_plo_family_id", "prep_pre_pro_decision_date"),
        used=(
            "prep_table_id", "prep_person_id", "prep_plo_family_id", "prep_pre_pro_decision_date",
            "prep_initial_pre_pro_meeting_date", "prep_pre_pro_outcome",
            "prep_agree_stepdown_issue_date", "prep_pre_pro_letter_date",
            "prep_care_pro_letter_date",
        ),
        unused=(
            "prep_cp_plans_referral_period", "prep_legal_gateway_outcome",
            "prep_prev_pre_proc_child", "prep_prev_care_proc_child", "prep_pre_pro_meetings_num",
            "prep_pre_pro_parents_legal_rep", "prep_parents_legal_rep_point_of_issue",
            "prep_court_reference", "prep_care_proc_court_hearings",
            "prep_care_proc_short_notice", "prep_proc_short_notice_reason",
            "prep_la_inital_plan_approved", "prep_la_initial_care_plan",
            "prep_la_final_plan_approved", "prep_la_final_care_plan",
        ),
        elsewhere=("prep_la_initial_plan_approved",),
        facts=_pre_proceedings,
    ),
    Table(
        name="ssd_care_leavers",
        ids=("clea_table_id",),
        person="clea_person_id",
        used=(
            "clea_table_id", "clea_person_id", "clea_care_leaver_eligibility",
            "clea_care_leaver_latest_contact", "clea_pathway_plan_review_date",
        ),
        unused=(
            "clea_care_leaver_in_touch", "clea_care_leaver_accommodation",
            "clea_care_leaver_accom_suitable", "clea_care_leaver_activity",
            "clea_care_leaver_personal_advisor", "clea_care_leaver_allocated_team",
            "clea_care_leaver_worker_id",
        ),
        elsewhere=("clea_care_leaver_allocated_team_name",),
        facts=_care_leaver,
    ),
)  # fmt: skip
