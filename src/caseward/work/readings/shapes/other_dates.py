"""Another system's due dates beside our own: how many agree, and what sets the others apart."""

from dataclasses import dataclass
from datetime import date

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCounted:
    """One duty: of how many dates told, how many agree with ours, and how the others differ.

    `n_not_counted` are those for which there is no task of ours; `n_unexplained` those that differ and
    follow no rule of the other system's that its dates show.
    """

    duty: str
    title: str
    n_told: int
    n_agree: int
    n_earlier: int
    n_later: int
    n_not_counted: int
    n_unexplained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOfTheirs:
    """How the other system counts, where its dates show it, beside how we do; both in words.

    `least` and `most` are the days by which its dates lie after ours, less than nothing before them.
    """

    duty: str
    duty_title: str
    theirs: str
    ours: str
    n_dates: int
    n_agree: int
    n_earlier: int
    n_later: int
    least: int
    most: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBeside:
    """One child's date that differs: theirs and ours, by how many days, and why where it is known."""

    child_id: str
    child_name: str
    task_id: str
    duty_title: str
    their_due_on: date
    our_due_on: date
    days: int
    why: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDates:
    """Every duty, every rule found, and the dates that differ, the furthest apart first."""

    banner: Banner
    duties: tuple[DutyCounted, ...]
    rules: tuple[RuleOfTheirs, ...]
    lines: tuple[DateBeside, ...]
    n_lines: int
    page: int
    n_pages: int
    chosen_duty: str
    only_unexplained: bool
