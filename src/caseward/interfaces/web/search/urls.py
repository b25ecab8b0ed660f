"""Where searching leads."""

from django.urls import path

from caseward.interfaces.web.search import views

app_name = "search"
urlpatterns = [path("search/", views.found, name="found")]
