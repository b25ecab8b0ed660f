"""Children and adults are found by words: columns for them, filled, and the database's own index."""

from typing import Any

from django.db import migrations, models

from caseward.record.people import search, search_words


def fill(apps: Any, _editor: Any) -> None:
    numbers: dict[str, list[str]] = {}
    outside = apps.get_model("people", "OutsideId").objects.filter(until_on=None).order_by("id")
    for child, value in outside.values_list("child", "value"):
        numbers.setdefault(child, []).append(value)
    for name in ("Child", "Person"):
        for row in apps.get_model("people", name).objects.order_by("id").iterator():
            row.search_number = search_words.number_of(row.id)
            row.search_words = search_words.of(
                row.name, row.known_as, born_on=row.born_on, numbers=numbers.get(row.id, ())
            )
            row.save(update_fields=["search_number", "search_words"])


def install(_apps: Any, editor: Any) -> None:
    search.install(editor)


def remove(_apps: Any, editor: Any) -> None:
    search.remove(editor)


class Migration(migrations.Migration):

    dependencies = [("people", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                model_name=name, name="search_words", field=models.TextField(blank=True, default=""),
                preserve_default=False,
            )
            for name in ("child", "person")
        ),
        *(
            migrations.AddField(
                model_name=name, name="search_number", field=models.BigIntegerField(default=0),
                preserve_default=False,
            )
            for name in ("child", "person")
        ),
        *(
            migrations.RemoveField(model_name=name, name="search_key")
            for name in ("child", "person")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name, name="search_number", field=models.BigIntegerField(db_index=True),
            )
            for name in ("child", "person")
        ),
        migrations.RunPython(install, remove),
    ]
