"""Follows the chain of hashes entry by entry and names what does not hold: pure, given rows.

One fault is named once: after a break the next entry is held against what is stored, so that an
edit in the middle does not make every later entry look edited.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from caseward.record.ledger import hashing
from caseward.record.ledger.acts import StreamRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not hold: its code, where it is, and a sentence for a reader."""

    code: str
    sentence: str
    stream: StreamRef | None = None
    seq: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A payload as stored: its salt and text, and the columns that queries use."""

    salt: str
    text: str
    kind: str
    occurred_on: date
    occasion: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry as stored, with its payload (None: gone) and whether its going was agreed."""

    position: int
    entry_id: str
    stream: StreamRef
    seq: int
    recorded_at: datetime
    act_hash: str
    commitment: str
    previous_hash: str
    hash: str
    store_hash: str
    said: Said | None
    is_disposed: bool


@dataclass(slots=True)
class Chain:
    """Where the chain has been followed to; `follow` takes the links in order of position."""

    position: int = 0
    store_hash: str = hashing.BEFORE_THE_FIRST
    recorded_at: datetime | None = None
    streams: dict[StreamRef, tuple[int, str]] = field(default_factory=dict)

    def follow(self, link: Link) -> Iterator[Fault]:
        """Yield what does not hold of the next entry, and move on to it."""
        yield from self._place_faults(link)
        yield from _hash_faults(link, self.store_hash)
        yield from _payload_faults(link)
        self.position = link.position
        self.store_hash = link.store_hash
        self.recorded_at = link.recorded_at
        self.streams[link.stream] = (link.seq, link.hash)

    def _place_faults(self, link: Link) -> Iterator[Fault]:
        if link.position != self.position + 1:
            yield _fault(
                link,
                "entries_missing",
                f"the entries from position {self.position + 1} to {link.position - 1} are gone",
            )
        if self.recorded_at is not None and link.recorded_at < self.recorded_at:
            yield _fault(link, "time_goes_back", "it was recorded before the entry before it")
        seq, stream_hash = self.streams.get(link.stream, (0, hashing.BEFORE_THE_FIRST))
        if link.seq != seq + 1:
            yield _fault(
                link, "stream_broken", f"it follows number {seq} of its stream and is no next"
            )
        elif link.previous_hash != stream_hash:
            yield _fault(
                link, "stream_broken", "it does not follow the entry before it on its stream"
            )


def _hash_faults(link: Link, store_hash_before: str) -> Iterator[Fault]:
    place = hashing.Place(
        position=link.position,
        entry_id=link.entry_id,
        stream=link.stream,
        seq=link.seq,
        recorded_at=link.recorded_at,
    )
    expected = hashing.entry_hash(
        place,
        act_hash=link.act_hash,
        commitment=link.commitment,
        previous_hash=link.previous_hash,
    )
    if link.hash != expected:
        yield _fault(link, "entry_changed", "its place, its act or its hash was changed")
    if link.store_hash != hashing.store_hash(store_hash_before, link.hash):
        yield _fault(link, "store_broken", "the store's running hash does not lead up to it")


def _payload_faults(link: Link) -> Iterator[Fault]:
    said = link.said
    if said is None:
        if not link.is_disposed:
            yield _fault(link, "payload_missing", "what it says is gone, and nobody agreed to that")
        return
    if link.is_disposed:
        yield _fault(link, "payload_kept", "its disposal was agreed and what it says is still here")
    if hashing.commitment(said.salt, said.text) != link.commitment:
        yield _fault(link, "payload_changed", "what it says was changed")
        return
    content = json.loads(said.text)
    stated = {
        "kind": content["kind"],
        "occurred_on": date.fromisoformat(content["occurred_on"]),
        "occasion": content.get("occasion", ""),
        "source": content.get("source", ""),
    }
    for column, value in stated.items():
        if _of(said, column) != value:
            yield _fault(link, "column_changed", f"its column {column} differs from what it says")


def _of(said: Said, column: str) -> Any:
    return getattr(said, column)


def _fault(link: Link, code: str, what: str) -> Fault:
    return Fault(
        code=code,
        sentence=(
            f"Entry {link.position} (number {link.seq} of {link.stream.kind} {link.stream.id}): "
            f"{what}."
        ),
        stream=link.stream,
        seq=link.seq,
        position=link.position,
    )
