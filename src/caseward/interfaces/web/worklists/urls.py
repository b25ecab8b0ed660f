"""Where worklists are."""

from django.urls import path

from caseward.interfaces.web.worklists import views

app_name = "worklists"
urlpatterns = [
    path("worklists/", views.listed, name="list"),
    path("worklists/file/", views.as_file, name="file"),
    path("worklists/calendar/", views.calendar, name="calendar"),
]
