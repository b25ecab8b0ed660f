"""Where children are found, added and looked at."""

from django.urls import path

from caseward.interfaces.web.children import views

app_name = "children"
urlpatterns = [
    path("children/", views.listed, name="list"),
    path("children/add/", views.add, name="add"),
    path("children/<uuid:child_id>/", views.page, name="page"),
    path("children/<uuid:child_id>/timeline/", views.timeline, name="timeline"),
    path("children/<uuid:child_id>/as-it-stood/", views.as_it_stood, name="as_it_stood"),
    path("children/<uuid:child_id>/dates/<uuid:task_id>/", views.how, name="how_worked_out"),
]
