"""Rows into facts: one row becomes one to four events, each with the source id of its row.

Entering care begins where the child is not looked after and a row says that they are; when that row
is not a start (RNE S), the record begins part-way and says so, so that no "first review" is counted
from a day that was not the first. An episode that ends with X1 changes nothing by itself: the next
row says what changed. DEC of one row equals DECOM of the next, so intervals are half-open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, zip_longest

from caseward.work.exchange.ssda903.reading import Row, Staged

SCHEME = "ssda903"
"""The outside-id scheme under which a child's identifier in the return is kept."""


SAYS_STATUS = frozenset({"S", "L", "B", "U"})
"""The reasons for a new episode that say that the legal status changed; others keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One event to record, and where it comes from.

    `source` names the row's table, child and key and what of it this is: the same row imported
    again has the same source, so nothing is recorded twice.
    """

    kind: str
    occurred_on: date
    source: str
    row: Row
    keys: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """One child of the return: the Header row, if this return has one, and the facts in order."""

    identifier: str
    header: Row | None
    born_on: date | None
    facts: tuple[Fact, ...]


def by_child(staged: Staged) -> Iterator[ChildFacts]:
    """Yield the facts of each child, in order of the identifier.

    Shapes: one value a child; a child without Header row has `header` and `born_on` None, and the
    importer decides whether the store knows it.
    """
    headers = {row.child: row for row in staged.rows["Header"]}
    episodes = _grouped(staged.rows.get("Episodes", ()))
    reviews = _grouped(staged.rows.get("Reviews", ()))
    for identifier in sorted({*headers, *episodes, *reviews}):
        header = headers.get(identifier)
        facts = [*_episodes(episodes.get(identifier, ()))]
        facts += [_review(row) for row in reviews.get(identifier, ())]
        yield ChildFacts(
            identifier=identifier,
            header=header,
            born_on=header.dates["DOB"] if header else None,
            facts=tuple(sorted(facts, key=lambda fact: fact.occurred_on)),
        )


def _grouped(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    ordered = sorted(rows, key=lambda row: row.child)
    return {child: tuple(group) for child, group in groupby(ordered, key=lambda row: row.child)}


def _episodes(rows: Iterable[Row]) -> Iterator[Fact]:
    is_looked_after = False
    status = placement = ""
    ordered = sorted(rows, key=lambda row: row.dates["DECOM"])
    for row, following in zip_longest(ordered, ordered[1:]):
        began_on, reason = row.dates["DECOM"], row.cells["RNE"]
        if reason == "S" or not is_looked_after:
            status = placement = ""
            yield _entered_care(row)
        if row.cells["LS"] != status or reason in SAYS_STATUS:
            status = row.cells["LS"]
            yield _fact("legal_status.began", began_on, row, fields={"status": status})
        if reason != "L" or not placement:
            placement = f"{row.child}-{began_on.isoformat()}"
            yield _placement_began(row, placement)
        is_looked_after = not row.cells["REC"].startswith("E")
        if "DEC" in row.dates and not _goes_on(row, following):
            yield _placement_ended(row, placement)
        if not is_looked_after:
            yield from _left_care(row)


def _goes_on(row: Row, following: Row | None) -> bool:
    """Tell whether the next row keeps the placement: a change of legal status only."""
    if row.cells["REC"].startswith("E"):
        return False
    return following is not None and following.cells["RNE"] == "L"


def _entered_care(row: Row) -> Fact:
    reason = row.cells["RNE"]
    part_way = {} if reason == "S" else {"part_way": "yes"}
    return _fact(
        "looked_after.began", row.dates["DECOM"], row, fields={"reason": reason} | part_way
    )


def _placement_began(row: Row, placement: str) -> Fact:
    """Return the placement's beginning; what the row leaves empty is left unsaid."""
    said = {
        "type": row.cells["PLACE"],
        "provider": row.cells["PLACE_PROVIDER"],
        "urn": row.cells["URN"],
    }
    return _fact(
        "placement.began",
        row.dates["DECOM"],
        row,
        keys={"placement": placement},
        fields={name: value for name, value in said.items() if value},
    )


def _placement_ended(row: Row, placement: str) -> Fact:
    reason = row.cells["REASON_PLACE_CHANGE"]
    return _fact(
        "placement.ended",
        row.dates["DEC"],
        row,
        keys={"placement": placement},
        fields={"reason": reason} if reason else {},
    )


def _left_care(row: Row) -> Iterator[Fact]:
    ended_on, reason = row.dates["DEC"], row.cells["REC"]
    if reason == "E2":
        yield _fact("child.died", ended_on, row)
    yield _fact("looked_after.ended", ended_on, row, fields={"reason": reason})


def _review(row: Row) -> Fact:
    code = row.cells["REVIEW_CODE"]
    return _fact(
        "looked_after_review.held",
        row.dates["REVIEW"],
        row,
        fields={"participation": code} if code else {},
    )


def _fact(
    kind: str,
    occurred_on: date,
    row: Row,
    *,
    keys: dict[str, str] | None = None,
    fields: dict[str, str] | None = None,
) -> Fact:
    first = "DECOM" if row.table == "Episodes" else "REVIEW"
    return Fact(
        kind=kind,
        occurred_on=occurred_on,
        source=f"{SCHEME}:{row.table}:{row.child}:{row.dates[first].isoformat()}:{kind}",
        row=row,
        keys=keys or {},
        fields=fields or {},
    )
