"""Supervision: managers go down the list of each worker's children every four weeks (W3, B9).

The authority took it into Caseward fifty working days ago; the children in care then were taken on.
"""

from collections.abc import Mapping

from caseward.interfaces.cli.demonstration import staff
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said

SINCE = "-50wd"
HELD: Mapping[str, tuple[str, ...]] = {
    "north": ("-42wd", "-23wd", "-4wd"),
    "hills": ("-40wd", "-21wd"),
    "south": ("-38wd", "-18wd"),
    "coast": ("-33wd", "-14wd"),
    **dict.fromkeys(staff.SHARED_AMONG["north"], ("-41wd", "-22wd", "-3wd")),
    **dict.fromkeys(staff.SHARED_AMONG["south"], ("-37wd", "-19wd")),
}


def tell(told: Telling) -> None:
    """Tell of the taking on, and of each worker's supervision since."""
    for team in ("north", "south"):
        children = [child for child in _in_care(told, SINCE) if child.team == team]
        taken_on = said(
            "episode.taken_on", procedure="care_planning", step="W3.supervision W3.meeting"
        )
        if children:
            told.together(children, SINCE, "team_manager", taken_on)
    for worker, days in HELD.items():
        for when in days:
            children = [child for child in _in_care(told, when) if child.worker == worker]
            held = said("supervision.held", considered="The plan, visits and what is due next")
            if children:
                told.together(children, when, "team_manager", held)


def _in_care(told: Telling, when: str) -> list[Child]:
    on = told.day(when)
    return [child for child in told.children.values() if child.is_looked_after(on)]
