"""Children of the Standard Safeguarding Dataset drawn for tests: rows, and what each row says.

The rows are written by field name of the specification, and beside each stands what the store should be
told of it, worked out here from what was drawn. Nothing here asks the reader.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.builders import ssd_spec

TODAY = date(2026, 11, 24)
LEGAL = {
    "C1": "Interim care order", "C2": "Full care order", "D1": "Freeing order granted",
    "E1": "Placement order granted", "V2": "Single period of accommodation under section 20",
    "L1": "Under police protection", "L2": "Emergency protection order",
    "J1": "Remanded to local authority accommodation",
}  # fmt: skip
NOT_OF_CARE = ("Special Guardianship Order", "Care leaver - former relevant", "Private fostering")
CATEGORIES = {"Neglect": "NEG", "Physical abuse": "PHY", "Sexual abuse": "SAB",
              "Emotional abuse": "EMO", "Multiple: Neglect, Physical abuse": "MUL"}  # fmt: skip
ROLES = {"ALLOCATED CASE WORKER": "social_worker", "Independent Reviewing Officer": "iro",
         "Team Manager": "team_manager", "Speech therapist": ""}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its words: a layout writes one, the other or both."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one row says once: the fact that is to be told of it."""

    kind: str
    on: date
    child: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None
    until: date | None = None
    is_on_sight: bool = False


Cells = dict[str, Any]
DRAWN = frozenset(
    f"ssd_{name}"
    for name in """person family mother department professionals involvements cin_episodes cin_assessments
    cin_plans cin_visits s47_enquiry initial_cp_conference cp_plans cp_reviews cp_visits cla_episodes
    legal_status cla_reviews cla_visits cla_care_plan cla_placement missing cla_health sdq_scores
    permanence pre_proceedings care_leavers""".split()
)
"""The tables that rows are drawn for; of every other one a row is written that nobody must read."""


@dataclass(slots=True)
class Written:
    """One row, what it says, and (for a row that must not be taken) the code of its refusal."""

    table: str
    cells: Cells
    says: list[Said] = field(default_factory=list)
    refused: str = ""


@dataclass
class Lives:
    """Everything drawn: rows by table, children as the folder names them, the numbers given out."""

    chance: Random
    rows: dict[str, list[Written]] = field(default_factory=dict)
    born: dict[str, date] = field(default_factory=dict)
    unborn: dict[str, date] = field(default_factory=dict)
    n_given: int = 0

    def number(self, prefix: str) -> str:
        self.n_given += 1
        return f"{prefix}{self.n_given:04d}"

    def write(self, table: str, cells: Cells, *says: Said, refused: str = "") -> Written:
        row = Written(table, cells, list(says), refused)
        self.rows.setdefault(table, []).append(row)
        return row

    def maybe(self) -> bool:
        return self.chance.random() < 0.5

    def yes_no(self) -> bool | None:
        return self.chance.choice((True, False, None))

    def day(self, since: date, until: date = TODAY) -> date:
        return since + timedelta(days=self.chance.randrange(max(1, (until - since).days)))

    def end(self, since: date) -> date | None:
        return self.day(since) if self.maybe() else None

    def coded(self, table: str, name: str) -> Coded:
        return Coded(*self.chance.choice(list(ssd_spec.words(table, name).items())))


def said_yes_no(value: bool | None) -> str:
    """Return an answer as the record keeps it."""
    return "" if value is None else "yes" if value else "no"


def kept(**fields: str) -> dict[str, str]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value}


def draw(chance: Random, *, n_children: int = 2) -> Lives:
    """Draw children and everything that the dataset may say of them."""
    lives = Lives(chance)
    for _ in range(n_children):
        child = lives.number("P")
        if chance.random() < 0.15:
            lives.unborn[child] = TODAY + timedelta(days=chance.randrange(10, 200))
            lives.write("ssd_person", _person(child, expected=lives.unborn[child]))
            _protected(lives, child, date(2026, 3, 1))
            continue
        born = lives.born[child] = lives.day(date(2009, 1, 1), date(2022, 1, 1))
        sex = chance.choice(("M", "F", "U"))
        lives.write("ssd_person", _person(child, born=born, sex=sex))
        _in_need(lives, child, born)
        _protected(lives, child, born)
        _looked_after(lives, child, born)
        _leaving(lives, child, born)
    _family(lives)
    return lives


