"""Section 47 enquiries, conferences, child protection plans and the visits under them."""

import re
from collections.abc import Iterator

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import cells, planning_codes
from caseward.work.exchange.ssd.links import Link
from caseward.work.exchange.ssd.tables import Row, Table
from caseward.work.exchange.ssd.telling import due_date, flags

_REFERRAL = "referral"


def _enquiry(row: Row) -> Iterator[Fact]:
    begun_on = row.began("s47e_s47_start_date")
    keys = {"enquiry": row.identifier, "referral": row.id("s47e_referral_id")}
    yield row.fact("s47_enquiry.begun", begun_on, keys=keys)
    ended_on = row.ended("s47e_s47_end_date", since=begun_on)
    if ended_on is not None:
        said = _yes_in(row, "s47e_s47_nfa", yes="no_conference", no="")
        flagged = _flagged(
            row, "s47e_s47_outcome_json", "CP_CONFERENCE_FLAG", "conference", "no_conference"
        )
        outcome = said or flagged or said
        # Few extracts fill the outcome; a conference of the enquiry, held or due, says it too.
        if not outcome and row.identifier in row.links.conferences:
            outcome = "conference"
        yield row.fact("s47_enquiry.ended", ended_on, keys=keys, outcome=outcome)


def _initial_conference(row: Row) -> Iterator[Fact]:
    keys = {
        "meeting": row.identifier,
        "plan": row.id("icpc_cp_plan_id"),
        "enquiry": row.id("icpc_s47_enquiry_id"),
    }
    held_on = row.happened("icpc_icpc_date")
    if held_on is not None:
        said = _yes_in(row, "icpc_icpc_outcome_cp_flag", yes="plan_made", no="no_plan")
        flagged = _flagged(row, "icpc_icpc_outcome_json", "CP_FLAG", "plan_made", "no_plan")
        outcome = said or flagged or said
        yield row.fact(
            "initial_conference.held",
            held_on,
            keys=keys,
            outcome=outcome,
            fields={"transfer_in": row.answer("icpc_icpc_transfer_in")},
        )
    yield from due_date(row, "icpc_icpc_target_date", "initial_conference", keys=keys)
    if held_on is None and not row.text("icpc_icpc_target_date"):
        row.aside("the conference was neither held nor due")


def _plan(row: Row) -> Iterator[Fact]:
    began_on = row.began("cppl_cp_plan_start_date")
    keys = {"plan": row.identifier}
    yield row.fact(
        "child_protection_plan.began",
        began_on,
        keys=keys,
        fields={
            "category": _category(row),
            "other_authority": row.answer("cppl_cp_plan_ola"),
        },
    )
    ended_on = row.ended("cppl_cp_plan_end_date", since=began_on)
    if ended_on is not None:
        yield row.fact("child_protection_plan.ended", ended_on, keys=keys)


def _category(row: Row) -> str:
    """Return the category with which the plan began, or the latest where that is not told."""
    for column in ("cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category"):
        if said := row.text(column):
            code = planning_codes.category(said)
            if code is None:
                row.aside(f"“{column}” holds words that are none of its codes, left unsaid", said)
            return code or ""
    return ""


def _review(row: Row) -> Iterator[Fact]:
    keys = {"meeting": row.identifier, "plan": row.id("cppr_cp_plan_id")}
    held_on = row.happened("cppr_cp_review_date")
    if held_on is not None:
        yield row.fact(
            "review_conference.held",
            held_on,
            keys=keys,
            outcome=_continues(row),
            fields={"quorate": row.answer("cppr_cp_review_quorate")},
        )
    yield from due_date(row, "cppr_cp_review_due", "review_conference", keys=keys)
    if held_on is None and not row.text("cppr_cp_review_due"):
        row.aside("the conference was neither held nor due")


def _continues(row: Row) -> str:
    """Return the outcome; some extracts write it as a sentence instead of Y and N."""
    column = "cppr_cp_review_outcome_continue_cp"
    said = row.text(column)
    words = cells.folded(said)
    answer = cells.yes_or_no(said)
    if answer is None and "continue" in words:
        answer = "yes"
    elif answer is None and re.search(r"\b(end|ended|ends|cease|ceased|deplan|removed)\b", words):
        answer = "no"
    elif answer is None:
        answer = row.answer(column)
    return {"yes": "plan_continues", "no": "plan_ends"}.get(answer, answer)


