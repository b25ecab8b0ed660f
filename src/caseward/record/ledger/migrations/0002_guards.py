"""Puts the database's own refusals on the ledger's tables."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caseward.record.ledger import triggers


def install(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards."""
    triggers.install(schema_editor.connection)


def lift(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the guards, when the tables themselves are about to go."""
    triggers.lift(schema_editor.connection)


class Migration(migrations.Migration):
    """Runs after the tables are there."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("ledger", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(install, lift)]
