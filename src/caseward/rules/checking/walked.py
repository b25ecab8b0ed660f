"""What a search went through: how each situation was come to, where each leads, and which lead on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from caseward.rules.checking.alphabet import Fact
from caseward.rules.checking.machine import SPAN, Machine
from caseward.rules.checking.situations import Situation, bits_of


@dataclass(frozen=True, slots=True)
class Move:
    """What happened between two situations: a fact, and the step that it was done for (or -1)."""

    fact: Fact
    step: int = -1


Moved = tuple[Move, Situation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What there is beside the procedure.

    `is_free` says which facts may come at any time, because nobody in this procedure owes them;
    `calls` are the kinds of event that another procedure owes: for those this one may wait.
    """

    is_free: Callable[[Fact], bool]
    calls: frozenset[str] = frozenset()


@dataclass(slots=True)
class Courses:
    """Everything that one search went through."""

    machine: Machine
    order: str
    around: Surroundings
    came_by: dict[Situation, tuple[Situation | None, Move]] = field(default_factory=dict)
    leads_to: dict[Situation, list[Situation]] = field(default_factory=dict)
    is_called: set[Situation] = field(default_factory=set)
    opened: dict[int, Situation] = field(default_factory=dict)
    hanging: dict[int, Situation] = field(default_factory=dict)
    blocked: dict[int, Situation] = field(default_factory=dict)
    has_closed: bool = False
    is_closed_by_duty: bool = False
    n_departures: int = 0
    ways: dict[Situation, tuple[int, list[Moved]]] = field(default_factory=dict)
    usual: dict[Situation, Situation] = field(default_factory=dict)
    known_ends: dict[Situation, bool | None] = field(default_factory=dict)
    came_out: dict[tuple[int, str | None], tuple[Situation, Move]] = field(default_factory=dict)

    def story(self, to: Situation) -> list[Move]:
        """Return the moves that lead to a situation, the opening first."""
        moves: list[Move] = []
        at: Situation | None = to
        while at is not None:
            at, move = self.came_by[at]
            moves.append(move)
        return moves[::-1]

    def dead_ends(self) -> list[tuple[int, Fact, Situation]]:
        """Return the ways of a decision that lead nowhere where another way of it leads to an end.

        Shapes: the step, the fact by which it came out so, the situation then; first ones first.
        """
        found: list[tuple[int, Fact, Situation]] = []
        for now, (n, ways) in self.ways.items():
            if len(ways) > 1 and (self.machine.steps[n].outcomes or self.machine.steps[n].silence):
                ends = [self.ends(after) for _, after in ways]
                if True in ends:
                    found.extend(
                        (n, move.fact, after)
                        for (move, after), end in zip(ways, ends, strict=True)
                        if end is False and after != now
                    )
        return found

    def ends(self, now: Situation) -> bool | None:
        """Say whether what is owed from here on leads to an end.

        Decisions come out as usual; anything else in whatever way leads on. A duty that comes again
        and again under a limit that binds leads on. None where the bound was reached, or where an
        outcome was taken of which the file says that what is open goes on.
        """
        if now not in self.known_ends:
            self.known_ends[now] = self._ends(now)
        return self.known_ends[now]

    def _ends(self, start: Situation) -> bool | None:
        now, seen = start, {start}
        while True:
            if now is not start and now in self.known_ends:
                return self.known_ends[now]
            if self._leads_on(now):
                return True
            if now not in self.leads_to:
                return None
            n, _ = self.ways.get(now, (-1, ()))
            is_decision = n >= 0 and bool(self.machine.steps[n].outcomes)
            nexts = [self.usual[now]] if is_decision else self.leads_to[now]
            nexts = [one for one in nexts if one not in seen]
            if not nexts and now.goes_on:
                # The file says so itself: neither an end nor a dead end.
                return None
            if len(nexts) != 1:
                break
            now = nexts[0]
            seen.add(now)
        # Asked again on the way round, a situation leads nowhere.
        self.known_ends.update(dict.fromkeys(seen, False))
        answers = [self.ends(one) for one in nexts]
        answer = True if True in answers else None if None in answers else False
        self.known_ends.update(dict.fromkeys(seen, answer))
        return answer

    def _leads_on(self, now: Situation) -> bool:
        if now.closed or now in self.is_called:
            return True
        if any(self.machine.waits_for_a_state(n) for n in bits_of(now.dormant)):
            return True
        return any(self.machine.binds_again(n) for n in bits_of(now.open))

    def last_asked(self, now: Situation) -> int:
        """Return the last step that anybody is asked for from a dead end on, -1 where there is none."""
        last, seen = -1, set()
        while now in self.ways and now not in seen:
            seen.add(now)
            last, now = self.ways[now][0], self.usual[now]
        return last

    def is_as_owed(self, to: Situation) -> bool:
        """Say whether nothing came in between on the way: only duties, receipts and time."""
        return all(
            move.step >= 0 or move.fact.kind == SPAN or move.fact.kind in self.machine.receipt_kinds
            for move in self.story(to)[1:]
        )
