"""The rows of this room as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Phase = Literal[
    "waiting", "reading", "comparing", "checked", "bringing_in", "done", "refused", "cancelled",
    "failed",
]  # fmt: skip
UNDER_WAY = ("reading", "comparing", "bringing_in")
Believed = Literal["theirs", "ours"]
Decided = Literal["theirs", "ours", "both"]
OF_AUTHORITY = "of_authority"
"""Under which of a run's options the code of the local authority that its files are of is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import, as its row says. `report` is the published report, {} until there is one."""

    run: str
    by: str
    began_at: datetime
    format_code: str
    format_title: str
    scheme: str
    system: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Mapping[str, Any], ...] = ()
    phase: Phase = "waiting"
    sentence: str = ""
    totals: tuple[Mapping[str, Any], ...] = ()
    report: Mapping[str, Any] = field(default_factory=dict)
    act_id: str = ""
    position: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person has to decide: `theirs` is what the file says, beside the entry here."""

    question: str
    run: str
    child: str
    kind: str
    source: str
    entry: str
    why: str
    theirs: Mapping[str, Any]
    digest: str
    asked_at: datetime
    decided: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """When what another system holds was last brought in, and from which one."""

    run: str
    at: datetime
    by: str
    format_title: str
    scheme: str
    system: str
