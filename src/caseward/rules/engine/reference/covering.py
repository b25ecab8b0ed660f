"""One duty, two rules (M22, M29): a local limit that stands under a national step is one task with it.

While both are open the authority's task is the one that is listed. It shows the national limit
beside its own and is due by the stricter; the national row stays, measured, and names the task
that covers it. What the local rule leaves undated, or no longer binds, covers nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from caseward.rules.engine.reference import limits
from caseward.rules.engine.reference.live import LiveEpisode, Occurrence, fits
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import UNDER, Role
from caseward.rules.procedures.keys import ORDINALS

NATIONAL = "national."


def cover(walk: Walk) -> None:
    """Let each open task of the authority cover the national ones that its limits name."""
    if not walk.law.has_local_limits:
        return
    national = [one for one in walk.episodes if one.procedure.procedure.is_national]
    for episode in walk.episodes:
        if episode.procedure.procedure.is_national or not _is_open(walk, episode.closed_on):
            continue
        for local in episode.occurrences:
            if local.law.unders and _may_cover(walk, local):
                _cover(walk, local, national)


def _cover(walk: Walk, local: Occurrence, national: Collection[LiveEpisode]) -> None:
    names = set(_named(local))
    for other in _standing(walk, national, names):
        if other.covered_by or not _covers(walk, local, other):
            continue
        other.covered_by = local.key
        where = f"{UNDER}{other.episode.procedure.id}/{other.law.id}/"
        local.dates += tuple([replace(one, limit=where + one.limit) for one in other.dates])
        limits.settle(local)


def _standing(
    walk: Walk, national: Collection[LiveEpisode], names: Collection[str]
) -> Iterator[Occurrence]:
    for episode in national:
        for other in episode.occurrences:
            if other.law.id in names and other.role is Role.STEP and _is_open(walk, _end(other)):
                yield other


def _covers(walk: Walk, local: Occurrence, other: Occurrence) -> bool:
    """They belong together, and the local one stands as long as the national one does."""
    begins = local.opened_on <= max(other.opened_on, walk.last_fact_on)
    local_end, end = _end(local), _end(other)
    lasts = local_end is None or (end is not None and local_end >= end)
    return begins and lasts and fits(local.keys, other.keys)


def _may_cover(walk: Walk, local: Occurrence) -> bool:
    if local.role is not Role.STEP or local.is_projected or local.is_unbound:
        return False
    return local.due_on is not None and _is_open(walk, _end(local))


def _named(local: Occurrence) -> Iterator[str]:
    """The national steps that the limits in force name, with or without an ordinal of theirs."""
    rules = [row.row.under for row in (local.tightened and local.tightened[1], local.row) if row]
    stated = local.law.limits
    applies = local.applies if len(local.applies) == len(stated) else [True] * len(stated)
    rules += [one.limit.under for one, holds in zip(stated, applies, strict=True) if holds]
    for under in rules:
        if under is not None:
            name = under.removeprefix(NATIONAL)
            stem, _, last = name.rpartition(".")
            yield stem if last in ORDINALS else name


def _end(one: Occurrence) -> date | None:
    return one.met_on or one.ended_on


def _is_open(walk: Walk, end: date | None) -> bool:
    return end is None or end > walk.last_fact_on
