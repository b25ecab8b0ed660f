"""When somebody is away, when they are back, and who stands in."""

from typing import Any

from django import forms

from caseward.interfaces import clock
from caseward.interfaces.govuk import fields, problems
from caseward.work.readings import shapes


class _AwayForm(forms.Form):
    @property
    def problems(self) -> list[problems.FormProblem]:
        """Return what is to be put right, in the form's order."""
        return problems.of_form(self)


class AddForm(_AwayForm):
    """Who is away, from when until when, and why in a word."""

    worker = forms.ChoiceField(
        label="Who is away?", error_messages={"required": "Choose who is away."}
    )
    since = fields.DayField(
        today=clock.today,
        label="First day away",
        help_text="For example 17/5/2026.",
        required=True,
        error_messages={"required": "Enter the first day away."},
    )
    back_on = fields.DayField(
        today=clock.today,
        label="First day back",
        help_text="Leave empty if it is not known yet.",
        required=False,
    )
    reason = forms.ChoiceField(
        label="Why?",
        widget=fields.Buttons,
        help_text="Only you and managers see this. Say no more of illness anywhere here.",
        error_messages={"required": "Choose why."},
    )

    def __init__(self, page: shapes.WhoIsAway, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        worker, reason = self.fields["worker"], self.fields["reason"]
        if isinstance(worker, forms.ChoiceField) and isinstance(reason, forms.ChoiceField):
            worker.choices = list(page.workers)
            worker.widget = fields.ListOfOne(choices=worker.choices)
            reason.choices = list(page.reasons)
        if len(page.workers) == 1:
            worker.widget = forms.HiddenInput()
            worker.initial = page.workers[0][0]


class BackForm(_AwayForm):
    """From which day somebody is back."""

    on = fields.DayField(
        today=clock.today,
        label="First day back",
        help_text="For example 17/5/2026.",
        required=True,
        error_messages={"required": "Enter the first day back."},
    )


class StandInForm(_AwayForm):
    """Who does the work meanwhile."""

    worker = forms.ChoiceField(
        label="Who stands in?", error_messages={"required": "Choose who stands in."}
    )

    def __init__(
        self, page: shapes.WhoIsAway, line: shapes.AbsenceLine, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        field = self.fields["worker"]
        others = [(code, name) for code, name in page.others if code != line.worker_id]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose one"), *others]
            field.widget = fields.ListOfOne(choices=field.choices)
