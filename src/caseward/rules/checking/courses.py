"""Courses of facts through a procedure: every situation that a child may come to, and dead ends.

A course begins with a fact that opens the episode. Then the duties that are open are done, one after
another in three orders (decisions last, decisions first, the last in the file first), each in every
way that it may come out; and facts that nobody owes come in between, at any point. An outcome that
is not the usual one, a fact that nobody owes, a state that held before: each is one *departure* from
the usual course. All courses with one departure are gone through, then those with two and more, as
far as a bound reaches; small procedures are gone through whole.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from caseward.rules.checking import effects
from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import PASSED, SILENCE, SPAN, Machine
from caseward.rules.checking.situations import Situation, bits_of
from caseward.rules.checking.walked import Courses, Move, Moved, Surroundings
from caseward.rules.procedures.model import PassedTrigger

ORDERS = ("decisions last", "decisions first", "last first")
MOST_DEPARTURES = 6
# Every course with so many departures is gone through, whatever the number of situations.
WHOLE_DEPARTURES = 1
MOST_SITUATIONS = 3_000
MOST_OF_ALL = 80_000
# A step that came up on none of these courses is aimed at from so many situations, in so many facts.
AIMED_FROM, MOST_AIMED, MOST_IN_A_LAYER = 60, 3, 1_500


Begun = Iterable[tuple[int, Move, Situation]]


def searched(machine: Machine, order: str, *, begun: Begun, around: Surroundings) -> Courses:
    """Go through the situations that can be come to from those begun with.

    Shapes: `begun` are the departures that a beginning is, the fact that opens, the situation.
    """
    courses = Courses(machine, order, around)
    waiting: list[deque[Situation]] = [deque() for _ in range(MOST_DEPARTURES + 1)]
    first = sorted(begun, key=_oddness)
    for one in first:
        _, move, situation = one
        if situation not in courses.came_by:
            _note(courses, None, move, situation)
            odd = _oddness(one) - _oddness(first[0])
            waiting[min(odd, MOST_DEPARTURES)].append(situation)
    free = [fact for fact in machine.facts if around.is_free(fact)]
    for departures, queue in enumerate(waiting):
        while queue:
            most = MOST_OF_ALL if departures <= WHOLE_DEPARTURES else MOST_SITUATIONS
            if len(courses.came_by) > most:
                return courses
            now = queue.popleft()
            if now.closed or now in courses.leads_to:
                continue
            usual, unusual = _go_on(courses, now, free)
            queue.extend(usual)
            if departures < MOST_DEPARTURES:
                as_usual = usual[0] if usual else now
                # One order is enough for what comes in between: it may come at any point of it.
                is_first = order == ORDERS[0]
                surprises = _surprised(courses, now, free) if is_first else []
                surprised = [(now, one) for one in surprises]
                for than, after in (*((as_usual, one) for one in unusual), *surprised):
                    far = departures + (1 if _moves_on(than, after) else 2)
                    waiting[min(far, MOST_DEPARTURES)].append(after)
        courses.n_departures = departures
    return courses


def _oddness(begun: tuple[int, Move, Situation]) -> int:
    """How far a beginning is from the plainest: states that held before, and what its fact says."""
    odd, move, _ = begun
    return odd + any(value not in ("", "no", "other") for _, value in move.fact.answers)


def _moves_on(now: Situation, after: Situation) -> bool:
    """Whether other things are open or over; what only may matter later counts as two departures."""
    return now[:2] != after[:2] or after.closed


def aim(courses: Courses, n: int) -> bool:
    """Look for a course on which a step comes up, among the facts that have to do with it alone."""
    machine = courses.machine
    kinds = machine.aims_at(n)
    facts = [one for one in machine.facts if one.kind in kinds]
    starts = dict.fromkeys([*list(courses.came_by)[:AIMED_FROM], *courses.opened.values()])
    layer = [one for one in starts if not one.closed]
    seen = set(layer)
    for _ in range(MOST_AIMED):
        nexts: dict[Situation, None] = {}
        for now in layer:
            moved = [
                (Move(fact, owed), after)
                for fact in facts
                if (owed := _owed(courses, now, fact)) is not None
                for after in effects.after(machine, now, fact)
                if after not in seen
            ]
            nexts.update(dict.fromkeys(after for _, after in _new(courses, now, moved)))
            if n in courses.opened:
                return True
        seen.update(nexts)
        layer = [one for one in nexts if not one.closed][:MOST_IN_A_LAYER]
    return False


def _owed(courses: Courses, now: Situation, fact: Fact) -> int | None:
    """The step for which the fact may come now: an open one, or -1 where nobody need owe it."""
    for n in bits_of(now.open):
        if any(row.event == fact.kind for row in courses.machine.rows[n]):
            return n
    return -1 if courses.around.is_free(fact) else None


def _go_on(
    courses: Courses, now: Situation, free: list[Fact]
) -> tuple[list[Situation], list[Situation]]:
    """Do the duty whose turn it is, as usual and otherwise; where nothing comes of any, wait."""
    machine = courses.machine
    shut: list[int] = []
    for n in _in_turn(courses, now):
        moved = list(_done(machine, now, n))
        if moved:
            ways = _new(courses, now, moved)
            usual = _usual(machine, n, ways)[1]
            after = list(dict.fromkeys(one for _, one in ways))
            courses.leads_to[now], courses.ways[now], courses.usual[now] = after, (n, ways), usual
            return [usual], after
        shut.append(n)
    moved = [
        one for n in bits_of(now.open) if machine.steps[n].every for one in _done(machine, now, n)
    ]
    moved.extend(_time(machine, now))
    after = list(dict.fromkeys(one for _, one in _new(courses, now, moved)))
    courses.leads_to[now] = after
    for n in shut:
        courses.blocked.setdefault(n, now)
    if _is_called(courses, now, free):
        courses.is_called.add(now)
    return after, []


def _in_turn(courses: Courses, now: Situation) -> list[int]:
    """The open duties that are done once, in the order of this search."""
    steps = courses.machine.steps
    standing = [n for n in bits_of(now.open) if not (steps[n].window or steps[n].every)]
    if courses.order == "last first":
        return standing[::-1]
    is_first = courses.order == "decisions first"
    return sorted(
        standing, key=lambda n: bool(steps[n].outcomes or steps[n].silence) is not is_first
    )


def _usual(machine: Machine, n: int, moved: Sequence[Moved]) -> Moved:
    """How a step comes out as a rule: with its usual outcome, or the first way that meets it."""
    usual = next((one.outcome for one in machine.steps[n].outcomes.values() if one.usual), None)
    fitting = [one for one in moved if machine.meets(n, one[0].fact)] or list(moved)
    return next((one for one in fitting if one[0].fact.outcome == usual), fitting[0])


def _done(machine: Machine, now: Situation, n: int) -> Iterator[Moved]:
    """The step done, in every way that it may come out; nothing while it is shut."""
    step = machine.steps[n]
    if step.all_of:
        yield from _all_parts(machine, now, n)
        return
    for fact in machine.facts_for(n):
        if machine.is_shut(now, fact.kind):
            continue
        for after in effects.after(machine, now, fact):
            if after != now:
                yield Move(fact, n), after
    if step.silence:
        for after in effects.after(machine, now, Fact(SILENCE, str(n))):
            yield Move(Fact(SILENCE, str(n)), n), after


def _all_parts(machine: Machine, now: Situation, n: int) -> Iterator[Moved]:
    """One part after another, the last of them completing the step."""
    facts = []
    for part in machine.steps[n].all_of:
        row = part.met_by[0]
        fitting = [
            fact
            for fact in machine.by_kind.get(row.event, ())
            if not row.outcomes or fact.outcome in row.outcomes
        ]
        if not fitting or machine.is_shut(now, row.event):
            return
        facts.append(next((one for one in fitting if machine.may_be(row, one)), fitting[0]))
    at = now
    for fact in facts[:-1]:
        at = next(effects.after(machine, at, fact))
    for after in effects.after(machine, at, facts[-1], done=n):
        if after != now:
            yield Move(facts[-1], n), after


def _time(machine: Machine, now: Situation) -> Iterator[Moved]:
    """What the passing of time alone does: a last day passes, so long after something is over."""
    for n in bits_of(now.open):
        if machine.can_pass(n) and not machine.is_put_off(now, machine.steps[n].id):
            fact = Fact(PASSED, machine.steps[n].id)
            for after in effects.after(machine, now, fact):
                if after != now:
                    yield Move(fact, n), after
    for number, span in enumerate(machine.spans):
        is_over = bool(now.passed & 1 << number) or is_of_birth(span)
        if not (is_over or machine.is_put_off(now, span)):
            fact = Fact(SPAN, str(number))
            for after in effects.after(machine, now, fact):
                if after._replace(passed=now.passed) != now:
                    yield Move(fact), after


def is_of_birth(span: PassedTrigger) -> bool:
    """Say whether it is a birthday, which comes whatever anybody does."""
    return span.anchor == "birth"


def _surprised(courses: Courses, now: Situation, free: list[Fact]) -> list[Situation]:
    """What nobody owes comes in between."""
    machine = courses.machine
    moved: list[Moved] = []
    for fact in free:
        if machine.may_matter(now, fact) and not machine.is_shut(now, fact.kind):
            moved.extend(
                (Move(fact), after) for after in effects.after(machine, now, fact) if after != now
            )
    for number, span in enumerate(machine.spans):
        if is_of_birth(span) and not machine.is_put_off(now, span):
            fact = Fact(SPAN, str(number))
            moved.extend((Move(fact), after) for after in effects.after(machine, now, fact))
    moved.extend(_time(machine, now))
    return [after for _, after in _new(courses, now, moved)]


def _new(courses: Courses, now: Situation, moved: Iterable[Moved]) -> list[Moved]:
    """Note how each situation was come to; receipts follow their acts by themselves (M35).

    Shapes: each move with the situation after the receipt, where there is one.
    """
    found: list[Moved] = []
    for move, after in moved:
        _note(courses, now, move, after)
        receipt = courses.machine.receipt_of.get(move.fact.kind)
        if receipt is None or after.closed:
            found.append((move, after))
            continue
        last = next(effects.after(courses.machine, after, receipt))
        if last != after:
            _note(courses, after, Move(receipt), last)
        found.append((move, last))
    return found


def _note(courses: Courses, now: Situation | None, move: Move, after: Situation) -> None:
    if move.step >= 0 and now is not None:
        courses.came_out.setdefault((move.step, move.fact.outcome), (now, move))
    if after in courses.came_by:
        return
    courses.came_by[after] = (now, move)
    for n in bits_of(after.open & ~(now.open if now is not None else 0)):
        courses.opened.setdefault(n, after)
    if not after.closed:
        return
    courses.has_closed = True
    courses.is_closed_by_duty = courses.is_closed_by_duty or move.step >= 0
    # At the end of an episode nothing may be left that neither ended nor outlives it.
    for n in bits_of(after.open):
        if not courses.machine.steps[n].outlives:
            courses.hanging.setdefault(n, after)


def _is_called(courses: Courses, now: Situation, free: list[Fact]) -> bool:
    """Whether another procedure owes what starts a step from here."""
    return any(
        after.open & ~now.open
        for fact in free
        if fact.kind in courses.around.calls
        for after in effects.after(courses.machine, now, fact)
    )
