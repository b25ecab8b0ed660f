"""An entry as it is stored, with what it says: values as they stand, be they right or wrong."""

from dataclasses import dataclass

from caseward.record.ledger import faults, hashing
from caseward.record.ledger.acts import StreamRef
from caseward.record.ledger.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A payload as stored: its salt and text, and the columns that queries use, all as text."""

    salt: str
    text: str
    kind: str
    occurred_on: str
    occasion: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as stored, with its payload (None: gone) and whether its going was agreed.

    `recorded_at` is text as `canonical.moment_text` writes it; `act_hash` is "" where the act is
    gone. Where `is_readable` is false, nothing of the payload could be read.
    """

    position: int
    entry_id: str
    stream: StreamRef
    seq: int
    act_id: str
    recorded_at: str
    act_hash: str
    commitment: str
    previous_hash: str
    hash: str
    store_hash: str
    said: Said | None
    is_disposed: bool
    is_readable: bool = True

    def at(self, position: int, stream: StreamRef, seq: int) -> hashing.Place:
        """Return the entry's place, were it written there."""
        return hashing.Place(
            position=position,
            entry_id=self.entry_id,
            stream=stream,
            seq=seq,
            recorded_at=self.recorded_at,
        )

    def hash_at(self, place: hashing.Place) -> str:
        """Return the hash that the entry would have there."""
        return hashing.entry_hash(
            place,
            act_hash=self.act_hash,
            commitment=self.commitment,
            previous_hash=self.previous_hash,
        )

    def fault(self, code: str, what: str) -> Fault:
        """Return a fault of this entry where it stands."""
        return faults.of_entry(code, self.position, self.stream, self.seq, what)
