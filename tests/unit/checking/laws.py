"""Small laws as a policy officer might write them, read and checked."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from caseward.rules.calendars.days import Calendar
from caseward.rules.facts.kinds import Vocabulary
from tests.spec import laws
from tests.unit.checking import checkers

KINDS = Path(__file__).parents[2] / "spec" / "kinds.yaml"
LAW = Path(__file__).parents[3] / "src" / "caseward" / "law"


@dataclass(frozen=True)
class Checked:
    """What a checker said of some texts."""

    errors: tuple[str, ...]
    findings: tuple[str, ...]
    report: object

    @property
    def all(self) -> str:
        return "\n".join((*self.errors, *self.findings))


def said(
    *texts: str,
    checker: checkers.Checker | None = None,
    settings: dict[str, object] | None = None,
    calendar: Calendar | None = None,
) -> Checked:
    """Return what the checker says of law files that are called one.yaml, two.yaml …"""
    with_ = checker or checkers.right()
    vocabulary = vocabulary_of(with_.facts)
    procedures = tuple(
        with_.reading.read_procedure(text, path=f"{name}.yaml", vocabulary=vocabulary)
        for name, text in zip(("one", "two", "three"), texts, strict=False)
    )
    rulebook = with_.rulebook.Rulebook(
        vocabulary=vocabulary,
        procedures=procedures,
        calendar=calendar or the_calendar(with_.calendars),
        settings=settings or {},
    )
    report = with_.check.checked(rulebook)
    return Checked(tuple(map(str, report.errors)), tuple(map(str, report.findings)), report)


def a_law(body: str, *, in_force_from: str = "2010-04-01", **head: str) -> str:
    """Return a whole law file with one edition."""
    return editions({in_force_from: body}, **head)


def editions(bodies: dict[str, str], **head: str) -> str:
    """Return a whole law file with its editions by the day from which each is in force."""
    procedure = head.get("procedure", "matter")
    whole = [laws.edition(body, day) for day, body in bodies.items()]
    return laws.law_file(procedure, whole, authority=head.get("authority", "somewhere"))


def line_of(text: str, word: str) -> int:
    """Return the line on which a word of the text stands first."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if word in line)


@cache
def _vocabulary(reading: ModuleType) -> Vocabulary:
    return reading.read_vocabulary({"kinds.yaml": KINDS.read_text("utf-8")})  # type: ignore[no-any-return]


def vocabulary_of(reading: ModuleType) -> Vocabulary:
    """Return the kinds of the rulebook's examples."""
    return _vocabulary(reading)


@cache
def the_calendar(reading: ModuleType) -> Calendar:
    """Return the shipped calendar."""
    path = LAW / "calendars" / "england_and_wales.yaml"
    return reading.read_calendar(path.read_text("utf-8"), path="calendar.yaml")  # type: ignore[no-any-return]
