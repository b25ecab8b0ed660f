"""Who is away, and which children nobody holds a role for: each one range of days to look up."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import migrations, models

from caseward.record.people import child_rows

AT_ONCE = 500


def fill(apps: Any, _editor: Any) -> None:
    unheld = apps.get_model("people", "Unheld")
    unheld.objects.bulk_create(
        (
            unheld(id=row.id, child=row.child, from_on=row.from_on, until_on=row.until_on)
            for row in _spans(apps)
        ),
        batch_size=AT_ONCE,
    )


def _spans(apps: Any) -> Iterator[Any]:
    roles = apps.get_model("people", "RoleHeld").objects.exclude(child="").order_by("child")
    held = {
        child: list(rows) for child, rows in groupby(roles.iterator(), key=lambda row: row.child)
    }
    for child in apps.get_model("people", "Child").objects.order_by("id").iterator():
        yield from child_rows.unheld(child, held.get(child.id, ()))


class Migration(migrations.Migration):

    dependencies = [("people", "0004_roles_of_a_child")]

    operations = [
        migrations.CreateModel(
            name="Unheld",
            fields=[
                ("id", models.CharField(max_length=45, primary_key=True, serialize=False)),
                ("child", models.CharField(db_index=True, max_length=36)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("until_on"),
                        models.F("from_on"),
                        models.F("child"),
                        name="unheld_on_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("worker", models.CharField(db_index=True, max_length=36)),
                ("reason", models.CharField(max_length=100)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveIndex(model_name="roleheld", name="role_held_by_worker"),
        migrations.AddIndex(
            model_name="roleheld",
            index=models.Index(
                models.F("worker"),
                models.F("child"),
                models.F("role"),
                models.F("until_on"),
                models.F("from_on"),
                name="role_held_by_worker",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
