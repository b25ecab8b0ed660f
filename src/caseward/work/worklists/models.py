"""The rows of this room."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from caseward.record.tables import Sensitivity, TableClass
from caseward.work.tasks.models import TaskRow


class OwedTask(models.Model):
    """A task that a role owes; from `opens_on` to `leaves_on` (half-open) it may be on a list."""

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    id = models.CharField(primary_key=True, max_length=60)
    # No constraint: the tasks room settles first, and drops a task before this room drops its row.
    task = models.ForeignKey(
        TaskRow, on_delete=models.DO_NOTHING, db_constraint=False, related_name="owed"
    )
    child = models.CharField(max_length=36)
    role = models.CharField(max_length=100)
    opens_on = models.DateField()
    leaves_on = models.DateField(null=True)

    class Meta:
        db_table = "worklists_owed"
        indexes: ClassVar = [
            models.Index(fields=["role", "child"], name="owed_by_role"),
            models.Index(fields=["child"], name="owed_of_child"),
        ]

    def __str__(self) -> str:
        return self.id
