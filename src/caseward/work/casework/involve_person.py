"""People involved with a child: who they are, what they are to the child, how to reach them (B7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from caseward.record.ledger.acts import Act, NewEntry, child_stream, person_stream
from caseward.work import entries
from caseward.work.casework import identity, siblings
from caseward.work.entries import Taken


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
    must_not_meet: Mapping[str, str] = field(default_factory=dict)


def register_person(act: Act, person: NewPerson) -> PersonAdded:
    """Add an adult with the ways to reach them."""
    person_id = identity.made_from(act, "person")
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
    return PersonAdded(person_id=person_id, taken=entries.take_in(act, made))


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


def _of_child(
    act: Act, child: str, kind: str, on: date, said: dict[str, str], name: str = ""
) -> NewEntry:
    return NewEntry(
        stream=child_stream(child),
        kind=kind,
        occurred_on=on,
        fields=_filled(said),
        entry_id=identity.made_from(act, f"{kind} {name}"),
    )


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
