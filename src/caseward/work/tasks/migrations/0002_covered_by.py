from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="taskrow",
            name="covered_by",
            field=models.TextField(default=""),
        ),
    ]
