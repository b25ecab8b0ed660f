"""Lists filter, sort and count by their own rows: the table is a projection and is made anew.

Its rows follow from the ledger, so every child's rows are marked as behind and settled again: by
the job, late ones first, or when a page of the child is opened (S5).
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def mark_behind(apps: Any, _editor: Any) -> None:
    apps.get_model("tasks", "SettledChild").objects.update(rules="")


class Migration(migrations.Migration):

    dependencies = [
        ("tasks", "0001_initial"),
        ("worklists", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="OwedTask"),
        migrations.CreateModel(
            name="OwedTask",
            fields=[
                ("id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("child", models.CharField(max_length=36)),
                ("role", models.CharField(max_length=100)),
                ("is_first", models.BooleanField()),
                ("procedure", models.CharField(max_length=100)),
                ("step", models.CharField(max_length=100)),
                ("opens_on", models.DateField()),
                ("leaves_on", models.DateField()),
                ("dated", models.CharField(max_length=20)),
                ("list_on", models.DateField()),
                ("opened_on", models.DateField()),
                ("planned_on", models.DateField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="owed",
                        to="tasks.taskrow",
                    ),
                ),
            ],
            options={
                "db_table": "worklists_owed",
                "indexes": [
                    models.Index(fields=["child", "role"], name="owed_of_child"),
                    models.Index(
                        fields=["dated", "list_on", "opened_on", "id"], name="owed_by_day"
                    ),
                    models.Index(
                        fields=["role", "dated", "list_on", "opened_on", "id"],
                        name="owed_by_role",
                    ),
                    models.Index(
                        fields=["procedure", "step", "dated", "list_on", "opened_on", "id"],
                        name="owed_by_step",
                    ),
                    models.Index(
                        condition=models.Q(("planned_on__isnull", False)),
                        fields=["planned_on"],
                        name="owed_by_planned_day",
                    ),
                ],
            },
        ),
        migrations.RunPython(mark_behind, migrations.RunPython.noop),
    ]
