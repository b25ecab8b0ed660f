"""Years in care: episodes, placements, orders, reviews, visits, health, and how they end.

A change of placement or of legal status makes a new episode of the yearly return and no new entry
to care; each episode names the placement in which it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseward.interfaces.cli.demonstration.caseload.extracts import PutRight
from caseward.interfaces.cli.demonstration.caseload.lives import Life
from caseward.rules.calendars import counting

REVIEWS_IN_TIME, VISITS_IN_TIME = 0.91, 0.87
PUT_RIGHT, TAKEN_OUT = 0.002, 0.0006
"""Shares of visits that were corrected, or deleted, in the other system since the first extract."""
UNDER_FOUR, OFTEN_UNTIL = 4, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From a day on: under which order, in which kind of placement, and whether the carers changed."""

    on: date
    status: str
    placement: str
    is_new_placement: bool = True


def looked_after(
    life: Life,
    turns: Sequence[Turn],
    *,
    until: date | None = None,
    left: str = "E4A",
    is_drifting: bool = False,
) -> None:
    """Write the whole time in care, to its end or to today."""
    life.care = life.of.tables.new_id()
    life.entered_on = entered = turns[0].on
    ends = [*(turn.on for turn in turns[1:]), until]
    placement, placement_since = "", entered
    for number, (turn, ended_on) in enumerate(zip(turns, ends, strict=True)):
        following = turns[number + 1] if number + 1 < len(turns) else None
        if turn.is_new_placement or not placement:
            placement = life.of.tables.new_id()
            placement_since = turn.on
            _placed(life, placement, turn, _placement_ends(turns, number, until))
        before = turns[number - 1] if number else None
        life.row(
            "ssd_cla_episodes",
            turn.on,
            clae_cla_episode_id=life.of.tables.new_id(),
            clae_person_id=life.number,
            clae_cla_episode_start_date=turn.on,
            clae_cla_episode_start_reason=_reason(before, turn),
            clae_cla_primary_need_code="N1",
            clae_cla_episode_ceased_date=life.closing(ended_on, ended_on) if ended_on else None,
            clae_cla_episode_ceased_reason=life.closing("X1" if following else left, ended_on),
            clae_cla_id=life.care,
            clae_referral_id=life.referral,
            clae_cla_placement_id=placement,
            clae_entered_care_date=entered,
            clae_cla_last_iro_contact_date=None,
        )
        if placement_since == turn.on and turn.placement == "P1":
            life.at_home_since = turn.on
    _orders(life, turns, until)
    _planned(life, entered, until)
    _reviewed(life, entered, until, is_drifting=is_drifting)
    _visited(life, turns, until, is_drifting=is_drifting)
    _health(life, entered, until)


def _reason(before: Turn | None, turn: Turn) -> str:
    if before is None:
        return "S"
    if not turn.is_new_placement:
        return "L"
    return "P" if before.status == turn.status else "B"


def _placement_ends(turns: Sequence[Turn], number: int, until: date | None) -> date | None:
    return next((turn.on for turn in turns[number + 1 :] if turn.is_new_placement), until)


def _placed(life: Life, placement: str, turn: Turn, ended_on: date | None) -> None:
    life.placements.append((turn.on, placement))
    life.row(
        "ssd_cla_placement",
        turn.on,
        clap_cla_placement_id=placement,
        clap_cla_id=life.care,
        clap_person_id=life.number,
        clap_cla_placement_start_date=turn.on,
        clap_cla_placement_type=turn.placement,
        clap_cla_placement_provider="PR0" if turn.placement == "P1" else "PR1",
        clap_cla_placement_end_date=life.closing(ended_on, ended_on) if ended_on else None,
        clap_cla_placement_change_reason=life.closing("CARPL", ended_on),
    )


def _orders(life: Life, turns: Sequence[Turn], until: date | None) -> None:
    changes = [turn for number, turn in enumerate(turns) if not number or
               turns[number - 1].status != turn.status]  # fmt: skip
    ends = [*(turn.on for turn in changes[1:]), until]
    for turn, ended_on in zip(changes, ends, strict=True):
        if turn.status == "C2":
            life.care_order_on = turn.on
        life.row(
            "ssd_legal_status",
            turn.on,
            lega_legal_status_id=life.of.tables.new_id(),
            lega_person_id=life.number,
            lega_legal_status=turn.status,
            lega_legal_status_start_date=turn.on,
            lega_legal_status_end_date=life.closing(ended_on, ended_on) if ended_on else None,
        )


