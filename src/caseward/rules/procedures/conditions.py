"""The condition language as values (`only_if`, `while`, `binds_if`, `when`, `met_by`).

A condition is true, false or cannot be told: what nobody recorded is unknown, and unknown is not
no (M1). Evaluation lives in the engine; here is only what a condition says.
"""

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "working_days",
    "court_days",
    "days",
    "weeks",
    "months",
    "years",
    "hours",
    "weeks_of_proceedings",
]


@dataclass(frozen=True, slots=True)
class SettingRef:
    """A value that the authority sets: `setting.cp_visit_count`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A count of a unit, either of which may be the authority's setting."""

    count: int | SettingRef
    unit: Unit | SettingRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StateIs:
    """The state has one of the values; with no values, it holds at all (is not "no").

    `values` may hold a SettingRef, whose value (one or a list) is then used.
    """

    state: str
    values: tuple[str | SettingRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the kind (and outcome) lies since an anchor or within a span.

    `since` is an event kind or "episode_opened"; `within` counts back from the day asked, or
    from the latest event of kind `before` where that is named.
    """

    kind: str
    outcomes: tuple[str, ...] = ()
    since: str | None = None
    within: Span | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """The age of the child (or another, see `of`) on the day asked, or `at` another event's day.

    `of` is "child", or "child_or_sibling" with which siblings count: any who is recorded, those
    "_in_household", or those "_on_plan" in the same household. Under 24 months means: before the day on
    which 24 months are reached. Unborn counts as under every age.
    """

    under: Span | None = None
    over: Span | None = None
    of: str = "child"
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingIs:
    """The authority's setting has one of the values; `has_come`: the day it holds has come."""

    name: str
    values: tuple[str, ...]
    has_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldIs:
    """A field (or key) of the event at hand has one of the values; booleans are "yes"/"no"."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeIs:
    """An episode of a procedure (this one where none is named) is open, or is not."""

    procedure: str | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinal:
    """Which occurrence of a recurring duty this is: "first", "second" or "later" (M16)."""

    is_: Literal["first", "second", "later"]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Always true: the last row of a table."""


Condition = (
    StateIs | Happened | Age | SettingIs | FieldIs | EpisodeIs | Ordinal
    | AllOf | AnyOf | Not | Otherwise
)  # fmt: skip
