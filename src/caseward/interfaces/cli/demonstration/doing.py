"""Does each deed of the stories by the verb for it, as the worker whose deed it is."""

from datetime import date, datetime

from caseward.interfaces.cli.demonstration import bringing_over, staff
from caseward.interfaces.cli.demonstration.deeds import (
    Allocated,
    Corrected,
    Deed,
    Delayed,
    Fact,
    GivenUp,
    MadeSiblings,
    Opened,
    Recorded,
    Withdrawn,
)
from caseward.interfaces.cli.demonstration.telling import Telling
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, child_stream
from caseward.rules.engine.tasks import Role
from caseward.work.casework import (
    agree_delay,
    allocate,
    correct_entry,
    give_up_task,
    involve_person,
    record_event,
    record_together,
    register_child,
    withdraw_entry,
)
from caseward.work.casework.agree_delay import NewDelay
from caseward.work.casework.happenings import WhatHappened
from caseward.work.tasks import queries as tasks


def do(world: World, told: Telling, deed: Deed, *, at: datetime) -> None:
    """Do one deed at a moment; what it brings is kept under its words."""
    act = world.act(deed.on, by=deed.by, at=at, why=deed.why, acting_for=deed.acting_for)
    match deed.what:
        case Recorded() as what:
            _record(world, act, what)
        case Opened(child=child):
            _open(world, told, act, child)
        case Corrected() as what:
            _correct(world, act, what)
        case Withdrawn() as what:
            _withdraw(world, act, what)
        case Delayed() as what:
            _delay(world, act, what)
        case GivenUp() as what:
            _give_up(world, act, what)
        case Allocated() as what:
            _allocate(world, act, what)
        case MadeSiblings() as what:
            involve_person.record_siblings(
                act,
                world.children[what.child],
                world.children[what.sibling],
                same_household=what.same_household,
            )


def _record(world: World, act: Act, what: Recorded) -> None:
    children = tuple(world.children[child] for child in what.children)
    each = {world.children[child]: dict(values) for child, values in what.each.items()}
    whats = [_happened(fact, children, each) for fact in what.facts]
    if len(whats) == 1:
        taken = record_event.record(act, whats[0], confirmed=True)
    else:
        taken = record_together.record(act, whats, confirmed=True)
    if len(children) == 1:
        for fact, entry_id in zip(what.facts, taken.entry_ids, strict=False):
            if fact.word:
                world.entries[what.children[0], fact.word] = entry_id


def _happened(
    fact: Fact, children: tuple[str, ...], each: dict[str, dict[str, object]]
) -> WhatHappened:
    return WhatHappened(
        kind=fact.kind,
        occurred_on=fact.on,
        time=fact.time,
        until=fact.until,
        children=children,
        outcome=fact.outcome,
        keys=fact.keys,
        fields=fact.fields,
        each=each,
    )


def _open(world: World, told: Telling, act: Act, word: str) -> None:
    child = told.children[word]
    bringing_over.register_adults(world, child)
    made = register_child.register(act, bringing_over.new_child(world, child), confirmed=True)
    world.children[word] = made.child_id
    manager = child.worker_for("team_manager", child.known_on)
    for role, worker in (("social_worker", child.worker), ("iro", child.iro)):
        allocate.allocate(
            world.act(act.today, by=manager, at=world.at),
            made.child_id,
            world.workers[worker],
            role=role,
            since=child.known_on,
        )
    for adult in child.adults:
        involve_person.involve(
            world.act(act.today, by="duty", at=world.at),
            made.child_id,
            world.adults[adult.word],
            bringing_over.involvement(world, child, adult),
        )


def _correct(world: World, act: Act, what: Corrected) -> None:
    child, entry_id = world.children[what.child], world.entries[what.child, what.fact.word]
    correct_entry.correct(
        act,
        child,
        entry_id,
        _happened(what.fact, (child,), {}),
        expected_seq=_seq(child, entry_id),
        confirmed=True,
    )


def _withdraw(world: World, act: Act, what: Withdrawn) -> None:
    child, entry_id = world.children[what.child], world.entries[what.child, what.word]
    withdraw_entry.withdraw(act, child, entry_id, expected_seq=_seq(child, entry_id))


def _delay(world: World, act: Act, what: Delayed) -> None:
    child = world.children[what.child]
    delay = NewDelay(
        new_date=what.new_date,
        reason=what.reason,
        explanation=what.explanation,
        agreed_by=world.workers[staff.HOLDERS[what.agreed_by]],
    )
    agree_delay.agree(act, child, _open_task(child, what.step, act.today), delay, confirmed=True)


def _give_up(world: World, act: Act, what: GivenUp) -> None:
    child = world.children[what.child]
    give_up_task.give_up(
        act,
        child,
        _open_task(child, what.step, act.today),
        reason=what.reason,
        decided_by=act.by,
        confirmed=True,
    )


def _allocate(world: World, act: Act, what: Allocated) -> None:
    allocate.allocate(
        act,
        world.children[what.child],
        world.workers.get(what.worker, ""),
        role=what.role,
        since=act.today,
        team=world.teams.get(what.team, ""),
        stands_in_for=world.workers.get(what.stands_in_for, ""),
    )


def _open_task(child: str, step: str, on: date) -> str:
    """Return the id of the child's task of a step that is open on a day."""
    rows = tasks.standing(on).filter(child=child, step=step, role=Role.STEP.value)
    found: str = rows.order_by("opened_on", "id").values_list("id", flat=True)[0]
    return found


def _seq(child: str, entry_id: str) -> int:
    """Return the place of the last that was said of an entry, as its page would show it."""
    return max(
        one.seq
        for one in queries.recorded(child_stream(child))
        if entry_id in (one.entry.entry_id, one.entry.corrects, one.entry.withdraws)
    )
