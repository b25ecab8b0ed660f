"""What signed heads say of a ledger that was cut or made anew: once, and of which children."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from caseward.record.ledger import hashing, heads, queries, witness
from caseward.record.ledger.chain import Chain
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.heads import EARLIER_FIRST_LINE, SignedHead
from caseward.record.ledger.stored import StreamEnd
from tests.tampering.test_naming import ONE, OTHER, Named, Rows, rows

KEY = Ed25519PrivateKey.generate()
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def signed(found: Rows, *positions: int) -> list[SignedHead]:
    """Return heads signed at these positions, each with the streams that moved since the last."""
    made: list[SignedHead] = []
    before = 0
    for position in positions:
        moved = {
            link.stream: StreamEnd(stream=link.stream, seq=link.seq, head_hash=link.hash)
            for at, link in sorted(found.items())
            if before < at <= position
        }
        store_hash = found[position].store_hash
        head = queries.Head(position=position, store_hash=store_hash, recorded_at=None)
        made.append(heads.sign(head, KEY, at=AT, streams=moved.values()))
        before = position
    return made


def heard(found: Rows, kept: list[SignedHead]) -> list[Named]:
    """Return what the heads say of these rows: code, position, stream and number."""
    told = faults_of(found, kept)
    return [(fault.code, fault.position, fault.stream, fault.seq) for fault in told]


def faults_of(found: Rows, kept: list[SignedHead]) -> list[Fault]:
    """Return what the heads say of these rows; each of them is heard once."""
    chain, listening = Chain(), witness.of(kept, heads.public_text(KEY))
    faults: list[Fault] = []
    for _, link in sorted(found.items()):
        list(chain.follow(link))
        faults += listening.hear(chain, link.store_hash)
    faults += listening.finish(chain)
    assert listening.n_heads == len(kept)
    return faults


def made_anew() -> Rows:
    """Return the ledger hashed anew after entry 4 was given another day."""
    found = rows()
    changed: Rows = {}
    before, ends = "", dict[object, str]()
    for position, link in sorted(found.items()):
        at = "2026-03-02T12:00:03.500000Z" if position == 4 else link.recorded_at
        now = replace(link, recorded_at=at, previous_hash=ends.get(link.stream, ""))
        hashed = now.hash_at(now.at(position, link.stream, link.seq))
        before = hashing.store_hash(before, hashed)
        changed[position] = replace(now, hash=hashed, store_hash=before)
        ends[link.stream] = hashed
    return changed


def test_heads_agree_with_the_ledger_that_they_were_signed_of() -> None:
    """Every one of them, at any position."""
    assert heard(rows(), signed(rows(), 2, 3, 7, 10)) == []


def test_what_was_made_anew_is_told_once_by_the_first_head_that_differs() -> None:
    """With the child whose stream differs there, and no other; later heads say no more."""
    assert heard(made_anew(), signed(rows(), 3, 5, 10)) == [("made_anew", 4, ONE, 3)]


def test_what_is_cut_off_names_those_alone_who_lost_something() -> None:
    """A child named in a head beyond the end, all of whose entries are there, lost nothing."""
    kept = {position: link for position, link in rows().items() if position <= 9}
    assert heard(kept, signed(rows(), 6, 10)) == [("entries_cut", 10, OTHER, 4)]


def test_heads_of_the_first_form_tell_without_naming_a_child() -> None:
    """They had no lines of streams: position and what was done are told."""
    plain = [resigned(replace(head, streams=())) for head in signed(rows(), 3, 10)]
    assert heard(made_anew(), plain) == [("made_anew", 10, None, None)]
    kept = {position: link for position, link in rows().items() if position <= 8}
    assert heard(kept, plain) == [("entries_cut", 9, None, None)]


def resigned(head: SignedHead) -> SignedHead:
    """Return the head in its first form, signed so."""
    head = replace(head, first_line=EARLIER_FIRST_LINE)
    signature = KEY.sign(heads._signed_part(head).encode())
    return replace(head, signature=base64.b64encode(signature).decode())


def test_heads_of_another_key_are_told_wherever_they_lie() -> None:
    """Within the ledger and beyond its end; and they prove nothing."""
    forged = [
        replace(head, written_at="2026-03-03T12:00:00.000000Z") for head in signed(rows(), 3, 10)
    ]
    kept = {position: link for position, link in rows().items() if position <= 8}
    assert heard(kept, forged) == [
        ("head_not_ours", 3, None, None),
        ("head_not_ours", 10, None, None),
    ]


def test_it_is_told_between_which_positions_a_store_was_made_anew() -> None:
    """From the last head that agrees to the first that does not; the whole in one sentence."""
    (told,) = faults_of(made_anew(), signed(rows(), 3, 5, 10))
    assert (
        "made anew between the positions 4 and 5: the head signed at 2026-03-02T12" in told.sentence
    )
    (told,) = faults_of(made_anew(), signed(rows(), 5))
    assert "between the positions 1 and 5" in told.sentence
    plain = [resigned(replace(head, streams=())) for head in signed(rows(), 3, 10)]
    (told,) = faults_of(made_anew(), plain)
    assert told.sentence == (
        "The store was made anew between the positions 4 and 10: "
        "the head signed at 2026-03-02T12:00:00.000000Z knows it otherwise."
    )
