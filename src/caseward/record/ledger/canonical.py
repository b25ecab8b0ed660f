"""The one text of a fact: what is hashed, kept and read back, the same on every database (S3).

JSON with sorted keys, no spaces, UTF-8, dates as ISO text, nothing that is empty, and no floating
numbers, because two programs may write one of those differently.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from caseward.record.ledger.acts import NewEntry
from caseward.record.ledger.refusals import NotCanonical
from caseward.rules.facts.entries import Entry

_AS_IT_IS = (str, bool, int)
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_of(value: Mapping[str, Any]) -> str:
    """Return the canonical text of a mapping of plain values.

    Errors: NotCanonical for a floating number, a value of another type, or half a character.
    """
    text = _encoder.encode(_plain(value))
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise NotCanonical(
            f"Half a character (at place {problem.start}) cannot be kept. Type the text again."
        ) from problem
    return text


def payload_text(new: NewEntry) -> str:
    """Return the canonical text of a new entry: everything but its id and its stream."""
    return text_of(_content(new))


def read_payload(text: str) -> dict[str, Any]:
    """Return the mapping that a canonical text holds."""
    content: dict[str, Any] = json.loads(text)
    return content


def entry_from(
    text: str, *, entry_id: str, stream_id: str, position: int, recorded_at: datetime
) -> Entry:
    """Return the entry that a canonical text holds, as rules read it."""
    content = json.loads(text)
    return Entry(
        entry_id=entry_id,
        child=stream_id,
        kind=content["kind"],
        occurred_on=date.fromisoformat(content["occurred_on"]),
        position=position,
        time=_time(content.get("time")),
        outcome=content.get("outcome"),
        keys=content.get("keys", {}),
        fields=content.get("fields", {}),
        until=_date(content.get("until")),
        corrects=content.get("corrects"),
        withdraws=content.get("withdraws"),
        recorded_at=recorded_at,
    )


def moment_text(moment: datetime) -> str:
    """Return a moment as UTC text with microseconds always written, so that it has one form."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(*parts: str) -> str:
    """Return the SHA-256 (hex) of the parts, each led by its length in bytes and a colon.

    The lengths keep two lists of parts from ever having the same bytes. Bytes that are no text, as
    a damaged file may hold them, count as the bytes that they are.
    """
    return sha256_of_all(parts)


def sha256_of_all(parts: Iterable[str]) -> str:
    """Return the same of parts that come one after the other and need not be held together."""
    running = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogateescape")
        running.update(b"%d:" % len(encoded))
        running.update(encoded)
    return running.hexdigest()


def fingerprint(text: str) -> str:
    """Return the SHA-256 (hex) of a text's UTF-8 bytes, as any other program would make it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _content(new: NewEntry) -> dict[str, Any]:
    stated = {
        "kind": new.kind,
        "occurred_on": new.occurred_on,
        "time": new.time,
        "outcome": new.outcome,
        "keys": new.keys,
        "fields": new.fields,
        "until": new.until,
        "corrects": new.corrects,
        "withdraws": new.withdraws,
        "occasion": new.occasion,
        "source": new.source,
    }
    return {name: value for name, value in stated.items() if value not in (None, "", {})}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, Mapping):
        return {_name(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise NotCanonical(
        f"{value!r} is a {type(value).__name__}, which the ledger does not keep. "
        "Give text, a whole number, a date, true or false, or a list of those."
    )


def _name(key: Any) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"{key!r} is not a name. Names of fields are text.")
    return key


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
