"""`verify` and `digest`: is the ledger whole, and is it the one that the signed heads speak of.

Reads the whole ledger once, in order of position, as it stands at one moment, with memory only for
each stream's end. Projections are compared with the ledger elsewhere (S8).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from caseward.record.ledger import (
    canonical,
    disposal,
    hashing,
    heads,
    moments,
    queries,
    stored,
    triggers,
    witness,
)
from caseward.record.ledger.acts import AUTHORITY, StreamRef
from caseward.record.ledger.chain import Chain
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.links import Link
from caseward.record.ledger.refusals import Refused
from caseward.record.ledger.stored import StoredAct, Unreadable

READ_AHEAD = 2_000
# So many faults are told one by one; of a store that is broken all over, the rest are counted.
MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a verification read and what it found wrong; no fault means whole.

    `faults` are the first thousand of `n_faults`.
    """

    n_entries: int
    n_streams: int
    n_acts: int
    n_heads: int
    head: queries.Head
    faults: tuple[Fault, ...]
    n_faults: int

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.n_faults


def verify(
    signed: Iterable[heads.SignedHead] = (),
    *,
    public_key: str = "",
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Read the whole ledger and hold it against itself and against signed heads.

    `signed` are heads kept outside the store, in order of position, and `public_key` the key that
    signed them; without them a tail cut off with all its traces cannot be told. `progress` is told
    how many entries were read since it was last told.
    """
    followed = Chain()
    heard = witness.of(signed, public_key)
    told: list[Fault] = []
    read = _Read(progress)
    n_faults = 0
    with moments.one_moment():
        for fault in _faults(followed, heard, read):
            n_faults += 1
            if n_faults <= MOST:
                told.append(fault)
    return Report(
        n_entries=read.n_entries,
        n_streams=len(followed.streams),
        n_acts=read.n_acts,
        n_heads=heard.n_heads,
        head=queries.Head(position=followed.position, store_hash=read.store_hash, recorded_at=None),
        faults=tuple(told),
        n_faults=n_faults,
    )


def digest(position: int | None = None) -> str:
    """Return the digest of all that the ledger says up to a position: equal records, equal digest.

    It covers order, ids, streams, moments and texts, and none of the salts, so that two stores
    given the same entries agree.
    """
    running = hashlib.sha256()
    for link in stored.links(upto=position):
        if isinstance(link, Unreadable):
            raise Refused(
                f"Entry {link.position} cannot be read ({link.why}), so there is no digest. "
                "Run `caseward verify`."
            )
        line = canonical.sha256(
            "caseward digest 1",
            str(link.position),
            link.entry_id,
            link.stream.kind,
            link.stream.id,
            str(link.seq),
            link.recorded_at,
            link.said.text if link.said else "disposed of",
        )
        running.update(line.encode())
    return running.hexdigest()


@dataclass(slots=True)
class _Read:
    """How much has been read, and who is told."""

    progress: Callable[[int], None] | None
    n_entries: int = 0
    n_acts: int = 0
    store_hash: str = hashing.BEFORE_THE_FIRST


def _faults(followed: Chain, heard: witness.Witness, read: _Read) -> Iterator[Fault]:
    yield from _readable("schema", _guard_faults())
    yield from _damage_faults()
    yield from _readable("acts", _act_faults(read))
    yield from _readable("adopted texts", _text_faults())
    yield from _readable("entries", _entry_faults(followed, heard, read))
    yield from _readable("streams", followed.finish(_stream_ends()))
    yield from heard.finish(followed)
    yield from _readable("disposals", _disposal_faults())


def _readable(what: str, found: Iterator[Fault]) -> Iterator[Fault]:
    """Yield the faults of one table, the last of them that it cannot be read on."""
    try:
        yield from found
    except stored.UNREADABLE as problem:
        yield Fault(
            code="table_unreadable",
            sentence=f"The {what} cannot be read on, because the store is damaged: {problem}.",
        )


def _entry_faults(followed: Chain, heard: witness.Witness, read: _Read) -> Iterator[Fault]:
    for each in stored.links():
        read.n_entries += 1
        if not isinstance(each, Unreadable):
            yield from _followed(each, followed, heard, read)
        elif each.link is None:
            followed.skip(each.position, each.why)
        else:
            yield each.link.fault("entry_unreadable", f"what it says cannot be read ({each.why})")
            yield from _followed(each.link, followed, heard, read)
        if read.progress is not None and read.n_entries % READ_AHEAD == 0:
            read.progress(READ_AHEAD)


def _followed(link: Link, followed: Chain, heard: witness.Witness, read: _Read) -> Iterator[Fault]:
    yield from followed.follow(link)
    read.store_hash = link.store_hash
    yield from heard.hear(followed, link.store_hash)


def _guard_faults() -> Iterator[Fault]:
    for name in triggers.missing(connection):
        yield Fault(
            code="guard_missing",
            sentence=f"The database's guard {name} is gone, switched off or changed.",
        )


def _damage_faults() -> Iterator[Fault]:
    for said in stored.damage():
        yield Fault(code="file_damaged", sentence=f"The file of the store is damaged: {said}.")


def _act_faults(read: _Read) -> Iterator[Fault]:
    for act in stored.acts():
        read.n_acts += 1
        if act.hash != _hash_of(act):
            yield _act_fault(act)


def _hash_of(act: StoredAct) -> str:
    return hashing.hash_of_act(
        act.act_id,
        act.key,
        act.by,
        act.at,
        act.via,
        act.why,
        act.acting_for,
        act.input_digest,
        act.answer,
    )


def _act_fault(act: StoredAct) -> Fault:
    what = f"The act {act.act_id} (who, when, why or its answer) was changed"
    first = stored.first_of_act(act.act_id)
    if first is None:
        return Fault(code="act_changed", sentence=f"{what}.")
    position, end = first
    return Fault(
        code="act_changed",
        sentence=f"{what}; it wrote entry {position} (number {end.seq} of {end.stream.kind} "
        f"{end.stream.id}).",
        stream=end.stream,
        seq=end.seq,
        position=position,
    )


def _text_faults() -> Iterator[Fault]:
    kept = set()
    for fingerprint, text in stored.texts():
        kept.add(fingerprint)
        if canonical.fingerprint(text) != fingerprint:
            yield Fault(
                code="text_changed", sentence=f"The adopted text {fingerprint} was changed."
            )
    for position, said in stored.adoptions():
        named = _fingerprint_in(said)
        if named and named not in kept:
            yield Fault(
                code="text_missing",
                sentence=f"The text {named}, which entry {position} adopted, is gone.",
                stream=AUTHORITY,
                position=position,
            )


def _fingerprint_in(said: str) -> str:
    """Return the text that an adoption names; what is no adoption any more is told elsewhere."""
    try:
        return str(json.loads(said)["fields"]["fingerprint"])
    except (ValueError, KeyError, TypeError):
        return ""


def _stream_ends() -> Iterator[tuple[StreamRef, int, str]]:
    for end in stored.stream_ends():
        yield end.stream, end.seq, end.head_hash


def _disposal_faults() -> Iterator[Fault]:
    for row in stored.disposals():
        if not disposal.is_agreed(row):
            yield Fault(
                code="disposal_not_agreed",
                sentence=(
                    f"What entry {row.of_position} says was disposed of without the leave of two "
                    "people for it."
                ),
                position=row.of_position,
            )
