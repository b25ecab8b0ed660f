"""Databases made by copying go when their test ends; the settings are those of a test store."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import Settings

from tests.tampering import places


@pytest.fixture(autouse=True)
def _quiet_about_what_tests_change(settings: Settings) -> None:
    """Tests put an object where templates expect a text, and their PostgreSQL trades safety."""
    silenced = ["templates.E002", "caseward.E007"]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, *silenced]


@pytest.fixture
def _copies_go(transactional_db: None) -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    yield
    assert connection.settings_dict["NAME"] == name
    places.forget_all()
