"""What the authority's earlier system held, brought over on the day on which Caseward began there."""

from dataclasses import replace
from datetime import date

from caseward.interfaces.cli.demonstration import staff
from caseward.interfaces.cli.demonstration.deeds import Fact
from caseward.interfaces.cli.demonstration.telling import Adult, Child, Telling
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream
from caseward.work.casework import identity, import_facts, involve_person, register_child
from caseward.work.casework.involve_person import Involvement, NewPerson, WayToReach
from caseward.work.casework.register_child import NewChild

SOURCE = "earlier system"
NAMED_FOR_CHILD = {role for roles in staff.INVOLVED.values() for role in roles}


def bring_over(world: World, told: Telling) -> None:
    """Bring over every child then known: one act, as an import is."""
    children = [child for child in told.children.values() if child.is_brought_over]
    for child in children:
        register_adults(world, child)
    act = replace(world.act(told.began_on), by="system:import", via="import")
    batches = [_child(world, act, child) for child in children]
    import_facts.bring_in(act, batches)


def refresh(world: World, told: Telling) -> None:
    """Bring over what the earlier system holds since, in one act of this morning."""
    late = [child for child in told.children.values() if _is_late(child)]
    for child in late:
        register_adults(world, child)
    act = replace(world.act(told.today), by="system:import", via="import")
    batches = [_child(world, act, child) for child in late]
    known = [child for child in told.children.values() if child.refreshed and child not in late]
    for child in told.children.values():
        if not child.is_typed or child in known:
            stream, made = _since(world, act, child)
            if child in late:
                next(entries for own, entries in batches if own == stream).extend(made)
            elif made:
                batches.append((stream, made))
    if batches:
        import_facts.bring_in(act, batches)
    for siblings in told.siblings:
        involve_person.record_siblings(
            world.act(told.today, by="admin"),
            world.children[siblings.child],
            world.children[siblings.sibling],
            same_household=siblings.same_household,
        )


def _is_late(child: Child) -> bool:
    """Tell whether the earlier system opened the child's record after Caseward began here."""
    return not child.is_typed and not child.is_brought_over


def _since(world: World, act: Act, child: Child) -> tuple[StreamRef, list[NewEntry]]:
    child_id = world.children[child.word]
    facts = [*child.refreshed, *_roles(world, child)]
    made = [
        _entry(act, child_id, fact, f"{child.word} since {number}")
        for number, fact in enumerate(facts)
    ]
    return child_stream(child_id), made


def _roles(world: World, child: Child) -> list[Fact]:
    """Return who is given the child in which role, by what happened and who acted."""
    if child.is_typed:
        return []
    kinds = {fact.kind for fact in child.facts_told()}
    wanted = {role for role in child.acted if role in NAMED_FOR_CHILD}
    wanted |= {role for kind in kinds for role in staff.INVOLVED.get(kind, ())}
    made = []
    for role in sorted(wanted):
        team = staff.TEAM_FOR.get(role)
        held = (
            {"team": world.teams[team]} if team else {"worker": world.workers[staff.HOLDERS[role]]}
        )
        made.append(Fact(kind="role.held", on=child.known_on, fields={"role": role, **held}))
    if child.in_care_since is not None and child.in_care_since > child.known_on:
        held = {"role": "iro", "worker": world.workers[child.iro]}
        made.append(Fact(kind="role.held", on=child.in_care_since, fields=held))
    return made


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
