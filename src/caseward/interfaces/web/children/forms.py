"""Adding a child: born or unborn, with the numbers that other systems know them by."""

from collections.abc import Iterable
from typing import Any

from django import forms

from caseward.interfaces import clock
from caseward.interfaces.govuk import day_words, dials, fields, problems
from caseward.work import entries
from caseward.work.casework.register_child import NewChild

BORN, UNBORN = "born", "unborn"


class NewChildForm(forms.Form):
    """A child's name and the day that everything is counted from."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="For a child not yet born, a working name such as Unborn Ashby.",
        widget=fields.Text(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the child's name, or a working name."},
    )
    is_born = forms.ChoiceField(
        label="Has the child been born?",
        choices=((BORN, "Yes"), (UNBORN, "No, the child is expected")),
        widget=fields.Buttons,
        error_messages={"required": "Say whether the child has been born."},
    )
    day = fields.DayField(
        today=clock.today,
        label="Date of birth, or the day the birth is expected",
        help_text="For example 17/5/2026.",
        error_messages={"required": "Enter the date of birth, or the day it is expected."},
    )
    number = forms.CharField(
        label="Number in the authority's own system",
        required=False,
        max_length=40,
        widget=fields.Text(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """A birth lies behind us, an expected one ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, is_born = cleaned.get("day"), cleaned.get("is_born")
        if day and is_born == BORN and day > clock.today():
            self.add_error("day", "The date of birth is in the future. Is the child expected?")
        return cleaned

    def new_child(self, *, social_worker: str) -> NewChild:
        """Return the child as the verb takes it."""
        cleaned = self.cleaned_data
        is_born, number = cleaned["is_born"] == BORN, cleaned["number"].strip()
        return NewChild(
            name=cleaned["name"].strip(),
            born_on=cleaned["day"] if is_born else None,
            expected_on=None if is_born else cleaned["day"],
            outside_ids={"authority": number} if number else {},
            social_worker=social_worker,
        )

    def take_problems(self, refused: Iterable[entries.Problem]) -> None:
        """Show what the record refused beside the field that it is about."""
        places = {"born_on": "day", "expected_on": "day", "name": "name"}
        for problem in refused:
            self.add_error(places.get(problem.field), problem.sentence)

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem with the id that the summary links to."""
        return problems.of_form(self)


class PastDayForm(forms.Form):
    """Which day's record, and as known when: the plain case is as known that day."""

    as_of = fields.DayField(
        today=clock.today,
        label="Which day?",
        help_text="For example 17/5/2026.",
        error_messages={"required": "Enter the day to look at."},
    )
    known = forms.ChoiceField(
        label="With what was known when?",
        choices=(
            (dials.THEN, "What was known that day"),
            (dials.NOW, "What is known now"),
            (dials.OTHER, "What was known on another day"),
        ),
        initial=dials.THEN,
        widget=fields.Buttons,
    )
    known_at = forms.CharField(
        label="The other day",
        required=False,
        widget=fields.Day,
    )

    def clean(self) -> dict[str, Any]:
        """Neither day may lie ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("as_of"):
            return cleaned
        query = {
            "as_of": cleaned["as_of"].isoformat(),
            "known": cleaned.get("known") or dials.THEN,
            "known_at": cleaned.get("known_at", ""),
        }
        try:
            cleaned["dials"] = dials.read(query, today=clock.today())
        except day_words.NotADay as error:
            is_about_known = query["known"] == dials.OTHER and cleaned["as_of"] <= clock.today()
            self.add_error("known_at" if is_about_known else "as_of", str(error))
        return cleaned

    def asked(self) -> dials.Dials:
        """Return the two dials of a form that is valid."""
        found: dials.Dials = self.cleaned_data["dials"]
        return found

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem with the id that the summary links to."""
        return problems.of_form(self)


def typed(day: dials.Dials) -> dict[str, Any]:
    """Return the dials as the form shows them, to be turned again."""
    known_on = clock.day_of(day.known_at) if day.known == dials.OTHER and day.known_at else None
    return {"as_of": day.as_of, "known": day.known, "known_at": known_on}