def _person(
    child: str, *, born: date | None = None, expected: date | None = None, sex: str | None = None
) -> Cells:
    return {"pers_person_id": child, "pers_dob": born, "pers_expected_dob": expected, "pers_sex": sex,
            "pers_death_date": None}  # fmt: skip


def _in_need(lives: Lives, child: str, born: date) -> None:
    referral, since = lives.number("REF"), lives.day(born)
    closed, nfa = lives.end(since), lives.yes_no()
    reason = lives.coded("ssd_cin_episodes", "cine_close_reason").code
    keys = {"referral": referral}
    says = [Said(kind="referral.received", on=since, child=child, keys=keys,
                 fields=kept(no_further_action=said_yes_no(nfa), source="2A"))]  # fmt: skip
    if closed:
        says.append(Said(kind="referral.closed", on=closed, child=child, keys=keys,
                         fields={"reason": reason}))  # fmt: skip
    lives.write(
        "ssd_cin_episodes",
        {"cine_referral_id": referral, "cine_person_id": child, "cine_referral_date": since,
         "cine_referral_nfa": nfa, "cine_referral_source_desc": "School",
         "cine_referral_source_code": "2A", "cine_close_date": closed,
         "cine_close_reason": reason if closed else None},
        *says,
    )  # fmt: skip
    _assessed(lives, child, referral, since)
    _worked_with(lives, child, referral, since)


def _assessed(lives: Lives, child: str, referral: str, since: date) -> None:
    assessment, seen = lives.number("A"), lives.yes_no()
    started = lives.day(since)
    done = lives.end(started)
    keys = {"assessment": assessment, "referral": referral}
    says = [Said(kind="assessment.started", on=started, child=child, keys=keys)]
    if done:
        says.append(Said(kind="assessment.authorised", on=done, child=child, keys=keys,
                         fields=kept(seen=said_yes_no(seen))))  # fmt: skip
    lives.write(
        "ssd_cin_assessments",
        {"cina_assessment_id": assessment, "cina_person_id": child, "cina_referral_id": referral,
         "cina_assessment_start_date": started, "cina_assessment_auth_date": done,
         "cina_assessment_child_seen": seen, "cina_assessment_outcome_nfa": None},
        *says,
    )  # fmt: skip
    plan, began = lives.number("CIN"), lives.day(started)
    ended = lives.end(began)
    keys = {"cin_plan": plan, "referral": referral}
    says = [Said(kind="child_in_need_plan.began", on=began, child=child, keys=keys)]
    if ended:
        says.append(Said(kind="child_in_need_plan.ended", on=ended, child=child, keys=keys))
    lives.write(
        "ssd_cin_plans",
        {"cinp_cin_plan_id": plan, "cinp_referral_id": referral, "cinp_person_id": child,
         "cinp_cin_plan_start_date": began, "cinp_cin_plan_end_date": ended},
        *says,
    )  # fmt: skip
    seen, alone, bedroom, on = lives.yes_no(), lives.yes_no(), lives.yes_no(), lives.day(began)
    lives.write(
        "ssd_cin_visits",
        {"cinv_cin_visit_id": lives.number("V"), "cinv_person_id": child, "cinv_cin_visit_date": on,
         "cinv_cin_visit_seen": seen, "cinv_cin_visit_seen_alone": alone,
         "cinv_cin_visit_bedroom": bedroom},
        Said(kind="child_in_need_visit.made", on=on, child=child,
             fields=kept(seen=said_yes_no(seen), seen_alone=said_yes_no(alone),
                         bedroom_seen=said_yes_no(bedroom))),
    )  # fmt: skip


