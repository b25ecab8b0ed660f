"""Choosing what is imported: the files, what they are, and which system they come from."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from caseward.interfaces import clock
from caseward.interfaces.govuk import fields
from caseward.work.exchange.imports import formats, of_authority

MOST_MEGABYTES = 500
MOST_FILES = 60
TRACKER = "tracker"
SNAPSHOT = "annex_a"


class Files(forms.FileInput):
    """Several files chosen at once."""

    template_name = "govuk/widgets/files.html"
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each must hold something."""

    widget = Files

    def clean(self, sent_files: Any, initial: Any = None) -> Any:
        """Return the files as a list."""
        many = isinstance(sent_files, list | tuple)
        sent: Sequence[Any] = sent_files if many else [sent_files] if sent_files else []
        if not sent:
            return [super().clean(None, initial)]
        if len(sent) > MOST_FILES:
            raise ValidationError(
                f"These are {len(sent)} files, more than the {MOST_FILES} of one export. Choose fewer, "
                "or a zip of them."
            )
        return [super(FilesField, self).clean(one, initial) for one in sent]


class ImportForm(forms.Form):
    """The files of one import."""

    sent = FilesField(
        label="Files",
        help_text=(
            "All files of the export, or a zip of them; a workbook or an XML file alone. CSV files as "
            f"“CSV UTF-8”. At most {MOST_FILES} files and {MOST_MEGABYTES} MB together."
        ),
        error_messages={
            "required": "Choose the files to import.",
            "empty": "One of the files is empty. Export it again.",
        },
    )
    format_code = forms.ChoiceField(
        label="What are they?",
        required=False,
        widget=fields.Buttons,
        initial="",
    )
    extract_day = fields.DayField(
        today=clock.today,
        label="Which day do they show?",
        required=False,
        help_text="The day of the extract, where the files do not say it: of Annex A it must be said.",
    )
    system = forms.CharField(
        label="Which system do they come from?",
        required=False,
        max_length=60,
        help_text="What people call it. It is named on every page as the one last refreshed from.",
        widget=fields.Text(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    scheme = forms.CharField(
        label="Whose numbers of children do they use?",
        required=False,
        max_length=60,
        help_text="Leave it empty where it is the authority’s own number of the child.",
        widget=fields.Text(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    other_authority = forms.MultipleChoiceField(
        label="Are they of another local authority?",
        required=False,
        choices=[("yes", "Yes, of another authority")],
        help_text="Tick it only where another authority’s children are meant to come in here.",
        widget=fields.Ticks,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what: Any = self.fields["format_code"]
        told = [(each.code, each.title) for each in formats.known()]
        what.choices = [("", "Tell by the names of the files"), *told]

    def clean(self) -> dict[str, Any]:
        """A snapshot needs its day, and no extract is of a day to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("extract_day")
        if day is not None and day > clock.today():
            self.add_error("extract_day", "The day of the extract lies ahead. Put it right.")
        if cleaned.get("format_code") == SNAPSHOT and day is None and not self.errors:
            self.add_error("extract_day", "Say which day the Annex A workbook shows.")
        return cleaned

    def options(self) -> dict[str, Any]:
        """Return what of the answers is for the reading of the files."""
        day = self.cleaned_data.get("extract_day")
        said: dict[str, Any] = {"extract_day": day.isoformat()} if day is not None else {}
        if self.cleaned_data.get("other_authority"):
            said[of_authority.OTHER] = True
        return said
