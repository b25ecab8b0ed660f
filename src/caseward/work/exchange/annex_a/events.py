"""Rows of a snapshot into facts: what began and is open, and the latest of what recurs.

A snapshot does not say what came before. Where it gives a latest review, the child was looked after
already when the record begins: the record begins on the earliest of the latest visit and review,
says that it is part-way, and no first review is counted. Where it gives none, none has been held,
and the first is owed from the day on which care began. A later snapshot's latest review is another
fact, with its own day in its source; it corrects nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from caseward.work.exchange.annex_a import answers
from caseward.work.exchange.annex_a.lists import AnnexList
from caseward.work.exchange.imports.values import ChildSeen, Fact, Place, Sink
from caseward.work.exchange.ssd import care_codes, planning_codes
from caseward.work.exchange.ssd.codes import CodeSet

PROVIDER = re.compile(r"\bPR[0-5]\b")
SOURCE = re.compile(r"(\d{1,2}[A-F]?)\b")
CLOSURE = re.compile(r"\bRC[1-9]\b", re.IGNORECASE)
IN_NEED = re.compile(r"in need", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One checked row: the child, words and yes or no in `said`, days in `days`, by column."""

    list: AnnexList
    place: Place
    child: str
    said: Mapping[str, str]
    days: Mapping[str, date]


