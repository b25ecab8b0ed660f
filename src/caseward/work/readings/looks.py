"""Looking at a child: may the asker, is it up to date, and what stood on the day asked about.

Today's answers come from the settled rows. A day of the past, or what was known then, is
evaluated from the entries up to that position by the law as it was known, never from today's rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from caseward.record.access import policy, read_log
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries
from caseward.record.ledger.acts import child_stream, person_stream
from caseward.record.people import child_rows, models, person_rows
from caseward.record.people import queries as people
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation, Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Record
from caseward.rules.facts.kinds import Vocabulary
from caseward.work import entries
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.tasks import queries as tasks

Row = TypeVar("Row", bound=models.Projection)

NO_SUCH_CHILD = "There is no record here that you may see."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks, about which day, and as known when; `position` is None for now."""

    asker: Asker
    as_of: date
    known_at: datetime | None
    position: int | None
    rulebook: Rulebook

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the kinds of entry and states as known."""
        return self.rulebook.vocabulary

    @property
    def is_past(self) -> bool:
        """Return whether the answer is of another day than today, or of what was known before."""
        return self.position is not None or self.as_of < self.asker.today


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLook:
    """A child as looked at: the row of people, the record as known, the tasks that stand."""

    asked: Asked
    child: models.Child
    recorded: tuple[queries.Recorded, ...]
    record: Record
    evaluation: Evaluation
    classes: frozenset[str]


def ask(asker: Asker, *, as_of: date, known_at: datetime | None = None) -> Asked:
    """Return the question with the rulebook that answers it.

    Errors: NotAllowed for somebody without a worker, save the server itself.
    """
    if asker.worker is None and not asker.is_system:
        raise NotAllowed("You are not signed in as somebody who works here.", "Sign in first.")
    position = None if known_at is None else queries.position_at(known_at)
    return Asked(
        asker=asker,
        as_of=as_of,
        known_at=known_at,
        position=position,
        rulebook=entries.rulebook_at(position, on=as_of),
    )


def look_at(asked: Asked, child_id: str) -> ChildLook:
    """Return the child as it stands on the day asked about.

    Errors: NotFound where there is no such child, or the asker may not know that there is.
    """
    allowed_child(asked.asker, child_id)
    members = _members(child_id, asked.position)
    recorded = sorted(
        (
            one
            for member in members
            for one in queries.recorded(child_stream(member), position=asked.position)
        ),
        key=lambda one: one.entry.position,
    )
    every = [one.entry for one in recorded]
    record = records.as_known(every, child=child_id, joined=members)
    return ChildLook(
        asked=asked,
        child=child_rows.child_of(records.as_known(every, child=child_id)),
        recorded=tuple(recorded),
        record=record,
        evaluation=evaluation_of(asked, child_id, record),
        classes=policy.readable(asked.asker, child_id),
    )


def _members(child_id: str, position: int | None) -> tuple[str, ...]:
    """Return the records read as this one (M39); one that was joined is read under the other."""
    joined = entries.joined_at(position)
    main = joined.main_of(child_id)
    if main != child_id:
        name = names_of([main]).get(main, "")
        raise NotFound(
            "This record was joined with another record of the same child.",
            f"Open the record of {name} instead." if name else "Open that record instead.",
        )
    return joined.members_of(child_id)


def allowed_child(asker: Asker, child_id: str) -> models.Child:
    """Return the child, if the asker may see it; otherwise NotFound, whichever it is."""
    child = policy.visible_to(asker).filter(pk=child_id).first()
    if child is None:
        raise NotFound(NO_SUCH_CHILD, "Look for the child by name, or ask your manager.")
    return child


def may_see(asker: Asker, child_id: str) -> bool:
    """Return whether the asker may see the child at all."""
    return policy.may_see_child(asker, child_id)


def evaluation_of(asked: Asked, child_id: str, record: Record) -> Evaluation:
    """Return the tasks that stand: the settled rows today, or worked out anew for the past."""
    if asked.is_past:
        rulebook = entries.for_child(asked.rulebook, record)
        return reference.evaluate(record, rulebook, as_of=asked.as_of)
    entries.settle_on_reading([child_id], on=asked.asker.today)
    return tasks.evaluation_of(child_id)


def evaluations_of(asked: Asked, children: Iterable[str]) -> Mapping[str, Evaluation]:
    """Return the same for several children, in one reading of the ledger where it is the past."""
    wanted = sorted(set(children))
    if not asked.is_past:
        entries.settle_on_reading(wanted, on=asked.asker.today)
        return {child: tasks.evaluation_of(child) for child in wanted}
    joined = entries.joined_at(asked.position)
    wanted = [child for child in wanted if joined.main_of(child) == child]
    members = {child: joined.members_of(child) for child in wanted}
    stored = queries.entries_of_all(
        (child_stream(each) for of_child in members.values() for each in of_child),
        position=asked.position,
    )
    found = {}
    for child in wanted:
        every = [entry for each in members[child] for entry in stored[child_stream(each)]]
        record = records.as_known(every, child=child, joined=members[child])
        found[child] = evaluation_of(asked, child, record)
    return found


def bring_up_to_date(asked: Asked, children: Iterable[str]) -> None:
    """Settle the children whose rows are behind the authority's facts, before they are read."""
    if not asked.is_past:
        entries.settle_on_reading(children, on=asked.asker.today)


