"""The reviewing officer asks, challenges and goes up the stages (X1 to X9)."""

from typing import Any

from caseward.interfaces.cli.demonstration.courses import background, into_care, reviews
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said

PLAN = "Nothing of the last review's decisions on therapy was done."


def tell(told: Telling) -> None:
    """Tell of a challenge on each stage, from a question to the director."""
    felwort = _in_care(told, "Felwort Question", "north")
    _concern(felwort, "-3wd", answer_by="+4wd")
    fieldrose = _in_care(told, "Fieldrose Question", "south")
    _concern(fieldrose, "-14wd", answer_by="-2wd")
    figwort = _in_care(told, "Figwort Question", "hills")
    _started(figwort, "-2wd", "1")
    filbert = _in_care(told, "Filbert Question", "north")
    _started(filbert, "-8wd", "1")
    _answered(filbert, "-6wd", "1", "The referral will be made when there is money for it.")
    _moved(filbert, "-4wd", "2")
    firethorn = _in_care(told, "Firethorn Question", "south")
    _started(firethorn, "-12wd", "2")
    _answered(firethorn, "-8wd", "2", "The service has a waiting list of a year.")
    _moved(firethorn, "-3wd", "3")
    fleabane = _in_care(told, "Fleabane Question", "south")
    _started(fleabane, "-16wd", "3")
    _answered(fleabane, "-12wd", "3", "We buy the therapy once the budget is decided.")
    _moved(fleabane, "-2wd", "4")
    foxtail = _in_care(told, "Foxtail Question", "hills")
    _started(foxtail, "-6wd", "1")
    _answered(foxtail, "-2wd", "1", "The therapist begins on Tuesday week.")
    kept = said(
        "challenge.kept_at_stage",
        challenge="foxtail-challenge",
        reason="The manager began only on Monday and asks for a week.",
    )
    foxtail.did("-1wd", "iro", kept)


def resolved(told: Telling) -> None:
    """Tell of how challenges end: settled, taken back, unresolved, and with Cafcass."""
    for name, how, reasons in (
        ("Fritillary Answer", "settled", "The therapist sees him each Tuesday."),
        ("Fumitory Answer", "withdrawn", "The report was there; it had been filed wrongly."),
        ("Galingale Answer", "unresolved", "The court will decide on it in May."),
    ):
        child = _in_care(told, name, "north")
        _started(child, "-22wd", "1")
        _answered(child, "-18wd", "1", "We disagree that it is owed.")
        what = said("dispute.resolved", how, challenge=f"{child.word}-challenge", reasons=reasons)
        child.did("-17wd", "iro", what)
    for name, answer in (("Garlic Answer", "acts"), ("Germander Answer", "no_action")):
        child = _in_care(told, name, "south")
        _started(child, "-30wd", "4")
        _answered(child, "-24wd", "4", "The authority stands by its view.")
        challenge = f"{child.word}-challenge"
        referred = said("cafcass.referred", challenge=challenge, reasons="His rights are at stake.")
        child.did("-22wd", "iro", referred)
        words = "Cafcass applies." if answer == "acts" else "Cafcass sees no breach."
        heard = said("cafcass.answered", answer, challenge=challenge, answer=words)
        child.did("-6wd", "iro", heard)
    gladiolus = _in_care(told, "Gladiolus Answer", "hills")
    _started(gladiolus, "-9wd", "4")
    sent = said(
        "cafcass.referred",
        challenge="gladiolus-challenge",
        reasons="The director was away and nobody answered.",
    )
    gladiolus.did("-2wd", "iro", sent)