def _planned(life: Life, entered: date, until: date | None) -> None:
    made = life.of.after(entered, life.of.random.randint(2, 9))
    life.row(
        "ssd_cla_care_plan",
        made,
        lacp_table_id=life.of.tables.new_id(),
        lacp_person_id=life.number,
        lacp_cla_care_plan_start_date=made,
        lacp_cla_care_plan_end_date=life.closing(until, until) if until else None,
    )


def _reviewed(life: Life, entered: date, until: date | None, *, is_drifting: bool) -> None:
    setting, random = life.of, life.of.random
    share = 0.35 if is_drifting else REVIEWS_IN_TIME
    previous, number = entered, 0
    while True:
        due = _review_due(life, previous, number)
        held = setting.worked(due + timedelta(days=setting.late(share, most=45) - 2))
        if until is not None and held >= until:
            return
        review = setting.tables.new_id()
        code = (
            "PN0" if life.age_on(held) < UNDER_FOUR else random.choice(("PN1", "PN1", "PN3", "PN7"))
        )
        life.row(
            "ssd_cla_reviews",
            previous,
            clar_cla_review_id=review,
            clar_cla_id=life.care,
            clar_cla_review_due_date=due,
            clar_cla_review_date=life.closing(held, held),
            clar_cla_review_cancelled="N",
            clar_cla_review_participation=life.closing(code, held),
        )
        if not setting.has_been(held):
            return
        life.reviews.append((held, review))
        previous, number = held, number + 1


def _review_due(life: Life, previous: date, number: int) -> date:
    if number == 0:
        return life.of.after(previous, 20)
    months = 3 if number == 1 else 6
    return counting.count_forward(life.of.calendar, previous, months, "months").day


def _visited(life: Life, turns: Sequence[Turn], until: date | None, *, is_drifting: bool) -> None:
    setting, random = life.of, life.of.random
    on = setting.after(turns[0].on, random.randint(1, 5))
    while on < (until or setting.today):
        seen = "N" if setting.happens(0.05) else "Y"
        life.row(
            "ssd_cla_visits",
            on,
            clav_cla_visit_id=setting.tables.new_id(),
            clav_cla_id=life.care,
            clav_person_id=life.number,
            clav_cla_visit_date=_as_recorded(life, on),
            clav_cla_visit_seen=seen,
            clav_cla_visit_seen_alone=random.choice("YYYN") if seen == "Y" else "N",
        )
        if setting.has_been(on) and on < setting.began_on and setting.happens(TAKEN_OUT):
            setting.tables.take_out_last("ssd_cla_visits", setting.today - timedelta(days=3))
        gap = 40 + (random.randint(5, 50) if is_drifting else setting.late(VISITS_IN_TIME, most=20))
        on = setting.worked(on + timedelta(days=gap))


def _as_recorded(life: Life, on: date) -> date | PutRight:
    """Return the day of a visit; of a few it was wrong at first and put right last week."""
    setting = life.of
    if on < setting.began_on - timedelta(days=30) and setting.happens(PUT_RIGHT):
        return PutRight(on - timedelta(days=2), on, setting.today - timedelta(days=6))
    return on


def _health(life: Life, entered: date, until: date | None) -> None:
    setting, random = life.of, life.of.random
    on = setting.after(entered, random.randint(12, 26))
    every = 180 if life.age_on(entered) < OFTEN_UNTIL else 360
    while on < (until or setting.today):
        life.row(
            "ssd_cla_health",
            on,
            clah_health_check_id=setting.tables.new_id(),
            clah_person_id=life.number,
            clah_health_check_type="Health Assessment",
            clah_health_check_date=on,
            clah_health_check_status="Completed",
        )
        on = setting.worked(on + timedelta(days=every + random.randint(-15, 40)))


def moved_on(life: Life, *, adm: date, matched: date, placed: date, ordered: date) -> None:
    """Towards adoption: the decision, the match, the placement and the order."""
    life.row(
        "ssd_permanence",
        adm,
        perm_table_id=life.of.tables.new_id(),
        perm_person_id=life.number,
        perm_cla_id=life.care,
        perm_adm_decision_date=adm,
        perm_matched_date=life.closing(matched, matched),
        perm_placed_for_adoption_date=life.closing(placed, placed),
        perm_permanence_order_date=life.closing(ordered, ordered),
        perm_permanence_order_type=life.closing("Adoption", ordered),
    )
