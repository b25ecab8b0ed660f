"""The rows of this room."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models

from caseward.record.tables import Sensitivity, TableClass
from caseward.work.tasks.models import TaskRow

# Stands for "no day": a row without a date sorts after every date, and every list is one range.
NEVER = date.max


class OwedTask(models.Model):
    """A task that a role owes, with all that a list filters, sorts and counts by.

    From `opens_on` to `leaves_on` (half-open, NEVER where nothing ends it) it may be on a list, by
    `list_on` (NEVER without a date). `dated` says what that day is: a due day, a usual one, one
    that holds once a meeting is arranged, or none: it waits, or has no limit. Where several roles
    owe a task each has a row, and `is_first` marks the one by which it is listed once.
    """

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    id = models.CharField(primary_key=True, max_length=60)
    # No constraint: the tasks room settles first, and drops a task before this room drops its row.
    task = models.ForeignKey(
        TaskRow, on_delete=models.DO_NOTHING, db_constraint=False, related_name="owed"
    )
    child = models.CharField(max_length=36)
    role = models.CharField(max_length=100)
    is_first = models.BooleanField()
    procedure = models.CharField(max_length=100)
    step = models.CharField(max_length=100)
    opens_on = models.DateField()
    leaves_on = models.DateField()
    dated = models.CharField(max_length=20)
    list_on = models.DateField()
    opened_on = models.DateField()
    planned_on = models.DateField(null=True)

    class Meta:
        db_table = "worklists_owed"
        indexes: ClassVar = [
            models.Index(fields=["child", "role"], name="owed_of_child"),
            # One heading of a list is one range of one of these, already in its order.
            models.Index(fields=["dated", "list_on", "opened_on", "id"], name="owed_by_day"),
            models.Index(
                fields=["role", "dated", "list_on", "opened_on", "id"], name="owed_by_role"
            ),
            models.Index(
                fields=["procedure", "step", "dated", "list_on", "opened_on", "id"],
                name="owed_by_step",
            ),
            models.Index(
                fields=["planned_on"],
                name="owed_by_planned_day",
                condition=models.Q(planned_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.id