def _worked_with(lives: Lives, child: str, referral: str, since: date) -> None:
    team, worker = lives.number("T"), lives.number("W")
    lives.write(
        "ssd_department",
        {"dept_team_id": team, "dept_team_name": f"Team {team}", "dept_team_parent_id": None,
         "dept_team_parent_name": None},
        Said(kind="team.formed", on=TODAY, is_on_sight=True,
             fields={"name": f"Team {team}", "kind": "team"}),
    )  # fmt: skip
    lives.write(
        "ssd_professionals",
        {"prof_professional_id": worker, "prof_professional_name": "Example, Jo",
         "prof_professional_job_title": "Worker"},
        Said(kind="worker.registered", on=TODAY, is_on_sight=True,
             fields={"name": "Jo Example", "family_name": "Example"}),
    )  # fmt: skip
    words = lives.chance.choice(list(ROLES))
    began = lives.day(since)
    until = lives.end(began)
    role = {"role": ROLES[words]}
    says = [Said(kind="role.held", on=began, until=until, child=child, fields=role)]
    if until is None and ROLES[words] != "team_manager":
        # Who works in a team is told of those who do now; who manages one is for the authority to say.
        says.append(Said(kind="role.held", on=TODAY, is_on_sight=True, fields=role))
    lives.write(
        "ssd_involvements",
        {"invo_involvements_id": lives.number("I"), "invo_professional_id": worker,
         "invo_professional_role_id": words, "invo_professional_team": team, "invo_person_id": child,
         "invo_involvement_start_date": began, "invo_involvement_end_date": until,
         "invo_referral_id": referral},
        *(says if ROLES[words] else ()),
    )  # fmt: skip


def _told(duty: str, due: date, child: str, keys: dict[str, str], row: str) -> Said:
    return Said(kind="other_system_date.told", on=TODAY, child=child, keys=keys, is_on_sight=True,
                fields={"duty": duty, "due_on": due.isoformat(), "row": row})  # fmt: skip


def _protected(lives: Lives, child: str, born: date) -> None:
    enquiry, begun = lives.number("S47"), lives.day(born)
    ended, nfa = lives.end(begun), lives.maybe()
    keys = {"enquiry": enquiry}
    says = [Said(kind="s47_enquiry.begun", on=begun, child=child, keys=keys)]
    if ended:
        outcome = "no_conference" if nfa else "conference"
        says.append(
            Said(kind="s47_enquiry.ended", on=ended, child=child, keys=keys, outcome=outcome)
        )
    flag = "Y" if not nfa else "N"
    lives.write(
        "ssd_s47_enquiry",
        {"s47e_s47_enquiry_id": enquiry, "s47e_person_id": child, "s47e_referral_id": None, "s47e_s47_start_date": begun,
         "s47e_s47_end_date": ended, "s47e_s47_nfa": nfa,
         "s47e_s47_outcome_json": f'{{"NFA_FLAG": "", "CP_CONFERENCE_FLAG": "{flag}"}}'},
        *says,
    )  # fmt: skip
    plan, began = lives.number("CP"), lives.day(begun)
    _conference(lives, child, enquiry, plan, begun)
    ended, (words, category) = lives.end(began), lives.chance.choice(list(CATEGORIES.items()))
    keys, ola = {"plan": plan}, lives.yes_no()
    # Systems without the column of another authority's plan say nothing of it.
    says = [Said(kind="child_protection_plan.began", on=began, child=child, keys=keys,
                 fields=kept(category=category, other_authority=said_yes_no(ola)))]  # fmt: skip
    if ended:
        says.append(Said(kind="child_protection_plan.ended", on=ended, child=child, keys=keys))
    lives.write(
        "ssd_cp_plans",
        {"cppl_cp_plan_id": plan, "cppl_person_id": child, "cppl_referral_id": None, "cppl_cp_plan_start_date": began,
         "cppl_cp_plan_end_date": ended, "cppl_cp_plan_initial_category": words,
         "cppl_cp_plan_latest_category": "Neglect", "cppl_cp_plan_ola": ola},
        *says,
    )  # fmt: skip
    _under_a_plan(lives, child, plan, began)


