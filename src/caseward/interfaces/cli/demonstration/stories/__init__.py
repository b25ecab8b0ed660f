"""The stories, in the order in which a demonstration of few children takes them.

Each module tells of a child or of a family; the first children of the list show most.
"""

from collections.abc import Callable

from caseward.interfaces.cli.demonstration.stories import (
    amber,
    basil,
    bay,
    bramble,
    clementine,
    clover,
    daisy,
    dale,
    dogwood,
    eighteen,
    elder,
    everyday,
    fern,
    four_siblings,
    gorse,
    hazel,
    heather,
    holly,
    iris,
    ivy,
    larch,
    maple,
    marigold,
    nettle,
    oak,
    off_sick,
    pine,
    poppy,
    quince,
    rowan,
    supervision,
    tansy,
    unborn_sibling,
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
)
"""Each story with how many children it is about."""


def tell(told: Telling, *, n_children: int) -> None:
    """Tell the stories that fit into so many children, then of everyday ones, then what joins them."""
    for story, n_of_story in STORIES:
        if len(told.children) + n_of_story <= n_children:
            story(told)
    while len(told.children) < n_children:
        everyday.tell(told)
    supervision.tell(told)
    off_sick.tell(told)
