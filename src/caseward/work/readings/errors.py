"""What a reading refuses, each in sentences for the reader."""


class ReadingRefused(Exception):
    """Nothing is shown: `sentence` says why, `what_to_do` what to do next."""

    def __init__(self, sentence: str, what_to_do: str = "") -> None:
        self.sentence = sentence
        self.what_to_do = what_to_do
        super().__init__(f"{sentence} {what_to_do}".strip())


class NotFound(ReadingRefused):
    """There is no such child, task or entry, or the asker may not know that there is."""


class NotYet(ReadingRefused):
    """Nothing of it was on record at the moment asked about."""


class NotAllowed(ReadingRefused):
    """The asker's roles do not open this."""