def _conference(lives: Lives, child: str, enquiry: str, plan: str, since: date) -> None:
    meeting, held, due = lives.number("IC"), lives.end(since), since + timedelta(days=21)
    made, transfer = lives.maybe(), lives.yes_no()
    keys = {"meeting": meeting, "plan": plan, "enquiry": enquiry}
    says = [_told("initial_conference", due, child, keys, f"ssd_initial_cp_conference {meeting}")]
    if held:
        says.append(Said(kind="initial_conference.held", on=held, child=child, keys=keys,
                         outcome="plan_made" if made else "no_plan",
                         fields=kept(transfer_in=said_yes_no(transfer))))  # fmt: skip
    lives.write(
        "ssd_initial_cp_conference",
        {"icpc_icpc_id": meeting, "icpc_s47_enquiry_id": enquiry, "icpc_person_id": child, "icpc_referral_id": None,
         "icpc_cp_plan_id": plan, "icpc_icpc_transfer_in": transfer, "icpc_icpc_target_date": due,
         "icpc_icpc_date": held, "icpc_icpc_outcome_cp_flag": made, "icpc_icpc_outcome_json": None},
        *says,
    )  # fmt: skip


def _under_a_plan(lives: Lives, child: str, plan: str, since: date) -> None:
    meeting, held, due = lives.number("RC"), lives.end(since), since + timedelta(days=90)
    goes_on, quorate = lives.yes_no(), lives.yes_no()
    keys = {"meeting": meeting, "plan": plan}
    says = [_told("review_conference", due, child, keys, f"ssd_cp_reviews {meeting}")]
    if held:
        outcome = {True: "plan_continues", False: "plan_ends", None: None}[goes_on]
        says.append(Said(kind="review_conference.held", on=held, child=child, keys=keys,
                         outcome=outcome, fields=kept(quorate=said_yes_no(quorate))))  # fmt: skip
    lives.write(
        "ssd_cp_reviews",
        {"cppr_cp_review_id": meeting, "cppr_person_id": child, "cppr_cp_plan_id": plan,
         "cppr_cp_review_due": due, "cppr_cp_review_date": held,
         "cppr_cp_review_outcome_continue_cp": goes_on, "cppr_cp_review_quorate": quorate},
        *says,
    )  # fmt: skip
    seen, alone, bedroom, on = lives.yes_no(), lives.yes_no(), lives.yes_no(), lives.day(since)
    lives.write(
        "ssd_cp_visits",
        {"cppv_cp_visit_id": lives.number("V"), "cppv_person_id": child, "cppv_cp_plan_id": plan,
         "cppv_cp_visit_date": on, "cppv_cp_visit_seen": seen, "cppv_cp_visit_seen_alone": alone,
         "cppv_cp_visit_bedroom": bedroom},
        Said(kind="child_protection_visit.made", on=on, child=child, keys={"plan": plan},
             fields=kept(seen=said_yes_no(seen), seen_alone=said_yes_no(alone),
                         bedroom_seen=said_yes_no(bedroom))),
    )  # fmt: skip