class Unclear(ValueError):
    """Words that mean no code; `column` names where, the message what they may be."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def told(row: Row, out: Sink) -> None:
    """Give the child and the facts of a row.

    Errors: Unclear before anything is given.
    """
    facts = _TURN[row.list.number](row)
    out.child(
        ChildSeen(
            identifier=row.child,
            place=row.place,
            born_on=row.days.get("born_on"),
            sex=_sex(row.said.get("sex", "")),
        )
    )
    for fact in facts:
        out.fact(fact)


def _fact(
    row: Row,
    kind: str,
    day: date,
    *,
    keys: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    outcome: str | None = None,
    since: date | None = None,
) -> Fact:
    """Return a fact; with `since` its own day is that of the record, not of the list."""
    named = (since or day).isoformat()
    return Fact(
        kind=kind,
        occurred_on=day,
        child=row.child,
        source=f"List {row.list.number}:{row.child}:{named}:{kind}",
        place=row.place,
        keys=keys or {},
        fields={name: value for name, value in (fields or {}).items() if value},
        outcome=outcome,
        on_sight=since is not None,
    )


def _referral(row: Row) -> list[Fact]:
    source = SOURCE.match(answers.without_letter(row.said["source"]))
    said = {
        "source": source.group(1) if source else "",
        "no_further_action": row.said["no_further_action"],
    }
    day = row.days["referred_on"]
    return [_fact(row, "referral.received", day, keys={"referral": _key(row, day)}, fields=said)]


def _assessment(row: Row) -> list[Fact]:
    day = row.days["started_on"]
    keys = {"assessment": _key(row, day)}
    facts = [_fact(row, "assessment.started", day, keys=keys)]
    if "authorised_on" in row.days:
        seen = {"seen": row.said["seen"]}
        done_on = row.days["authorised_on"]
        facts.append(_fact(row, "assessment.authorised", done_on, keys=keys, fields=seen))
    return facts


def _enquiry(row: Row) -> list[Fact]:
    """Give the enquiry and its conference; the list does not say when an enquiry ended."""
    day = row.days["begun_on"]
    keys = {"enquiry": _key(row, day)}
    facts = [_fact(row, "s47_enquiry.begun", day, keys=keys)]
    if "conference_on" in row.days:
        outcome = {"yes": "plan_made", "no": "no_plan"}.get(row.said["plan_made"])
        held_on = row.days["conference_on"]
        facts.append(_fact(row, "initial_conference.held", held_on, keys=keys, outcome=outcome))
    return facts


def _in_need(row: Row) -> list[Fact]:
    """Give the case and the last time the child was seen, where that was under a plan for need."""
    facts = []
    if "began_on" in row.days:
        keys = {"referral": _key(row, row.days["began_on"])}
        facts.append(_fact(row, "referral.received", row.days["began_on"], keys=keys))
        if "closed_on" in row.days:
            closure = CLOSURE.search(row.said["reason"])
            why = {"reason": closure.group(0).upper() if closure else ""}
            facts.append(
                _fact(row, "referral.closed", row.days["closed_on"], keys=keys, fields=why)
            )
    if "seen_on" in row.days and IN_NEED.search(row.said["status"]):
        seen = {"seen": "yes"}
        facts.append(_fact(row, "child_in_need_visit.made", row.days["seen_on"], fields=seen))
    return facts


def _protection(row: Row) -> list[Fact]:
    day = row.days["began_on"]
    keys = {"plan": _key(row, day)}
    said = {"category": _code(row, "category", planning_codes.CATEGORY)}
    facts = [_fact(row, "child_protection_plan.began", day, keys=keys, fields=said)]
    if "visited_on" in row.days:
        seen = {"seen": "yes", "seen_alone": row.said["seen_alone"]}
        visited_on = row.days["visited_on"]
        facts.append(_fact(row, "child_protection_visit.made", visited_on, keys=keys, fields=seen))
    if "reviewed_on" in row.days:
        quorate = {"quorate": "yes"}
        reviewed_on = row.days["reviewed_on"]
        facts.append(_fact(row, "review_conference.held", reviewed_on, keys=keys, fields=quorate))
    if "ended_on" in row.days:
        facts.append(_fact(row, "child_protection_plan.ended", row.days["ended_on"], keys=keys))
    return facts


def _care(row: Row) -> list[Fact]:
    facts = [_care_began(row)]
    status = _code(row, "status", care_codes.LEGAL_STATUS)
    if status and "status_on" in row.days:
        said = {"status": status}
        facts.append(_fact(row, "legal_status.began", row.days["status_on"], fields=said))
    facts += _placement(row)
    if "reviewed_on" in row.days:
        facts.append(_fact(row, "looked_after_review.held", row.days["reviewed_on"]))
    if "visited_on" in row.days:
        facts.append(_fact(row, "visit.made", row.days["visited_on"], fields={"seen": "yes"}))
    for name, kind in (
        ("iro_on", "iro_contact.made"),
        ("health_on", "health_assessment.made"),
        ("dental_on", "dental_check.made"),
    ):
        if name in row.days:
            facts.append(_fact(row, kind, row.days[name]))
    if "ended_on" in row.days:
        ceased = {"reason": _code(row, "ceased", care_codes.CEASED_REASON)}
        facts.append(_fact(row, "looked_after.ended", row.days["ended_on"], fields=ceased))
    return facts


def _care_began(row: Row) -> Fact:
    """Return that care began: on its day, or part-way where the list gives a latest review."""
    began_on = row.days["began_on"]
    if "reviewed_on" not in row.days:
        return _fact(row, "looked_after.began", began_on)
    latest = [row.days[name] for name in ("reviewed_on", "visited_on") if name in row.days]
    said = {"part_way": "yes", "reason": f"Looked after since {began_on:%d/%m/%Y}"}
    return _fact(row, "looked_after.began", max(began_on, min(latest)), fields=said, since=began_on)


def _placement(row: Row) -> list[Fact]:
    placed_on = row.days.get("placed_on")
    if placed_on is None:
        return []
    provider = PROVIDER.search(row.said["provider"])
    said = {
        "type": _code(row, "placement", care_codes.PLACEMENT_TYPE),
        "provider": provider.group(0) if provider else "",
        "urn": row.said["urn"],
    }
    keys = {"placement": _key(row, placed_on)}
    facts = [_fact(row, "placement.began", placed_on, keys=keys, fields=said)]
    if "ended_on" in row.days:
        facts.append(_fact(row, "placement.ended", row.days["ended_on"], keys=keys))
    return facts


def _adoption(row: Row) -> list[Fact]:
    kinds = {
        "decided_on": "adoption_decision.made",
        "matched_on": "adoption_match.made",
        "placed_on": "adoption_placement.began",
    }
    facts = [_fact(row, kind, row.days[name]) for name, kind in kinds.items() if name in row.days]
    if "ordered_on" in row.days:
        adoption = {"type": "adoption"}
        facts.append(_fact(row, "permanence_order.made", row.days["ordered_on"], fields=adoption))
    if "reversed_on" in row.days:
        why = {"reason": _code(row, "reason", planning_codes.REVERSED_REASON)}
        reversed_on = row.days["reversed_on"]
        facts.append(_fact(row, "adoption_decision.reversed", reversed_on, fields=why))
    return facts


_TURN: Mapping[int, Callable[[Row], list[Fact]]] = {
    3: _referral,
    4: _assessment,
    5: _enquiry,
    6: _in_need,
    7: _protection,
    8: _care,
    10: _adoption,
}


def _key(row: Row, day: date) -> str:
    return f"{row.child}-{day.isoformat()}"


def _code(row: Row, column: str, codes: CodeSet) -> str:
    """Return the code of words that mean one, nothing for an empty cell.

    Errors: Unclear for words that mean none.
    """
    words = answers.without_letter(row.said[column])
    if not words:
        return ""
    code = codes.read(words)
    if code is None:
        raise Unclear(
            column, f"“{words[:40]}” means no code of this column. It may be {codes.listed()}."
        )
    return code


def _sex(said: str) -> str:
    word = answers.without_letter(said).casefold()
    if word.startswith(("m", "f")):
        return word[0].upper()
    return "U" if word.startswith("neither") else ""