def gaps(told: Telling) -> None:
    """Tell of parents who were not invited or told, of others' delay, of timescales not kept."""
    for name, outcome in (("Globeflower Gap", "challenged"), ("Goatsbeard Gap", "not_challenged")):
        child = _in_care(told, name, "south")
        meeting = f"{child.word}-review-next"
        reviews.arranged(child, "-20wd", planned="-8wd")
        uninvited = said(
            "parent_invitation.recorded",
            "not_invited",
            meeting=meeting,
            recipient="Mother",
            reason="Nobody had her new address.",
        )
        child.did("-15wd", "social_worker", uninvited)
        _weighed(child, "-13wd", outcome, "parents_invited", meeting=meeting, recipient="Mother")
        held = said(
            "looked_after_review.held",
            "plan_continues",
            meeting=meeting,
            participation="PN1",
            seen_alone_before="yes",
        )
        gap = said(
            "standing_check.recorded",
            "gap",
            meeting=meeting,
            matter="therapeutic_help",
            note="Life-story work has not begun.",
        )
        child.did("-8wd", "iro", held, gap)
        for matter in ("parents_informed", "worker_named", "therapeutic_help"):
            _weighed(child, "-6wd", outcome, matter)
        obstacle = said(
            "outside_obstacle.recorded",
            obstacle="The hospital has cancelled the assessment for the second time.",
            who="Borrowedshire hospital",
        )
        child.did("-12wd", "social_worker", obstacle)
        _weighed(child, "-9wd", outcome, "outside_delay")
        _action(child, "life-story", due="-10wd")
        _weighed(child, "-8wd", outcome, "remedial_timescale", action=f"{child.word}-life-story")


def timescales(told: Telling) -> None:
    """Tell of remedial timescales: running, kept, and not kept to the officer's mind."""
    goosefoot = _in_care(told, "Goosefoot Timescale", "north")
    for name, looked in (("contact", "accepted"), ("dentist", "not_accepted")):
        _action(goosefoot, name, due="-6wd")
        key = f"goosefoot-{name}"
        met = said("remedial_timescale.met", action=key, how="Done, says the social worker.")
        goosefoot.did("-8wd", "social_worker", met)
        seen = said("remedial_timescale.looked_at", looked, action=key)
        goosefoot.did("-4wd", "iro", seen)
    _action(goosefoot, "passport", due="+12wd")
    meeting = into_care.reviewed(goosefoot, "-40wd")
    received = said("review_decisions.received", meeting=meeting)
    goosefoot.did("-38wd", "team_manager", received)
    again = into_care.reviewed(goosefoot, "-9wd")
    goosefoot.did("-8wd", "team_manager", said("review_decisions.received", meeting=again))
    objected = said(
        "review_decisions.answered",
        "objected",
        meeting=again,
        reasons="Weekly contact is not possible from where the carers live.",
    )
    goosefoot.did("-6wd", "team_manager", objected)


def _in_care(told: Telling, name: str, worker: str) -> Child:
    child = told.child(name, born="-10y", worker=worker)
    background.fostered(child, held=("-31m", "-25m", "-19m", "-13m", "-8m", "-3m"))
    return child


def _concern(child: Child, when: str, *, answer_by: str) -> None:
    raised = said(
        "concern.raised",
        challenge=f"{child.word}-challenge",
        matter="therapeutic_help",
        concern=PLAN,
        answer_by=answer_by,
    )
    child.did(when, "iro", raised)


def _started(child: Child, when: str, stage: str) -> None:
    started = said(
        "dispute.started",
        challenge=f"{child.word}-challenge",
        stage=stage,
        matter="care_plan",
        reasons=PLAN,
    )
    child.did(when, "iro", started)


ANSWERERS = {"1": "team_manager", "2": "service_manager", "3": "head_of_service", "4": "director"}


def _answered(child: Child, when: str, stage: str, answer: str) -> None:
    what = said(
        "challenge.answered", challenge=f"{child.word}-challenge", stage=stage, answer=answer
    )
    child.did(when, ANSWERERS[stage], what)


def _moved(child: Child, when: str, to: str) -> None:
    what = said(
        "dispute.moved",
        challenge=f"{child.word}-challenge",
        to=to,
        reason="The answer is no answer.",
    )
    child.did(when, "iro", what)


def _weighed(child: Child, when: str, outcome: str, matter: str, **keys: Any) -> None:
    reasons = "It has gone on too long." if outcome == "challenged" else "It was put right at once."
    what = said("oversight_gap.weighed", outcome, matter=matter, reasons=reasons, **keys)
    child.did(when, "iro", what)


def _action(child: Child, name: str, *, due: str) -> None:
    what = said(
        "remedial_timescale.set",
        action=f"{child.word}-{name}",
        what=f"What the review decided on: {name.replace('-', ' ')}",
        owed_by="social_worker",
        due_on=due,
    )
    child.did("-25wd", "iro", what)