def _looked_after(lives: Lives, child: str, born: date) -> None:
    period, entered = lives.number("CLA"), lives.day(max(born, date(2026, 1, 1)))
    moved = lives.day(entered) if lives.maybe() else None
    left = lives.end(moved or entered)
    reason = lives.coded("ssd_cla_episodes", "clae_cla_episode_ceased_reason")
    while reason.code in ("X1", "E2", "E5", "E6"):
        # The words of E5 and E6 begin alike, a death is told apart, and X1 ends nothing.
        reason = lives.coded("ssd_cla_episodes", "clae_cla_episode_ceased_reason")
    contact = lives.end(entered)
    says = [Said(kind="looked_after.began", on=entered, child=child, fields={"reason": "S"})]
    if moved:
        # A change of placement is another episode of the same care.
        _episode(lives, child, period, entered, ("S", entered, moved, Coded("X1", "New episode begins")),
                 contact=None, says=says)  # fmt: skip
        says = []
    if contact:
        says.append(Said(kind="iro_contact.made", on=contact, child=child))
    if left:
        says.append(Said(kind="looked_after.ended", on=left, child=child,
                         fields={"reason": reason.code}))  # fmt: skip
    start = ("P", moved) if moved else ("S", entered)
    _episode(lives, child, period, entered, (*start, left, reason if left else None),
             contact=contact, says=says)  # fmt: skip
    _placed(lives, child, period, entered)
    _reviewed(lives, child, period, entered)
    _ordered(lives, child, entered)
    _cared_for(lives, child, entered)


def _episode(
    lives: Lives, child: str, period: str, entered: date, drawn: tuple[Any, ...], *, contact: date | None,
    says: list[Said],
) -> None:  # fmt: skip
    start, began, ceased, reason = drawn
    words = ssd_spec.words("ssd_cla_episodes", "clae_cla_episode_start_reason")
    lives.write(
        "ssd_cla_episodes",
        {"clae_cla_episode_id": lives.number("E"), "clae_person_id": child, "clae_referral_id": None,
         "clae_cla_episode_start_date": began,
         "clae_cla_episode_start_reason": Coded(start, words[start]),
         "clae_cla_episode_ceased_date": ceased, "clae_cla_episode_ceased_reason": reason,
         "clae_cla_id": period, "clae_entered_care_date": entered,
         "clae_cla_last_iro_contact_date": contact},
        *says,
    )  # fmt: skip


def _placed(lives: Lives, child: str, period: str, since: date) -> None:
    placement, began = lives.number("PL"), lives.day(since)
    ended, sort = lives.end(began), lives.coded("ssd_cla_placement", "clap_cla_placement_type")
    keys = {"placement": placement}
    says = [Said(kind="placement.began", on=began, child=child, keys=keys,
                 fields={"type": sort.code, "provider": "PR1"})]  # fmt: skip
    if ended:
        says.append(Said(kind="placement.ended", on=ended, child=child, keys=keys,
                         fields={"reason": "CARPL"}))  # fmt: skip
    lives.write(
        "ssd_cla_placement",
        {"clap_cla_placement_id": placement, "clap_cla_placement_start_date": began,
         "clap_cla_placement_type": sort, "clap_cla_id": period, "clap_cla_placement_provider": "PR1",
         "clap_cla_placement_end_date": ended, "clap_cla_placement_urn": None,
         "clap_cla_placement_change_reason": "CARPL" if ended else None, "clap_person_id": child},
        *says,
    )  # fmt: skip
    seen, alone, on = lives.yes_no(), lives.yes_no(), lives.day(since)
    lives.write(
        "ssd_cla_visits",
        {"clav_cla_visit_id": lives.number("V"), "clav_cla_id": period, "clav_person_id": child,
         "clav_cla_visit_date": on, "clav_cla_visit_seen": seen, "clav_cla_visit_seen_alone": alone},
        Said(kind="visit.made", on=on, child=child,
             fields=kept(seen=said_yes_no(seen), seen_alone=said_yes_no(alone))),
    )  # fmt: skip


def _reviewed(lives: Lives, child: str, period: str, since: date) -> None:
    meeting, due = lives.number("R"), since + timedelta(days=28)
    on, cancelled = lives.end(since), lives.chance.choice((True, False, None))
    part = lives.coded("ssd_cla_reviews", "clar_cla_review_participation")
    keys = {"meeting": meeting}
    says = [_told("looked_after_review", due, child, keys, f"ssd_cla_reviews {meeting}")]
    if on and cancelled:
        says.append(Said(kind="looked_after_review.cancelled", on=on, child=child, keys=keys))
    elif on:
        says.append(Said(kind="looked_after_review.held", on=on, child=child, keys=keys,
                         fields={"participation": part.code}))  # fmt: skip
    lives.write(
        "ssd_cla_reviews",
        {"clar_cla_review_id": meeting, "clar_cla_id": period, "clar_cla_review_due_date": due,
         "clar_cla_review_date": on, "clar_cla_review_cancelled": cancelled,
         "clar_cla_review_participation": part},
        *says,
    )  # fmt: skip


