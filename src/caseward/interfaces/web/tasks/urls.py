"""Where a person finds their own tasks."""

from django.urls import path

from caseward.interfaces.web.tasks import views

app_name = "tasks"
urlpatterns = [path("", views.mine, name="mine")]
