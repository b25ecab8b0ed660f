"""Being looked after: periods of care, legal status, reviews, visits, care plans."""

from collections.abc import Iterator
from datetime import date

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import care_codes, cells, planning_codes
from caseward.work.exchange.ssd.links import Link, Period
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.scanning import period_of
from caseward.work.exchange.ssd.tables import Row, Table
from caseward.work.exchange.ssd.telling import due_date, flags

_DIED = "E2"
_GOES_ON = "X1"


def _episode(row: Row) -> Iterator[Fact]:
    """One period of care has many episodes: care begins once, and ends where an episode says so."""
    started_on = row.began("clae_cla_episode_start_date")
    ceased_on = row.ended("clae_cla_episode_ceased_date", since=started_on)
    reason = row.code("clae_cla_episode_ceased_reason", care_codes.CEASED_REASON)
    row.code_if_known("clae_cla_episode_start_reason", care_codes.START_REASON)
    _refuse_half_an_end(row, ceased_on, reason)
    contact_on = row.happened("clae_cla_last_iro_contact_date")
    yield _entered_care(row, started_on)
    if ceased_on is not None and reason != _GOES_ON:
        if reason == _DIED and not _is_known_dead(row):
            yield row.fact("child.died", ceased_on)
        yield row.fact("looked_after.ended", ceased_on, fields={"reason": reason})
    if contact_on is not None:
        yield row.fact("iro_contact.made", contact_on, of=row.child, part=contact_on.isoformat())


def _refuse_half_an_end(row: Row, ceased_on: date | None, reason: str) -> None:
    if ceased_on is not None and not reason:
        raise RowRefused(
            "clae_cla_episode_ceased_reason", "missing",
            f"The episode ended on {ceased_on:%d/%m/%Y}, but no reason says whether the child left care.",
        )  # fmt: skip
    if reason and reason != _GOES_ON and not row.text("clae_cla_episode_ceased_date"):
        raise RowRefused(
            "clae_cla_episode_ceased_date", "missing",
            f"{reason} says that the child left care, but there is no date. Give the date.",
        )  # fmt: skip


def _entered_care(row: Row, started_on: date) -> Fact:
    """Return the beginning of the period, which each of its episodes gives alike."""
    of = period_of(row)
    period = row.links.periods.get(of) or Period(child=row.child)
    entered_on = period.entered_on or period.started_on
    began_on = entered_on or period.earliest_on or started_on
    if began_on > row.today:
        raise RowRefused(
            "clae_entered_care_date", "future", f"{began_on:%d/%m/%Y} has not come yet."
        )
    is_part_way = entered_on is None or row.links.part_way(began_on)
    return row.fact(
        "looked_after.began",
        began_on,
        of=of,
        fields={
            "reason": "S" if entered_on else "",
            "part_way": "yes" if is_part_way else "",
        },
    )


def _is_known_dead(row: Row) -> bool:
    person = row.links.persons.get(row.child)
    return person is not None and person.is_dead


def _legal_status(row: Row) -> Iterator[Fact]:
    said = row.text("lega_legal_status")
    if not said:
        raise RowRefused("lega_legal_status", "missing", "The legal status is empty.")
    if row.meaning(said, care_codes.LEGAL_STATUS) is None and cells.folded(said).startswith(
        care_codes.NO_CARE_STATUS
    ):
        row.aside("a legal status under which no child is looked after is not recorded", said)
        return
    status = row.code("lega_legal_status", care_codes.LEGAL_STATUS)
    began_on = row.began("lega_legal_status_start_date")
    yield row.fact(
        "legal_status.began",
        began_on,
        until=_until(row, "lega_legal_status_end_date", began_on),
        fields={"status": status},
    )


def _until(row: Row, column: str, since: date) -> date | None:
    until = row.day(column)
    if until is not None and until < since:
        raise RowRefused(column, "order", f"It ends on {until:%d/%m/%Y}, before it begins.")
    return until


def _review(row: Row) -> Iterator[Fact]:
    keys = {"meeting": row.identifier}
    is_cancelled = row.answer("clar_cla_review_cancelled") == "yes"
    on = row.day("clar_cla_review_date") if is_cancelled else row.happened("clar_cla_review_date")
    participation = row.code_if_known("clar_cla_review_participation", care_codes.PARTICIPATION)
    if is_cancelled and on is not None and on <= row.today:
        yield row.fact("looked_after_review.cancelled", on, keys=keys)
    elif is_cancelled:
        row.aside("a review was cancelled, on a day that is not told")
    elif on is not None:
        yield row.fact(
            "looked_after_review.held", on, keys=keys, fields={"participation": participation}
        )
    elif not row.text("clar_cla_review_due_date"):
        row.aside("the review was neither held nor due")
    yield from due_date(row, "clar_cla_review_due_date", "looked_after_review", keys=keys)


