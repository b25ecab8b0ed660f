"""Where what was typed here is read, printed and taken as a file."""

from django.urls import path

from caseward.interfaces.web.returning import views

app_name = "returning"
urlpatterns = [
    path("typed-here/", views.listed, name="list"),
    path("typed-here/entries.csv", views.as_csv, name="csv"),
]
