"""One edition proved sound by search: reachable, meetable, every outcome followed, nothing hanging."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from caseward.rules.checking import alphabet, beginnings, courses, outcomes, reaching, stories
from caseward.rules.checking.machine import Machine
from caseward.rules.checking.messages import Message
from caseward.rules.checking.outcomes import Place
from caseward.rules.checking.situations import Situation
from caseward.rules.checking.walked import Courses, Move, Surroundings
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.model import Edition, Procedure, Step


@dataclass(slots=True)
class Searched:
    """An edition with its machine and everything that was gone through."""

    place: Place
    machine: Machine
    found: list[Courses]
    is_free: Mapping[str, bool]

    @property
    def n_situations(self) -> int:
        return sum(len(one.came_by) for one in self.found)

    @property
    def opened(self) -> dict[int, tuple[Courses, Situation]]:
        """Where each step was first seen open."""
        answer: dict[int, tuple[Courses, Situation]] = {}
        for one in reversed(self.found):
            answer.update({n: (one, situation) for n, situation in one.opened.items()})
        return answer

    @property
    def shut(self) -> dict[int, Situation]:
        """The steps whose act a gate keeps shut on a course as everybody owes it, and where.

        Asked of the order in which the file puts things: in others a gate may be left behind.
        """
        one = self.found[0]
        return {n: situation for n, situation in one.blocked.items() if one.is_as_owed(situation)}

    def course_to(self, n: int, outcome: str) -> list[Move]:
        """Return the shortest course on which a step comes out so; empty where there is none."""
        courses_ = []
        for one in self.found:
            if (n, outcome) in one.came_out:
                before, move = one.came_out[n, outcome]
                courses_.append([*one.story(before), move])
        return min(courses_, key=len, default=[])

    @property
    def is_whole(self) -> bool:
        """Whether every course was gone through, to the last departure."""
        return all(one.n_departures == courses.MOST_DEPARTURES for one in self.found)


def owed_by(step: Step) -> Iterator[str]:
    """Yield the kinds of event that a step owes: what alone meets it, or a part of it.

    Where events of different things will do, each of them may come for a reason of its own; a decision
    that is ratified or refused is one thing.
    """
    for rows in ((*step.met_by, *step.any_of), *(part.met_by for part in step.all_of)):
        kinds = {row.event for row in rows}
        if len({kind.partition(".")[0] for kind in kinds}) == 1:
            yield from kinds


@dataclass
class Owing:
    """Which kinds of event somebody owes, by procedure: all the others come of themselves."""

    rulebook: Rulebook
    by_procedure: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, procedure: Procedure) -> frozenset[str]:
        """Return the kinds that the procedure's own steps owe."""
        if procedure.id not in self.by_procedure:
            self.by_procedure[procedure.id] = frozenset(
                kind
                for edition in procedure.editions
                for step in edition.steps
                for kind in owed_by(step)
            )
        return self.by_procedure[procedure.id]

    def elsewhere(self, procedure: Procedure) -> frozenset[str]:
        """Return the kinds that other procedures owe."""
        others = (self.of(one) for one in self.rulebook.procedures if one.id != procedure.id)
        return frozenset().union(*others)

    @cached_property
    def acts(self) -> frozenset[str]:
        """The receipts: they follow their acts by themselves."""
        kinds = self.rulebook.vocabulary.kinds.values()
        return frozenset(kind.id for kind in kinds if kind.follows is not None)


def searched(procedure: Procedure, edition: Edition, rulebook: Rulebook, owing: Owing) -> Searched:
    """Go through the courses of one edition."""
    machine = Machine(edition, rulebook)
    begun = [(odd, Move(fact), situation) for odd, fact, situation in beginnings.openings(machine)]
    is_free = free_kinds(machine, procedure, owing)
    around = Surroundings(
        is_free=lambda fact: is_free.get(fact.kind, True), calls=owing.elsewhere(procedure)
    )
    found = [
        courses.searched(machine, order, begun=begun, around=around) for order in courses.ORDERS
    ]
    answer = Searched(Place(procedure=procedure, edition=edition), machine, found, is_free)
    for n in range(machine.n_own):
        if n not in answer.opened:
            courses.aim(found[0], n)
    return answer


def free_kinds(machine: Machine, procedure: Procedure, owing: Owing) -> dict[str, bool]:
    """Say of each kind whether it may come at any time.

    It may not where nobody but this procedure's own steps brings it about, and it is neither what
    opens the procedure nor what every step that owes it begins with.
    """
    own, elsewhere = owing.of(procedure), owing.elsewhere(procedure)
    opening = {kind for one in machine.edition.opens for kind, _ in alphabet.spoken_of(one.trigger)}
    itself = {kind for kind in own if _begins_what_it_meets(machine, kind)}
    kinds = machine.rulebook.vocabulary.kinds
    free = {}
    for kind in {fact.kind for fact in machine.facts}:
        source = kinds[kind].follows or kind
        is_owed = kind in own or (source != kind and source in own)
        free[kind] = not is_owed or kind in opening | itself | elsewhere
    return free


def _begins_what_it_meets(machine: Machine, kind: str) -> bool:
    """Whether each step that owes such a fact begins with one: the first comes of itself."""
    owing = [step for step in machine.steps if kind in owed_by(step)]
    return all(kind in {one for one, _ in alphabet.spoken_of(step.starts_when)} for step in owing)


