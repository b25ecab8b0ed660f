"""What people of the stories do, as values: each is one act of one person on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from datetime import time as time_of_day
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened; `word` names it for a later correction or withdrawal."""

    kind: str
    on: date
    time: time_of_day | None = None
    until: date | None = None
    outcome: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Facts recorded at one sitting, of one child or, by one fact, of several on one occasion."""

    children: tuple[str, ...]
    facts: tuple[Fact, ...]
    each: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record was opened for a child who came to the authority after it began with Caseward."""

    child: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What an entry says is given anew, with what was wrong."""

    child: str
    fact: Fact
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An entry is taken back, with the reason."""

    child: str
    word: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """A manager agreed that a task may be done later."""

    child: str
    step: str
    new_date: date
    reason: str
    explanation: str
    agreed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A manager ended a task without its being done."""

    child: str
    step: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """A worker, or a team, was given a role for a child; perhaps for one who is away."""

    child: str
    role: str
    worker: str = ""
    team: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSiblings:
    """Two children were recorded as brothers or sisters."""

    child: str
    sibling: str
    same_household: bool


What = (
    Recorded | Opened | Corrected | Withdrawn | Delayed | GivenUp | Allocated | MadeSiblings
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does what on which day; `number` keeps the order in which a story is told."""

    on: date
    number: int
    by: str
    what: What
    why: str = ""
    acting_for: str = ""
