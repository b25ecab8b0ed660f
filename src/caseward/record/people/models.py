"""The tables of people: all of them projections, written by `settle` alone.

A row's id is the public id of its stream, or of the entry that first said it. Links are ids with
an index and no constraint in the database: streams are settled one by one and in any order, and a
link may point at a stream that is settled later.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models

from caseward.record.tables import Sensitivity, TableClass

ID_LENGTH = 36
NAME_LENGTH = 300
KEY_LENGTH = 2_000
CODE_LENGTH = 100
# Stands for "no day" where a list is one range of days.
NEVER = date.max


class Projection(models.Model):
    """What every table here has: its class, its fields' classes, its id."""

    table_class: ClassVar[TableClass] = "projection"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    id = models.CharField(max_length=ID_LENGTH, primary_key=True)

    # Said here so that code over several of these tables can ask each for its rows.
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.id


class Child(Projection):
    """A child, born or unborn (B2); `name` is a working name until the birth or a renaming.

    `search_words` and `search_number` are what `search` finds the row by.
    """

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "name": "ordinary",
        "family_name": "ordinary",
        "known_as": "ordinary",
        "sort_key": "ordinary",
        "search_words": "third_party",
    }

    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    known_as = models.CharField(max_length=NAME_LENGTH, blank=True)
    sort_key = models.CharField(max_length=KEY_LENGTH, blank=True, db_index=True)
    search_words = models.TextField(blank=True)
    search_number = models.BigIntegerField(db_index=True)
    is_working_name = models.BooleanField(default=False)
    sex = models.CharField(max_length=CODE_LENGTH, blank=True)
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    joined_to = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        indexes = (models.Index("joined_to", name="child_joined_to"),)


class Person(Projection):
    """An adult, with what must be known before one writes to them (B7)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "name": "ordinary",
        "family_name": "ordinary",
        "known_as": "ordinary",
        "sort_key": "ordinary",
        "search_words": "ordinary",
        "language": "ordinary",
        "reading_needs": "ordinary",
        "access_needs": "ordinary",
    }

    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    known_as = models.CharField(max_length=NAME_LENGTH, blank=True)
    sort_key = models.CharField(max_length=KEY_LENGTH, blank=True, db_index=True)
    search_words = models.TextField(blank=True)
    search_number = models.BigIntegerField(db_index=True)
    born_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=NAME_LENGTH, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    reading_needs = models.TextField(blank=True)
    access_needs = models.TextField(blank=True)


class OfPerson(Projection):
    """A row that hangs on an adult and holds between two days (half-open)."""

    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class WayToReach(OfPerson):
    """A way to reach an adult, and whether it is safe to use (B7)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "address": "restricted_address",
        "note": "third_party",
    }

    way = models.CharField(max_length=CODE_LENGTH)
    address = models.TextField(blank=True)
    is_safe = models.BooleanField()
    note = models.TextField(blank=True)


class OfChild(Projection):
    """A row that hangs on a child and holds between two days (half-open)."""

    child = models.CharField(max_length=ID_LENGTH, db_index=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class PersonInvolved(OfChild):
    """What an adult is to a child, and whether they may know that the child is known here (B7)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"note": "third_party"}

    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    relationship = models.CharField(max_length=CODE_LENGTH)
    may_know_of_child = models.BooleanField()
    lives_with_child = models.BooleanField()
    note = models.TextField(blank=True)


class ParentalResponsibility(OfChild):
    """Who shares parental responsibility, from what source, between which days (B7)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    source = models.CharField(max_length=CODE_LENGTH)


class MeetingBar(OfChild):
    """Two adults who must not meet (B7)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"reason": "third_party"}

    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    other_person = models.CharField(max_length=ID_LENGTH)
    reason = models.TextField(blank=True)


class SiblingLink(OfChild):
    """A sibling, with what this child's record says of them (M37)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "born_on": "third_party",
        "is_on_plan": "third_party",
        "is_same_household": "third_party",
    }

    sibling = models.CharField(max_length=ID_LENGTH, db_index=True)
    born_on = models.DateField(null=True, blank=True)
    is_on_plan = models.BooleanField(null=True)
    is_same_household = models.BooleanField(null=True)


class NamedAccess(OfChild):
    """A worker on the list of those who alone may see a record of named access."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    id = models.CharField(max_length=ID_LENGTH + 9, primary_key=True)
    worker = models.CharField(max_length=ID_LENGTH)


class OutsideId(OfChild):
    """The number by which another system knows the child, kept apart from our own ids."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"value": "third_party"}

    scheme = models.CharField(max_length=CODE_LENGTH)
    value = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        indexes = (models.Index("scheme", "value", name="outside_id_value"),)


class Worker(Projection):
    """Somebody who works for the authority; not an account, which signs in."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "name": "ordinary",
        "family_name": "ordinary",
        "sort_key": "ordinary",
    }

    name = models.CharField(max_length=NAME_LENGTH)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    sort_key = models.CharField(max_length=KEY_LENGTH, db_index=True)
    from_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)


class Team(Projection):
    """A team, or a service that teams are part of."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "name": "ordinary",
        "sort_key": "ordinary",
    }

    name = models.CharField(max_length=NAME_LENGTH)
    sort_key = models.CharField(max_length=KEY_LENGTH, db_index=True)
    kind = models.CharField(max_length=CODE_LENGTH)
    part_of = models.CharField(max_length=ID_LENGTH, blank=True, db_index=True)
    from_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)


class RoleHeld(Projection):
    """A role held by a worker or a team, for a child, a team or the authority, between two days.

    `stands_in_for` names the worker whom the holder replaces (B6).
    """

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    role = models.CharField(max_length=CODE_LENGTH)
    worker = models.CharField(max_length=ID_LENGTH, blank=True)
    team = models.CharField(max_length=ID_LENGTH, blank=True)
    child = models.CharField(max_length=ID_LENGTH, blank=True)
    for_team = models.CharField(max_length=ID_LENGTH, blank=True)
    stands_in_for = models.CharField(max_length=ID_LENGTH, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (
            # Whether a role is held on a day is answered by the index alone: every list asks it.
            models.Index("child", "role", "until_on", "from_on", name="role_held_of_child"),
            # So is for whom a worker holds one: every list of a team or a service begins there.
            models.Index(
                "worker", "child", "role", "until_on", "from_on", name="role_held_by_worker"
            ),
            models.Index("team", "role", name="role_held_by_team"),
            models.Index("for_team", "role", name="role_held_in_team"),
        )


class Unheld(Projection):
    """Days on which nobody holds any role for a child, from the day it was registered on.

    The same could be asked of `RoleHeld`, child by child; here those children are one range.
    """

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    id = models.CharField(max_length=ID_LENGTH + 9, primary_key=True)
    child = models.CharField(max_length=ID_LENGTH, db_index=True)
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        indexes = (models.Index("until_on", "from_on", "child", name="unheld_on_day"),)


class Absence(Projection):
    """Days on which a worker is away: what they hold passes to whoever stands in (B6)."""

    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {}

    worker = models.CharField(max_length=ID_LENGTH, db_index=True)
    reason = models.CharField(max_length=CODE_LENGTH)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
