"""One recording under way: the forms of the child and of brothers and sisters, read as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseward.interfaces.govuk import day_words, problems
from caseward.interfaces.web.recording.forms import EntryForm, SiblingForm
from caseward.work import entries
from caseward.work.casework import happenings
from caseward.work.readings import shapes

# What the page adds of its own; everything else in the form is what the person typed.
_OWN_NAMES = ("csrfmiddlewaretoken", "digest", "confirmed", "back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One field of an entry as it now stands beside what was typed into it."""

    title: str
    stands: str
    typed: str

    @property
    def differs(self) -> bool:
        """Tell whether the two say different things."""
        return self.stands != self.typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The forms of one kind for a child and the brothers and sisters it may also be about."""

    asked: shapes.RecordForm
    main: EntryForm
    siblings: tuple[SiblingForm, ...]
    typed: tuple[tuple[str, str], ...] = ()

    def is_valid(self) -> bool:
        """Tell whether every form that is about somebody can be read."""
        return all([self.main.is_valid(), *[form.is_valid() for form in self._included()]])

    def what(self) -> happenings.WhatHappened:
        """Return what happened as the verbs take it.

        Errors: errors.Refused, its problems named by field and child.
        """
        included = self._included()
        values = self.main.values()
        own = self._own_names() if included else frozenset()
        return happenings.read(
            self.asked.kind,
            children=(self.asked.child_id, *[form.child_id for form in included]),
            values={name: text for name, text in values.items() if name not in own},
            each={
                self.asked.child_id: {name: values[name] for name in own & values.keys()},
                **{form.child_id: form.values() for form in included},
            },
        )

    def take_problems(self, refused: Iterable[shapes.Problem | entries.Problem]) -> None:
        """Show each refusal beside the field and the child that it is about."""
        by_child = {form.child_id: form for form in self.siblings}
        for problem in refused:
            child = problem.child_id if isinstance(problem, shapes.Problem) else problem.child
            form: EntryForm = by_child.get(child, self.main)
            form.take_problem(problem.field, problem.sentence)

    def problems(self) -> list[problems.FormProblem]:
        """Return every problem for the summary, a brother's or sister's led by their name."""
        found = problems.of_form(self.main) if self.main.is_bound else []
        for form in self._included():
            found += problems.of_form(form, about=form.name)
        return found

    @property
    def compared(self) -> tuple[Compared, ...]:
        """Return each field as it now stands and as typed, both in words (S7)."""
        typed = self.main.values() if self.main.is_valid() else {}
        return tuple(
            Compared(
                title=field.title,
                stands=_words(field, field.value),
                typed=_words(field, typed.get(field.name)),
            )
            for field in self.asked.fields
        )

    def _own_names(self) -> frozenset[str]:
        """What one child's answer must never say of another: seen, outcome, whose placement."""
        return frozenset(
            field.name
            for field in self.asked.fields
            if field.is_each or field.name.startswith("keys.")
        )

    def _included(self) -> list[SiblingForm]:
        return [form for form in self.siblings if form.is_included]


def sheet(asked: shapes.RecordForm, *, typed: Mapping[str, Any] | None = None) -> Sheet:
    """Return the empty sheet of a kind, or one filled with what was typed."""
    return Sheet(
        asked=asked,
        main=EntryForm(asked.fields, typed=typed),
        siblings=tuple(
            SiblingForm(sibling, asked.fields, typed=typed) for sibling in asked.siblings
        ),
        typed=tuple(
            (name, str(text)) for name, text in (typed or {}).items() if name not in _OWN_NAMES
        ),
    )


def _words(field: shapes.FormField, value: Any) -> str:
    if value in (None, ""):
        return "Nothing"
    if field.type == "date":
        return day_words.long_day(date.fromisoformat(str(value)))
    if field.type == "yes_no":
        return str(value).capitalize()
    return dict(field.choices).get(str(value), str(value))
