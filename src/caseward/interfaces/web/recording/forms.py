"""The form of a kind of entry, made from the fields that the kind declares."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import forms

from caseward.interfaces import clock
from caseward.interfaces.govuk import fields
from caseward.work.readings import shapes

_DAY_HINT = "For example 17/5/2026, or the word today."


class EntryForm(forms.Form):
    """What happened to one child: the fields of the kind, none of them known before it is asked.

    `typed` is what was sent, to be checked; `kept` is what was typed before, shown as it was typed
    and not yet judged.
    """

    def __init__(
        self,
        asked: Iterable[shapes.FormField],
        *,
        typed: Mapping[str, Any] | None = None,
        kept: Mapping[str, str] | None = None,
        prefix: str | None = None,
    ) -> None:
        asked = tuple(asked)
        given = {field.name: field.value for field in asked if field.value is not None}
        shown = _shown(asked, given) | _kept(asked, kept or {}, prefix)
        super().__init__(data=typed, initial=shown, prefix=prefix)
        for field in asked:
            self.fields[field.name] = _field(field)

    def values(self) -> dict[str, str]:
        """Return what was typed as the verbs take it: days and times in one form, blanks left out."""
        texts = {name: _text(value) for name, value in self.cleaned_data.items()}
        return {name: text for name, text in texts.items() if text}

    def take_problem(self, field: str, sentence: str) -> None:
        """Show a refusal beside its field, or over the whole form where it is about none."""
        self.add_error(field if field in self.fields else None, sentence)


class SiblingForm(EntryForm):
    """The same for a brother or sister: whether it is about them, and what differs for them."""

    def __init__(
        self,
        sibling: tuple[str, str],
        asked: Iterable[shapes.FormField],
        *,
        typed: Mapping[str, Any] | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        self.child_id, self.name = sibling
        each = [field for field in asked if field.is_each]
        super().__init__(each, typed=typed, kept=kept, prefix=f"each.{self.child_id}")
        self.included_name = self.add_prefix("included")
        said = typed if typed is not None else kept
        self.is_included = bool(said and said.get(self.included_name))
        if not self.is_included:
            # Nothing is asked of a child whom it is not about.
            for field in self.fields.values():
                field.required = False

    @property
    def included_id(self) -> str:
        """Return the id of the box that says it is about this child too."""
        return "id_" + self.included_name.replace(".", "-")


def _field(asked: shapes.FormField) -> forms.Field:
    common: dict[str, Any] = {
        "label": asked.title,
        "required": asked.is_required,
        "help_text": asked.hint,
        "error_messages": {"required": _missing(asked)},
    }
    if asked.type == "date":
        common["help_text"] = asked.hint or _DAY_HINT
        return fields.DayField(today=clock.today, **common)
    if asked.type == "time":
        common["help_text"] = asked.hint or "For example 14:30."
        return fields.TimeField(**common)
    if asked.type == "yes_no":
        return fields.yes_or_no(**common)
    if asked.name.startswith("keys.") and len(asked.choices) == 1 and asked.value:
        # There is but one placement, meeting or plan that it can belong to: nothing to ask.
        return forms.CharField(widget=forms.HiddenInput, **common)
    if asked.choices:
        return fields.choice_field(asked.choices, **common)
    if asked.type == "names":
        common["help_text"] = asked.hint or "One on each line."
        return forms.CharField(widget=fields.LongText, **common)
    if asked.type == "long_text":
        return forms.CharField(widget=fields.LongText, **common)
    return forms.CharField(widget=fields.Text(attrs={"autocomplete": "off"}), **common)


def _missing(asked: shapes.FormField) -> str:
    if asked.choices or asked.type == "yes_no":
        return f"Choose an answer to “{asked.title}”."
    if asked.type == "date":
        return f"Enter a date for “{asked.title}”."
    return f"Fill in “{asked.title}”."


def _shown(asked: Iterable[shapes.FormField], given: Mapping[str, Any]) -> dict[str, Any]:
    """Values come as ISO text from the record; a day or a time is shown as people type it."""
    shown: dict[str, Any] = dict(given)
    for field in asked:
        value = given.get(field.name)
        if field.type == "date" and isinstance(value, str) and value:
            shown[field.name] = date.fromisoformat(value)
        if field.type == "names" and isinstance(value, (list, tuple)):
            shown[field.name] = "\n".join(value)
    return shown


def _kept(
    asked: Iterable[shapes.FormField], kept: Mapping[str, str], prefix: str | None
) -> dict[str, str]:
    """What was typed before takes the place of what the record gives, a box made empty too."""
    names = {field.name: f"{prefix}-{field.name}" if prefix else field.name for field in asked}
    return {field: kept[name] for field, name in names.items() if name in kept}


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value if value is not None else "").strip()
