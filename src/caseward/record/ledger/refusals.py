"""What the ledger refuses, each in a sentence that its reader can act upon."""


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
