"""The ledger's tables. Rows are written by `writing` alone and never changed (`triggers`).

Ids are text, not the databases' own uuid type: the two databases then sort, join and hash them
alike, and the authority's stream has a word for its id.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from caseward.record.tables import Sensitivity, TableClass

ID_LENGTH = 36
HASH_LENGTH = 64


class Stream(models.Model):
    """One stream and where it stands; its row is the lock that writers of it take (S2)."""

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=9)
    public_id = models.CharField(max_length=ID_LENGTH)
    seq = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=HASH_LENGTH, default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "public_id"], name="stream_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("child", "person", "authority")), name="stream_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class ActRow(models.Model):
    """One act as it was done, with the digest of its input and the answer it was given (S1)."""

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "key": "ordinary",
        "why": "third_party",
        "answer": "per_kind",
    }

    act_id = models.CharField(max_length=ID_LENGTH, primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    via = models.CharField(max_length=20)
    why = models.TextField(blank=True, default="")
    acting_for = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    input_digest = models.CharField(max_length=HASH_LENGTH)
    answer = models.TextField()
    hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        db_table = "ledger_act"

    def __str__(self) -> str:
        return self.act_id


class Entry(models.Model):
    """One row of a stream: its place, its act, and the hashes that hold it there (S3)."""

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.CharField(max_length=ID_LENGTH, unique=True)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, db_index=False)
    seq = models.BigIntegerField()
    act = models.ForeignKey(ActRow, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField(db_index=True)
    commitment = models.CharField(max_length=HASH_LENGTH)
    previous_hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    hash = models.CharField(max_length=HASH_LENGTH)
    store_hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_seq_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="entry_position_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.position} {self.entry_id}"


class Payload(models.Model):
    """What an entry says: salt, canonical text, and the columns that queries need.

    The text is plain text and never jsonb, which would reorder what was hashed.
    """

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"text": "per_kind", "source": "ordinary"}

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, db_column="position"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()
    kind = models.CharField(max_length=100, db_index=True)
    occurred_on = models.DateField()
    occasion = models.CharField(max_length=ID_LENGTH, blank=True, default="")
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = (models.Index("occasion", name="payload_occasion", condition=~Q(occasion="")),)

    def __str__(self) -> str:
        return self.kind


class Disposal(models.Model):
    """Two people's leave to remove one payload: without it the database refuses (S3)."""

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    of_position = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="disposals")
    proposed_act = models.ForeignKey(ActRow, on_delete=models.PROTECT, related_name="proposals")
    agreed_act = models.ForeignKey(ActRow, on_delete=models.PROTECT, related_name="agreements")

    def __str__(self) -> str:
        return f"of {self.of_position}"


class LawText(models.Model):
    """A text that the authority adopted (procedure, kinds, calendar), under its fingerprint (S5)."""

    table_class: ClassVar[TableClass] = "fact"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"text": "ordinary"}

    fingerprint = models.CharField(max_length=HASH_LENGTH, primary_key=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.fingerprint


class Maintenance(models.Model):
    """A time in which pages can be read and nothing is saved: why, and until when if that is known.

    `name` says who began it. What nobody ended, because its process was, counts no more after
    `lapses_at`.
    """

    table_class: ClassVar[TableClass] = "working"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"why": "ordinary"}

    name = models.CharField(max_length=20, primary_key=True)
    why = models.CharField(max_length=300)
    until = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
