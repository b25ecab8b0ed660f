"""Where what was overdue on the first day is looked through and decided about."""

from django.urls import path

from caseward.interfaces.web.taking_on import views

app_name = "taking_on"
urlpatterns = [
    path("first-day/", views.overview, name="overview"),
    path("first-day/<str:procedure>/<str:step>/", views.step, name="step"),
]
