"""Random ledgers for the small procedures: what happened, and what was later put right."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from caseward.rules.facts.entries import Entry

FIRST_DAY = date(2026, 1, 5)
LAST_DAY = date(2026, 6, 30)
CHILDREN = ("c1", "c2")
# Before and after the day on which a second edition comes into force.
REQUESTS = (21, 60)
DAYS = st.integers(0, (LAST_DAY - FIRST_DAY).days).map(lambda n: FIRST_DAY + timedelta(days=n))
MATTERS = st.sampled_from([{}, {}, {"matter": "a"}, {"matter": "b"}])
STEPS = st.sampled_from(["answer", "by_matter", "agreed", "hold", "reviews", "visits", "papers"])

# Kind, with what it may carry; a kind listed twice comes twice as often.
KINDS: list[tuple[str, tuple[str | None, ...], tuple[dict[str, Any], ...]]] = [
    ("matter.opened", (None,), ({},)),
    ("matter.closed", (None,), ({},)),
    ("request.made", ("urgent", "ordinary"), ({},)),
    ("request.made", ("urgent", "ordinary"), ({},)),
    ("request.accepted", (None,), ({},)),
    ("answer.given", ("agreed", "refused"), ({},)),
    ("order.made", ("care_order", "interim"), ({},)),
    ("plan.began", (None,), ({},)),
    ("plan.ended", (None,), ({},)),
    ("fewer_visits.agreed", (None,), ({},)),
    ("fewer_visits.withdrawn", (None,), ({},)),
    ("review.held", ("go_on", "end"), ({},)),
    ("visit.made", (None,), ({"seen": "yes"}, {"seen": "no"})),
    ("file.sent", (None,), ({},)),
    ("notice.given", (None,), ({},)),
    ("paper.given", (None,), ({"paper": "report"}, {"paper": "plan"})),
    ("paper.withdrawn", (None,), ({"paper": "report"}, {"paper": "plan"})),
    ("minutes.sent", (None,), ({"recipients": ["mother", "father"]}, {"recipients": ["mother"]})),
    ("meeting.held", ("agreed", "not_agreed"), ({"whole": "yes"}, {"whole": "no"})),
]
# What happens to an arranged meeting, in the order of its days.
MEETINGS = {
    "re-arranged meeting": ("meeting.arranged", "meeting.rearranged"),
    "cancelled meeting": ("meeting.arranged", "meeting.cancelled", "meeting.arranged"),
}


@dataclass(frozen=True)
class Ledger:
    """Entries of two children in the order of recording, and what sorts of thing are among them."""

    entries: tuple[Entry, ...]
    features: frozenset[str]

    def of(self, child: str) -> tuple[Entry, ...]:
        """Return one child's entries."""
        return tuple(entry for entry in self.entries if entry.child == child)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A ledger of three to forty entries; each feature is there about as often as not."""
    drafts = [_opening(draw), *(_request(draw, first) for first in REQUESTS)]
    drafts.append(_entry("answer.given", FIRST_DAY + timedelta(days=55), outcome="agreed"))
    drafts += draw(st.lists(_events(), min_size=2, max_size=16))
    features = set()
    for name, kinds in MEETINGS.items():
        if draw(st.booleans()):
            features.add(name)
            drafts += _meeting(draw, kinds)
    if draw(st.booleans()):
        features.add("reopened episode")
        drafts += _opened_again(draw)
    if draw(st.booleans()):
        features.add("delay")
        drafts.append(_about_a_task(draw, "delay.agreed"))
    if draw(st.booleans()):
        drafts.append(_about_a_task(draw, "task.given_up"))
    drafts = draw(st.permutations(drafts))
    entries = [replace(draft, entry_id=f"e{n}") for n, draft in enumerate(drafts)]
    if draw(st.booleans()):
        features.add("occasion over several children")
        entries += _occasion(draw)
    for feature in ("correction", "withdrawn fact"):
        if draw(st.booleans()):
            features.add(feature)
            entries.append(_put_right(draw, entries, feature))
    placed = tuple(replace(entry, position=n) for n, entry in enumerate(entries, start=1))
    return Ledger(placed, frozenset(features))


@st.composite
def _events(draw: st.DrawFn) -> Entry:
    kind, outcomes, fields = draw(st.sampled_from(KINDS))
    has_matter = kind.split(".")[0] in {"request", "answer", "file"}
    return _entry(
        kind,
        draw(DAYS),
        outcome=draw(st.sampled_from(outcomes)),
        keys=draw(MATTERS) if has_matter else {},
        fields=draw(st.sampled_from(fields)),
    )


def _opening(draw: st.DrawFn) -> Entry:
    return _entry("matter.opened", FIRST_DAY + timedelta(days=draw(st.integers(0, 20))))


def _request(draw: st.DrawFn, first: int) -> Entry:
    day = FIRST_DAY + timedelta(days=draw(st.integers(first, first + 30)))
    return _entry("request.made", day, outcome="urgent")


def _opened_again(draw: st.DrawFn) -> list[Entry]:
    closed = FIRST_DAY + timedelta(days=draw(st.integers(25, 90)))
    opened = closed + timedelta(days=draw(st.integers(0, 40)))
    return [_entry("matter.closed", closed), _entry("matter.opened", opened)]


def _meeting(draw: st.DrawFn, kinds: tuple[str, ...]) -> list[Entry]:
    day, key = draw(DAYS), {"meeting": draw(st.sampled_from(["m", "n"]))}
    found = []
    for kind in kinds:
        planned = day + timedelta(days=draw(st.integers(1, 30)))
        fields = {} if kind == "meeting.cancelled" else {"planned_on": planned.isoformat()}
        found.append(_entry(kind, day, keys=key, fields=fields))
        day += timedelta(days=draw(st.integers(0, 10)))
    return found


def _about_a_task(draw: st.DrawFn, kind: str) -> Entry:
    day = draw(DAYS)
    fields = {"task": draw(STEPS), "reason": "illness"}
    if kind == "delay.agreed":
        new = day + timedelta(days=draw(st.integers(-5, 30)))
        fields["new_date"] = new.isoformat()
    return _entry(kind, day, fields=fields)


def _occasion(draw: st.DrawFn) -> list[Entry]:
    day = draw(DAYS)
    return [
        replace(
            _entry("visit.made", day, fields={"seen": draw(st.sampled_from(["yes", "no"]))}),
            child=child,
            entry_id=f"o{n}",
        )
        for n, child in enumerate(CHILDREN)
    ]


def _put_right(draw: st.DrawFn, entries: list[Entry], feature: str) -> Entry:
    wrong = draw(st.sampled_from(entries))
    right = replace(wrong, entry_id=f"x{len(entries)}")
    if feature == "withdrawn fact":
        return replace(right, withdraws=wrong.entry_id)
    moved = wrong.occurred_on + timedelta(days=draw(st.integers(-10, 10)))
    return replace(right, corrects=wrong.entry_id, occurred_on=max(moved, FIRST_DAY))


def _entry(
    kind: str,
    day: date,
    *,
    outcome: str | None = None,
    keys: dict[str, str] | None = None,
    fields: dict[str, Any] | None = None,
) -> Entry:
    return Entry(
        entry_id="",
        child=CHILDREN[0],
        kind=kind,
        occurred_on=day,
        position=0,
        outcome=outcome,
        keys=keys or {},
        fields=fields or {},
    )
