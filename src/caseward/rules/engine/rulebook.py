"""Everything an evaluation needs to know besides the child's record, as known at a moment (M4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseward.rules.calendars.days import Calendar
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """An authority uses a procedure from a day on; triggers before that day open nothing (M8).

    Nor do triggers from `given_up_from` on; what is open by then goes on to its end. A procedure
    taken up again has a further adoption.
    """

    procedure: str
    adopted_from: date
    given_up_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The law, calendar, vocabulary and settings as known; equal inputs give equal answers.

    `adopted` is None where there are no settings: then every procedure counts as adopted from
    the day its first edition is in force (the plain file's contract). `settings` holds the values
    in force by name. `children_from` is the child's first day in Caseward, None for the first fact.
    """

    vocabulary: Vocabulary
    procedures: tuple[Procedure, ...]
    calendar: Calendar
    settings: Mapping[str, Any] = field(default_factory=dict)
    adopted: tuple[Adoption, ...] | None = None
    first_day: date | None = None
