"""The ledger as plain lines, for whoever would check it without Caseward (R16).

Every row goes out as it is stored, be it right or wrong: it is for the reader to judge. The form
is described in docs/reference/ledger-export.md, has a version, and is kept within it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from caseward.record.ledger import stored
from caseward.record.ledger.links import Link
from caseward.record.ledger.refusals import Refused
from caseward.record.ledger.stored import StreamEnd, Unreadable

FORMAT = "caseward ledger export"
VERSION = 1
Line = Mapping[str, Any]


def files() -> dict[str, Iterator[Line]]:
    """Return the lines of each file of an export, by the file's name.

    Errors: Refused for an entry that cannot be read, when its line is asked for.
    """
    return {
        "entries.jsonl": _entries(),
        "acts.jsonl": _acts(),
        "streams.jsonl": _streams(),
        "disposals.jsonl": _disposals(),
        "texts.jsonl": _texts(),
    }


def _entries() -> Iterator[Line]:
    for each in stored.links():
        if isinstance(each, Unreadable):
            raise Refused(
                f"Entry {each.position} cannot be read ({each.why}), so the record was not "
                "exported. Run `caseward verify`."
            )
        yield _entry(each)


def _entry(link: Link) -> Line:
    said = link.said
    return {
        "position": link.position,
        "entry_id": link.entry_id,
        "stream": f"{link.stream.kind} {link.stream.id}",
        "seq": link.seq,
        "act_id": link.act_id,
        "recorded_at": link.recorded_at,
        "commitment": link.commitment,
        "previous_hash": link.previous_hash,
        "hash": link.hash,
        "store_hash": link.store_hash,
        "payload": said
        and {
            "salt": said.salt,
            "text": said.text,
            "kind": said.kind,
            "occurred_on": said.occurred_on,
            "occasion": said.occasion,
            "source": said.source,
        },
    }


def _acts() -> Iterator[Line]:
    for act in stored.acts():
        yield {name: getattr(act, name) for name in act.__slots__}


def _streams() -> Iterator[Line]:
    return map(_stream, stored.stream_ends())


def _stream(end: StreamEnd) -> Line:
    return {
        "stream": f"{end.stream.kind} {end.stream.id}",
        "seq": end.seq,
        "head_hash": end.head_hash,
    }


def _disposals() -> Iterator[Line]:
    for row in stored.disposals():
        yield {name: getattr(row, name) for name in row.__slots__}


def _texts() -> Iterator[Line]:
    for fingerprint, text in stored.texts():
        yield {"fingerprint": fingerprint, "text": text}
