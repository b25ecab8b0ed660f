"""An authority's last six years, made up: some thousand children of 25 to 50 events each.

Half of them were in care for a while, a third on a child protection plan, the others only visited;
the mix is that of an average authority's returns. The same number always has the same life.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

TODAY = date(2026, 3, 2)
SIX_YEARS = timedelta(days=6 * 365)
FEWEST, MOST = 25, 50
"""How many events a child has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event of a made-up life."""

    kind: str
    on: date
    outcome: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)


def life(number: int) -> list[Happened]:
    """Return what the files of an authority would say of one child, in order of days."""
    chance = random.Random(number)
    n_events = chance.randint(FEWEST, MOST)
    known_on = TODAY - timedelta(days=chance.randint(200, SIX_YEARS.days))
    born_on = known_on - timedelta(days=chance.randint(100, 15 * 365))
    told = [
        Happened(kind="child.registered", on=TODAY, fields={"name": f"Child {number}"}),
        Happened(kind="child.born", on=born_on),
        Happened(
            kind="outside_id.recorded",
            on=TODAY,
            fields={"scheme": "la_child_id", "value": f"C{number:07}"},
        ),
    ]
    course = chance.choices((_in_care, _on_a_plan, _visited), weights=(50, 33, 17))[0]
    days = sorted(
        known_on + timedelta(days=chance.randint(0, (TODAY - known_on).days))
        for _ in range(n_events - len(told))
    )
    return [*told, *course(number, days, chance)]


def _in_care(number: int, days: list[date], chance: random.Random) -> Iterator[Happened]:
    """Come into care, be visited and reviewed, move at times, and leave care at the end or not."""
    place = {"placement": f"{number}-0"}
    reviewed_on = days[3]
    yield Happened(kind="looked_after.began", on=days[0], fields={"reason": "S"})
    yield Happened(kind="legal_status.began", on=days[1], fields={"status": "C2"})
    yield Happened(kind="placement.began", on=days[2], keys=place, fields={"type": "U6"})
    for turn, on in enumerate(days[3:-1]):
        if (on - reviewed_on).days > 150:  # noqa: PLR2004 -- about twice a year
            reviewed_on = on
            yield Happened(kind="looked_after_review.held", on=on, outcome="plan_continues")
        elif chance.random() < 0.1:  # noqa: PLR2004 -- one in ten is a move
            yield Happened(kind="placement.ended", on=on, keys=place)
            place = {"placement": f"{number}-{turn + 1}"}
            yield Happened(kind="placement.began", on=on, keys=place, fields={"type": "U4"})
        else:
            yield Happened(kind="visit.made", on=on, fields={"seen": "yes", "seen_alone": "yes"})
    kind = "looked_after.ended" if chance.random() < 0.5 else "care_plan.reviewed"  # noqa: PLR2004
    yield Happened(kind=kind, on=days[-1])


def _on_a_plan(number: int, days: list[date], chance: random.Random) -> Iterator[Happened]:
    """Be on a child protection plan, visited, and off it again at the end or not."""
    plan = {"plan": f"{number}-plan"}
    yield Happened(kind="strategy_discussion.held", on=days[0])
    yield Happened(
        kind="child_protection_plan.began", on=days[1], keys=plan, fields={"category": "neglect"}
    )
    for on in days[2:-1]:
        yield Happened(kind="visit.made", on=on, fields={"seen": "yes"})
    if chance.random() < 0.7:  # noqa: PLR2004 -- most plans have ended
        yield Happened(kind="child_protection_plan.ended", on=days[-1], keys=plan)
    else:
        yield Happened(kind="supervision.held", on=days[-1])


def _visited(_number: int, days: list[date], chance: random.Random) -> Iterator[Happened]:
    """Be visited at home, and be talked about in supervision."""
    for on in days:
        kind = "visit.made" if chance.random() < 0.8 else "supervision.held"  # noqa: PLR2004
        yield Happened(kind=kind, on=on, fields={"seen": "yes"} if kind == "visit.made" else {})
