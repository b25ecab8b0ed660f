"""Referrals, assessments, child in need plans and visits."""

from collections.abc import Iterator

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd.links import Link
from caseward.work.exchange.ssd.tables import Row, Table


def _referral(row: Row) -> Iterator[Fact]:
    received_on = row.began("cine_referral_date")
    keys = {"referral": row.identifier}
    yield row.fact(
        "referral.received",
        received_on,
        keys=keys,
        fields={
            "source": row.words("cine_referral_source_code")
            or row.words("cine_referral_source_desc"),
            "no_further_action": row.answer("cine_referral_nfa"),
        },
    )
    closed_on = row.ended("cine_close_date", since=received_on)
    if closed_on is not None:
        yield row.fact(
            "referral.closed",
            closed_on,
            keys=keys,
            fields={"reason": row.words("cine_close_reason")},
        )


def _assessment(row: Row) -> Iterator[Fact]:
    started_on = row.began("cina_assessment_start_date")
    keys = {"assessment": row.identifier, "referral": row.id("cina_referral_id")}
    yield row.fact("assessment.started", started_on, keys=keys)
    authorised_on = row.ended("cina_assessment_auth_date", since=started_on)
    if authorised_on is not None:
        yield row.fact(
            "assessment.authorised",
            authorised_on,
            keys=keys,
            fields={
                "seen": row.answer("cina_assessment_child_seen"),
                "no_further_action": row.answer("cina_assessment_outcome_nfa"),
            },
        )


def _plan(row: Row) -> Iterator[Fact]:
    began_on = row.began("cinp_cin_plan_start_date")
    keys = {"cin_plan": row.identifier, "referral": row.id("cinp_referral_id")}
    yield row.fact("child_in_need_plan.began", began_on, keys=keys)
    ended_on = row.ended("cinp_cin_plan_end_date", since=began_on)
    if ended_on is not None:
        yield row.fact("child_in_need_plan.ended", ended_on, keys=keys)


def _visit(row: Row) -> Iterator[Fact]:
    yield row.fact(
        "child_in_need_visit.made",
        row.began("cinv_cin_visit_date"),
        time=row.time("cinv_cin_visit_date"),
        fields={
            "seen": row.answer("cinv_cin_visit_seen"),
            "seen_alone": row.answer("cinv_cin_visit_seen_alone"),
            "bedroom_seen": row.answer("cinv_cin_visit_bedroom"),
        },
    )


TABLES = (
    Table(
        name="ssd_cin_episodes",
        ids=("cine_referral_id",),
        person="cine_person_id",
        dated=("cine_referral_date",),
        used=(
            "cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_source_code",
            "cine_referral_source_desc", "cine_referral_nfa", "cine_close_reason", "cine_close_date",
        ),
        unused=(
            "cine_cin_primary_need_code", "cine_referral_outcome_json", "cine_referral_team",
            "cine_referral_worker_id",
        ),
        elsewhere=("cine_cin_primary_need",),
        aliases={"cine_referral_source_code": ("cine_referral_source",),
                 "cine_referral_source_desc": ("cine_referral_source_description",)},
        facts=_referral,
    ),
    Table(
        name="ssd_cin_assessments",
        ids=("cina_assessment_id",),
        person="cina_person_id",
        links=(Link(column="cina_referral_id", to="referral"),),
        dated=("cina_assessment_start_date",),
        used=(
            "cina_assessment_id", "cina_person_id", "cina_referral_id", "cina_assessment_start_date",
            "cina_assessment_child_seen", "cina_assessment_auth_date", "cina_assessment_outcome_nfa",
        ),
        unused=(
            "cina_assessment_outcome_json", "cina_assessment_team", "cina_assessment_worker_id",
        ),
        facts=_assessment,
    ),
    Table(
        name="ssd_cin_plans",
        ids=("cinp_cin_plan_id",),
        person="cinp_person_id",
        links=(Link(column="cinp_referral_id", to="referral"),),
        dated=("cinp_cin_plan_start_date",),
        used=(
            "cinp_cin_plan_id", "cinp_referral_id", "cinp_person_id", "cinp_cin_plan_start_date",
            "cinp_cin_plan_end_date",
        ),
        unused=("cinp_cin_plan_team", "cinp_cin_plan_worker_id"),
        aliases={"cinp_cin_plan_start_date": ("cinp_cin_plan_start",),
                 "cinp_cin_plan_end_date": ("cinp_cin_plan_end",)},
        facts=_plan,
    ),
    Table(
        name="ssd_cin_visits",
        ids=("cinv_cin_visit_id",),
        person="cinv_person_id",
        links=(Link(column="cinv_cin_plan_id", to="cin_plan"),),
        dated=("cinv_cin_visit_date",),
        used=(
            "cinv_cin_visit_id", "cinv_person_id", "cinv_cin_plan_id", "cinv_cin_visit_date",
            "cinv_cin_visit_seen", "cinv_cin_visit_seen_alone", "cinv_cin_visit_bedroom",
        ),
        optional=("cinv_cin_plan_id",),
        facts=_visit,
    ),
)  # fmt: skip
