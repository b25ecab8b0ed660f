"""The rows of this room."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from caseward.record.tables import Sensitivity, TableClass

ID_LENGTH = 36
DIGEST_LENGTH = 64


class ImportRun(models.Model):
    """One import: who made it, of what, and what became of every row.

    `options`, `files`, `totals` and `report` are JSON texts. `position` is where the record stood
    after the run, and `act_id` the act that brought its entries; both are empty where it brought none.
    """

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "options": "ordinary",
        "files": "ordinary",
        "sentence": "third_party",
        "totals": "ordinary",
        "report": "third_party",
    }

    run = models.CharField(max_length=ID_LENGTH, primary_key=True)
    by = models.CharField(max_length=100)
    began_at = models.DateTimeField()
    format_code = models.CharField(max_length=40)
    format_title = models.CharField(max_length=100)
    scheme = models.CharField(max_length=60)
    system = models.CharField(max_length=100, blank=True, default="")
    options = models.TextField(default="{}")
    files = models.TextField(default="[]")
    phase = models.CharField(max_length=12)
    sentence = models.TextField(blank=True, default="")
    totals = models.TextField(default="[]")
    report = models.TextField(blank=True, default="")
    act_id = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    position = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "imports_run"
        indexes: ClassVar = [models.Index(fields=["phase", "ended_at"], name="imports_run_ended")]

    def __str__(self) -> str:
        return f"{self.run} {self.phase}"


class ImportQuestion(models.Model):
    """A value of another system beside one that people recorded here: a person decides, once.

    `theirs` is the JSON text of what the file says; `entry` is the entry first recorded here, whose
    latest values stand against it.
    """

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "source": "ordinary",
        "theirs": "per_kind",
    }

    question = models.CharField(max_length=ID_LENGTH, primary_key=True)
    run = models.CharField(max_length=ID_LENGTH, db_index=True)
    child = models.CharField(max_length=ID_LENGTH, db_index=True)
    kind = models.CharField(max_length=100)
    source = models.CharField(max_length=300)
    entry = models.CharField(max_length=ID_LENGTH)
    why = models.CharField(max_length=20)
    theirs = models.TextField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    asked_at = models.DateTimeField()
    decided = models.CharField(max_length=6, blank=True, default="")
    decided_by = models.CharField(max_length=100, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    act_id = models.CharField(max_length=ID_LENGTH, blank=True, default="")

    class Meta:
        db_table = "imports_question"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child", "source", "digest", "entry"], name="one_question_a_value"
            ),
            models.CheckConstraint(
                condition=Q(decided__in=("", "theirs", "ours", "both")),
                name="question_decided_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.question}"


class ImportRule(models.Model):
    """From a moment on, who is believed of a kind of event: the other system, or us.

    The latest row of a kind stands; `believes` is empty where a person decides again.
    """

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    kind = models.CharField(max_length=100, db_index=True)
    believes = models.CharField(max_length=6, blank=True, default="")
    by = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "imports_rule"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(believes__in=("", "theirs", "ours")), name="rule_believes_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.believes}"


class ImportEcho(models.Model):
    """An entry recorded here that a file has since said too: the other system knows it now.

    `entry` is the entry first recorded; the first run that said it stands.
    """

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    entry = models.CharField(max_length=ID_LENGTH, primary_key=True)
    run = models.CharField(max_length=ID_LENGTH)
    said_at = models.DateTimeField()

    class Meta:
        db_table = "imports_echo"

    def __str__(self) -> str:
        return self.entry
