"""Children in care of whom nothing special is told: reviews, visits, and whoever is behind with them."""

from caseward.interfaces.cli.demonstration.courses import background, reviews
from caseward.interfaces.cli.demonstration.telling import Telling

WORKERS = ("hills", "coast", "north", "south")


def tell(told: Telling) -> None:
    """Tell of one more child, as chance has it."""
    random = told.chance.random
    number = len(told.children)
    age = random.randint(5, 16)
    child = told.child(
        told.chance.name(),
        born=f"-{age * 12 + random.randint(0, 11)}m",
        worker=WORKERS[number % len(WORKERS)],
        sex=random.choice("FM"),
    )
    last = random.randint(2, 5)
    background.fostered(
        child,
        in_care=f"-{last + 22}m",
        kind=random.choice(("U4", "U6", "U1")),
        status=random.choice(("C2", "C2", "V2")),
        held=tuple(f"-{last + before}m" for before in (21, 18, 12, 6, 0)),
        visited_until=f"-{random.randint(1, 7)}w",
    )
    if random.choice((True, False)):
        reviews.arranged(child, "-10wd", planned=f"+{random.randint(8, 60)}wd")
