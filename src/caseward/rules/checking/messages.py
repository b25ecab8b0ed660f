"""What the checker says: errors and findings, each with its file, its line and one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["error", "finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looser:
    """How a local limit is looser than the national one that it stands under (M22).

    `states` are the combinations in which it is, each by state and value, no narrower than needed;
    `words` the same as they are read. The dates are those of one day counted from.
    """

    national_procedure: str
    national_step: str
    local_title: str
    national_title: str
    local_clock: str
    national_clock: str
    states: tuple[Mapping[str, str], ...]
    words: tuple[str, ...]
    counted_from: date
    local_due_on: date
    national_due_on: date
    n_days: int
    of_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing said of a law file. `story` tells a course of facts that shows it, fact by fact."""

    kind: Kind
    rule: str
    path: str
    line: int
    sentence: str
    procedure: str
    edition_from: date | None = None
    step: str = ""
    limit: str = ""
    story: tuple[str, ...] = ()
    looser: Looser | None = None

    def __str__(self) -> str:
        return f"{self.path or self.procedure}, line {self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was found, and how much was looked at.

    `not_compared` are local limits that name a national step and cannot be compared with it day by
    day (one is counted back from a meeting, the other on from a fact); `n_situations` how many
    situations of procedures the search went through, `n_days` the days that limits were compared on.
    """

    errors: tuple[Message, ...]
    findings: tuple[Message, ...]
    not_compared: tuple[Message, ...] = ()
    n_situations: int = 0
    n_days: int = 0
    cut_short: tuple[str, ...] = ()


def in_order(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return the messages by file and line, each once."""
    found = {(one.path, one.line, one.sentence): one for one in messages}
    return tuple(found[key] for key in sorted(found))
