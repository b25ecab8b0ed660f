"""Weighing what an act would do: each child it touches, before it and after it (S4, M36)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream
from caseward.record.people import kinds as people_kinds
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry
from caseward.work.entries import checking, independence, joining, remarking, rulebooks, settling
from caseward.work.entries.answers import Problem
from caseward.work.entries.rulebooks import Rules
from caseward.work.entries.settling import Weighed

JOINED = "record.joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """One child touched by an act: before it and after it, and what is wrong with it.

    `is_about_people`: the act opens the record, or says or takes back something of who is who.
    """

    before: Weighed
    after: Weighed
    is_about_people: bool
    problems: tuple[Problem, ...]


def streams_of(new_entries: Sequence[NewEntry]) -> list[StreamRef]:
    """Return the streams that an act touches, with those read as one with them (M39)."""
    others = {new.stream for new in new_entries if new.stream.kind != "child"}
    children = joining.now().read_with(_touched(new_entries))
    return sorted({*others, *map(child_stream, children)})


def consider(
    act: Act, new_entries: Sequence[NewEntry]
) -> tuple[Rules | None, dict[str, Considered]]:
    """Weigh every child touched, before and after; without a child no rulebook is asked for."""
    drafts = _drafts(new_entries)
    if not drafts:
        return None, {}
    rules = rulebooks.rules_at(on=act.today)
    joined = joining.now()
    children = sorted(joined.read_with(_touched(new_entries)))
    refs = {child_stream(child): child for child in children}
    stored = {refs[ref]: entries for ref, entries in queries.entries_of_all(refs).items()}
    checked = {
        child: _checked(act, child, stored[child], drafts.get(child, ()), rules)
        for child in children
    }
    after = {child: entries for child, (entries, _) in checked.items()}
    joined_after = joined.after(
        records.as_known(after[child], child=child) for child in children if child in drafts
    )
    considered = {}
    for child in children:
        before = settling.weigh_before(child, stored, rules, joined=joined)
        weighed = settling.weigh(child, after, rules.rulebook, joined=joined_after)
        settling.note_weighed(after, rules, weighed, joined=joined_after)
        new = drafts.get(child, ())
        asked = remarking.of_plans(new, before.evaluation, weighed.evaluation, rules.rulebook)
        not_theirs = independence.problems(act, new, before.evaluation, rules.rulebook)
        considered[child] = Considered(
            before=before,
            after=weighed,
            is_about_people=_is_about_people(stored[child], new),
            problems=(*checked[child][1], *not_theirs, *asked),
        )
    return rules, considered


def _touched(new_entries: Sequence[NewEntry]) -> set[str]:
    """Return the children whom the entries are about, and those whom they join."""
    own = {new.stream.id for new in new_entries if new.stream.kind == "child"}
    return own | {str(new.fields["other"]) for new in new_entries if _joins(new)}


def _joins(new: NewEntry) -> bool:
    return new.kind == JOINED and new.withdraws is None and "other" in new.fields


def _drafts(new_entries: Sequence[NewEntry]) -> dict[str, list[NewEntry]]:
    found: dict[str, list[NewEntry]] = {}
    for new in new_entries:
        if new.stream.kind == "child":
            found.setdefault(new.stream.id, []).append(new)
    return found


def _checked(
    act: Act, child: str, stored: Sequence[Entry], drafts: Sequence[NewEntry], rules: Rules
) -> tuple[Sequence[Entry], tuple[Problem, ...]]:
    """Return the child's entries with the drafts, and what is wrong with those.

    Where one is refused, none is weighed: nothing would be saved.
    """
    after = [*stored]
    problems: list[Problem] = []
    for draft in as_entries(act, stored, drafts):
        record = records.as_known(after, child=child)
        problems += checking.problems(draft, record, rules.rulebook, today=act.today)
        problems += checking.of_own_work(act, draft, record, rules.rulebook)
        after.append(draft)
    refused = any(problem.kind == "refused" for problem in problems)
    return (stored if refused else after), tuple(problems)


def as_entries(
    act: Act, stored: Sequence[Entry], drafts: Sequence[NewEntry], *, after: int = 0
) -> Iterator[Entry]:
    """Return the new entries as rules read them, placed after all that is on the stream.

    The ledger gives them other positions, in the same order, and only the order means anything.
    """
    last = max((entry.position for entry in stored), default=after)
    for number, new in enumerate(drafts, start=1):
        yield Entry(
            entry_id=new.entry_id,
            child=new.stream.id,
            kind=new.kind,
            occurred_on=new.occurred_on,
            position=last + number,
            time=new.time,
            outcome=new.outcome,
            keys=new.keys,
            fields=new.fields,
            until=new.until,
            corrects=new.corrects,
            withdraws=new.withdraws,
            recorded_at=act.at,
        )


def _is_about_people(stored: Sequence[Entry], drafts: Sequence[NewEntry]) -> bool:
    named = {draft.withdraws or draft.corrects for draft in drafts}
    taken_back = {entry.kind for entry in stored if entry.entry_id in named}
    kinds = {draft.kind for draft in drafts} | taken_back
    return (bool(drafts) and not stored) or people_kinds.concerns("child", kinds)
