"""Every table says what sort of truth it is, and every field how private it is."""

from collections.abc import Iterable
from typing import Any, get_args

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from caseward.record import tables

CLASSES = frozenset(get_args(tables.TableClass))
SENSITIVITIES = frozenset(get_args(tables.Sensitivity))
WORDS_FROM = 200


def our_models() -> list[type[models.Model]]:
    """Return every model of Caseward's own, those Django makes for a relation left out."""
    return [
        model
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("caseward.")
    ]


def undeclared(found: Iterable[type[Any]]) -> list[str]:
    """Return what each table leaves unsaid or says wrongly."""
    faults = []
    for model in found:
        name = model.__name__
        if getattr(model, "table_class", None) not in CLASSES:
            faults.append(f"{name} does not say its table_class ({', '.join(sorted(CLASSES))})")
        faults += [f"{name} {fault}" for fault in _privacy_faults(model)]
        if model._meta.ordering:
            faults.append(f"{name} has an order of its own: say the order where rows are read")
    return faults


def _privacy_faults(model: type[Any]) -> Iterable[str]:
    declared = model.__dict__.get("sensitivity")
    if not isinstance(declared, dict):
        yield "does not itself say the sensitivity of its fields"
        return
    known = {field.name for field in model._meta.fields}
    wordy = {field.name for field in model._meta.fields if _holds_words(field)}
    yield from (f"says no sensitivity of {name}" for name in sorted(wordy - set(declared)))
    yield from (f"has no field {name}" for name in sorted(set(declared) - known))
    yield from (
        f"says {said!r} of {name}, which is no sensitivity"
        for name, said in sorted(declared.items())
        if said not in SENSITIVITIES
    )


def _holds_words(field: Any) -> bool:
    """Return whether a field can hold what somebody wrote; ids, codes and days are ordinary."""
    if field.primary_key or field.is_relation:
        return False
    if isinstance(field, models.CharField):
        return (field.max_length or WORDS_FROM) >= WORDS_FROM
    return isinstance(field, models.TextField | models.JSONField)


def test_every_table_is_declared() -> None:
    """Each table is fact, register, projection or working, and each field has its privacy."""
    assert undeclared(our_models()) == []


@pytest.mark.django_db(databases="__all__")
def test_every_change_of_a_table_has_its_migration() -> None:
    """The migrations kept make the tables that the models describe."""
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_control_tables() -> None:
    """The check goes red on a table that says nothing, or says a wrong thing."""

    class Bare(models.Model):
        note = models.TextField()

        class Meta:
            app_label = "trial"
            ordering = ("note",)

    class Wrong(models.Model):
        note = models.TextField()
        address = models.CharField(max_length=300)
        table_class = "rumour"
        sensitivity = {"note": "shared", "gone": "ordinary"}  # noqa: RUF012 -- it is a bad example

        class Meta:
            app_label = "trial"

    try:
        assert len(undeclared([Bare])) == 3
        assert len(undeclared([Wrong])) == 4
    finally:
        apps.all_models.pop("trial", None)
        apps.clear_cache()
