"""The stories, in the order in which a demonstration of few children takes them.

Each module tells of a child or of a family; the first children of the list show most.
"""

from collections.abc import Callable
from datetime import date

from caseward.interfaces.cli.demonstration.stories import (
    amber,
    basil,
    bay,
    bramble,
    challenged,
    clementine,
    clover,
    daisy,
    dale,
    dogwood,
    eighteen,
    elder,
    everyday,
    fern,
    first_days,
    four_siblings,
    gorse,
    hazel,
    heather,
    holly,
    in_court,
    iris,
    ivy,
    larch,
    legal_planning,
    maple,
    marigold,
    nettle,
    oak,
    of_the_whole_authority,
    off_sick,
    on_plans,
    other_turns,
    pine,
    plans_that_end,
    plans_that_fail,
    poppy,
    quince,
    rowan,
    supervision,
    tansy,
    unborn_sibling,
    under_the_plo,
    yew,
)
from caseward.interfaces.cli.demonstration.telling import Telling

Story = Callable[[Telling], None]

STORIES: tuple[tuple[Story, int], ...] = (
    (amber.tell, 1),
    (basil.tell, 1),
    (clover.tell, 1),
    (dale.tell, 1),
    (hazel.tell, 1),
    (fern.tell, 1),
    (elder.tell, 1),
    (tansy.tell, 1),
    (unborn_sibling.tell, 3),
    (ivy.tell, 1),
    (four_siblings.tell, 4),
    (clementine.tell, 1),
    (dogwood.tell, 1),
    (gorse.tell, 1),
    (heather.tell, 1),
    (poppy.tell, 1),
    (maple.tell, 1),
    (nettle.tell, 1),
    (marigold.tell, 1),
    (bramble.tell, 1),
    (iris.tell, 1),
    (larch.tell, 1),
    (pine.tell, 1),
    (quince.tell, 1),
    (rowan.tell, 1),
    (eighteen.tell, 2),
    (bay.tell, 1),
    (holly.tell, 1),
    (daisy.tell, 1),
    (yew.tell, 1),
    (oak.tell, 1),
    (plans_that_fail.tell, 6),
    (plans_that_fail.in_danger, 3),
    (plans_that_fail.before_panel, 7),
    (under_the_plo.tell, 4),
    (under_the_plo.reviewed, 6),
    (under_the_plo.half_a_year, 1),
    (on_plans.tell, 6),
    (on_plans.reviewed, 5),
    (on_plans.moved_here, 3),
    (on_plans.at_eighteen, 1),
    (plans_that_end.tell, 4),
    (plans_that_end.removed, 4),
    (plans_that_end.moved, 7),
    (plans_that_end.died, 3),
    (first_days.on_a_friday_night, 4),
    (first_days.tell, 2),
    (first_days.reviewed, 3),
    (first_days.carers, 1),
    (in_court.tell, 9),
    (in_court.ended, 8),
    (legal_planning.before_the_meeting, 7),
    (legal_planning.meetings, 7),
    (legal_planning.decided, 4),
    (legal_planning.at_court, 7),
    (legal_planning.on_hold, 3),
    (other_turns.tell, 3),
    (other_turns.others_apply, 3),
    (other_turns.on_hold, 2),
    (challenged.tell, 7),
    (challenged.resolved, 6),
    (challenged.gaps, 2),
    (challenged.timescales, 1),
    (of_the_whole_authority.records, 6),
    (of_the_whole_authority.looked_at_again, 2),
    (of_the_whole_authority.papers, 1),
    (of_the_whole_authority.at_home, 2),
    (of_the_whole_authority.orders, 3),
    (of_the_whole_authority.leavers, 1),
)
"""Each story with how many children it is about."""
N_CHILDREN = sum(number for _, number in STORIES)
"""So many children of whom stories are told; more come with another system's extracts."""

N_TYPED = [story for story, _ in STORIES].index(plans_that_fail.tell)
"""So many stories were typed in Caseward, act by act; the rest is read from the earlier system."""


def used_later(told: Telling) -> dict[str, date]:
    """Return the procedures that the authority took in later than Caseward, each with its day."""
    return {"care_planning": told.day(supervision.SINCE)}


def tell(told: Telling, *, n_children: int) -> None:
    """Tell the stories that fit into so many children, then of everyday ones, then what joins them."""
    for number, (story, n_of_story) in enumerate(STORIES):
        told.is_typed = number < N_TYPED
        if len(told.children) + n_of_story <= n_children:
            story(told)
    told.is_typed = True
    while len(told.children) < n_children:
        everyday.tell(told)
    supervision.tell(told)
    off_sick.tell(told)
