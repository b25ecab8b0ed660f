"""What the door refuses, each in sentences that its reader can act upon.

All are the reader's to put right: nothing was saved, and what was typed is kept by the page.
"""

from collections.abc import Iterable, Mapping, Sequence

from caseward.record.ledger import refusals
from caseward.record.ledger.acts import StreamRef
from caseward.rules.engine.gates import Reason
from caseward.work.drafts.kept import Draft
from caseward.work.entries.answers import Preview, Problem


class Refusal(Exception):
    """Nothing was saved: `sentence` says why, `what_to_do` what to do next."""

    def __init__(self, sentence: str, what_to_do: str = "") -> None:
        self.sentence = sentence
        self.what_to_do = what_to_do
        super().__init__(f"{sentence} {what_to_do}".strip())


class Refused(Refusal):
    """Fields to put right: one problem each, named per child."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(told(problem) for problem in self.problems))


class NeedsConfirming(Refusal):
    """Unusual, but may be saved once the person has said that it is right."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            " ".join(told(problem) for problem in self.problems),
            "Check it; if it is right, confirm and save again.",
        )


class Differs(Refusal):
    """Saving would now do something else than was shown (M36); `preview` says what."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__(
            "The record changed after these consequences were shown, so saving would now do "
            "something else.",
            "Read the new consequences and save again.",
        )


class Changed(Refusal):
    """Somebody changed the entry after the page was made (S7)."""

    def __init__(self, *, child: str, entry_id: str, now_seq: int) -> None:
        self.child = child
        self.entry_id = entry_id
        self.now_seq = now_seq
        super().__init__(
            "Somebody else changed this entry after you opened it, so nothing was saved.",
            "Both are shown below: look at what it says now, then save yours again if it is right.",
        )


class ChangedMeanwhile(Refusal):
    """The meeting or the task that was decided about changed after the page was made (S7).

    `entry_ids` are what was recorded meanwhile, `now_seq` the place the child's record has reached.
    """

    def __init__(self, *, child: str, what: str, now_seq: int, entry_ids: tuple[str, ...]) -> None:
        self.child = child
        self.what = what
        self.now_seq = now_seq
        self.entry_ids = entry_ids
        super().__init__(
            f"Somebody changed this {what} after you opened the page, so nothing was saved.",
            "Look at what was recorded meanwhile, then save yours too if it is still right.",
        )


class MovedOn(Refusal):
    """Streams that an import had looked at were written to before it was brought in (S6)."""

    def __init__(self, streams: Iterable[StreamRef]) -> None:
        self.streams = tuple(streams)
        super().__init__(
            "Somebody recorded something about the same children while the import was prepared, so "
            "nothing was brought in.",
            "Bring it in again: these children are compared anew.",
        )


class DraftChanged(Refusal):
    """The same form was typed into elsewhere (S7): `typed` here, `now` there, None if it is gone."""

    def __init__(self, *, typed: Mapping[str, str], now: Draft | None) -> None:
        self.typed = dict(typed)
        self.now = now
        super().__init__(
            "You typed something else into this form in another window, or on another machine."
            if now is not None
            else "What you had typed here was saved or discarded in another window.",
            "Nothing is lost: look at both and say which of them to go on with."
            if now is not None
            else "What stands on this page is still here: save it if it is still to be recorded.",
        )


class KeyUsed(Refusal):
    """The same form key came with other input (S1)."""

    def __init__(self, problem: refusals.KeyReused) -> None:
        self.act_key = problem.key
        super().__init__(
            "This form was sent before with other answers, so it was not saved again.",
            "Open the form again and send it once.",
        )


class NotPermitted(Refusal):
    """The person's roles do not allow it."""


class OnHold(Refusal):
    """Done through Caseward, and its gate is not met (M30, M40); recording it stays possible."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "This cannot be done through Caseward now. " + _once(one.sentence for one in reasons),
            _once(one.what_to_do for one in reasons),
        )


def _once(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(sentences))


def told(problem: Problem) -> str:
    """Return the problem's sentence, led by the child's name where there are several."""
    return f"{problem.child_name}: {problem.sentence}" if problem.child_name else problem.sentence
