"""Where the procedures are read, and a child's way through one is seen."""

from django.urls import path

from caseward.interfaces.web.procedures import views

app_name = "procedures"
urlpatterns = [
    path("procedures/", views.listed, name="list"),
    path("procedures/compare/", views.compare, name="compare"),
    path("procedures/<slug:procedure>/", views.law, name="map"),
    path("procedures/<slug:procedure>/give-up/", views.give_up, name="give_up"),
    path("children/<uuid:child_id>/procedures/<slug:procedure>/", views.of_child, name="of_child"),
]
