"""Whose a row is that names no child: ids of one table by those of another, read before the rows.

Only ids and the few days that a period of care hangs on are held, never a row.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from caseward.work.exchange.ssd.refusals import RowRefused

OLDEST = 26
"""Years of age from which a person of the dataset is no child and no care leaver."""
KNOWN_BEFORE = timedelta(days=366)
"""How long before the first review of the whole extract care began, for its reviews to be unknown."""

TARGETS: Mapping[str, str] = {
    "period": "ssd_cla_episodes",
    "plan": "ssd_cp_plans",
    "referral": "ssd_cin_episodes",
    "enquiry": "ssd_s47_enquiry",
    "cin_plan": "ssd_cin_plans",
}
"""The table that each map of ids comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A column that leads to the child by another table's rows: `to` names the map of `Links`."""

    column: str
    to: str


@dataclass(slots=True)
class Person:
    """What other rows ask of a person."""

    born_on: date | None = None
    expected_on: date | None = None
    is_dead: bool = False
    is_adult: bool = False


@dataclass(slots=True)
class Period:
    """One period of care: its child, and from when, as far as its episodes say."""

    child: str
    entered_on: date | None = None
    started_on: date | None = None
    earliest_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who is whose. `files` names the file of each table that was given.

    `conferences` are the enquiries that came to an initial conference, held or still due.
    """

    files: Mapping[str, str]
    persons: dict[str, Person] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    children: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    families: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    mothers: set[tuple[str, str]] = field(default_factory=set)
    professionals: set[str] = field(default_factory=set)
    job_titles: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    conferences: set[str] = field(default_factory=set)
    reviews_since: list[date] = field(default_factory=list)

    def child_of(
        self,
        named: str,
        followed: Sequence[tuple[Link, str]],
        *,
        columns: Sequence[str],
        may_be_adult: bool = False,
    ) -> str:
        """Return the child whom a row names, or whom its links lead to.

        Shapes: followed, the links that say something, each with its cell; columns, of the person and
        of all links. Errors: RowRefused where nothing leads to a child, or two ways to two.
        """
        owners = (self.children.get(link.to, {}).get(key, "") for link, key in followed)
        owner = next(filter(None, owners), "")
        if named and owner and named != owner:
            raise RowRefused(
                columns[0], "other_child",
                f"The row names child {named}, and {followed[0][0].column} belongs to child {owner}. One "
                "of the two is wrong.",
            )  # fmt: skip
        child = named or owner
        if not child:
            raise self._leads_nowhere(followed, columns)
        if not may_be_adult and self.is_adult(child):
            raise RowRefused(
                columns[0], "unknown_child",
                f"Person {child} is {OLDEST} or older, so no child is registered for them.",
            )  # fmt: skip
        return child

    def is_adult(self, child: str) -> bool:
        """Tell whether a person is known to be too old to be a child or care leaver."""
        person = self.persons.get(child)
        return person is not None and person.is_adult

    def part_way(self, began_on: date) -> bool:
        """Tell whether the extract's reviews begin long after this care did, so some are unknown."""
        return bool(self.reviews_since) and began_on + KNOWN_BEFORE < self.reviews_since[0]

    def _leads_nowhere(
        self, followed: Sequence[tuple[Link, str]], columns: Sequence[str]
    ) -> RowRefused:
        if not followed:
            ways = " or ".join(columns)
            return RowRefused(columns[0], "link", f"The row names no child: {ways} is empty.")
        link, key = followed[0]
        target = TARGETS[link.to]
        why = (
            f"no row of {target} has “{key}”, so nobody knows whose it is"
            if target in self.files
            else f"{target}, which would say whose “{key}” is, is not among the files"
        )
        return RowRefused(link.column, "link", f"The row names no child, and {why}.")
