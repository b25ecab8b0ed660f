"""What was overdue on the first day, by step and child by child."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueGroup:
    """One step of a procedure, how often it was overdue on the first day, and of how many children.

    `n_on_lists` of the tasks stand on people's lists now; the others are measured, on no list (M8).
    """

    procedure: str
    procedure_title: str
    step: str
    what: str
    n_all: int
    n_children: int
    n_on_lists: int
    earliest_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOn:
    """Everything that awaits a decision, the step with most tasks first.

    `on_lists` are the steps of which a task stands on somebody's list, `measured` the others: they
    light nothing, and a decision only puts the figures right. `teams` are those with
    anything: id, name, how much of it stands on lists; the children of nobody come last.
    """

    banner: Banner
    on_lists: tuple[OverdueGroup, ...]
    measured: tuple[OverdueGroup, ...]
    teams: tuple[tuple[str, str, int], ...]
    chosen_team: str
    n_on_lists: int
    n_measured: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLine:
    """One child's task; `about` says whom or what it is about where a child has several."""

    task_id: str
    child_id: str
    child_name: str
    about: str
    due_on: date
    allocated: str
    team_name: str
    is_on_lists: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueOfStep:
    """The children of whom one step was overdue, the longest first; `team` is "" for every team.

    Of a recurring duty it may be said when it was done: the next is counted from that day.
    """

    banner: Banner
    procedure: str
    procedure_title: str
    step: str
    what: str
    is_recurring: bool
    lines: tuple[OverdueLine, ...]
    n_all: int
    page: int
    n_pages: int
    team: str
    team_name: str
