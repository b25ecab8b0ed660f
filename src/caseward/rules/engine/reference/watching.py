"""What must go on holding (M17), what is asked again (M16), and whose the task is (M27).

An open occurrence names what its conditions hang on; it is looked at again only on a day on which
one of these changes, or time alone changes the answer.
"""

from collections.abc import Mapping
from datetime import date

from caseward.rules.engine.reference import dating, endings, merging, recurring, telling
from caseward.rules.engine.reference.live import Dormant, Occurrence
from caseward.rules.engine.reference.scene import Need, Scene, Test
from caseward.rules.engine.reference.walk import LOOK_AGAIN, OVERDUE, TOUCH, Walk
from caseward.rules.engine.tasks import Status

WHILE = "while"
BINDS_IF = "binds_if"
OWNER = "owner"
NOT_IN_TIME = "not done by its last day; what follows has begun"


def begin(walk: Walk, occurrence: Occurrence) -> None:
    """Begin to watch an occurrence that has just opened."""
    law = occurrence.law
    if law.each_roles and law.step.owners == "each" and law.step.each is None:
        occurrence.owner = (occurrence.each,)
    else:
        _own(walk, occurrence)
    if law.binds_if is not None:
        _bind(walk, occurrence)
    if law.turns:
        _wake_when_time_tells(walk, occurrence)


def look_again(walk: Walk, occurrence: Occurrence, changed: Mapping[str, str]) -> None:
    """Ask again what the occurrence hangs on; `changed` names today's states, each by its entry."""
    if not occurrence.is_open:
        return
    law = occurrence.law
    if law.while_ is not None:
        scene = walk.scene_of(occurrence)
        said = law.while_.ask(scene)
        occurrence.lack(WHILE, scene.missing if said is None else [])
        if said is False:
            _stop(walk, occurrence, fact(walk, law.while_, changed))
            return
    if law.binds_if is not None:
        _bind(walk, occurrence, fact(walk, law.binds_if, changed))
    if law.merges_while is not None:
        merging.part(walk, occurrence)
        for thread in merging.join(walk, occurrence):
            dating.date_thread(walk, thread)
    if len(law.owner) > 1:
        _own(walk, occurrence)
    if (
        law.ask_again
        and _is_asked(law.ask_again, changed)
        and recurring.ask_again(walk, occurrence)
    ):
        dating.date_anew(walk, occurrence)
    if law.turns:
        _wake_when_time_tells(walk, occurrence)


def _stop(walk: Walk, occurrence: Occurrence, entry: str) -> None:
    """What must go on holding has stopped: the task is not needed any more (M17).

    Where its own passing has set that going it was not done in time, and stays missed (X3).
    """
    ending, because = Status.NOT_NEEDED, WHILE
    if occurrence.fired:
        ending, because = Status.MISSED, NOT_IN_TIME
    endings.end(occurrence, walk.day, ending, entry, because)
    fall_asleep(walk, occurrence)


def fall_asleep(walk: Walk, occurrence: Occurrence) -> None:
    """What `while` keeps shut is looked at again when a fact or time alone may open it (M17)."""
    law, episode = occurrence.law, occurrence.episode
    turn = None if law.while_ is None else _turn(walk, occurrence, law.while_)
    episode.dormant[law.root, occurrence.slot] = Dormant(
        law, occurrence.cause, occurrence.keys, occurrence.each, turn
    )
    if turn is not None:
        walk.wake(turn, TOUCH, episode)


def may_wake(walk: Walk, one: Dormant, asked: frozenset[Need]) -> bool:
    """Say whether something has changed that may let the step open."""
    if one.law.asks_daily or (one.turn is not None and one.turn <= walk.day):
        return True
    return one.law.while_ is not None and telling.may_have_turned(one.law.while_, asked)


def fact(walk: Walk, test: Test, changed: Mapping[str, str]) -> str:
    """Name the entry of today that turned the condition, or nothing where time alone did."""
    for sort, name in sorted(test.needs):
        if sort == "state" and name in changed:
            return changed[name]
    for sort, name in sorted(test.needs):
        events = walk.known.events(name) if sort == "kind" else ()
        if events and events[-1].occurred_on == walk.day:
            return events[-1].entry_id
    return ""


def _is_asked(states: frozenset[str], changed: Mapping[str, str]) -> bool:
    return "age" in states or any(state in changed for state in states)


def _bind(walk: Walk, occurrence: Occurrence, entry: str = "") -> None:
    """While `binds_if` is false the task stays without a limit and says why (M17)."""
    law = occurrence.law
    if law.binds_if is None:
        return
    scene = walk.scene_of(occurrence)
    said = law.binds_if.ask(scene)
    was_unbound = occurrence.is_unbound
    if said is False and not was_unbound:
        occurrence.unbound += ((walk.day, None, entry or BINDS_IF),)
    elif said is not False and was_unbound:
        since, _, why = occurrence.unbound[-1]
        occurrence.unbound = (*occurrence.unbound[:-1], (since, walk.day, why))
        if occurrence.firm_due_on is not None and occurrence.firm_due_on < walk.day:
            walk.wake(walk.day, OVERDUE, occurrence)
    thread = occurrence.thread
    if thread is not None and thread.before and was_unbound != occurrence.is_unbound:
        dating.date_thread(walk, thread)
    occurrence.lack(BINDS_IF, scene.missing if said is None else [])


def _own(walk: Walk, occurrence: Occurrence) -> None:
    """The first row of the owner's table that holds today; one that cannot be told does not."""
    roles: tuple[str, ...] = ()
    scene: Scene | None = None
    for test, row_roles in occurrence.law.owner:
        if test is not None:
            scene = scene or walk.scene_of(occurrence)
            if test.ask(scene) is not True:
                continue
        roles = row_roles
        break
    if scene is not None:
        occurrence.lack(OWNER, scene.missing)
    if roles != occurrence.owner:
        occurrence.owner = roles
        if len(occurrence.law.owner) > 1:
            occurrence.owners_from += ((walk.day, roles),)


def _wake_when_time_tells(walk: Walk, occurrence: Occurrence) -> None:
    turns = [
        day for test in occurrence.law.turns if (day := _turn(walk, occurrence, test)) is not None
    ]
    if turns:
        walk.wake(min(turns), LOOK_AGAIN, occurrence)


def _turn(walk: Walk, occurrence: Occurrence, test: Test) -> date | None:
    """The next day on which time alone may change what the test says."""
    day = None if test.next_change is None else test.next_change(walk.scene_of(occurrence))
    return day if day is not None and day > walk.day else None
