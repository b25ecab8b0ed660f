"""Follows the chain of hashes entry by entry and names what does not hold: pure, given rows.

One change is named once, as what it is: an entry that was changed, removed, put in or moved. Each
entry is brought to the place where it was written, by its own hash, and followed there, so that an
edit in the middle does not make every later entry look edited.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caseward.record.ledger import faults, hashing
from caseward.record.ledger.acts import StreamRef
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.hashing import Place
from caseward.record.ledger.links import Link
from caseward.record.ledger.missing import AT_THE_END, Missing
from caseward.record.ledger.payloads import Payloads
from caseward.record.ledger.tracing import End, Tracer

NOT_BEGUN = End(0, hashing.BEFORE_THE_FIRST, 0)


@dataclass(frozen=True, slots=True)
class Displaced:
    """An entry that stands elsewhere than where it was written, and how far all was followed."""

    link: Link
    place: Place
    stands_at: int
    position_before: int
    leads_before: tuple[str, ...]


@dataclass(slots=True)
class Chain:
    """Where the chain has been followed to; `follow` takes the links in order of position.

    `leads` are the store's running hashes that the next entry may follow; none where that is not
    known. `shift` is how far the entries now followed stand before the place they were written in.
    """

    position: int = 0
    shift: int = 0
    recorded_at: str = ""
    leads: tuple[str, ...] = (hashing.BEFORE_THE_FIRST,)
    streams: dict[StreamRef, End] = field(default_factory=dict)
    payloads: Payloads = field(default_factory=Payloads)
    missing: Missing = field(default_factory=Missing)
    _stood: int = 0
    _tracer: Tracer = field(default_factory=Tracer)
    _doubtful: list[Link] = field(default_factory=list)
    _displaced: list[Displaced] = field(default_factory=list)

    def follow(self, link: Link) -> Iterator[Fault]:
        """Yield what does not hold of the next entry, and move on to it."""
        yield from self.payloads.look_at(link)
        if link.position == self._stood:
            yield link.fault("entry_inserted", "it was put in where another entry stands")
            return None
        self._stood = link.position
        if not link.act_hash:
            yield link.fault("act_missing", "its act, which says who recorded it and when, is gone")
            return self._take_place(link)
        place, hashed = self._written(link)
        if place is None:
            yield from self._unplaced(link)
        elif place.position == link.position + self.shift:
            yield from self._in_place(link, place, hashed)
        else:
            yield from self._elsewhere(link, place)
        return None

    def skip(self, position: int, why: str) -> None:
        """Move on over an entry that cannot be read."""
        self.missing.unreadable[position] = why

    def finish(self, ends: Iterable[tuple[StreamRef, int, str]]) -> Iterator[Fault]:
        """Yield what only the whole shows; `ends` is what each stream's row says of its end."""
        said = {stream: (seq, hashed) for stream, seq, hashed in ends}
        for link in self._doubtful:
            yield self._last_doubt(link, said)
        yield from self._ends(said)
        yield from self._moved()
        yield from self.missing.finish(self.position)
        yield from self.payloads.finish()

    def _written(self, link: Link) -> tuple[Place | None, str]:
        """Return where the entry was written, and the hash it was written with."""
        place = link.at(link.position + self.shift, link.stream, link.seq)
        hashed = link.hash_at(place)
        if hashed == link.hash or self._leads_to(hashed, link.store_hash):
            return place, hashed
        return self._tracer.place_of(link, link.position + self.shift, self.streams), link.hash

    def _in_place(self, link: Link, place: Place, hashed: str) -> Iterator[Fault]:
        if hashed != link.hash:
            yield link.fault("entry_changed", "its hash was changed")
        elif (place.stream, place.seq) != (link.stream, link.seq):
            what = f"it was moved to number {link.seq} of {link.stream.kind} {link.stream.id}"
            yield faults.of_entry("entry_moved", link.position, place.stream, place.seq, what)
        elif self.recorded_at and link.recorded_at < self.recorded_at:
            yield link.fault("time_goes_back", "it was recorded before the entry before it")
        yield from self._settle_doubts(place.position)
        if place.position > self.position + 1:
            self.missing.open(self.position + 1, place.position - 1)
            self.leads = ()
        if self.leads and not self._leads_to(hashed, link.store_hash):
            yield link.fault("store_broken", "the store's running hash does not lead up to it")
            self.leads = (link.store_hash, hashing.store_hash(self.leads[0], hashed))
        else:
            self.leads = (link.store_hash,)
        yield from self._next_of_stream(link, place, hashed)
        self.position = place.position
        self.recorded_at = link.recorded_at

    def _next_of_stream(self, link: Link, place: Place, hashed: str) -> Iterator[Fault]:
        end = self.streams.get(place.stream, NOT_BEGUN)
        if place.seq > end.seq + 1:
            self.missing.skip(
                place.stream, end.seq + 1, place.seq - 1, after=end.position, before=place.position
            )
        elif place.seq <= end.seq:
            what = f"it follows number {end.seq} of its stream and is no next"
            yield link.fault("stream_broken", what)
        elif end.is_sure and link.previous_hash != end.hash:
            yield link.fault("stream_broken", "it does not follow the entry before it")
        self.streams[place.stream] = End(place.seq, hashed, place.position)

    def _unplaced(self, link: Link) -> Iterator[Fault]:
        """Follow an entry whose hash fits no place: changed where it stands, or put in."""
        if not self.leads or self._leads_to(link.hash, link.store_hash):
            if self._doubtful and self._is_led_by(self.leads[0], link):
                # It follows what stood before those in doubt: they took the place of none.
                self.shift = self.position + 1 - link.position
            yield from self._settle_doubts(link.position + self.shift)
            yield link.fault("entry_changed", "its place, its moment or its act was changed")
            self._take_place(link)
        else:
            self._doubtful.append(link)
            self.leads = (*self.leads, link.store_hash)

    def _take_place(self, link: Link, *, is_sure: bool = True) -> None:
        """Move on over an entry that is known to be wrong, by the hashes that it states."""
        position = link.position + self.shift
        if position > self.position + 1:
            self.missing.open(self.position + 1, position - 1)
        end = self.streams.get(link.stream, NOT_BEGUN)
        n_skipped = link.seq - end.seq - 1
        # Its number may be wrong too: it is believed where as many places before it stand open.
        if 0 <= n_skipped <= self.missing.n_open(end.position, position):
            self.missing.skip(
                link.stream, end.seq + 1, link.seq - 1, after=end.position, before=position
            )
            self.streams[link.stream] = End(link.seq, link.hash, position, is_sure)
        self.leads = (link.store_hash,)
        self.position = position

    def _elsewhere(self, link: Link, place: Place) -> Iterator[Fault]:
        """Follow an entry written at another position: one of many that moved on, or one alone."""
        shift = place.position - link.position
        before = self._displaced[-1] if self._displaced else None
        if self._doubtful and shift == self.shift - len(self._doubtful):
            self.shift = shift
            yield from self._in_place(link, place, link.hash)
        elif before is not None and _is_next(before, link, place):
            self._displaced.pop()
            self.missing.places.discard(before.stands_at)
            self.shift = shift
            self.position, self.leads = before.position_before, before.leads_before
            yield from self._in_place(before.link, before.place, before.link.hash)
            yield from self._in_place(link, place, link.hash)
        else:
            stands_at = link.position + self.shift
            self._displaced.append(Displaced(link, place, stands_at, self.position, self.leads))
            self.missing.open(self.position + 1, stands_at)
            self.position, self.leads = stands_at, ()

    def _settle_doubts(self, position: int) -> Iterator[Fault]:
        """Tell of the entries in doubt by where the next one was written."""
        for link in self._doubtful:
            if position == self.position + 1:
                yield link.fault("entry_inserted", "it was put in, and Caseward did not write it")
            else:
                yield link.fault("entry_changed", "it is not what Caseward wrote there")
                self._take_place(link, is_sure=False)
                self.leads = ()
        self._doubtful.clear()

    def _last_doubt(self, link: Link, said: dict[StreamRef, tuple[int, str]]) -> Fault:
        end = self.streams.get(link.stream, NOT_BEGUN)
        if said.get(link.stream, (0, "")) == (end.seq, end.hash):
            return link.fault("entry_inserted", "it was put in, and Caseward did not write it")
        self._take_place(link, is_sure=False)
        return link.fault("entry_changed", "it is not what Caseward wrote there")

    def _ends(self, said: dict[StreamRef, tuple[int, str]]) -> Iterator[Fault]:
        for stream in sorted(said.keys() | self.streams.keys()):
            seq, hashed = said.get(stream, (0, hashing.BEFORE_THE_FIRST))
            end = self.streams.get(stream, NOT_BEGUN)
            if seq > end.seq:
                self.missing.skip(stream, end.seq + 1, seq, after=end.position, before=AT_THE_END)
            elif seq < end.seq:
                what = f"it was put in: its stream was written up to number {seq} only"
                yield faults.of_entry("entry_inserted", end.position, stream, end.seq, what)
            elif end.is_sure and hashed != end.hash:
                what = "its stream's row says that it ends in another hash"
                yield faults.of_entry("stream_changed", end.position, stream, end.seq, what)

    def _moved(self) -> Iterator[Fault]:
        for each in self._displaced:
            link, place = each.link, each.place
            if self.missing.fill(place.position, place.stream, place.seq):
                what = f"it was written as entry {place.position} and stands here"
                yield faults.of_entry("entry_moved", link.position, place.stream, place.seq, what)
            else:
                self.missing.places.discard(each.stands_at)
                yield link.fault("entry_inserted", f"it is entry {place.position} once more")

    def _is_led_by(self, lead: str, link: Link) -> bool:
        return hashing.store_hash(lead, link.hash) == link.store_hash

    def _leads_to(self, hashed: str, store_hash: str) -> bool:
        return any(hashing.store_hash(lead, hashed) == store_hash for lead in self.leads)


def _is_next(before: Displaced, link: Link, place: Place) -> bool:
    """Return whether two entries side by side both stand equally far from where they were written."""
    return before.link.position + 1 == link.position and before.place.position + 1 == place.position