def _ordered(lives: Lives, child: str, since: date) -> None:
    status = Coded(*lives.chance.choice(list(LEGAL.items())))
    until = lives.end(since)
    lives.write(
        "ssd_legal_status",
        {"lega_legal_status_id": lives.number("L"), "lega_person_id": child,
         "lega_legal_status": status, "lega_legal_status_start_date": since,
         "lega_legal_status_end_date": until},
        Said(kind="legal_status.began", on=since, until=until, child=child,
             fields={"status": status.code}),
    )  # fmt: skip
    lives.write(
        "ssd_legal_status",
        {"lega_legal_status_id": lives.number("L"), "lega_person_id": child,
         "lega_legal_status": lives.chance.choice(NOT_OF_CARE), "lega_legal_status_start_date": since,
         "lega_legal_status_end_date": None},
    )  # fmt: skip
    made, until = lives.day(since), None
    lives.write(
        "ssd_cla_care_plan",
        {"lacp_table_id": lives.number("K"), "lacp_person_id": child,
         "lacp_cla_care_plan_start_date": made, "lacp_cla_care_plan_end_date": until,
         "lacp_cla_care_plan_json": '{"ADOPTION": "Y", "RETURN1M": "N", "OTHERPLN": ""}'},
        Said(kind="care_plan.made", on=made, child=child, fields={"aims": "Adoption"}),
    )  # fmt: skip


def _cared_for(lives: Lives, child: str, since: date) -> None:
    on, status = lives.day(since), lives.chance.choice(("Completed", "Refused", None))
    sort, kind = lives.chance.choice(
        (("Health Assessment", "health_assessment.made"), ("Dental Check", "dental_check.made"))
    )
    lives.write(
        "ssd_cla_health",
        {"clah_health_check_id": lives.number("H"), "clah_person_id": child,
         "clah_health_check_type": sort, "clah_health_check_date": on,
         "clah_health_check_status": status},
        *(() if status == "Refused" else (Said(kind=kind, on=on, child=child),)),
    )  # fmt: skip
    reason = lives.coded("ssd_sdq_scores", "csdq_sdq_reason") if lives.maybe() else None
    score = "" if reason else str(lives.chance.randrange(41))
    lives.write(
        "ssd_sdq_scores",
        {"csdq_table_id": lives.number("Q"), "csdq_person_id": child, "csdq_sdq_completed_date": on,
         "csdq_sdq_reason": reason, "csdq_sdq_score": score or None},
        Said(kind="sdq.scored", on=on, child=child,
             fields=kept(score=score, reason=reason.code if reason else "")),
    )  # fmt: skip
    ended, away = lives.end(on), lives.maybe()
    says = [Said(kind="missing_episode.begun", on=on, child=child,
                 fields={"type": "away" if away else "missing"})]  # fmt: skip
    if ended:
        says.append(Said(kind="missing_episode.ended", on=ended, child=child))
    lives.write(
        "ssd_missing",
        {"miss_table_id": lives.number("M"), "miss_person_id": child,
         "miss_missing_episode_start_date": on, "miss_missing_episode_end_date": ended,
         "miss_missing_episode_type": "Away" if away else "Missing"},
        *says,
    )  # fmt: skip


