"""Two procedures, or two editions of one, beside each other."""

from dataclasses import dataclass

from caseward.rules.engine.comparing import Comparison
from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWith:
    """An edition that may be chosen; `code` stands in the address."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresCompared:
    """The choice, what was chosen, and all that differs; `found` None until two are chosen."""

    banner: Banner
    choices: tuple[ComparedWith, ...]
    one: str = ""
    other: str = ""
    found: Comparison | None = None
    one_words: str = ""
    other_words: str = ""
