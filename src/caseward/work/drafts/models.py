"""The rows of this room."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from caseward.record.tables import Sensitivity, TableClass


class DraftRow(models.Model):
    """One form half filled in; `texts` is a JSON text, names of fields to what was typed."""

    table_class: ClassVar[TableClass] = "working"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"texts": "per_kind"}

    worker = models.CharField(max_length=36)
    child = models.CharField(max_length=36)
    kind = models.CharField(max_length=100)
    entry = models.CharField(max_length=36, blank=True, default="")
    task = models.CharField(max_length=36, blank=True, default="")
    texts = models.TextField()
    version = models.CharField(max_length=64)
    form = models.CharField(max_length=100)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "drafts_draft"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "child", "kind", "entry", "task"], name="one_draft_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version[:8]}"
