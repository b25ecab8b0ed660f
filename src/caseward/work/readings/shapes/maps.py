"""A procedure as a map, with or without a child's own position on it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from caseward.rules.engine.process_map import MapStep, ProcessMap
from caseward.work.readings.shapes.askers import Banner
from caseward.work.readings.shapes.tasks import TaskLine

# Done; being done, and whether late; not reached; gone by without being done.
Place = Literal["done", "here", "late", "ahead", "passed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLink:
    """Another step of the map, by the id of its place on the page."""

    step: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapBranch:
    """Where a step leads: with an outcome (`words`), or whatever comes of it (`words` empty)."""

    words: str
    to: tuple[MapLink, ...]
    closes: bool
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOnMap:
    """One step: what the `law` says of it, who owes it, where it leads on this page.

    `lines` are the child's own tasks.
    """

    law: MapStep
    title: str
    responsible: tuple[str, ...]
    outcomes: tuple[MapBranch, ...]
    leads_to: tuple[MapLink, ...]
    place: Place
    lines: tuple[TaskLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOnMap:
    """A stage with its steps, and the stages that its steps lead to.

    `place_words` are empty on a map without a child; `is_reached` marks the stage in which the
    child's latest task began.
    """

    number: int
    title: str
    steps: tuple[StepOnMap, ...]
    leads_to: tuple[str, ...]
    place: Place
    place_words: str
    is_reached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTouched:
    """A child whose task the law ends earlier than the procedure does: the two last days."""

    child_id: str
    name: str
    ours_on: date
    law_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LooserLimit:
    """A limit of the procedure that is looser than the law (M22): `step` has it, `law` is passed.

    `where` are the states in which it is, in words. `children` are the first of the `n_children`
    whom it touches today and whom the asker may see.
    """

    step: str
    title: str
    ours: str
    law: str
    law_title: str
    where: tuple[str, ...]
    on_some_days: bool
    counted_from: date
    ours_on: date
    law_on: date
    children: tuple[ChildTouched, ...]
    n_children: int

    @property
    def n_more(self) -> int:
        """How many more there are than are listed."""
        return self.n_children - len(self.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureMap:
    """A procedure as in force on a day (`law`); `child_id` empty where no child is on it.

    `here_words` say where the child stands in one sentence. What happens from `given_up_from` on
    opens nothing by it any more.
    """

    banner: Banner
    law: ProcessMap
    stages: tuple[StageOnMap, ...]
    child_id: str = ""
    child_name: str = ""
    here_words: str = ""
    given_up_from: date | None = None
    may_give_up: bool = False
    looser: tuple[LooserLimit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureLine:
    """A procedure in the list of those that the authority uses."""

    procedure: str
    title: str
    source: str
    is_national: bool
    n_steps: int
    given_up_from: date | None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureGroup:
    """Procedures under one heading: of one document of the authority's, or of one subject."""

    heading: str
    lines: tuple[ProcedureLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedures:
    """The procedures that the authority uses: its own by document, then the national by subject."""

    banner: Banner
    own: tuple[ProcedureGroup, ...]
    national: tuple[ProcedureGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingUp:
    """A procedure that may be given up: asked from which day on, unless it has been already."""

    banner: Banner
    procedure: str
    title: str
    given_up_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUpChanges:
    """What giving a procedure up changes on its day: of how many children, and late for how many."""

    n_children: int
    n_late: int
