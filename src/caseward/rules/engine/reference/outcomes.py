"""What follows an outcome that no event stated: a silence (M19), a duty given up (M41)."""

from collections.abc import Iterator

from caseward.rules.engine.reference.law import Leaf
from caseward.rules.engine.reference.live import Cause, Occurrence
from caseward.rules.engine.reference.walk import Walk


def leaves_of(occurrence: Occurrence, outcome: str | None) -> Iterator[Leaf]:
    """Yield what the step's own event with this outcome would have set going."""
    view = occurrence.episode.view
    kinds = set(occurrence.law.met_kinds)
    kinds.update(met.kind for part in occurrence.law.parts for met in part.met)
    for kind in sorted(kinds):
        reactions = view.by_kind.get(kind)
        for leaf in reactions.leaves if reactions is not None else ():
            if not leaf.outcomes or outcome in leaf.outcomes:
                yield leaf


def follow(walk: Walk, occurrence: Occurrence, outcome: str | None, cause: Cause) -> None:
    """Have what the outcome sets going looked at today, as if its event had happened."""
    work = walk.work_for(occurrence.episode)
    for leaf in leaves_of(occurrence, outcome):
        if leaf.rule.step is not occurrence.law or leaf.rule.purpose != "step":
            work.fired.append((leaf, cause))
