"""What the authority's earlier system held, brought over on the day on which Caseward began there."""

from dataclasses import replace
from datetime import date

from caseward.interfaces.cli.demonstration.deeds import Fact
from caseward.interfaces.cli.demonstration.telling import Adult, Child, Telling
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream
from caseward.work.casework import identity, import_facts, involve_person, register_child
from caseward.work.casework.involve_person import Involvement, NewPerson, WayToReach
from caseward.work.casework.register_child import NewChild

SOURCE = "earlier system"


def bring_over(world: World, told: Telling) -> None:
    """Bring over every child then known: one act, as an import is."""
    children = [child for child in told.children.values() if child.is_brought_over]
    for child in children:
        register_adults(world, child)
    act = replace(world.act(told.began_on), by="system:import", via="import")
    batches = [_child(world, act, child) for child in children]
    import_facts.bring_in(act, batches)


def register_adults(world: World, child: Child) -> None:
    """Add the adults of the child's life who are not known yet, with the ways to reach them."""
    for adult in child.adults:
        if adult.word not in world.adults:
            person = NewPerson(
                name=adult.name,
                language=adult.language,
                interpreter=bool(adult.language),
                reading_needs=adult.reading_needs,
                ways=tuple(
                    WayToReach(way=way, address=address, is_safe=is_safe, note=note)
                    for way, address, is_safe, note in adult.ways
                ),
            )
            act = world.act(child.known_on, by="admin")
            world.adults[adult.word] = involve_person.register_person(act, person).person_id


def new_child(world: World, child: Child) -> NewChild:
    """Return what opens the child's record."""
    return NewChild(
        name=child.name,
        family_name=child.name.split()[-1],
        sex=child.sex,
        born_on=None if child.expected_on else child.born_on,
        expected_on=child.expected_on,
        team=world.teams[child.team],
        started_on=child.known_on,
    )


def involvement(world: World, child: Child, adult: Adult) -> Involvement:
    """Return what the adult is to the child."""
    return Involvement(
        relationship=adult.relationship,
        since=child.known_on,
        may_know_of_child=adult.may_know_of_child,
        lives_with_child=adult.lives_with,
        responsibility=adult.responsibility,
        responsibility_since=_responsible_since(child),
        must_not_meet={world.adults[other]: adult.why_not_meet for other in adult.must_not_meet},
    )


def _responsible_since(child: Child) -> date:
    return child.known_on if child.expected_on or child.born_on is None else child.born_on


def _child(world: World, act: Act, child: Child) -> tuple[StreamRef, list[NewEntry]]:
    own = replace(act, key=f"{act.key} {child.word}")
    child_id = world.children[child.word] = identity.made_from(own, "child")
    made = list(register_child.entries_of(own, new_child(world, child), child_id))
    for role, worker in (("social_worker", child.worker), ("iro", child.iro)):
        held = {"role": role, "worker": world.workers[worker]}
        made.append(
            _entry(own, child_id, Fact(kind="role.held", on=child.known_on, fields=held), role)
        )
    for adult in child.adults:
        of_adult = replace(own, key=f"{own.key} {adult.word}")
        what = involvement(world, child, adult)
        made += involve_person.entries_of(of_adult, child_id, world.adults[adult.word], what)
    for number, fact in enumerate(child.history):
        entry = _entry(own, child_id, fact, f"{number}")
        made.append(entry)
        if fact.word:
            world.entries[child.word, fact.word] = entry.entry_id
    return child_stream(child_id), made


def _entry(act: Act, child_id: str, fact: Fact, name: str) -> NewEntry:
    return NewEntry(
        stream=child_stream(child_id),
        kind=fact.kind,
        occurred_on=fact.on,
        time=fact.time,
        until=fact.until,
        outcome=fact.outcome,
        keys=fact.keys,
        fields=fact.fields,
        source=SOURCE,
        entry_id=identity.made_from(act, f"{fact.kind} {name}"),
    )
