"""What the door answers: what was taken in, and what would be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from caseward.rules.engine.what_if import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right, or to confirm; `field` is "" for the whole, `child` whose it is."""

    field: str
    sentence: str
    kind: Literal["refused", "confirm"]
    child: str = ""
    child_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A second named person's leave to do through Caseward what its gate forbids (M30)."""

    worker: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneHere:
    """What is recorded is done by Caseward itself (sent, filed, locked, ended): its gates bind."""

    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What taking these entries in would do, child by child, and the digest that saving carries.

    `facts` are kind and day of the entries, by id: a correction gives those of what it corrects.
    """

    differences: Mapping[str, Difference]
    problems: tuple[Problem, ...]
    facts: Mapping[str, tuple[str, date]]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken in. Of a repeated key this is the first answer, and `differences` is empty."""

    act_id: str
    entry_ids: tuple[str, ...]
    children: tuple[str, ...]
    differences: Mapping[str, Difference] = field(default_factory=dict)
    was_recorded_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenMany:
    """What an import took in, in counts.

    `n_evaluated_again`: children whose records moved on between staging and bringing in.
    """

    act_id: str
    n_entries: int
    n_children: int
    was_recorded_before: bool = False
    n_evaluated_again: int = 0
