"""The root of every address: each interface brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("caseward.interfaces.web.urls")),
]

handler403 = "caseward.interfaces.web.errors.views.forbidden"
handler404 = "caseward.interfaces.web.errors.views.not_found"
handler500 = "caseward.interfaces.web.errors.views.fault"
