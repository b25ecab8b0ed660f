"""From which day on a procedure is used no longer, and why."""

from datetime import date

from django import forms

from caseward.interfaces import clock
from caseward.interfaces.govuk import fields, problems


class GiveUpForm(forms.Form):
    """The day from which what happens opens nothing by the procedure, and the reason."""

    from_on = fields.DayField(
        today=clock.today,
        label="From which day is it no longer used?",
        help_text="Today or a later day. For example 17/5/2026, or the word today.",
        error_messages={"required": "Enter the day."},
    )
    why = forms.CharField(
        label="Why is it no longer used?",
        max_length=2000,
        widget=fields.LongText(attrs={"rows": 3}),
        error_messages={"required": "Say why: the reason stays on the record."},
    )

    def clean_from_on(self) -> date:
        """The day has not passed: what has begun by a procedure is not undone by giving it up."""
        on: date = self.cleaned_data["from_on"]
        if on < clock.today():
            raise forms.ValidationError("That day has passed. Enter today or a later day.")
        return on

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem with the id that the summary links to."""
        return problems.of_form(self)
