"""Finds where an entry was written that does not stand where its hash says.

An entry's hash covers its place, so that the right place is known by trying: that of the stream
which ends in the hash that it names before it, and positions near and far.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseward.record.ledger.acts import StreamRef
from caseward.record.ledger.hashing import Place
from caseward.record.ledger.links import Link

REACH = 5_000
# A whole store of wrong hashes must not take for ever: so many hashes are tried in all.
TRIES = 300_000


@dataclass(frozen=True, slots=True)
class End:
    """Where a stream has been followed to: its last number, hash and position.

    Where that entry itself was changed, its hash may be none that the next one knows.
    """

    seq: int
    hash: str
    position: int
    is_sure: bool = True


@dataclass(slots=True)
class Tracer:
    """Tries places, for as long as it may."""

    n_left: int = TRIES

    def place_of(self, link: Link, position: int, streams: Mapping[StreamRef, End]) -> Place | None:
        """Return where the entry was written, tried outwards from a position; None if untold."""
        identities = tuple(_identities(link, streams))
        for tried in _outwards(position):
            for stream, seq in identities:
                if self.n_left <= 0:
                    return None
                self.n_left -= 1
                place = link.at(tried, stream, seq)
                if link.hash_at(place) == link.hash:
                    return place
        return None


def _identities(link: Link, streams: Mapping[StreamRef, End]) -> Iterator[tuple[StreamRef, int]]:
    yield link.stream, link.seq
    for stream, end in streams.items():
        if end.hash == link.previous_hash and (stream, end.seq + 1) != (link.stream, link.seq):
            yield stream, end.seq + 1


def _outwards(position: int) -> Iterator[int]:
    yield position
    for distance in range(1, REACH):
        yield position + distance
        if position > distance:
            yield position - distance
