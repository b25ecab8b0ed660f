"""What the summary at the top of a form says: each problem, linked to where it is put right."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One sentence, and the id of the input that it is about ("" for the whole form)."""

    sentence: str
    anchor: str = ""


def of_form(form: forms.BaseForm, *, about: str = "") -> list[FormProblem]:
    """Return a form's problems in the form's order, led by whom they are about where it is told."""
    lead = f"{about}: " if about else ""
    found = [FormProblem(sentence=f"{lead}{text}") for text in form.non_field_errors()]
    for field in form:
        anchor = getattr(field, "first_input_id", field.auto_id)
        found += [FormProblem(sentence=f"{lead}{text}", anchor=anchor) for text in field.errors]
    return found
