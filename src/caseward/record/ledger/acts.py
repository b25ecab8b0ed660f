"""An act: one deed of one person at one moment, and the new entries that it brings (S1)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

StreamKind = Literal["child", "person", "authority"]

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, order=True)
class StreamRef:
    """One stream: a child's, a person's, or the authority's own.

    `id` is the child's or person's public id (uuid4 as text); the authority has one stream.
    """

    kind: StreamKind
    id: str


AUTHORITY = StreamRef("authority", "authority")


def stream_of(kind: str, id: str) -> StreamRef:  # noqa: A002 -- the stream's own word
    """Return the stream that a stored row names; the database allows no other kinds."""
    return StreamRef(cast("StreamKind", kind), id)


def child_stream(child: str) -> StreamRef:
    """Return the stream of the child with this public id."""
    return StreamRef("child", child)


def person_stream(person: str) -> StreamRef:
    """Return the stream of the adult with this public id."""
    return StreamRef("person", person)


def new_id() -> str:
    """Return a new public id: a random uuid4, as text."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does it, when, under which key, by which door and why.

    `by` is a worker's public id, or "system:<name>" where nobody did it. `at` is the aware moment
    and `today` its London day, both taken from the clock at the door. `key` is the idempotency
    key: the same key with the same input gives the first answer again. `via` names the door
    (web, cli, api, import, job). `acting_for` is the worker whom a stand-in replaces (B6).
    """

    by: str
    at: datetime
    today: date
    key: str
    via: str
    why: str = ""
    acting_for: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("An act needs a moment with its time zone.")
        if self.at.astimezone(LONDON).date() != self.today:
            raise ValueError(f"{self.today} is not the London day of {self.at.isoformat()}.")
        if not self.key or not self.by or not self.via:
            raise ValueError("An act needs who did it (by), its key, and the door (via).")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One fact to be written on one stream; the ledger gives it its position.

    `entry_id` may be left to default, or chosen beforehand (a preview shown before saving).
    `occasion` is the id shared by the entries of one occasion over several children; `source`
    says where the fact came from when it was not typed here ("ssda903 Reviews row 17").
    """

    stream: StreamRef
    kind: str
    occurred_on: date
    time: time_of_day | None = None
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None
    corrects: str | None = None
    withdraws: str | None = None
    occasion: str | None = None
    source: str | None = None
    entry_id: str = field(default_factory=new_id)
