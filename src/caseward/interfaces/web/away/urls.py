"""Where absences and stand-ins are seen and said."""

from django.urls import path

from caseward.interfaces.web.away import views

app_name = "away"
urlpatterns = [
    path("away/", views.overview, name="list"),
    path("away/add/", views.add, name="add"),
    path("away/<uuid:absence_id>/back/", views.back, name="back"),
    path("away/<uuid:absence_id>/stand-in/", views.stand_in, name="stand_in"),
]
