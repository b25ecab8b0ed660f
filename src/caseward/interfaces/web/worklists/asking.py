"""What the address of a list asks for: everything that narrows it can be kept and sent on."""

import uuid
from collections.abc import Mapping
from datetime import date

from caseward.record.access.askers import Asker
from caseward.work.readings.sources import ALLOCATES, WHOSE, Choice

_LONGEST = 100


def read(given: Mapping[str, str], asker: Asker) -> Choice:
    """Return the list asked for; what makes no sense in an address is as if it were not there.

    Where nobody's is named, those who allocate begin with their team's and all others with theirs.
    """
    whose = given.get("whose", "")
    first = "team" if ALLOCATES & set(asker.roles) else "mine"
    return Choice(
        whose=whose if whose in WHOSE else first,
        team=_id(given.get("team", "")),
        role=_code(given.get("role", "")),
        when=_code(given.get("when", "")),
        step=_step(given),
        words=_text(given.get("words", "")),
        child=_id(given.get("child", "")),
        on=day(given.get("on", "")),
    )


def day(text: str) -> date | None:
    """Return the day that an address names, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _step(given: Mapping[str, str]) -> str:
    """Return the step asked for, or its whole procedure.

    A form asks for both: a step of another procedure than the one now chosen is let go.
    """
    step, procedure = _code(given.get("step", "")), _code(given.get("procedure", ""))
    if "procedure" not in given or step.partition("/")[0] == procedure:
        return step
    return procedure


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _code(text: str) -> str:
    return text if text.isascii() and text.isprintable() and len(text) <= _LONGEST else ""


def _text(text: str) -> str:
    said = text.strip()[:_LONGEST]
    return said if said.isprintable() else ""
