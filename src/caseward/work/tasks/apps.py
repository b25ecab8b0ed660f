"""Tells Django of this room."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The app `tasks`."""

    name = "caseward.work.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
