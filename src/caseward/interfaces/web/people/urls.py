"""Where the people involved with a child are seen, added and changed."""

from django.urls import path

from caseward.interfaces.web.people import views

app_name = "people"
_PEOPLE = "children/<uuid:child_id>/people/"
urlpatterns = [
    path(_PEOPLE, views.involved, name="involved"),
    path(f"{_PEOPLE}add/", views.add, name="add"),
    path(f"{_PEOPLE}undo/<uuid:act_id>/", views.undo, name="undo"),
    path(f"{_PEOPLE}<uuid:person_id>/change/", views.change, name="change"),
    path(f"{_PEOPLE}<uuid:person_id>/end/", views.end, name="end"),
]
