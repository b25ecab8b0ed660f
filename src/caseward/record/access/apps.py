"""Tells Django of this room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The app `access`."""

    name = "caseward.record.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
