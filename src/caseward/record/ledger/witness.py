"""Holds the ledger against signed heads, in step with reading it: what no chain shows of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caseward.record.ledger import faults, heads
from caseward.record.ledger.acts import StreamRef
from caseward.record.ledger.chain import NOT_BEGUN, Chain
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.heads import SignedHead

THE_END = 1 << 62


@dataclass(slots=True)
class Witness:
    """The heads, in order of position, as far as the ledger has been read."""

    coming: Iterator[SignedHead]
    public_key: str
    n_heads: int = 0
    agreed: int = 0
    _next: SignedHead | None = None
    _is_anew: bool = False
    _cut: dict[StreamRef, int] = field(default_factory=dict)

    def hear(self, followed: Chain, store_hash: str) -> Iterator[Fault]:
        """Yield what the heads say of the position that has just been followed."""
        while (head := self._due(followed.position)) is not None:
            yield from self._of_head(head, followed, store_hash)

    def finish(self, followed: Chain) -> Iterator[Fault]:
        """Yield what the heads say that lie beyond the ledger's end."""
        beyond: SignedHead | None = None
        while (head := self._due(THE_END)) is not None:
            if not heads.is_signed_by(head, self.public_key):
                yield self._not_ours(head)
                continue
            beyond = head
            for end in head.streams:
                reached = followed.streams.get(end.stream, NOT_BEGUN).seq
                if end.seq > reached:
                    self._cut.setdefault(end.stream, reached + 1)
        if beyond is not None:
            yield from self._cut_faults(beyond, followed)

    def _due(self, position: int) -> SignedHead | None:
        """Return the next head if it speaks of a position reached by now."""
        if self._next is None:
            self._next = next(self.coming, None)
            self.n_heads += self._next is not None
        if self._next is None or self._next.position > position:
            return None
        due, self._next = self._next, None
        return due

    def _of_head(self, head: SignedHead, followed: Chain, store_hash: str) -> Iterator[Fault]:
        if not heads.is_signed_by(head, self.public_key):
            yield self._not_ours(head)
        elif head.position == followed.position and head.store_hash == store_hash:
            self.agreed = head.position
        elif head.position and not self._is_anew:
            # Every later head differs too, and says no more.
            self._is_anew = True
            yield from self._anew_faults(head, followed)

    def _anew_faults(self, head: SignedHead, followed: Chain) -> Iterator[Fault]:
        what = (
            f"the store was made anew between the positions {self.agreed + 1} and "
            f"{head.position}: the head signed at {head.written_at} knows it otherwise"
        )
        is_placed = False
        for end in head.streams:
            now = followed.streams.get(end.stream, NOT_BEGUN)
            if (now.seq, now.hash) != (end.seq, end.head_hash):
                is_placed = True
                yield faults.of_entry("made_anew", now.position, end.stream, end.seq, what)
        if not is_placed:
            sentence = f"{what[:1].upper()}{what[1:]}."
            yield Fault(code="made_anew", sentence=sentence, position=head.position)

    def _cut_faults(self, head: SignedHead, followed: Chain) -> Iterator[Fault]:
        what = (
            f"the head signed at {head.written_at} knows it, and the store ends at position "
            f"{followed.position}: it was cut off, or an older copy was put back"
        )
        first = followed.position + 1
        for stream, seq in sorted(self._cut.items()):
            yield faults.of_entry("entries_cut", first, stream, seq, what)
        if not self._cut:
            yield Fault(
                code="entries_cut",
                sentence=(
                    f"The head signed at {head.written_at} says that the store reached position "
                    f"{head.position}, and it ends at {followed.position}: entries were cut off, "
                    "or an older copy was put back."
                ),
                position=first,
            )

    def _not_ours(self, head: SignedHead) -> Fault:
        return Fault(
            code="head_not_ours",
            sentence=f"The head at position {head.position} was not signed with the given key.",
            position=head.position,
        )


def of(signed: Iterable[SignedHead], public_key: str) -> Witness:
    """Return a witness of these heads, which come in order of position."""
    return Witness(coming=iter(signed), public_key=public_key)
