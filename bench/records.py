"""Made-up records of one child: a life in care with reviews, visits, moves and a discharge."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from caseward.rules.facts.entries import Entry

BORN_ON = date(2004, 5, 1)
CARE_FROM = date(2012, 1, 9)


def child_of(n_events: int, *, child: str = "bench") -> tuple[Entry, ...]:
    """Return a child's entries, exactly so many, spread over thirteen years at most.

    More events mean denser visits and reviews, not a longer life: the engine must stay linear in
    what was recorded.
    """
    numbers = count(1)
    days_between = max(1, min(21, 4_700 // max(1, n_events)))

    def entry(kind: str, on: date, **said: object) -> Entry:
        number = next(numbers)
        return Entry(
            entry_id=f"{child}-{number}",
            child=child,
            kind=kind,
            occurred_on=on,
            position=number,
            **said,  # type: ignore[arg-type]
        )

    def life() -> Iterator[Entry]:
        yield entry("child.born", BORN_ON)
        yield entry("looked_after.began", CARE_FROM, fields={"reason": "S"})
        yield entry("legal_status.began", CARE_FROM, fields={"status": "C2"})
        yield entry("placement.began", CARE_FROM, keys={"placement": "p0"}, fields={"type": "U6"})
        yield entry("care_plan.made", CARE_FROM)
        per_day = max(1, n_events // 4_700 + 1)
        on = CARE_FROM
        for turn in count(1):
            if turn % per_day == 0:
                on += timedelta(days=days_between)
            yield from _turn(turn, on)

    def _turn(turn: int, on: date) -> Iterator[Entry]:
        if turn % 60 == 0:
            yield from discharge(turn, on)
        elif turn % 40 == 0:
            place = f"p{turn}"
            yield entry("placement.began", on, keys={"placement": place}, fields={"type": "U4"})
        elif turn % 9 == 0:
            yield entry("looked_after_review.held", on, outcome="plan_continues")
        else:
            yield entry("visit.made", on, fields={"seen": "yes", "seen_alone": "yes"})

    def discharge(turn: int, on: date) -> Iterator[Entry]:
        meeting = {"meeting": f"m{turn}"}
        yield entry("looked_after_review.held", on, outcome="discharge_supported")
        yield entry("review_decision.ratified", on)
        planned = {"planned_on": (on + timedelta(days=14)).isoformat()}
        yield entry("discharge_meeting.arranged", on, keys=meeting, fields=planned)
        yield entry("discharge.withdrawn", on, fields={"reasons": "made up"})

    return tuple(islice(life(), n_events))
