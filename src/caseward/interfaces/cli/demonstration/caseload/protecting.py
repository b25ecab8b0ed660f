"""Enquiries, conferences and child protection plans, with the delay that authorities have.

Shares in time: Department for Education, children in need tables of 2024 and 2025 (initial
conferences within 15 working days 81 %; plans reviewed within the times 90 %).
"""

from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.caseload.lives import Life
from caseward.rules.calendars import counting

CONFERENCES_IN_TIME, REVIEWS_IN_TIME = 0.81, 0.90
DUE_IN, VISIT_EVERY = 15, 10
CATEGORIES = ("NEG", "NEG", "NEG", "EMO", "EMO", "PHY", "SAB")


def enquired(
    life: Life, on: date, *, is_planned: bool = True, is_from_elsewhere: bool = False
) -> date | None:
    """A section 47 enquiry and its conference; return the day on which a plan began, if one did."""
    setting, random = life.of, life.of.random
    enquiry, conference = setting.tables.new_id(), setting.tables.new_id()
    target = setting.after(on, DUE_IN)
    held = setting.after(on, DUE_IN + setting.late(CONFERENCES_IN_TIME, most=18))
    ended = setting.after(on, random.randint(4, 9))
    life.row(
        "ssd_s47_enquiry",
        on,
        s47e_s47_enquiry_id=enquiry,
        s47e_referral_id=life.referral,
        s47e_person_id=life.number,
        s47e_s47_start_date=on,
        s47e_s47_end_date=life.closing(ended, ended),
        s47e_s47_nfa="N",
    )
    life.plan = setting.tables.new_id() if is_planned else ""
    life.row(
        "ssd_initial_cp_conference",
        ended,
        icpc_icpc_id=conference,
        icpc_s47_enquiry_id=enquiry,
        icpc_person_id=life.number,
        icpc_cp_plan_id=life.closing(life.plan, held),
        icpc_referral_id=life.referral,
        icpc_icpc_transfer_in="Y" if is_from_elsewhere else "N",
        icpc_icpc_target_date=target,
        icpc_icpc_date=life.closing(held, held),
        icpc_icpc_outcome_cp_flag=life.closing("Y" if is_planned else "N", held),
    )
    if not is_planned or not setting.has_been(held):
        return None
    return held


def planned(
    life: Life, since: date, *, until: date | None = None, is_drifting: bool = False
) -> None:
    """A plan with its review conferences and visits, to its end or to today."""
    random = life.of.random
    life.planned_on = since
    category = random.choice(CATEGORIES)
    life.row(
        "ssd_cp_plans",
        since,
        cppl_cp_plan_id=life.plan,
        cppl_referral_id=life.referral,
        cppl_person_id=life.number,
        cppl_cp_plan_start_date=since,
        cppl_cp_plan_end_date=life.closing(until, until) if until else None,
        cppl_cp_plan_initial_category=category,
        cppl_cp_plan_latest_category=random.choice((category, category, "EMO")),
    )
    _reviewed(life, since, until, is_drifting=is_drifting)
    if not life.is_unborn:
        visited(life, since, until, is_drifting=is_drifting)


def _reviewed(life: Life, since: date, until: date | None, *, is_drifting: bool) -> None:
    setting, random = life.of, life.of.random
    share = 0.4 if is_drifting else REVIEWS_IN_TIME
    previous, months = since, 3
    while True:
        due = counting.count_forward(setting.calendar, previous, months, "months").day
        held = setting.worked(due + timedelta(days=setting.late(share, most=40) - 3))
        is_last = until is not None and held >= until
        on = until if is_last else held
        life.row(
            "ssd_cp_reviews",
            previous,
            cppr_cp_review_id=setting.tables.new_id(),
            cppr_person_id=life.number,
            cppr_cp_plan_id=life.plan,
            cppr_cp_review_due=due,
            cppr_cp_review_date=life.closing(on, on) if on else None,
            cppr_cp_review_outcome_continue_cp=life.closing("N" if is_last else "Y", on),
            cppr_cp_review_quorate=life.closing("N" if setting.happens(0.03) else "Y", on),
            cppr_cp_review_participation=life.closing(random.choice(("PN1", "PN3", "PN7")), on),
        )
        if is_last or on is None or not setting.has_been(on):
            return
        previous, months = on, 6


def visited(life: Life, since: date, until: date | None, *, is_drifting: bool) -> None:
    """Visits every ten working days or so; where it drifts, with gaps of weeks."""
    setting, random = life.of, life.of.random
    on = setting.after(since, random.randint(2, 8))
    while on < (until or setting.today):
        seen = "N" if setting.happens(0.07) else "Y"
        life.row(
            "ssd_cp_visits",
            on,
            cppv_cp_visit_id=setting.tables.new_id(),
            cppv_person_id=life.number,
            cppv_cp_plan_id=life.plan,
            cppv_cp_visit_date=on,
            cppv_cp_visit_seen=seen,
            cppv_cp_visit_seen_alone=random.choice("YYYN") if seen == "Y" else "N",
            cppv_cp_visit_bedroom=random.choice("YYN") if seen == "Y" else "N",
        )
        gap = VISIT_EVERY + (random.randint(3, 20) if is_drifting else setting.late(0.88, most=9))
        on = setting.after(on, max(gap, 3))


def before_proceedings(life: Life, on: date, *, outcome: str = "") -> None:
    """Pre-proceedings from the decision on, to stepping down or to court where an outcome is named."""
    setting, random = life.of, life.of.random
    letter = setting.after(on, random.randint(2, 7))
    meeting = setting.after(letter, random.randint(6, 12))
    ended = setting.after(meeting, random.randint(45, 90)) if outcome else None
    issued = setting.after(ended, 5) if ended and outcome == "court" else None
    life.row(
        "ssd_pre_proceedings",
        on,
        prep_table_id=setting.tables.new_id(),
        prep_person_id=life.number,
        prep_plo_family_id=life.family_name,
        prep_pre_pro_decision_date=on,
        prep_pre_pro_letter_date=life.closing(letter, letter),
        prep_initial_pre_pro_meeting_date=life.closing(meeting, meeting),
        prep_pre_pro_meetings_num=life.closing("1", meeting),
        prep_agree_stepdown_issue_date=life.closing(ended, ended) if ended else None,
        prep_pre_pro_outcome=life.closing(
            "Decision to issue care proceedings" if outcome == "court" else "Step down", ended
        ),
        prep_care_pro_letter_date=life.closing(issued, issued) if issued else None,
    )
