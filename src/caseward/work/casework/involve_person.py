"""People involved with a child: who they are, what they are to the child, how to reach them (B7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from caseward.record.ledger.acts import Act, NewEntry, child_stream, person_stream
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.casework import identity, siblings
from caseward.work.entries import Taken
from caseward.work.entries.answers import Problem
from caseward.work.entries.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToReach:
    """A way to reach an adult: phone, text_message, email, post, in_person, through_someone."""

    way: str
    address: str
    is_safe: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """An adult to add: name, language, needs, and the ways to reach them."""

    name: str
    family_name: str = ""
    born_on: date | None = None
    language: str = ""
    interpreter: bool = False
    reading_needs: str = ""
    access_needs: str = ""
    ways: tuple[WayToReach, ...] = ()


class PersonAdded(NamedTuple):
    """The adult who was added."""

    person_id: str
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """What an adult is to a child, from a day on; `responsibility` is the source of PR, if any."""

    relationship: str
    since: date
    may_know_of_child: bool = True
    lives_with_child: bool = False
    note: str = ""
    responsibility: str = ""
    responsibility_since: date | None = None
    responsibility_until: date | None = None
    must_not_meet: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Language and needs as they are from now on: "" is none any more, None stays as it was said."""

    language: str | None = None
    interpreter: bool | None = None
    reading_needs: str | None = None
    access_needs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed about an adult involved with a child, from a day on; None and () say nothing.

    `involvement` takes the place of the one that stood if `is_restated`; otherwise only what it
    adds is recorded: parental responsibility, somebody they must not meet. `keeps_note` is for
    those who may not read the note. `ended_ways` are ids of ways to reach, `may_meet` ids of adults
    whom they may meet again.
    """

    on: date
    involvement: Involvement | None = None
    is_restated: bool = True
    keeps_note: bool = False
    needs: Needs | None = None
    ways: tuple[WayToReach, ...] = ()
    ended_ways: tuple[str, ...] = ()
    responsibility_ends: bool = False
    may_meet: tuple[str, ...] = ()


def add(act: Act, child: str, person: NewPerson, involvement: Involvement) -> PersonAdded:
    """Add an adult and say what they are to the child, by one act."""
    person_id = identity.made_from(act, "person")
    made = (
        *entries_of(act, child, person_id, involvement),
        *_entries_of_person(act, person_id, person),
    )
    return PersonAdded(person_id=person_id, taken=entries.take_in(act, made, confirmed=True))


def change(act: Act, child: str, person: str, changes: Changes) -> Taken:
    """Say what changed about an adult who is involved with the child.

    Errors: Refused where the adult is not on the child's record, or nothing changed.
    """
    _refuse_stranger(child, person, act)
    made = (
        *_of_child_changed(act, child, person, changes),
        *_of_person_changed(act, person, changes),
    )
    if not made:
        raise Refused([Problem(field="", sentence="Nothing was changed.", kind="refused")])
    return entries.take_in(act, made, confirmed=True)


def register_person(act: Act, person: NewPerson) -> PersonAdded:
    """Add an adult with the ways to reach them."""
    person_id = identity.made_from(act, "person")
    made = _entries_of_person(act, person_id, person)
    return PersonAdded(person_id=person_id, taken=entries.take_in(act, made))


def _entries_of_person(act: Act, person_id: str, person: NewPerson) -> tuple[NewEntry, ...]:
    said: dict[str, Any] = {
        "name": person.name,
        "family_name": person.family_name,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "language": person.language,
        "interpreter": "yes" if person.interpreter else "",
        "reading_needs": person.reading_needs,
        "access_needs": person.access_needs,
    }
    made = [
        NewEntry(
            stream=person_stream(person_id),
            kind="person.registered",
            occurred_on=act.today,
            fields=_filled(said),
            entry_id=identity.made_from(act, "person.registered"),
        )
    ]
    made += [_way(act, person_id, way, number) for number, way in enumerate(person.ways, start=1)]
    return tuple(made)


def involve(act: Act, child: str, person: str, involvement: Involvement) -> Taken:
    """Say what the adult is to the child, whether they share parental responsibility, and whom
    they must not meet.
    """
    return entries.take_in(act, entries_of(act, child, person, involvement), confirmed=True)


def entries_of(act: Act, child: str, person: str, involvement: Involvement) -> tuple[NewEntry, ...]:
    """Return the entries that say what an adult is to a child."""
    since = involvement.since
    made = [
        _of_child(act, child, "person.involved", since, {
            "person": person,
            "relationship": involvement.relationship,
            "may_know_of_child": _yes_no(involvement.may_know_of_child),
            "lives_with_child": _yes_no(involvement.lives_with_child),
            "note": involvement.note,
        })
    ]  # fmt: skip
    if involvement.responsibility:
        made.append(
            _of_child(
                act,
                child,
                "parental_responsibility.held",
                involvement.responsibility_since or since,
                {"person": person, "source": involvement.responsibility},
                until=involvement.responsibility_until,
            )
        )
    for other, reason in sorted(involvement.must_not_meet.items()):
        bar = {"person": person, "other_person": other, "reason": reason}
        made.append(_of_child(act, child, "meeting_bar.recorded", since, bar, other))
    return tuple(made)


def end(act: Act, child: str, person: str, *, on: date) -> Taken:
    """Say that the adult is no longer involved with the child from a day on."""
    said = {"person": person}
    return entries.take_in(
        act, (_of_child(act, child, "involvement.ended", on, said),), confirmed=True
    )


def record_siblings(
    act: Act, child: str, sibling: str, *, same_household: bool, on_plan: Iterable[str] = ()
) -> Taken:
    """Say on both records, by one act, that two children are brothers or sisters (M37)."""
    first, second = siblings.both_ways(
        act, child, sibling, same_household=_yes_no(same_household), on_plan=on_plan
    )
    return entries.take_in(act, (first,), beside=(second,), confirmed=True)


def _way(act: Act, person: str, way: WayToReach, number: int) -> NewEntry:
    said = {
        "way": way.way,
        "address": way.address,
        "is_safe": _yes_no(way.is_safe),
        "note": way.note,
    }
    entry_id = identity.made_from(act, f"way {number}")
    return NewEntry(
        stream=person_stream(person),
        kind="way_to_reach.recorded",
        occurred_on=act.today,
        keys={"way_to_reach": entry_id},
        fields=_filled(said),
        entry_id=entry_id,
    )


def _refuse_stranger(child: str, person: str, act: Act) -> None:
    """An adult's own entries are changed from the record of a child whom they are involved with."""
    known = {
        row.person
        for rows in (
            people.people_involved(child, act.today),
            people.parental_responsibility(child, act.today),
        )
        for row in rows
    }
    if person not in known:
        sentence = "This person is not on the child's record. Open the people involved again."
        raise Refused([Problem(field="", sentence=sentence, kind="refused")])


