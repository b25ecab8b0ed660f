"""Tells Django of this room, and of the reasons it may refuse to start."""

from django.apps import AppConfig
from django.core import checks


class LedgerConfig(AppConfig):
    """The app `ledger`."""

    name = "caseward.record.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start-up refusals as checks of the databases."""
        from caseward.record.ledger import startup  # noqa: PLC0415 -- needs the apps loaded

        checks.register(startup.check_databases, checks.Tags.database)
