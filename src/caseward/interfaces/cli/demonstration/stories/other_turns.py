"""Turns of a discharge that the first stories leave out: panels, silence, second meetings, holds."""

from datetime import time

from caseward.interfaces.cli.demonstration.courses import background, decision, discharge
from caseward.interfaces.cli.demonstration.telling import Telling, said


def tell(told: Telling) -> None:
    """Tell of a panel that said no, an answer that never came, and of meetings held twice."""
    daylily = told.child("Daylily Detour", born="-6y", worker="north", sex="F")
    background.fostered(daylily, in_care="-19m", kind="U1", held=("-18m", "-15m", "-9m"))
    discharge.supported(daylily, "-24wd", order_planned="special_guardianship")
    discharge.basis(daylily, "-23wd", "foster_care")
    reasons = "The support plan says nothing of the house, which is too small."
    no = said("permanence_panel.decided", "not_approved", reasons=reasons)
    daylily.did("-6wd", "panel", no)
    for name, outcome, worker in (
        ("Deadnettle Detour", "agreed", "hills"),
        ("Dogrose Detour", "not_agreed", "south"),
    ):
        child = told.child(name, born="-12y", worker=worker)
        background.at_home(child)
        discharge.supported(child, "-52wd")
        discharge.basis(child, "-51wd")
        discharge.arranged(child, "-51wd", planned="-40wd", invited="-50wd")
        discharge.reports(child, "-45wd", "education", "health", *discharge.OTHERS)
        n_minutes = discharge.n_reviews(child)
        discharge.papers(child, "-45wd", *discharge.PAPERS, n_minutes=n_minutes)
        discharge.held(child, "-40wd", "not_agreed", further_by="-9wd")
        discharge.told_outcome(child, "-39wd")
        discharge.minutes(child, drafted="-38wd", agreed="-36wd", sent="-35wd")
        attended = (*discharge.GUESTS, *discharge.OTHERS)
        discharge.held(child, "-10wd", outcome, attended=attended, left_before=discharge.OTHERS[0])


def others_apply(told: Telling) -> None:
    """Tell of mothers who applied first, and of an application that the authority took back."""
    for name, response, words in (
        ("Dwale Detour", "go_on", "Ours asks for a supervision order as well."),
        ("Earthnut Detour", "stop", "We support hers and stop ours."),
    ):
        child = told.child(name, born="-9y", worker="north")
        background.at_home(child)
        discharge.to_meeting(child, review=30, meeting=18)
        discharge.minutes(child, drafted="-16wd", agreed="-15wd", sent="-14wd")
        by_mother = said(
            "discharge_application.made_by_other", applicant="parent", served_on="-9wd"
        )
        child.did("-9wd", "legal", by_mother)
        decided = said("discharge_response.decided", response, reasons=words)
        child.did("-5wd", "team_manager", decided)
    eglantine = told.child("Eglantine Detour", born="-10y", worker="hills", sex="F")
    background.at_home(eglantine)
    decision.to_court(eglantine, review=76, issue=40, hearing="-4wd")
    withdrawn = said(
        "discharge_application.decided", "withdrawn", reasons="She asked the judge for more time."
    )
    eglantine.did("-4wd", "legal", withdrawn)


def on_hold(told: Telling) -> None:
    """Tell of a hold that changed the plan and of one that ended the discharge."""
    for name, outcome, reasons in (
        ("Elecampane Detour", "change", "Her uncle no longer fetches her from school."),
        ("Eryngo Detour", "withdraw", "He does not want to go home any more."),
    ):
        child = told.child(name, born="-13y", worker="south")
        background.at_home(child)
        discharge.to_meeting(child, review=28, meeting=16)
        discharge.minutes(child, drafted="-14wd", agreed="-13wd", sent="-12wd")
        asked = said("strategy_discussion.held", at=time(14), reason="What a teacher heard.")
        child.did("-10wd", "social_worker", asked)
        notices = [
            said("notice.given", recipient=recipient, about="safety_hold")
            for recipient in ("iro", "adm", "legal")
        ]
        child.did("-10wd", "social_worker", *notices)
        decided = said("safety_hold.decided", outcome, reasons=reasons)
        child.did("-8wd", "team_manager", decided)
