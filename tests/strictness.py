"""Makes carelessness fail: chance orders, days with a time in them, a clock that moves.

Warnings as errors, random order, closed sockets and undefined template variables are set in
`pyproject.toml`; what needs code is here. `tests/house/test_strictness.py` shows each at work.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import DateField, DateTimeField
from django.db.models.query import QuerySet

from caseward.interfaces import clock

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class FrozenClock:
    """The clock as tests have it: it moves when told to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def move_to(self, moment: datetime) -> None:
        """Set the moment that everything asks for from now on."""
        if moment.tzinfo is None:
            raise ValueError("A moment needs a time zone: datetime(..., tzinfo=UTC).")
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it stands at, as `clock.now` would."""
        return self.moment


@pytest.fixture(autouse=True)
def frozen_clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """The clock stands still at 09:30 on Monday 2 March 2026 until a test moves it."""
    frozen = FrozenClock(START)
    monkeypatch.setattr(clock, "now", frozen.now)
    return frozen


@pytest.fixture(autouse=True, scope="session")
def _chance_order() -> Iterator[None]:
    """Rows asked for without an order come in any order, as a database may give them."""
    with pytest.MonkeyPatch.context() as patch:
        shuffle_unordered(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _days_without_time() -> Iterator[None]:
    """A moment put where a day belongs fails instead of losing its time silently."""
    with pytest.MonkeyPatch.context() as patch:
        refuse_moments_as_days(patch)
        yield


def shuffle_unordered(patch: pytest.MonkeyPatch) -> None:
    """Shuffle the rows of every queryset that names no order."""
    fetch_all = QuerySet._fetch_all
    iterate = QuerySet._iterator  # type: ignore[attr-defined]

    def shuffled_fetch_all(rows: Any) -> None:
        is_fresh = rows._result_cache is None
        fetch_all(rows)
        if is_fresh and _has_chance_order(rows):
            random.shuffle(rows._result_cache)

    def shuffled_iterate(rows: Any, *arguments: Any) -> Iterator[Any]:
        found = iterate(rows, *arguments)
        if not _has_chance_order(rows):
            return iter(found)
        kept = list(found)
        random.shuffle(kept)
        return iter(kept)

    patch.setattr(QuerySet, "_fetch_all", shuffled_fetch_all)
    patch.setattr(QuerySet, "_iterator", shuffled_iterate)


def _has_chance_order(rows: Any) -> bool:
    return not rows.ordered and not rows.query.is_sliced


def refuse_moments_as_days(patch: pytest.MonkeyPatch) -> None:
    """Make a DateField refuse a datetime, both when it is set and when it is looked for."""
    prepare = DateField.get_prep_value

    def strict_prepare(field: Any, value: Any) -> Any:
        if isinstance(value, datetime) and not isinstance(field, DateTimeField):
            raise TypeError(f"{field} is a day and was given the moment {value!r}.")
        return prepare(field, value)

    patch.setattr(DateField, "get_prep_value", strict_prepare)
