"""The shipped law into the record: what a release brings changes nothing until it is adopted (S5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.record.ledger.acts import Act
from caseward.rules.procedures.model import Procedure
from caseward.work.casework import adopt


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopting:
    """Which texts are adopted, and from when.

    A procedure named in `used_from` is used from that day on; a national one left out from its
    first edition on, so that imported years count; a local one left out is not adopted.
    """

    texts: shipped.LawTexts
    law: law_cache.ParsedLaw
    used_from: Mapping[str, date]

    def procedures(self) -> list[tuple[Procedure, date]]:
        """Return the procedures to adopt, each with its day, in order of their files."""
        answer = []
        for procedure in self.law.procedures:
            if procedure.id in self.used_from:
                answer.append((procedure, self.used_from[procedure.id]))
            elif procedure.is_national:
                answer.append((procedure, procedure.editions[0].in_force_from))
        return answer


def adopt_all(adopting: Adopting, act: Callable[[], Act]) -> list[str]:
    """Adopt vocabulary, calendar, settings and procedures; return the ids of the procedures."""
    texts = adopting.texts
    adopt.adopt_kinds(act(), texts.kinds)
    adopt.adopt_calendar(act(), texts.calendar, path=texts.calendar_path)
    adopt.adopt_settings(act(), texts.settings)
    adopted = []
    for procedure, from_on in adopting.procedures():
        text = texts.procedures[procedure.path]
        adopt.adopt_procedure(act(), text, path=procedure.path, adopted_from=from_on)
        adopted.append(procedure.id)
    return adopted
