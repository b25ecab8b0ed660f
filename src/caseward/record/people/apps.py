"""Tells Django of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app `people`."""

    name = "caseward.record.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
