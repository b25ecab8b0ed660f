"""The shipped law read once, for the tests of this folder."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from caseward.interfaces import shipped
from caseward.rules.calendars import reading as calendars
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts import reading as facts
from caseward.rules.procedures import examples, reading, settings
from caseward.rules.procedures.examples import Example
from caseward.rules.procedures.model import Edition, Procedure, Step


@cache
def texts() -> shipped.LawTexts:
    """Return the texts of the release."""
    return shipped.law_texts()


@cache
def rulebook() -> Rulebook:
    """Return all the shipped law with the default of every setting."""
    vocabulary = facts.read_vocabulary(texts().kinds)
    return Rulebook(
        vocabulary=vocabulary,
        procedures=tuple(
            reading.read_procedure(text, path=path, vocabulary=vocabulary)
            for path, text in texts().procedures.items()
        ),
        calendar=calendars.read_calendar(texts().calendar, path=texts().calendar_path),
        settings=settings.defaults(declared()),
    )


@cache
def declared() -> Mapping[str, settings.DeclaredSetting]:
    """Return the declared settings by name."""
    return settings.read_settings(texts().settings)


@cache
def all_examples() -> tuple[Example, ...]:
    """Return every worked example of every file."""
    return tuple(
        example
        for path, text in texts().examples.items()
        for example in examples.read_examples(text, path=path)
    )


def all_examples_of(procedure: str) -> tuple[Example, ...]:
    """Return the worked examples of one procedure, in the file's order."""
    return tuple(example for example in all_examples() if example.procedure == procedure)


def alone(procedure: Procedure) -> Rulebook:
    """Return a rulebook with one procedure, adopted from its first edition."""
    return replace(rulebook(), procedures=(procedure,), adopted=None)


def steps() -> list[tuple[Procedure, Edition, Step]]:
    """Return every step of every edition with where it stands."""
    return [
        (procedure, edition, step)
        for procedure in rulebook().procedures
        for edition in procedure.editions
        for step in edition.steps
    ]
