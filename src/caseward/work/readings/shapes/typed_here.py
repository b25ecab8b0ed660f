"""What was typed here since a day, for the other system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.child import FieldWords

State = Literal["new", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """An entry as it stands. `state` is new, or what people did here to an entry known there before.

    `number` is the child's in the other system, "" for a child whom it does not know. `values` are
    keys and fields as kept; like `fields`, without what the asker may not read.
    """

    entry_id: str
    child_id: str
    child_name: str
    born_on: date | None
    number: str
    scheme: str
    state: State
    kind: str
    title: str
    occurred_on: date
    time_words: str
    until: date | None
    outcome: str
    outcome_words: str
    fields: tuple[FieldWords, ...]
    values: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBy:
    """What one worker typed, by child and day; a page may show the first `lines` of `n_all`."""

    worker_id: str
    worker_name: str
    n_all: int
    lines: tuple[TypedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedHere:
    """Everything typed here since a day that the other system has not sent back, by worker.

    `choices` are the workers who typed anything, by id and name; `n_without_number` lines are of
    children whom the other system does not know.
    """

    banner: Banner
    since: date
    workers: tuple[TypedBy, ...]
    choices: tuple[tuple[str, str], ...]
    chosen_worker: str
    n_all: int
    n_without_number: int
