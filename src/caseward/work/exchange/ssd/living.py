"""Where a child lives, is missing from, and how they are."""

from collections.abc import Iterator

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import care_codes, planning_codes
from caseward.work.exchange.ssd.links import Link
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.tables import Row, Table

HIGHEST_SCORE = 40


def _placement(row: Row) -> Iterator[Fact]:
    began_on = row.began("clap_cla_placement_start_date")
    keys = {"placement": row.identifier}
    yield row.fact(
        "placement.began",
        began_on,
        keys=keys,
        fields={
            "type": row.code("clap_cla_placement_type", care_codes.PLACEMENT_TYPE),
            "provider": row.words("clap_cla_placement_provider"),
            "urn": row.words("clap_cla_placement_urn"),
        },
    )
    ended_on = row.ended("clap_cla_placement_end_date", since=began_on)
    if ended_on is not None:
        reason = row.words("clap_cla_placement_change_reason")
        yield row.fact("placement.ended", ended_on, keys=keys, fields={"reason": reason})


def _missing(row: Row) -> Iterator[Fact]:
    begun_on = row.began("miss_missing_episode_start_date")
    yield row.fact(
        "missing_episode.begun",
        begun_on,
        time=row.time("miss_missing_episode_start_date"),
        fields={
            "type": row.code_if_known("miss_missing_episode_type", planning_codes.MISSING_TYPE)
        },
    )
    ended_on = row.ended("miss_missing_episode_end_date", since=begun_on)
    if ended_on is not None:
        yield row.fact(
            "missing_episode.ended", ended_on, time=row.time("miss_missing_episode_end_date")
        )


def _health(row: Row) -> Iterator[Fact]:
    status = row.code_if_known("clah_health_check_status", planning_codes.HEALTH_STATUS)
    if status == "not" or (not status and row.text("clah_health_check_status")):
        row.aside("a check that was not made is not recorded", row.text("clah_health_check_status"))
        return
    kind = row.code_if_known("clah_health_check_type", planning_codes.HEALTH_CHECK)
    if not kind:
        row.aside("a check of another sort is not recorded", row.text("clah_health_check_type"))
        return
    yield row.fact(kind, row.began("clah_health_check_date"))


def _questionnaire(row: Row) -> Iterator[Fact]:
    score, reason = row.text("csdq_sdq_score"), ""
    if not score.isdecimal() or not score.isascii():
        # Some extracts write the reason in the score's place.
        reason = row.code_if_known("csdq_sdq_reason", planning_codes.NO_SDQ_REASON) or (
            row.code("csdq_sdq_score", planning_codes.NO_SDQ_REASON)
        )
        score = ""
    elif int(score) > HIGHEST_SCORE:
        raise RowRefused("csdq_sdq_score", "code", f"{score} is no score; they go from 0 to 40.")
    if not score and not reason:
        row.aside("there is neither a score nor a reason why not")
        return
    yield row.fact(
        "sdq.scored",
        row.began("csdq_sdq_completed_date"),
        fields={"score": score, "reason": reason},
    )


TABLES = (
    Table(
        name="ssd_cla_placement",
        ids=("clap_cla_placement_id",),
        person="clap_person_id",
        links=(Link(column="clap_cla_id", to="period"),),
        dated=("clap_cla_placement_start_date",),
        is_of_born_children=True,
        used=(
            "clap_cla_placement_id", "clap_cla_placement_start_date", "clap_cla_placement_type",
            "clap_cla_placement_urn", "clap_cla_id", "clap_cla_placement_provider",
            "clap_cla_placement_end_date", "clap_cla_placement_change_reason", "clap_person_id",
        ),
        unused=("clap_cla_placement_distance", "clap_cla_placement_postcode"),
        elsewhere=("clap_cla_episode_id", "clap_cla_placement_la"),
        aliases={"clap_person_id": ("clap_cla_person_id",),
                 "clap_cla_placement_id": ("clap_placement_id",)},
        facts=_placement,
    ),
    Table(
        name="ssd_missing",
        ids=("miss_table_id",),
        person="miss_person_id",
        dated=("miss_missing_episode_start_date",),
        is_of_born_children=True,
        used=(
            "miss_table_id", "miss_person_id", "miss_missing_episode_start_date",
            "miss_missing_episode_type", "miss_missing_episode_end_date",
        ),
        unused=("miss_missing_rhi_offered", "miss_missing_rhi_accepted"),
        aliases={"miss_table_id": ("miss_missing_episode_id", "miss_mis_epi_id"),
                 "miss_missing_episode_start_date": ("miss_missing_episode_start",
                                                     "miss_mis_epi_start"),
                 "miss_missing_episode_end_date": ("miss_missing_episode_end",
                                                   "miss_mis_epi_end"),
                 "miss_missing_episode_type": ("miss_mis_epi_type",)},
        facts=_missing,
    ),
    Table(
        name="ssd_cla_health",
        ids=("clah_health_check_id",),
        person="clah_person_id",
        dated=("clah_health_check_date", "clah_health_check_type"),
        used=(
            "clah_health_check_id", "clah_person_id", "clah_health_check_type",
            "clah_health_check_date", "clah_health_check_status",
        ),
        facts=_health,
    ),
    Table(
        name="ssd_sdq_scores",
        ids=("csdq_table_id",),
        person="csdq_person_id",
        dated=("csdq_sdq_completed_date",),
        is_of_born_children=True,
        used=(
            "csdq_table_id", "csdq_person_id", "csdq_sdq_completed_date", "csdq_sdq_reason",
            "csdq_sdq_score",
        ),
        aliases={"csdq_table_id": ("csdq_sdq_id",)},
        facts=_questionnaire,
    ),
)  # fmt: skip
