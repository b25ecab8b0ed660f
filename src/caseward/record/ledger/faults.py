"""What `verify` may find: each fault has a code, a kind in plain words, and a place."""

from collections.abc import Mapping
from dataclasses import dataclass

from caseward.record.ledger.acts import StreamRef

KINDS: Mapping[str, str] = {
    "payload_changed": "changed",
    "column_changed": "changed",
    "entry_changed": "changed",
    "act_changed": "changed",
    "text_changed": "changed",
    "stream_changed": "changed",
    "store_broken": "changed",
    "stream_broken": "changed",
    "time_goes_back": "changed",
    "entry_removed": "removed",
    "entries_missing": "removed",
    "payload_missing": "removed",
    "act_missing": "removed",
    "text_missing": "removed",
    "entry_inserted": "put in",
    "entry_moved": "moved",
    "payload_moved": "moved",
    "entries_cut": "cut off",
    "made_anew": "made anew",
    "head_not_ours": "not signed with this key",
    "payload_kept": "kept against a disposal",
    "disposal_not_agreed": "removed without leave",
    "entry_unreadable": "damaged",
    "table_unreadable": "damaged",
    "file_damaged": "damaged",
    "guard_missing": "guard taken off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not hold: its code, where it is, and a sentence for a reader."""

    code: str
    sentence: str
    stream: StreamRef | None = None
    seq: int | None = None
    position: int | None = None

    @property
    def kind(self) -> str:
        """Return in plain words what was done."""
        return KINDS[self.code]


def of_entry(code: str, position: int | None, stream: StreamRef, seq: int, what: str) -> Fault:
    """Return a fault of one entry, its sentence led by where it stands."""
    entry = f"Entry {position}" if position is not None else "An entry"
    return Fault(
        code=code,
        sentence=f"{entry} (number {seq} of {stream.kind} {stream.id}): {what}.",
        stream=stream,
        seq=seq,
        position=position,
    )
