"""Where what happened is recorded, corrected, withdrawn and undone."""

from django.urls import path

from caseward.interfaces.web.recording import amending, drafting, views

app_name = "recording"
_CHILD = "children/<uuid:child_id>/"
urlpatterns = [
    path(f"{_CHILD}record/", views.choose, name="choose"),
    path(f"{_CHILD}record/<str:kind>/", views.record, name="form"),
    path(f"{_CHILD}entries/<uuid:entry_id>/correct/", amending.correct, name="correct"),
    path(f"{_CHILD}entries/<uuid:entry_id>/withdraw/", amending.withdraw, name="withdraw"),
    path(f"{_CHILD}draft/", drafting.keep, name="keep_draft"),
    path(f"{_CHILD}draft/discard/", drafting.discard, name="discard_draft"),
    path(f"{_CHILD}undo/<uuid:act_id>/", amending.undo, name="undo"),
]