def _leaving(lives: Lives, child: str, born: date) -> None:
    days = [lives.end(born) for _ in range(5)]
    order = lives.chance.choice(
        (("Adoption", "adoption"), ("Special Guardianship", "special_guardianship"),
         ("Child Arrangements Order/ Residence Order", "child_arrangements"))
    )  # fmt: skip
    reason = lives.coded("ssd_permanence", "perm_decision_reversed_reason")
    kinds = ("adoption_decision.made", "adoption_match.made", "adoption_placement.began",
             "adoption_decision.reversed", "permanence_order.made")  # fmt: skip
    fields: tuple[dict[str, str], ...] = (
        {}, {}, {"by_former_carer": "yes"}, {"reason": reason.code}, {"type": order[1]}
    )  # fmt: skip
    lives.write(
        "ssd_permanence",
        {"perm_table_id": lives.number("X"), "perm_person_id": child, "perm_adm_decision_date": days[0],
         "perm_matched_date": days[1], "perm_placed_for_adoption_date": days[2],
         "perm_adopted_by_carer_flag": True, "perm_decision_reversed_date": days[3],
         "perm_decision_reversed_reason": reason, "perm_permanence_order_date": days[4],
         "perm_permanence_order_type": order[0]},
        *(Said(kind=kind, on=on, child=child, fields=said)
          for kind, on, said in zip(kinds, days, fields, strict=True) if on),
    )  # fmt: skip
    _before_court(lives, child, born)
    contact, reviewed = lives.end(born), lives.end(born)
    says = [Said(kind="care_leaver_contact.made", on=contact, child=child)] if contact else []
    if reviewed:
        says.append(Said(kind="pathway_plan.reviewed", on=reviewed, child=child,
                         fields={"eligibility": "former_relevant"}))  # fmt: skip
    lives.write(
        "ssd_care_leavers",
        {"clea_table_id": lives.number("Y"), "clea_person_id": child,
         "clea_care_leaver_eligibility": "Former Relevant", "clea_care_leaver_latest_contact": contact,
         "clea_pathway_plan_review_date": reviewed},
        *says,
    )  # fmt: skip


def _before_court(lives: Lives, child: str, born: date) -> None:
    days = [lives.end(born) for _ in range(5)]
    kinds = ("pre_proceedings.decided", "letter_before_proceedings.sent",
             "pre_proceedings_meeting.held", "letter_of_issue.sent",
             "pre_proceedings.ended")  # fmt: skip
    fields = ("prep_pre_pro_decision_date", "prep_pre_pro_letter_date",
              "prep_initial_pre_pro_meeting_date", "prep_care_pro_letter_date",
              "prep_agree_stepdown_issue_date")  # fmt: skip
    number = lives.number("PP")
    lives.write(
        "ssd_pre_proceedings",
        {"prep_table_id": number, "prep_person_id": child,
         "prep_pre_pro_outcome": "Decision to step down", **dict(zip(fields, days, strict=True))},
        *(Said(kind=kind, on=on, child=child, keys={"proceedings": number},
               outcome="stepped_down" if kind == "pre_proceedings.ended" else None)
          for kind, on in zip(kinds, days, strict=True) if on),
    )  # fmt: skip


def _family(lives: Lives) -> None:
    """Children are drawn in families of three, each on the record of each."""
    everyone = [*lives.born, *lives.unborn]
    for first in range(0, len(everyone), 3):
        children, family = everyone[first : first + 3], lives.number("F")
        for child in children:
            says = [_sibling(lives, child, other) for other in children if other != child]
            lives.write(
                "ssd_family",
                {"fami_table_id": lives.number("FT"), "fami_family_id": family, "fami_person_id": child},
                *says,
            )  # fmt: skip
        lives.write(
            "ssd_mother",
            {"moth_table_id": lives.number("MT"), "moth_person_id": "OUTSIDE",
             "moth_childs_person_id": children[0]},
        )  # fmt: skip


def _sibling(lives: Lives, child: str, other: str) -> Said:
    born = lives.born.get(other)
    return Said(kind="sibling.recorded", on=TODAY, child=child, keys={"sibling": other},
                is_on_sight=True, fields=kept(born_on=born.isoformat() if born else ""))  # fmt: skip
