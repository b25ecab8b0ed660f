"""Where a person chooses whose eyes to look through."""

from django.urls import path

from caseward.interfaces.web.roles import views

app_name = "roles"
urlpatterns = [path("look-as/", views.choose, name="choose")]
