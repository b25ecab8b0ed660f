"""Form fields as GOV.UK shows them: days and times as people type them, choices as buttons."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from caseward.interfaces.govuk import day_words

# More than this and buttons are slower to read than a list.
_MOST_BUTTONS = 8


class Text(forms.TextInput):
    """One line of text."""

    template_name = "govuk/widgets/text.html"


class LongText(forms.Textarea):
    """Several lines of text."""

    template_name = "govuk/widgets/long_text.html"


class Day(forms.TextInput):
    """A day in one box, with MOJ's picker where there is JavaScript."""

    template_name = "govuk/widgets/day.html"

    def format_value(self, value: Any) -> str | None:
        """Show a stored day as people type it; leave what was typed as it was typed."""
        return day_words.typed_day(value) if isinstance(value, date) else value


class Clock(forms.TextInput):
    """A time of day in one box."""

    template_name = "govuk/widgets/clock.html"

    def format_value(self, value: Any) -> str | None:
        """Show a stored time as 14:30; leave what was typed as it was typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class Buttons(forms.RadioSelect):
    """One of a few, each a radio button."""

    template_name = "govuk/widgets/buttons.html"
    use_fieldset = True


class Ticks(forms.CheckboxSelectMultiple):
    """Any of a few, each a box to tick."""

    template_name = "govuk/widgets/ticks.html"
    use_fieldset = True


class ListOfOne(forms.Select):
    """One of many, in a list."""

    template_name = "govuk/widgets/list_of_one.html"


class DayField(forms.Field):
    """A day, typed in any of the ways in which people type days."""

    widget = Day

    def __init__(self, *, today: Callable[[], date], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def clean(self, value: Any) -> date | None:
        """Return the day; an empty box is no day, and asks for one where it must be given."""
        if not str(value or "").strip():
            super().validate(None)
            return None
        try:
            return day_words.read_day(str(value), today=self.today())
        except day_words.NotADay as error:
            raise ValidationError(str(error)) from error


class TimeField(forms.Field):
    """A time of day, typed in any of the ways in which people type times."""

    widget = Clock

    def clean(self, value: Any) -> time | None:
        """Return the time; an empty box is no time, and asks for one where it must be given."""
        if not str(value or "").strip():
            super().validate(None)
            return None
        try:
            return day_words.read_time(str(value))
        except day_words.NotATime as error:
            raise ValidationError(str(error)) from error


def yes_or_no(**kwargs: Any) -> forms.ChoiceField:
    """Return a question answered yes or no, its two buttons side by side."""
    side_by_side = Buttons(attrs={"class": "govuk-radios--inline"})
    return forms.ChoiceField(choices=(("yes", "Yes"), ("no", "No")), widget=side_by_side, **kwargs)


def choice_field(choices: tuple[tuple[str, str], ...], **kwargs: Any) -> forms.ChoiceField:
    """Return a choice as buttons where they are few, as a list where they are many."""
    if len(choices) <= _MOST_BUTTONS:
        return forms.ChoiceField(choices=choices, widget=Buttons, **kwargs)
    listed = [("", "Choose one"), *choices]
    return forms.ChoiceField(choices=listed, widget=ListOfOne, **kwargs)
