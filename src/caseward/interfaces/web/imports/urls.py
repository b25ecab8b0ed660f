"""Where files of other systems are brought in, looked over and decided upon."""

from django.urls import path

from caseward.interfaces.web.imports import deciding, due_dates, mapping, views

app_name = "imports"
urlpatterns = [
    path("other-systems/", views.listed, name="list"),
    path("other-systems/import/", views.upload, name="upload"),
    path("other-systems/differences/", deciding.questions, name="questions"),
    path("other-systems/differences/rules/", deciding.rules, name="rules"),
    path("other-systems/due-dates/", due_dates.beside, name="due_dates"),
    path("other-systems/imports/<uuid:run>/", views.one, name="one"),
    path("other-systems/imports/<uuid:run>/check/", views.check, name="check"),
    path("other-systems/imports/<uuid:run>/bring-in/", views.bring_in, name="bring_in"),
    path("other-systems/imports/<uuid:run>/cancel/", views.cancel, name="cancel"),
    path("other-systems/imports/<uuid:run>/report.<str:form>", views.report, name="report"),
    path("other-systems/imports/<uuid:run>/columns/", mapping.uses, name="columns"),
    path("other-systems/imports/<uuid:run>/columns/dates/", mapping.dates, name="dates"),
    path("other-systems/imports/<uuid:run>/columns/details/", mapping.details, name="details"),
    path("other-systems/imports/<uuid:run>/columns/words/", mapping.words, name="words"),
]
