"""People involved: who they are, adding one, what changed, and who no longer is."""

import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseward.interfaces import clock
from caseward.interfaces.web import acts
from caseward.interfaces.web.people import forms
from caseward.interfaces.web.rules import under
from caseward.work.casework import involve_person, withdraw_entry
from caseward.work.entries import errors
from caseward.work.readings import people_involved, shapes
from caseward.work.readings.errors import NotFound


@under("child")
@require_safe
def involved(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Show the people involved with the child, and what was just saved of them."""
    page = people_involved.page(
        acts.asker_of(request),
        str(child_id),
        as_of=clock.today(),
        act_id=request.GET.get("saved", ""),
        at=clock.now(),
    )
    return render(request, "people/people_involved.html", {"page": page, "key": acts.new_key()})


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, child_id: uuid.UUID) -> HttpResponse:
    """Add somebody to the people involved."""
    page = _to_change(request, child_id)
    form = forms.NewAdultForm(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act, child, today = acts.act_of(request), str(child_id), clock.today()
        involvement = form.involvement(on=today, default_since=today)
        known = form.cleaned_data.get("known")
        if known:
            taken = involve_person.involve(act, child, known, involvement)
        else:
            taken = involve_person.add(act, child, form.new_person(), involvement).taken
        return _saved(child_id, taken.act_id)
    return _form(request, "people/add_a_person.html", page, form)


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, child_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Record what changed about somebody; what did not change is not recorded again."""
    page = _to_change(request, child_id)
    adult = _adult(page, person_id)
    form = forms.ChangeForm(
        page,
        adult,
        request.POST if request.method == "POST" else None,
        initial=forms.standing(adult),
    )
    if request.method == "POST" and form.is_valid():
        try:
            taken = involve_person.change(
                acts.act_of(request), str(child_id), str(person_id), form.changes()
            )
        except errors.Refused as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem.sentence)
        else:
            return _saved(child_id, taken.act_id)
    return _form(request, "people/what_changed.html", page, form, adult)


@under("child_record")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, child_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Record that somebody is no longer involved."""
    page = _to_change(request, child_id)
    adult = _adult(page, person_id)
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        taken = involve_person.end(
            acts.act_of(request), str(child_id), str(person_id), on=form.cleaned_data["on"]
        )
        return _saved(child_id, taken.act_id)
    return _form(request, "people/no_longer_involved.html", page, form, adult)


@under("child_record")
@require_POST
def undo(request: HttpRequest, child_id: uuid.UUID, act_id: uuid.UUID) -> HttpResponse:
    """Take back what was just saved of somebody; the record keeps that it was there."""
    _to_change(request, child_id)
    withdraw_entry.undo(acts.act_of(request, why="Taken back just after saving."), str(act_id))
    return _saved(child_id, str(act_id))


def _to_change(request: HttpRequest, child_id: uuid.UUID) -> shapes.PeopleInvolved:
    return people_involved.to_change(acts.asker_of(request), str(child_id), as_of=clock.today())


def _adult(page: shapes.PeopleInvolved, person_id: uuid.UUID) -> shapes.AdultCard:
    found = page.adult(str(person_id))
    if found is None:
        raise NotFound("This person is not involved with the child.", "Look at who is.")
    return found


def _form(
    request: HttpRequest,
    template: str,
    page: shapes.PeopleInvolved,
    form: forms.AdultForm | forms.EndForm,
    adult: shapes.AdultCard | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "adult": adult,
        "key": request.POST.get("key") or acts.new_key(),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _saved(child_id: uuid.UUID, act_id: str) -> HttpResponse:
    address = reverse("people:involved", args=[child_id])
    return redirect(f"{address}?{urlencode({'saved': act_id})}")
