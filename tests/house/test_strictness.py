"""The strictness that every test runs under is at work: each rule shown refusing something."""

import socket
import warnings
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.template import engines
from pytest_socket import SocketConnectBlockedError

from caseward.interfaces import clock
from tests import strictness
from tests.settings import IS_POSTGRESQL


def test_the_clock_stands_still(frozen_clock: strictness.FrozenClock) -> None:
    """The clock reads the same until a test moves it, and its London day follows it."""
    assert clock.now() == clock.now() == strictness.START
    frozen_clock.move_to(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 7, 1)


def test_a_warning_fails() -> None:
    """A warning is an error."""
    with pytest.raises(UserWarning, match="old way"):
        warnings.warn("old way", UserWarning, stacklevel=1)


def test_nothing_beyond_this_machine_is_reached() -> None:
    """A connection to another machine is refused before it is made."""
    with (
        socket.socket() as outward,
        pytest.raises((SocketConnectBlockedError, UserWarning), match="tried to use socket"),
    ):
        outward.connect(("192.0.2.1", 80))


def test_an_undefined_template_variable_fails() -> None:
    """A page that names what its view did not give fails, naming it."""
    template = engines["django"].from_string("{{ nobody.gave_this }}")
    with pytest.raises(pytest.fail.Exception, match=r"nobody\.gave_this"):
        template.render({})


def test_a_moment_is_refused_where_a_day_belongs() -> None:
    """A datetime given to a DateField fails; a date, and a datetime for a moment, do not."""
    day, moment = models.DateField(name="day"), models.DateTimeField(name="moment")
    with pytest.raises(TypeError, match="is a day and was given the moment"):
        day.get_prep_value(strictness.START)
    assert day.get_prep_value(strictness.START.date()) == date(2026, 3, 2)
    assert moment.get_prep_value(strictness.START) == strictness.START


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any_order() -> None:
    """A queryset that names no order is shuffled, iterated or not; an ordered one never."""
    for number in range(30):
        ContentType.objects.create(app_label="trial", model=f"trial_{number:02}")
    trials = ContentType.objects.filter(app_label="trial")
    assert len({tuple(row.pk for row in trials.all()) for _ in range(5)}) > 1
    assert len({tuple(row.pk for row in trials.all().iterator()) for _ in range(5)}) > 1
    assert len({tuple(row.pk for row in trials.order_by("pk")) for _ in range(5)}) == 1


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    """The run that says PostgreSQL is on PostgreSQL, and the other on a SQLite that is safe."""
    assert connection.vendor == ("postgresql" if IS_POSTGRESQL else "sqlite")
    if not IS_POSTGRESQL:
        with connection.cursor() as cursor:
            read = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "recursive_triggers", "secure_delete")
            }
        assert read == {
            "journal_mode": "wal",
            "synchronous": 2,
            "recursive_triggers": 1,
            "secure_delete": 1,
        }
    assert ("reads" in settings.DATABASES) is not IS_POSTGRESQL
