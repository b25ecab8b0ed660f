"""One recording under way: the forms of the child and of brothers and sisters, read as one."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseward.interfaces.govuk import day_words, problems
from caseward.interfaces.web import numbers
from caseward.interfaces.web.recording.forms import EntryForm, SiblingForm
from caseward.work import entries
from caseward.work.casework import happenings
from caseward.work.readings import shapes

# What a page adds of its own to be asked anew each time; the rest is carried from page to page.
_ASKED_ANEW = frozenset({"csrfmiddlewaretoken", "digest", "confirmed", "back", "later", "draft"})
# What the record was when the form was opened: kept with what was typed, so that what somebody
# else changed meanwhile is seen however late the form is saved (S7).
_SEEN = frozenset({"seq", "seen"})
WHY = "why"


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
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict)

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

    @property
    def is_touched(self) -> bool:
        """Tell whether anything says something else than the empty form did."""
        given = {field.name: _shown(field) for field in self.asked.fields}
        return any(
            text != given.get(name, "") for name, text in self.texts.items() if name not in _SEEN
        )

    @property
    def seen(self) -> int:
        """Return the place that the child's record had reached when the form was first opened."""
        return numbers.read(self.texts.get("seen", "")) or self.asked.child_seq

    @property
    def seq(self) -> str:
        """Return the place of the entry as it was when its correction was first opened."""
        return self.texts.get("seq", "") or str(self.asked.expected_seq or "")

    def beside(self, elsewhere: Mapping[str, str]) -> tuple[Compared, ...]:
        """Return what was typed into the same form elsewhere beside what was typed here (S7)."""
        rows = []
        for name, title, field in self._asked_for():
            stands, typed = elsewhere.get(name, ""), self.texts.get(name, "")
            if stands or typed:
                rows.append(
                    Compared(
                        title=title, stands=_as_typed(field, stands), typed=_as_typed(field, typed)
                    )
                )
        return tuple(rows)

    def _asked_for(self) -> Iterator[tuple[str, str, shapes.FormField | None]]:
        """Yield the name and title of everything that may be typed, with what declares it."""
        asked = {field.name: field for field in self.asked.fields}
        for field in self.asked.fields:
            yield field.name, field.title, field
        for form in self.siblings:
            yield form.included_name, f"About {form.name} too", None
            for name in form.fields:
                yield form.add_prefix(name), f"{form.name}: {asked[name].title}", asked[name]
        yield WHY, "Why it is corrected", None

    def _own_names(self) -> frozenset[str]:
        """What one child's answer must never say of another: seen, outcome, whose placement."""
        return frozenset(
            field.name
            for field in self.asked.fields
            if field.is_each or field.name.startswith("keys.")
        )

    def _included(self) -> list[SiblingForm]:
        return [form for form in self.siblings if form.is_included]


def sheet(
    asked: shapes.RecordForm,
    *,
    typed: Mapping[str, Any] | None = None,
    kept: Mapping[str, str] | None = None,
) -> Sheet:
    """Return the empty sheet of a kind, one filled with what was sent, or with what was kept."""
    main = EntryForm(asked.fields, typed=typed, kept=kept)
    siblings = tuple(
        SiblingForm(sibling, asked.fields, typed=typed, kept=kept) for sibling in asked.siblings
    )
    said = typed if typed is not None else (kept or {})
    return Sheet(
        asked=asked,
        main=main,
        siblings=siblings,
        typed=tuple(
            (name, str(text)) for name, text in (typed or {}).items() if name not in _ASKED_ANEW
        ),
        texts=texts_of(said),
    )


def texts_of(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what a person typed of what a browser sent, by the form's names; {} for nothing."""
    texts = {
        name: str(text) for name, text in said.items() if name not in _ASKED_ANEW and name != "key"
    }
    return texts if any(text for name, text in texts.items() if name not in _SEEN) else {}


def _shown(field: shapes.FormField) -> str:
    if field.value in (None, ""):
        return ""
    if field.type == "date":
        return day_words.typed_day(date.fromisoformat(str(field.value)))
    return "\n".join(field.value) if isinstance(field.value, (list, tuple)) else str(field.value)


def _as_typed(field: shapes.FormField | None, text: str) -> str:
    """A choice by its words; anything else as it was typed, for it need not be readable yet."""
    if not text:
        return "Nothing"
    if field is None or field.type == "yes_no":
        return text.capitalize() if text in ("yes", "no") else text
    return dict(field.choices).get(text, text)


def _words(field: shapes.FormField, value: Any) -> str:
    if value in (None, ""):
        return "Nothing"
    if field.type == "date":
        return day_words.long_day(date.fromisoformat(str(value)))
    if field.type == "yes_no":
        return str(value).capitalize()
    return dict(field.choices).get(str(value), str(value))
