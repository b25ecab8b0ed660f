"""Tells Django of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app `ledger`."""

    name = "caseward.record.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
