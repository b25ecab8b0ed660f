"""Enquiries and child protection plans: conferences, reviews, visits, transfers in, referrals."""

from datetime import date, time

from caseward.interfaces.cli.demonstration.courses import protection
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said


def tell(told: Telling) -> None:
    """Tell of a referral, enquiries and conferences that lie before a plan."""
    elm = told.child("Elm Preface", born="-5y", worker="north", since="-1wd")
    elm.did("-1wd", "duty_worker", said("referral.received", referral="elm-1", source="School"))

    fennel = told.child("Fennel Preface", born="-7y", worker="south", since="-12wd")
    fennel.did("-12wd", "duty_worker", said("referral.received", referral="fennel-1", source="GP"))
    fennel.did("-11wd", "team_manager", said("referral.decided", "assess", referral="fennel-1"))
    started = said("assessment.started", referral="fennel-1", assessment="fennel-assessment")
    fennel.did("-10wd", "social_worker", started)

    feverfew = told.child("Feverfew Prologue", born="-3y", worker="hills", since="-6wd")
    discussed = said("strategy_discussion.held", at=time(11), result="A joint enquiry with police.")
    feverfew.did("-6wd", "team_manager", discussed)
    protection.enquired(feverfew, "-5wd")

    flax = told.child("Flax Prologue", born="-9y", worker="south", since="-16wd")
    protection.enquired(flax, "-15wd", ended="-6wd")
    planned = said(
        "initial_conference.arranged",
        meeting="flax-conference",
        enquiry="flax-enquiry",
        planned_on="+1wd",
    )
    flax.did("-8wd", "conference_chair", planned)

    freesia = told.child("Freesia Prologue", born="-12y", worker="north", since="-22wd")
    protection.enquired(freesia, "-21wd", ended="-12wd")
    held = said(
        "initial_conference.held",
        "no_plan",
        meeting="freesia-conference",
        enquiry="freesia-enquiry",
        reasons="Her aunt has moved in; a child in need plan is enough.",
    )
    freesia.did("-4wd", "conference_chair", held)

    furze = told.child("Furze Prologue", born="-1y", worker="south", since="-20wd")
    protection.enquired(furze, "-19wd", ended="-12wd")
    protection.plan_made(furze, "-5wd", category="EMO")
    protection.visits(furze, since="-1wd", until="-1wd")


def reviewed(told: Telling) -> None:
    """Tell of plans between reviews: a first, a second too soon, and an end at the first one."""
    gardenia = told.child("Gardenia Chapter", born="-6y", worker="north", sex="F")
    protection.on_plan(gardenia, "-70wd", category="PHY")
    protection.reviewed_on(gardenia, "-14wd")
    ginger = told.child("Ginger Chapter", born="-10y", worker="hills", sex="M")
    protection.on_plan(ginger, "-72wd", category="EMO", reviewed=("-36wd", "-2wd"))
    goldenrod = told.child("Goldenrod Chapter", born="-4y", worker="south", sex="M")
    protection.on_plan(goldenrod, "-62wd")
    protection.reviewed_on(
        goldenrod, "-2wd", "plan_ends", ground="no_longer_at_risk", reasons="Safe at his father's."
    )
    harebell = told.child("Harebell Chapter", born="-13y", worker="south", sex="F")
    protection.on_plan(harebell, "-66wd")
    protection.reviewed_on(harebell, "-5wd", "plan_ends", ground="no_longer_at_risk")
    harebell.did(
        "-5wd",
        "conference_chair",
        said("plan_ending.decided", plan="harebell-plan", ground="no_longer_at_risk"),
    )
    ended = said("child_protection_plan.ended", plan="harebell-plan", reason="No longer at risk")
    harebell.did("-4wd", "conference_chair", ended)
    hellebore = told.child("Hellebore Chapter", born="-8y", worker="north", sex="F")
    protection.on_plan(hellebore, "-74wd", reviewed=("-30wd",))
    protection.reviewed_on(hellebore, "-1wd", "plan_ends")


def moved_here(told: Telling) -> None:
    """Tell of two children whom other authorities wrote about, and one whose answer is owed."""
    honesty = _from_elsewhere(told, "Honesty Footpath", "-12wd")
    planned = said("transfer_in_conference.arranged", meeting="honesty-in", planned_on="+2wd")
    honesty.did("-10wd", "conference_chair", planned)
    hosta = _from_elsewhere(told, "Hosta Footpath", "-18wd")
    made = said("transfer_in_conference.held", "plan_made", meeting="hosta-in", plan="hosta-plan")
    began = said("child_protection_plan.began", plan="hosta-plan", category="NEG")
    hosta.did("-4wd", "conference_chair", made, began)
    protection.visits(hosta, since="-2wd", until="-2wd")
    hyacinth = _from_elsewhere(told, "Hyacinth Footpath", "-20wd")
    none = said(
        "transfer_in_conference.held",
        "no_plan",
        meeting="hyacinth-in",
        reasons="The one who hurt her stayed behind.",
    )
    hyacinth.did("-7wd", "conference_chair", none)
    hyacinth.did("-5wd", "conference_chair", said("transfer_result.sent"))


def at_eighteen(told: Telling) -> None:
    """Tell of a young person who turned eighteen yesterday with a plan still open."""
    on = told.day("-1wd")
    born = date(on.year - 18, on.month, min(on.day, 28))
    jonquil = told.child("Jonquil Comingofage", born=born, worker="south", sex="F")
    protection.on_plan(jonquil, "-70wd", category="SAB", reviewed=("-22wd",))


def _from_elsewhere(told: Telling, name: str, since: str) -> Child:
    child = told.child(name, born="-6y", worker="hills", since=since)
    child.did(
        since,
        "conference_chair",
        said("transfer_notice.received", authority="Borrowedshire", moved_on=since),
    )
    return child