def rows_of(look: ChildLook, model: type[Row]) -> tuple[Row, ...]:
    """Return the people rows of one table that the record as known makes, holding on the day."""
    rows = child_rows.rows_of(look.record)
    return tuple(row for row in rows if isinstance(row, model) and _holds(row, look.asked.as_of))


def adults(asked: Asked, ids: Iterable[str]) -> Mapping[str, models.Person]:
    """Return the adults with these ids, as known when the question says."""
    wanted = sorted(set(ids))
    if asked.position is None:
        return people.persons(wanted)
    stored = queries.entries_of_all(
        [person_stream(person) for person in wanted], position=asked.position
    )
    return {
        stream.id: person_rows.person_of(records.as_known(kept, child=stream.id))
        for stream, kept in stored.items()
        if kept
    }


def ways(asked: Asked, person: str) -> tuple[models.WayToReach, ...]:
    """Return the ways to reach an adult on the day, safe or not, as known when asked."""
    if asked.position is None:
        return people.ways_to_reach(person, asked.as_of)
    kept = queries.entries_of(person_stream(person), position=asked.position)
    rows = person_rows.rows_of(records.as_known(kept, child=person))
    return tuple(
        row for row in rows if isinstance(row, models.WayToReach) and _holds(row, asked.as_of)
    )


def _holds(row: models.Projection, day: date) -> bool:
    since, until = getattr(row, "from_on", None), getattr(row, "until_on", None)
    return (since is None or since <= day) and (until is None or until > day)


def write_log(asked: Asked, page: str, shown: Iterable[str], **asked_for: str) -> None:
    """Write down who saw what, and commit, before the answer leaves (S9)."""
    said = {
        "as_of": asked.as_of.isoformat(),
        "known_at": asked.known_at.isoformat() if asked.known_at else "",
        **asked_for,
    }
    read_log.write(
        asked.asker,
        page,
        shown,
        asked=" ".join(f"{name}={value}" for name, value in said.items() if value),
    )


def facts_behind(tasks_shown: Iterable[Task]) -> dict[str, tuple[str, date]]:
    """Return kind and day of every entry that these tasks' dates are counted from."""
    wanted = {
        entry_id
        for task in tasks_shown
        for entry_id in (
            *(entry for limit in task.limits for entry in limit.anchor_entries),
            *(entry for _, _, entry in task.unbound),
            task.each,
            task.ended_by,
        )
        if entry_id
    }
    return queries.kinds_of(wanted)


def names_of(children: Iterable[str]) -> dict[str, str]:
    """Return what each child is called on a page."""
    return {child_id: called(child) for child_id, child in people.children(children).items()}


def called(child: models.Child) -> str:
    """Return what a child is called on a page; one without a name is called by its record."""
    return child.name or f"Child {child.id[:8]}"
