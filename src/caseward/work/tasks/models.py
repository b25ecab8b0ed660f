"""The rows of this room: each column is a field of `engine.tasks.Task` or `Episode`.

Columns of text hold a canonical JSON text where the field is more than one plain value.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from caseward.record.tables import Sensitivity, TableClass


class TaskRow(models.Model):
    """A task, as the engine says it; `id` is made from the key and stands in addresses."""

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        **dict.fromkeys(
            (
                "key",
                "episode",
                "parent",
                "fulfils",
                "owner",
                "owners_from",
                "limits",
                "met_by",
                "attempts",
                "ended_by",
                "waits_for",
                "needs",
                "already_late",
                "held",
                "unbound",
                "merged_with",
                "covered_by",
                "cannot_tell",
            ),
            "ordinary",
        ),
        **dict.fromkeys(("each", "keys", "delays", "ended_because", "receipt"), "per_kind"),
    }

    id = models.CharField(primary_key=True, max_length=36)
    key = models.TextField()
    child = models.CharField(max_length=36)
    procedure = models.CharField(max_length=100)
    episode = models.TextField()
    episode_number = models.IntegerField()
    step = models.CharField(max_length=100)
    role = models.CharField(max_length=30)
    part = models.CharField(max_length=100)
    parent = models.TextField()
    each = models.TextField()
    keys = models.TextField()
    ordinal = models.IntegerField()
    fulfils = models.TextField()
    owner = models.TextField()
    owners_from = models.TextField()
    taken_by = models.CharField(max_length=36)
    trigger_on = models.DateField()
    opened_on = models.DateField()
    first_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    limits = models.TextField()
    met_on = models.DateField(null=True)
    met_by = models.TextField()
    is_met_by_silence = models.BooleanField()
    is_stale = models.BooleanField()
    attempts = models.TextField()
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=30, null=True)  # noqa: DJ001 -- None is not "no status"
    ended_by = models.TextField()
    ended_because = models.TextField()
    waits_for = models.TextField()
    needs = models.TextField()
    planned_on = models.DateField(null=True)
    first_planned_on = models.DateField(null=True)
    delays = models.TextField()
    already_late = models.TextField()
    impossible_since = models.DateField(null=True)
    held = models.TextField()
    unbound = models.TextField()
    merged_with = models.TextField()
    suits_both_on = models.DateField(null=True)
    covered_by = models.TextField(default="")
    is_projected = models.BooleanField()
    is_provisional = models.BooleanField()
    is_listed = models.BooleanField()
    cannot_tell = models.TextField()
    receipt = models.TextField()

    class Meta:
        db_table = "tasks_task"
        indexes: ClassVar = [models.Index(fields=["child", "procedure"], name="task_of_child")]

    def __str__(self) -> str:
        return self.key


class EpisodeRow(models.Model):
    """An episode, as the engine says it."""

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = dict.fromkeys(
        ("key", "episode_key", "opened_by", "again", "closed_by", "held", "breaches"), "ordinary"
    )

    id = models.CharField(primary_key=True, max_length=36)
    key = models.TextField()
    child = models.CharField(max_length=36)
    procedure = models.CharField(max_length=100)
    number = models.IntegerField()
    episode_key = models.TextField()
    opened_on = models.DateField()
    opened_by = models.TextField()
    enters_at = models.CharField(max_length=100)
    again = models.TextField()
    closed_on = models.DateField(null=True)
    closed_by = models.TextField()
    edition_from = models.DateField()
    held = models.TextField()
    breaches = models.TextField()

    class Meta:
        db_table = "tasks_episode"
        indexes: ClassVar = [models.Index(fields=["child"], name="episode_of_child")]

    def __str__(self) -> str:
        return self.key


class SettledChild(models.Model):
    """Up to which of the authority's facts a child's rows are settled (S5).

    `rules` is the fingerprint of the law, calendar and settings that the rows follow from.
    `no_longer_arise` names the entries that speak of a task which does not arise (M38).
    """

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"no_longer_arise": "ordinary"}

    child = models.CharField(primary_key=True, max_length=36)
    authority_position = models.BigIntegerField()
    rules = models.CharField(max_length=64)
    no_longer_arise = models.TextField()

    class Meta:
        db_table = "tasks_settled_child"

    def __str__(self) -> str:
        return self.child
