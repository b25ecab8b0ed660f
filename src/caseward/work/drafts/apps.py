"""Tells Django of this room."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The app `drafts`."""

    name = "caseward.work.drafts"
    label = "drafts"
    default_auto_field = "django.db.models.BigAutoField"