def errors(of: Searched, rulebook: Rulebook) -> Iterator[Message]:
    """Yield what is unsound in the edition, each with a course of facts that shows it."""
    place, machine = of.place, of.machine
    told = list(outcomes.errors(place, machine, rulebook, of.course_to))
    yield from told
    yield from reaching.needs_each_other(place)
    if not machine.steps:
        return
    unopened = frozenset(range(machine.n_own)) - of.opened.keys()
    shut = of.shut
    yield from reaching.errors(place, machine, unopened, frozenset(shut), of.is_free)
    yield from _unmeetable(of)
    yield from _shut(of)
    yield from _hanging(of)
    if not (unopened or shut):
        # What never comes up, or is never done, makes dead ends of its own.
        lines = {one.line for one in told}
        yield from (one for one in _dead_ends(of) if one.line not in lines)
        yield from _never_over(of)
    yield from _undecided_hold(place, machine)


def _unmeetable(of: Searched) -> Iterator[Message]:
    machine = of.machine
    for n, step in enumerate(machine.steps):
        if step.window:
            continue
        if step.all_of:
            for part in step.all_of:
                rows = part.met_by
                facts = [fact for row in rows for fact in machine.by_kind.get(row.event, ())]
                if not any(machine.may_be(row, fact) for row in rows for fact in facts):
                    yield of.place.error(
                        "sound",
                        step,
                        f"Nothing can meet the part “{part.title or part.part}” of "
                        f"{stories.called(step)}: no fact can be as it asks.",
                    )
        elif not any(machine.meets(n, fact) for fact in machine.facts_for(n)):
            yield of.place.error(
                "sound",
                step,
                f"Nothing can meet {stories.called(step)}: no fact can be as it asks, so it would stay "
                "open for ever.",
            )


def _shut(of: Searched) -> Iterator[Message]:
    """An act that waits for a gate which nobody is asked to open, on a course as everybody owes it."""
    one = of.found[0]
    for n, situation in of.shut.items():
        step = of.machine.steps[n]
        gates = [
            other
            for other in of.place.edition.steps
            if {row.event for row in of.machine.rows[n]} & set(other.gates)
        ]
        yield of.place.error(
            "sound",
            step,
            f"{stories.called(step)} waits for {' and '.join(stories.called(one) for one in gates)}, "
            "which keeps its act shut and is not asked of anybody then: "
            f"{_story(one, situation)}; then the two wait for each other.",
            story=stories.told(of.machine, one.story(situation)),
        )


def _dead_ends(of: Searched) -> Iterator[Message]:
    """A decision after which nothing that anybody owes leads to an end, though it might have."""
    seen: set[tuple[int, str | None]] = set()
    for one in of.found:
        if not one.is_closed_by_duty:
            continue
        for n, fact, situation in one.dead_ends():
            if (n, fact.outcome) in seen:
                continue
            seen.add((n, fact.outcome))
            step = of.machine.steps[n]
            outcome = step.outcomes.get(fact.outcome or "")
            yield of.place.error(
                "B8",
                step,
                f"{_story(one, situation)}; {after_that(one, situation)}then nothing says who does what "
                "next, and nothing ends the procedure.",
                line=outcome.line if outcome is not None else 0,
                story=stories.told(of.machine, one.story(situation)),
            )


def after_that(one: Courses, situation: Situation) -> str:
    """Return what is asked for last on a way that leads nowhere."""
    last = one.last_asked(situation)
    if last < 0:
        return ""
    return (
        f"{stories.called(one.machine.steps[last])} is the last thing that anybody is asked for; "
    )


def _hanging(of: Searched) -> Iterator[Message]:
    """What the closing fact itself starts must be marked as outliving the procedure (M7)."""
    seen: set[int] = set()
    for one in of.found:
        for n, situation in one.hanging.items():
            if n in seen:
                continue
            seen.add(n)
            step = of.machine.steps[n]
            yield of.place.error(
                "sound",
                step,
                f"{_story(one, situation)}, which ends the procedure; {stories.called(step)} begins with "
                "that same fact and is left hanging: it neither ends with the procedure nor is marked "
                "outlives: true.",
                story=stories.told(of.machine, one.story(situation)),
            )
    for step in of.place.edition.steps:
        if step.every and step.outlives and step.while_ is None:
            yield of.place.error(
                "sound",
                step,
                f"{stories.called(step)} comes again and again and outlives the procedure, so that "
                "nothing ever ends it. Say with “while” how long it goes on.",
            )


def _never_over(of: Searched) -> Iterator[Message]:
    if not any(one.has_closed for one in of.found):
        yield of.place.error(
            "sound",
            None,
            f"“{of.place.procedure.title}” begins and nothing ever ends it: no fact that can come closes "
            "the procedure. Say under “closes” what does.",
        )


def _undecided_hold(place: Place, machine: Machine) -> Iterator[Message]:
    """Whoever is put on hold must have somebody who decides (B1, M40)."""
    hold = place.edition.hold
    if hold is None:
        return
    ending = {kind for trigger in hold.ends for kind, _ in alphabet.spoken_of(trigger)}
    if not any(row.event in ending for rows in machine.rows for row in rows):
        yield place.error(
            "B1",
            None,
            f"“{place.procedure.title}” may be put on hold and no step asks anybody to decide whether it "
            "goes on.",
        )


def _story(of: Courses, situation: Situation) -> str:
    return stories.in_short(of.machine, of.story(situation))
