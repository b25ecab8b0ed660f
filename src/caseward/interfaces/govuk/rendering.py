"""How Django's forms become GOV.UK form groups: one template a field, ids that links can name."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting


class GovukBoundField(BoundField):
    """A field whose id holds no dots, so that links and style sheets can name it."""

    @property
    def auto_id(self) -> str:
        """Return the id of the field's input."""
        return str(super().auto_id).replace(".", "-")

    @property
    def is_choice(self) -> bool:
        """Tell whether the field is a group of buttons under one legend."""
        return bool(self.use_fieldset)

    @property
    def first_input_id(self) -> str:
        """Return the id that an error message links to: the input, or the first of its buttons."""
        return f"{self.auto_id}_0" if self.is_choice else self.auto_id

    @property
    def described_by(self) -> str:
        """Return the ids of the hint and the error, for a legend's group."""
        parts = [f"{self.auto_id}_helptext"] if self.help_text else []
        return " ".join([*parts, *([f"{self.auto_id}_error"] if self.errors else [])])


class GovukRenderer(TemplatesSetting):
    """Renders forms from the project's templates, each field by `govuk/field.html`."""

    field_template_name = "govuk/field.html"
    bound_field_class: Any = GovukBoundField