def _of_child_changed(act: Act, child: str, person: str, changes: Changes) -> Iterator[NewEntry]:
    said = {"person": person}
    if changes.responsibility_ends:
        yield _of_child(act, child, "parental_responsibility.ended", changes.on, said)
    for other in changes.may_meet:
        pair = {"person": person, "other_person": other}
        yield _of_child(act, child, "meeting_bar.ended", changes.on, pair, other)
    if changes.involvement is None:
        return
    stood = [row for row in people.people_involved(child, act.today) if row.person == person]
    said_now = changes.involvement
    if changes.keeps_note and stood:
        said_now = replace(said_now, note=stood[-1].note)
    for new in entries_of(act, child, person, said_now):
        if new.kind == "person.involved":
            if not changes.is_restated:
                continue
            # What stood is ended first: of the same day the new one holds.
            if stood:
                yield _of_child(act, child, "involvement.ended", said_now.since, said)
        yield new


def _of_person_changed(act: Act, person: str, changes: Changes) -> Iterator[NewEntry]:
    if changes.needs is not None:
        needs = changes.needs
        said_of_needs = {
            "language": needs.language,
            "interpreter": None if needs.interpreter is None else _yes_no(needs.interpreter),
            "reading_needs": needs.reading_needs,
            "access_needs": needs.access_needs,
        }
        yield NewEntry(
            stream=person_stream(person),
            kind="person_needs.recorded",
            occurred_on=act.today,
            # An empty text is kept: it says that there is none any more.
            fields={name: text for name, text in said_of_needs.items() if text is not None},
            entry_id=identity.made_from(act, "person_needs.recorded"),
        )
    for way in changes.ended_ways:
        yield NewEntry(
            stream=person_stream(person),
            kind="way_to_reach.ended",
            occurred_on=act.today,
            keys={"way_to_reach": way},
            entry_id=identity.made_from(act, f"way ended {way}"),
        )
    for number, new in enumerate(changes.ways, start=1):
        yield _way(act, person, new, number)


def _of_child(
    act: Act,
    child: str,
    kind: str,
    on: date,
    said: dict[str, str],
    name: str = "",
    *,
    until: date | None = None,
) -> NewEntry:
    return NewEntry(
        stream=child_stream(child),
        kind=kind,
        occurred_on=on,
        until=until,
        fields=_filled(said),
        entry_id=identity.made_from(act, f"{kind} {name}"),
    )


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
