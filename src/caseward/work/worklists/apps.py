"""Tells Django of this room."""

from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    """The app `worklists`."""

    name = "caseward.work.worklists"
    label = "worklists"
    default_auto_field = "django.db.models.BigAutoField"
