"""A new edition comes into force while episodes are open (M28).

`occurrence`: what is open keeps the edition of its trigger. `episode`: the running episode keeps
its edition. `recount`: what is open is dated by the new edition, and first dates stay. A step that
the new edition drops without replacing it ends; one that it renames is the same duty.
"""

from collections.abc import Mapping
from dataclasses import replace

from caseward.rules.engine.reference import compile_steps, dating, endings, watching
from caseward.rules.engine.reference.law import LawProcedure, LawStep
from caseward.rules.engine.reference.live import LiveEpisode, Occurrence
from caseward.rules.engine.reference.walk import Walk
from caseward.rules.engine.tasks import Status

DROPPED = "the new edition ends this step"


def turn(walk: Walk, procedure: LawProcedure) -> None:
    """Let the procedure's running episodes see the edition that comes into force today."""
    editions = procedure.procedure.editions
    now = max(i for i, edition in enumerate(editions) if edition.in_force_from <= walk.day)
    for episode in walk.living:
        if episode.procedure is not procedure or episode.closed_on is not None:
            continue
        view = procedure.views[episode.edition_number, now]
        if view is episode.view:
            continue
        episode.view = view
        gone = compile_steps.renamed(editions[now], editions[now - 1])
        for occurrence in endings.standing(episode):
            _move(walk, episode, occurrence, gone)
        episode.elder = [
            one
            for one in endings.standing(episode)
            if view.by_root.get(one.law.root) is not one.law
        ]


def _move(
    walk: Walk, episode: LiveEpisode, occurrence: Occurrence, gone: Mapping[str, str | None]
) -> None:
    old = occurrence.law
    if old.id in gone and gone[old.id] is None:
        endings.end(occurrence, walk.day, Status.NOT_NEEDED, "", DROPPED)
        return
    new = episode.view.steps.get(gone.get(old.id) or old.id)
    if new is None or new is old or not _is_recounted(episode, new):
        return
    first = [one.first_on for one in occurrence.dates]
    occurrence.law, occurrence.moved_from = new, old.id
    occurrence.row, occurrence.applies = None, []
    watching.begin(walk, occurrence)
    dating.date_anew(walk, occurrence)
    kept = min((day for day in first if day is not None), default=None)
    if kept is not None:
        occurrence.dates = tuple(replace(one, first_on=kept) for one in occurrence.dates)
        occurrence.first_due_on = kept


def _is_recounted(episode: LiveEpisode, new: LawStep) -> bool:
    return "recount" in (new.step.transition, episode.view.edition.transition)
