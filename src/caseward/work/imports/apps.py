"""Tells Django of this room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app `imports`."""

    name = "caseward.work.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
