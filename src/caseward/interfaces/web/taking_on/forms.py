"""One decision about many children's tasks, and when each was done where that is known."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from caseward.interfaces import clock
from caseward.interfaces.govuk import day_words, fields
from caseward.interfaces.govuk.problems import FormProblem, of_form
from caseward.work.casework.decide_overdue import Overdue
from caseward.work.readings.shapes.taking_on import OverdueLine, OverdueOfStep

TICKED, ALL = "ticked", "all"
# More than this at once would keep others from saving meanwhile.
MOST = 500
WHATS = {
    "done_before": "It was done before Caseward: neither met nor late",
    "kept": "Keep it as due: it stands on the lists as late",
    "given_up": "It will not be done: it counts as missed for ever, and the IRO sees it",
}


class DecisionForm(forms.Form):
    """What is decided, and about which of the lines."""

    which = forms.ChoiceField(
        label="Which children?",
        widget=fields.Buttons,
        error_messages={"required": "Say which children you decide about."},
    )
    what = forms.ChoiceField(
        label="What do you decide?",
        choices=tuple(WHATS.items()),
        widget=fields.Buttons,
        error_messages={"required": "Choose what you decide."},
    )
    reason = forms.CharField(
        label="Why it will not be done",
        required=False,
        max_length=2000,
        help_text="Only where it will not be done.",
        widget=fields.LongText(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, n_lines: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        which: Any = self.fields["which"]
        which.choices = (
            (TICKED, "Those ticked in the list"),
            (ALL, f"All {n_lines} of them" if n_lines > 1 else "The one in the list"),
        )

    def clean(self) -> dict[str, Any]:
        """Giving up needs its reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == "given_up" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it will not be done.")
        return cleaned


class Decision:
    """A decision as it was sent: the form, the lines it is about, the days typed beside them."""

    def __init__(self, page: OverdueOfStep, sent: QueryDict | None = None) -> None:
        self.page = page
        self.form = DecisionForm(sent, n_lines=min(page.n_all, MOST))
        self.ticked = frozenset(sent.getlist("task")) if sent is not None else frozenset()
        self.days = {line.task_id: _typed(sent, line) for line in page.lines}
        self.problems: list[FormProblem] = []

    def is_valid(self) -> bool:
        """Return whether it can be saved; what is wrong stands in `problems`."""
        is_valid = self.form.is_valid()
        self.problems = of_form(self.form)
        if is_valid and not self.lines():
            self.problems.append(
                FormProblem(sentence="Tick at least one child in the list.", anchor="list")
            )
        self.problems += [
            FormProblem(sentence=f"{line.child_name}: {sentence}", anchor=f"done-{line.task_id}")
            for line, sentence in self._wrong_days()
        ]
        return not self.problems

    def lines(self) -> Sequence[OverdueLine]:
        """Return the lines that are decided about."""
        if self.form.cleaned_data.get("which") == ALL:
            return self.page.lines
        return [line for line in self.page.lines if line.task_id in self.ticked]

    def overdue(self) -> list[Overdue]:
        """Return what the verb decides about."""
        return [
            Overdue(child=line.child_id, task_id=line.task_id, done_on=self.done_on(line))
            for line in self.lines()
        ]

    def done_on(self, line: OverdueLine) -> date | None:
        """Return when a line's task was done, None where nothing was typed."""
        text = self.days[line.task_id]
        if not text or self.form.cleaned_data.get("what") != "done_before":
            return None
        return day_words.read_day(text, today=clock.today())

    def rows(self) -> Iterator[tuple[OverdueLine, bool, str]]:
        """Yield each line with whether it is ticked and the day typed beside it."""
        for line in self.page.lines:
            yield line, line.task_id in self.ticked, self.days[line.task_id]

    def told(self) -> Iterator[tuple[OverdueLine, date | None]]:
        """Yield each line decided about with the day it was done, for the page that checks it."""
        for line in self.lines():
            yield line, self.done_on(line)

    def _wrong_days(self) -> Iterator[tuple[OverdueLine, str]]:
        if not self.form.is_valid():
            return
        for line in self.lines():
            try:
                day = self.done_on(line)
            except day_words.NotADay as error:
                yield line, str(error)
                continue
            if day is not None and day > clock.today():
                yield line, "The day it was done lies ahead."


def _typed(sent: QueryDict | None, line: OverdueLine) -> str:
    return sent.get(f"done-{line.task_id}", "").strip() if sent is not None else ""