def _visit(row: Row) -> Iterator[Fact]:
    yield row.fact(
        "child_protection_visit.made",
        row.began("cppv_cp_visit_date"),
        time=row.time("cppv_cp_visit_date"),
        keys={"plan": row.id("cppv_cp_plan_id")},
        fields={
            "seen": row.answer("cppv_cp_visit_seen"),
            "seen_alone": row.answer("cppv_cp_visit_seen_alone"),
            "bedroom_seen": row.answer("cppv_cp_visit_bedroom"),
        },
    )


def _yes_in(row: Row, column: str, *, yes: str, no: str) -> str:
    said = row.answer(column)
    return {"yes": yes, "no": no}.get(said, said)


def _flagged(row: Row, column: str, flag: str, yes: str, no: str) -> str:
    """Return what a flag within a JSON cell says: `yes` or `no`, "" where it says nothing."""
    answer = cells.yes_or_no(flags(row.text(column)).get(flag, ""))
    return {"yes": yes, "no": no}.get(answer or "", "")


TABLES = (
    Table(
        name="ssd_s47_enquiry",
        ids=("s47e_s47_enquiry_id",),
        person="s47e_person_id",
        links=(Link(column="s47e_referral_id", to=_REFERRAL),),
        dated=("s47e_s47_start_date",),
        used=(
            "s47e_s47_enquiry_id", "s47e_referral_id", "s47e_person_id", "s47e_s47_start_date",
            "s47e_s47_end_date", "s47e_s47_nfa", "s47e_s47_outcome_json",
        ),
        unused=("s47e_s47_completed_by_worker_id", "s47e_s47_completed_by_team"),
        facts=_enquiry,
    ),
    Table(
        name="ssd_initial_cp_conference",
        ids=("icpc_icpc_id",),
        person="icpc_person_id",
        links=(
            Link(column="icpc_s47_enquiry_id", to="enquiry"),
            Link(column="icpc_referral_id", to=_REFERRAL),
            Link(column="icpc_cp_plan_id", to="plan"),
        ),
        dated=("icpc_icpc_target_date", "icpc_icpc_date"),
        used=(
            "icpc_icpc_id", "icpc_s47_enquiry_id", "icpc_person_id", "icpc_cp_plan_id",
            "icpc_referral_id", "icpc_icpc_transfer_in", "icpc_icpc_target_date", "icpc_icpc_date",
            "icpc_icpc_outcome_cp_flag", "icpc_icpc_outcome_json",
        ),
        unused=("icpc_icpc_meeting_id", "icpc_icpc_team", "icpc_icpc_worker_id"),
        facts=_initial_conference,
    ),
    Table(
        name="ssd_cp_plans",
        ids=("cppl_cp_plan_id",),
        person="cppl_person_id",
        links=(Link(column="cppl_referral_id", to=_REFERRAL),),
        dated=("cppl_cp_plan_start_date",),
        used=(
            "cppl_cp_plan_id", "cppl_referral_id", "cppl_person_id", "cppl_cp_plan_start_date",
            "cppl_cp_plan_end_date", "cppl_cp_plan_initial_category", "cppl_cp_plan_ola",
            "cppl_cp_plan_latest_category",
        ),
        unused=("cppl_icpc_id",),
        elsewhere=("cppl_initial_cp_conference_id",),
        facts=_plan,
    ),
    Table(
        name="ssd_cp_reviews",
        ids=("cppr_cp_review_id",),
        person="cppr_person_id",
        links=(Link(column="cppr_cp_plan_id", to="plan"),),
        dated=("cppr_cp_review_due", "cppr_cp_review_date"),
        used=(
            "cppr_cp_review_id", "cppr_person_id", "cppr_cp_plan_id", "cppr_cp_review_due",
            "cppr_cp_review_date", "cppr_cp_review_outcome_continue_cp", "cppr_cp_review_quorate",
        ),
        unused=("cppr_cp_review_meeting_id", "cppr_cp_review_participation"),
        aliases={"cppr_cp_review_due": ("cppr_cp_review_due_date",),
                 "cppr_cp_review_outcome_continue_cp": ("cppr_cp_review_outcome",
                                                        "cpp_cp_review_outcome")},
        facts=_review,
    ),
    Table(
        name="ssd_cp_visits",
        ids=("cppv_cp_visit_id",),
        person="cppv_person_id",
        links=(Link(column="cppv_cp_plan_id", to="plan"),),
        dated=("cppv_cp_visit_date",),
        used=(
            "cppv_cp_visit_id", "cppv_person_id", "cppv_cp_plan_id", "cppv_cp_visit_date",
            "cppv_cp_visit_seen", "cppv_cp_visit_seen_alone", "cppv_cp_visit_bedroom",
        ),
        facts=_visit,
    ),
)  # fmt: skip
