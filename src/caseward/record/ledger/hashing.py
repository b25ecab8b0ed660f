"""How acts, payloads, entries and the store are hashed: each covers what came before it (S3)."""

from dataclasses import dataclass

from caseward.record.ledger import canonical
from caseward.record.ledger.acts import Act, StreamRef

BEFORE_THE_FIRST = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry stands: position in the store, seq on its stream, moment, and its ids.

    `recorded_at` is the moment as `canonical.moment_text` writes it.
    """

    position: int
    entry_id: str
    stream: StreamRef
    seq: int
    recorded_at: str


def act_hash(act_id: str, act: Act, *, input_digest: str, answer: str) -> str:
    """Return the hash of an act, so that who did it, when and why cannot be changed either."""
    return hash_of_act(
        act_id,
        act.key,
        act.by,
        canonical.moment_text(act.at),
        act.via,
        act.why,
        act.acting_for or "",
        input_digest,
        answer,
    )


def hash_of_act(act_id: str, *columns: str) -> str:
    """Return the hash of an act from its columns as text, in the order in which they are kept."""
    return canonical.sha256("caseward act 1", act_id, *columns)


def commitment(salt: str, text: str) -> str:
    """Return what the chain holds of a payload: it stays when payload and salt are disposed of."""
    return canonical.sha256("caseward payload 1", salt, text)


def entry_hash(place: Place, *, act_hash: str, commitment: str, previous_hash: str) -> str:
    """Return the hash of an entry, covering its place, act, payload and the stream before it."""
    return canonical.sha256(
        "caseward entry 1",
        str(place.position),
        place.entry_id,
        place.stream.kind,
        place.stream.id,
        str(place.seq),
        place.recorded_at,
        act_hash,
        commitment,
        previous_hash,
    )


def store_hash(before: str, entry_hash: str) -> str:
    """Return the running hash of the whole store up to and with this entry."""
    return canonical.sha256("caseward store 1", before, entry_hash)
