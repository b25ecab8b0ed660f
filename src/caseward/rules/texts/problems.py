"""What is wrong with a file, in sentences that a policy officer understands."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class TextProblem(NamedTuple):
    """One thing wrong: in which file, on which line, and a sentence that says what to do."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path or 'this file'}, line {self.line}: {self.sentence}"


class LawFileError(Exception):
    """A file could not be taken as it stands; `problems` lists everything found, by line."""

    def __init__(self, problems: Iterable[TextProblem]) -> None:
        self.problems: tuple[TextProblem, ...] = tuple(
            sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects the problems of a reading, so that all are told at once."""

    def __init__(self) -> None:
        self.found: list[TextProblem] = []

    def add(self, path: str, line: int, sentence: str) -> None:
        self.found.append(TextProblem(path, line, sentence))

    def raise_if_any(self) -> None:
        """Raise LawFileError with everything found, or return when nothing was."""
        if self.found:
            raise LawFileError(self.found)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return “ Did you mean …?” for a word close to a known one, else nothing."""
    # Kinds share their endings (.held, .sent), so that a looser match names another meeting.
    cutoff = 0.75 if "." in word else 0.6
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return f" Did you mean “{close[0]}”?" if close else ""


def listed(words: Iterable[str]) -> str:
    """Return the words as a list in a sentence: “a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    *others, last = quoted or [""]
    return f"{', '.join(others)} or {last}" if others else last
