"""From one edition to the next: no overlap, no step that vanishes, nothing open stranded (M28)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from caseward.rules.checking import courses, soundness, stories
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import Machine
from caseward.rules.checking.messages import Message
from caseward.rules.checking.outcomes import Place
from caseward.rules.checking.situations import Situation, bits_of
from caseward.rules.checking.soundness import Owing, Searched
from caseward.rules.checking.walked import Courses, Move, Surroundings
from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.model import Edition, Procedure, Step

# So many different sets of open steps are taken through a turn; more differ in nothing that matters.
MOST_TURNED = 400
TURN = ":turn"


def overlapping(rulebook: Rulebook) -> Iterator[Message]:
    """Yield an error for each procedure that two files state: their editions overlap."""
    first: dict[str, Procedure] = {}
    for procedure in rulebook.procedures:
        other = first.setdefault(procedure.id, procedure)
        if other is procedure:
            continue
        edition = procedure.editions[0]
        yield Place(procedure=procedure, edition=edition).error(
            "M28",
            None,
            f"“{procedure.title}” is stated in two files, {other.path} and {procedure.path}, so that two "
            f"editions are in force together from "
            f"{wording.day(max(edition.in_force_from, other.editions[0].in_force_from))}. Keep one "
            "file, or give one of them an id of its own.",
        )


def vanishing(procedure: Procedure) -> Iterator[Message]:
    """Yield an error for each step that an edition drops without saying what becomes of its tasks."""
    for before, after in pairwise(procedure.editions):
        place = Place(procedure=procedure, edition=after)
        kept = {step.id for step in after.steps}
        for step in before.steps:
            if step.replaced_by and step.replaced_by not in kept:
                yield place.error(
                    "M28",
                    None,
                    f"{stories.called(step)} ({step.id}) is to be replaced by “{step.replaced_by}”, which "
                    f"is not a step of the edition of {wording.day(after.in_force_from)}.",
                )
            if step.id in kept or step.id in after.ended or step.ends or step.replaced_by:
                continue
            yield place.error(
                "M28",
                None,
                f"The edition of {wording.day(after.in_force_from)} has no step {step.id} any more and "
                f"does not say what becomes of {stories.called(step)} where it is open that day. Write "
                f"“ended”: {{{step.id}: …}} with the step in its place, or null where it simply ends.",
            )


def stranding(
    of: Sequence[Searched], rulebook: Rulebook, owing: Owing
) -> tuple[list[Message], int]:
    """Return an error for each way in which a turn of editions strands a child, and what was looked at.

    Shapes: `of` are the editions of one procedure searched, oldest first; each pair is looked at.
    """
    found: list[Message] = []
    n_situations = 0
    for at, before in enumerate(of):
        for now in range(at + 1, len(of)):
            messages, number = _pair(before, of[at + 1 : now + 1], rulebook, owing)
            found += messages
            n_situations += number
    return found, n_situations


def _pair(
    before: Searched, through: Sequence[Searched], rulebook: Rulebook, owing: Owing
) -> tuple[list[Message], int]:
    procedure, edition = before.place.procedure, through[-1].place.edition
    if any(one.place.edition.transition == "episode" for one in through):
        # The running episode keeps its edition, and that was searched on its own.
        return [], 0
    standing = _standing(before)
    if not standing or not edition.steps:
        return [], 0
    elders = _elders(before.place.edition, [one.place.edition for one in through])
    machine = Machine(edition, rulebook, elders=[step for _, step in elders])
    begun, stories_of = [], {}
    for situation, courses_ in standing:
        turned = _turned(before.machine, situation, machine, [n for n, _ in elders], through)
        move = Move(Fact(TURN, before.machine.edition.in_force_from.isoformat()))
        if turned not in stories_of:
            begun.append((0, move, turned))
            stories_of[turned] = (courses_, situation)
    is_free = soundness.free_kinds(machine, procedure, owing)
    around = Surroundings(
        is_free=lambda fact: is_free.get(fact.kind, True), calls=owing.elsewhere(procedure)
    )
    found = courses.searched(machine, courses.ORDERS[1], begun=begun, around=around)
    place = Place(procedure=procedure, edition=edition)
    messages = list(_stranded(place, before, found, stories_of))
    return messages, len(found.came_by)


def _standing(of: Searched) -> list[tuple[Situation, Courses]]:
    """The situations in which an episode may stand when the edition turns, by what is open."""
    found: dict[tuple[int, int, tuple[str, ...]], tuple[Situation, Courses]] = {}
    for one in of.found:
        for situation in one.came_by:
            if not situation.closed:
                key = (situation.open, situation.dormant, situation.states)
                found.setdefault(key, (situation, one))
            if len(found) >= MOST_TURNED:
                return list(found.values())
    return list(found.values())


def _elders(before: Edition, through: Sequence[Edition]) -> list[tuple[int, Step]]:
    """The old steps that stay open as they are: neither ended nor dated anew by a new edition."""
    return [
        (n, step)
        for n, step in enumerate(before.steps)
        if _becomes(step, before, through) is not None
    ]


def _becomes(step: Step, before: Edition, through: Sequence[Edition]) -> str | None:
    """The id under which a step goes on after the turns, None where it is ended."""
    name: str | None = step.id
    old = before
    for edition in through:
        there = {one.id for one in edition.steps}
        if name is None:
            return None
        if name not in there:
            known = old.step(name)
            name = edition.ended.get(name, known.replaced_by if known is not None else None)
        old = edition
    return name


def _turned(
    old: Machine,
    situation: Situation,
    new: Machine,
    elders: Sequence[int],
    through: Sequence[Searched],
) -> Situation:
    """The situation as the new edition sees it on the day on which it comes into force."""
    place_of = {n: new.n_own + at for at, n in enumerate(elders)}
    editions = [one.place.edition for one in through]
    open_ = 0
    for n in bits_of(situation.open):
        if n in place_of:
            name = _becomes(old.steps[n], old.edition, editions)
            same = new.index.get(name or "")
            is_same = same is not None and new.steps[same] == old.steps[n]
            open_ |= 1 << (same if is_same and same is not None else place_of[n])
    states = tuple(
        _value(old, situation, state, new.values[at]) for at, state in enumerate(new.states)
    )
    happened = 0
    for key, bit in new.bits.bits.items():
        if situation.happened & old.bits.bits.get(key, 0):
            happened |= bit
    through_bits = 0
    for n in bits_of(situation.through):
        at = new.index.get(old.steps[n].id)
        through_bits |= 0 if at is None else 1 << at
    return Situation(open_, 0, happened, 0, 0, through_bits, states, goes_on=situation.goes_on)


def _value(old: Machine, situation: Situation, state: str, values: tuple[str, ...]) -> str:
    at = old.place.get(state)
    if at is not None and situation.states[at] in values:
        return situation.states[at]
    return values[-1]


def _stranded(
    place: Place,
    before: Searched,
    found: Courses,
    stories_of: dict[Situation, tuple[Courses, Situation]],
) -> Iterator[Message]:
    """Who was led to an end by the old edition, and is now asked nothing and led nowhere."""
    if not any(one.is_closed_by_duty for one in before.found):
        return
    day = wording.day(place.edition.in_force_from)
    for turned, (old_courses, old) in stories_of.items():
        if found.ends(turned) is not False or old_courses.ends(old) is False:
            continue
        steps = [before.machine.steps[n] for n in bits_of(old.open)]
        open_ = [stories.called(step) for step in steps if not step.window][:3]
        yield place.error(
            "M28",
            None,
            f"A child with {wording.listed(open_, 'and')} open is stranded when the edition of {day} comes "
            f"into force: {soundness.after_that(found, turned)}nothing says who does what next, and nothing "
            "ends the procedure.",
            story=(
                *stories.told(before.machine, old_courses.story(old)),
                f"the edition of {day} comes into force",
            ),
        )
        return
    for n, fact, situation in found.dead_ends():
        if n >= found.machine.n_own:
            step = found.machine.steps[n]
            words = stories.outcome_words(found.machine, step, fact)
            yield place.error(
                "M28",
                None,
                f"A child with {stories.called(step)} open is stranded when the edition of {day} comes into "
                f"force and it then comes out as {words}: {soundness.after_that(found, situation)}nothing "
                "says who does what next, and nothing ends the procedure.",
            )
            return
