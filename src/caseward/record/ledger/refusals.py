"""What the ledger refuses, each in a sentence that its reader can act upon."""

from collections.abc import Iterable
from dataclasses import dataclass


class Refused(Exception):
    """Something that the person or the program at the door can put right; nothing was written."""


class KeyReused(Refused):
    """The same idempotency key came with other input, or from somebody else (S1)."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"The key {key} was used before for something else, so nothing was saved. "
            "Open the form again and send it once."
        )


class NotCanonical(Refused):
    """A value that has no one canonical text: a floating number, a broken character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A reason not to start: what is wrong, why that matters, and what to do."""

    code: str
    what: str
    why: str
    what_to_do: str

    @property
    def sentence(self) -> str:
        """Return the whole of it for a reader."""
        return f"{self.what} {self.why} {self.what_to_do}"


class Unsafe(Exception):
    """Caseward did not start; the message says each reason on a line of its own."""

    def __init__(self, found: Iterable[Refusal]) -> None:
        self.refusals = tuple(found)
        super().__init__("\n".join(refusal.sentence for refusal in self.refusals))
