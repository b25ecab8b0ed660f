"""What should be in the ledger and is not: places without an entry, numbers without one.

A removed entry leaves two traces: its position, and its number on its stream. Each gap in a stream
lies between two positions, so that the two are brought together where only one pairing is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from caseward.record.ledger import faults
from caseward.record.ledger.acts import StreamRef
from caseward.record.ledger.faults import Fault

# Beyond so many places they are named as spans and not brought together with streams.
KEPT = 2_000
AT_THE_END = 1 << 62


@dataclass(slots=True)
class Gap:
    """Numbers of one stream that no entry has, and the positions that they must lie between."""

    stream: StreamRef
    numbers: list[int]
    after: int
    before: int


@dataclass(slots=True)
class Missing:
    """Places and numbers found open so far."""

    places: set[int] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unreadable: dict[int, str] = field(default_factory=dict)
    paired: dict[int, tuple[StreamRef, int]] = field(default_factory=dict)

    def open(self, first: int, last: int) -> None:
        """Note that no entry was found in these places."""
        if len(self.places) + last - first < KEPT:
            self.places.update(range(first, last + 1))
        else:
            self.spans.append((first, last))

    def skip(self, stream: StreamRef, first: int, last: int, *, after: int, before: int) -> None:
        """Note that no entry was found with these numbers of a stream."""
        self.gaps.append(
            Gap(stream, list(range(first, min(last, first + KEPT) + 1)), after, before)
        )

    def n_open(self, after: int, before: int) -> int:
        """Return how many places between two stand open."""
        return sum(after < place < before for place in self.places)

    def fill(self, position: int, stream: StreamRef, seq: int) -> bool:
        """Take away what an entry found elsewhere accounts for; return whether its place was open."""
        was_open = position in self.places
        self.places.discard(position)
        for gap in self.gaps:
            if gap.stream == stream and seq in gap.numbers:
                gap.numbers.remove(seq)
        return was_open

    def finish(self, last_position: int) -> Iterator[Fault]:
        """Yield each entry that is gone, with its stream and its place as far as they are known."""
        left = self._paired()
        for gap in left:
            yield from self._unpaired(gap, last_position)
        for position, (stream, seq) in sorted(self.paired.items()):
            yield self._gone(position, stream, seq)
        # Those that were named by their numbers alone stood in some of these places.
        open_still = sorted(self.places - set(self.paired))
        n_named = sum(len(gap.numbers) for gap in left if self._between(gap))
        if len(open_still) > n_named or self.unreadable:
            yield from map(self._alone, open_still)
        for first, last in self.spans:
            yield Fault(
                code="entries_missing",
                sentence=f"The entries from position {first} to {last} are gone.",
                position=first,
            )

    def _paired(self) -> list[Gap]:
        """Bring gaps and places together while one of them has no choice; return what is left."""
        left = [gap for gap in self.gaps if gap.numbers]
        while sure := self._sure(left):
            for position, seq in zip(self._between(sure), sure.numbers, strict=True):
                self.paired[position] = (sure.stream, seq)
            left.remove(sure)
        return left

    def _sure(self, left: list[Gap]) -> Gap | None:
        """Return a gap with just as many places as numbers; those inside a stream come first."""
        fitting = [gap for gap in left if len(self._between(gap)) == len(gap.numbers)]
        return min(fitting, key=lambda gap: gap.before, default=None)

    def _between(self, gap: Gap) -> list[int]:
        return sorted(
            place
            for place in self.places
            if gap.after < place < gap.before and place not in self.paired
        )

    def _gone(self, position: int, stream: StreamRef, seq: int) -> Fault:
        if position in self.unreadable:
            what = f"it cannot be read ({self.unreadable[position]})"
            return faults.of_entry("entry_unreadable", position, stream, seq, what)
        return faults.of_entry("entry_removed", position, stream, seq, "it was removed")

    def _alone(self, position: int) -> Fault:
        if position in self.unreadable:
            return Fault(
                code="entry_unreadable",
                sentence=f"Entry {position} cannot be read ({self.unreadable[position]}).",
                position=position,
            )
        return Fault(
            code="entries_missing", sentence=f"Entry {position} is gone.", position=position
        )

    def _unpaired(self, gap: Gap, last_position: int) -> Iterator[Fault]:
        if gap.before == AT_THE_END and not self._between(gap):
            first = gap.numbers[0]
            what = f"cut off with all that came after position {last_position}"
            yield faults.of_entry("entries_cut", last_position + 1, gap.stream, first, what)
            return
        through = min(gap.before, last_position + 1)
        for seq in gap.numbers:
            what = f"it was removed, between the positions {gap.after} and {through}"
            yield faults.of_entry("entry_removed", None, gap.stream, seq, what)
