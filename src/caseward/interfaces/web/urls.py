"""Every address of the pages, a list a journey."""

from django.urls import URLResolver, include, path

urlpatterns: list[URLResolver] = [
    path("", include("caseward.interfaces.web.tasks.urls")),
    path("", include("caseward.interfaces.web.worklists.urls")),
    path("", include("caseward.interfaces.web.away.urls")),
    path("", include("caseward.interfaces.web.search.urls")),
    path("", include("caseward.interfaces.web.roles.urls")),
    path("", include("caseward.interfaces.web.children.urls")),
    path("", include("caseward.interfaces.web.recording.urls")),
    path("", include("caseward.interfaces.web.people.urls")),
    path("", include("caseward.interfaces.web.procedures.urls")),
    path("", include("caseward.interfaces.web.imports.urls")),
    path("", include("caseward.interfaces.web.taking_on.urls")),
    path("", include("caseward.interfaces.web.returning.urls")),
]
