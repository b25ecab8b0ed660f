"""Made-up records of one child: a life in care with reviews, visits, moves and a discharge."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from caseward.rules.facts.entries import Entry

BORN_ON = date(2004, 5, 1)
CARE_FROM = date(2012, 1, 9)
YEAR = 365
DAYS = YEAR * 13


def child_of(n_events: int, *, child: str = "bench") -> tuple[Entry, ...]:
    """Return a child's entries, exactly so many, spread over thirteen years at most.

    Reviews, moves and discharges keep a child's own pace (half a year, two years, three years);
    more events mean denser visits, supervision and notes, as in a long record.
    """
    numbers = count(1)

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
        between = DAYS / n_events
        reviewed_on = moved_on = discharged_on = CARE_FROM
        for turn in count(1):
            on = CARE_FROM + timedelta(days=int(turn * between))
            if (on - discharged_on).days > YEAR * 3:
                discharged_on = on
                yield from discharge(turn, on)
            elif (on - moved_on).days > YEAR * 2:
                moved_on = on
                place = {"placement": f"p{turn}"}
                yield entry("placement.began", on, keys=place, fields={"type": "U4"})
            elif (on - reviewed_on).days > YEAR // 2:
                reviewed_on = on
                yield entry("looked_after_review.held", on, outcome="plan_continues")
            elif turn % 3:
                yield entry("visit.made", on, fields={"seen": "yes", "seen_alone": "yes"})
            else:
                yield entry("supervision.held", on, fields={"decision": "made up"})

    def discharge(turn: int, on: date) -> Iterator[Entry]:
        meeting = {"meeting": f"m{turn}"}
        yield entry("looked_after_review.held", on, outcome="discharge_supported")
        yield entry("review_decision.ratified", on)
        planned = {"planned_on": (on + timedelta(days=14)).isoformat()}
        yield entry("discharge_meeting.arranged", on, keys=meeting, fields=planned)
        yield entry("discharge.withdrawn", on, fields={"reasons": "made up"})

    return tuple(islice(life(), n_events))