def _visit(row: Row) -> Iterator[Fact]:
    yield row.fact(
        "visit.made",
        row.began("clav_cla_visit_date"),
        time=row.time("clav_cla_visit_date"),
        fields={
            "seen": row.answer("clav_cla_visit_seen"),
            "seen_alone": row.answer("clav_cla_visit_seen_alone"),
        },
    )


def _care_plan(row: Row) -> Iterator[Fact]:
    made_on = row.began("lacp_cla_care_plan_start_date")
    yield row.fact(
        "care_plan.made",
        made_on,
        until=_until(row, "lacp_cla_care_plan_end_date", made_on),
        fields={"aims": _aims(row.words("lacp_cla_care_plan_json"))},
    )


def _aims(said: str) -> str:
    """Return in words which aims the plan's JSON cell ticks."""
    ticked = flags(said)
    aims = (
        words
        for code, words in planning_codes.CARE_PLAN.items()
        if cells.yes_or_no(ticked.get(code, "")) == "yes"
    )
    return "; ".join(aims)


TABLES = (
    Table(
        name="ssd_cla_episodes",
        ids=("clae_cla_episode_id",),
        person="clae_person_id",
        links=(Link(column="clae_referral_id", to="referral"),),
        dated=("clae_cla_episode_start_date",),
        is_of_born_children=True,
        used=(
            "clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date",
            "clae_cla_episode_start_reason", "clae_cla_episode_ceased_date",
            "clae_cla_episode_ceased_reason", "clae_cla_id", "clae_referral_id",
            "clae_entered_care_date", "clae_cla_last_iro_contact_date",
        ),
        unused=("clae_cla_primary_need_code", "clae_cla_placement_id"),
        elsewhere=("clae_cla_primary_need", "clae_placement_id"),
        aliases={"clae_cla_episode_start_date": ("clae_cla_episode_start",),
                 "clae_cla_episode_ceased_date": ("clae_cla_episode_ceased",
                                                  "clae_cla_episode_end_date"),
                 "clae_cla_episode_ceased_reason": ("clae_cla_episode_cease_reason",)},
        facts=_episode,
    ),
    Table(
        name="ssd_legal_status",
        ids=("lega_legal_status_id",),
        person="lega_person_id",
        dated=("lega_legal_status_start_date",),
        is_of_born_children=True,
        used=(
            "lega_legal_status_id", "lega_person_id", "lega_legal_status",
            "lega_legal_status_start_date", "lega_legal_status_end_date",
        ),
        aliases={"lega_legal_status_start_date": ("lega_legal_status_start",),
                 "lega_legal_status_end_date": ("lega_legal_status_end",)},
        facts=_legal_status,
    ),
    Table(
        name="ssd_cla_reviews",
        ids=("clar_cla_review_id",),
        person="clar_cla_person_id",
        links=(Link(column="clar_cla_id", to="period"),),
        dated=("clar_cla_review_due_date", "clar_cla_review_date"),
        is_of_born_children=True,
        used=(
            "clar_cla_review_id", "clar_cla_id", "clar_cla_person_id", "clar_cla_review_due_date",
            "clar_cla_review_date", "clar_cla_review_cancelled", "clar_cla_review_participation",
        ),
        optional=("clar_cla_person_id",),
        elsewhere=("clar_cla_episode_id", "clar_cla_review_last_iro_contact_date"),
        aliases={"clar_cla_person_id": ("clar_person_id", "person_id")},
        facts=_review,
    ),
    Table(
        name="ssd_cla_visits",
        ids=("clav_cla_visit_id",),
        person="clav_person_id",
        links=(Link(column="clav_cla_id", to="period"),),
        dated=("clav_cla_visit_date",),
        is_of_born_children=True,
        used=(
            "clav_cla_visit_id", "clav_cla_id", "clav_person_id", "clav_cla_visit_date",
            "clav_cla_visit_seen", "clav_cla_visit_seen_alone",
        ),
        elsewhere=("clav_casenote_id", "clav_cla_episode_id"),
        facts=_visit,
    ),
    Table(
        name="ssd_cla_care_plan",
        ids=("lacp_table_id",),
        person="lacp_person_id",
        dated=("lacp_cla_care_plan_start_date",),
        used=(
            "lacp_table_id", "lacp_person_id", "lacp_cla_care_plan_start_date",
            "lacp_cla_care_plan_end_date", "lacp_cla_care_plan_json",
        ),
        elsewhere=("lacp_cla_episode_id", "lacp_referral_id"),
        aliases={"lacp_table_id": ("lacp_cla_care_plan_id",),
                 "lacp_cla_care_plan_start_date": ("lacp_cla_care_plan_start",),
                 "lacp_cla_care_plan_end_date": ("lacp_cla_care_plan_end",)},
        facts=_care_plan,
    ),
)  # fmt: skip
