"""Whether a role is held for a child on a day is answered by the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("people", "0003_joined_to")]

    operations = [
        migrations.RemoveIndex(model_name="roleheld", name="role_held_of_child"),
        migrations.AddIndex(
            model_name="roleheld",
            index=models.Index(
                models.F("child"),
                models.F("role"),
                models.F("until_on"),
                models.F("from_on"),
                name="role_held_of_child",
            ),
        ),
    ]
