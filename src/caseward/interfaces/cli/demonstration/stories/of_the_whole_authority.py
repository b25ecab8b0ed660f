"""Records, requests, breaches, deprivation of liberty, home placements, leavers, repeat applications."""

from datetime import date, time

from caseward.interfaces.cli.demonstration.courses import background, care, people
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said


def records(told: Telling) -> None:
    """Tell of old records whose time is over, which the records manager looks at."""
    for name, first, second in (
        ("Greengage Archive", "keep", ""),
        ("Gromwell Archive", "dispose", "approved"),
        ("Groundsel Archive", "dispose", "refused"),
        ("Guelder Archive", "", ""),
    ):
        old = told.child(name, born=_years_ago(told, 30), worker="north")
        old.did("-24y", "social_worker", said("referral.received", referral=f"{old.word}-1"))
        old.did("-23y", "social_worker", said("referral.closed", referral=f"{old.word}-1"))
        if first:
            _appraised(old, "-20wd", first)
        if second:
            reasons = "Agreed." if second == "approved" else "An inquiry may want it."
            approved = said("record_disposal.approved", second, reasons=reasons)
            old.did("-12wd", "service_manager", approved)
    for name, first in (("Hawkbit Archive", "keep"), ("Hawkweed Archive", "dispose")):
        late = told.child(name, born="-27y", worker="south")
        care.began(late, "-20y", status="C2")
        late.did(_years_ago(told, 15), "social_worker", said("child.died"))
        _appraised(late, "-20wd", first)


def looked_at_again(told: Telling) -> None:
    """Tell of two records kept longer, which were looked at again years later."""
    for name, again in (("Heartsease Archive", "keep"), ("Hemlock Archive", "dispose")):
        old = told.child(name, born="-38y", worker="hills")
        old.did("-30y", "social_worker", said("referral.received", referral=f"{old.word}-1"))
        old.did("-29y", "social_worker", said("referral.closed", referral=f"{old.word}-1"))
        _appraised(old, "-6y", "keep")
        _appraised(old, "-15wd", again)


def papers(told: Telling) -> None:
    """Tell of a request for a record, of letters to the wrong house, and of a legal hold."""
    herb = told.child("Herbrobert Paperwork", born="-17y", worker="north", sex="M")
    background.fostered(herb, in_care="-6y")
    asked = said(
        "record_request.received", request="herb-1", requester="The young man", identity_clear="yes"
    )
    herb.did("-12wd", "records_manager", asked)
    third = said("disclosure_check.made", request="herb-1", about="third_party")
    herb.did("-8wd", "records_manager", third)
    herb.did("-30wd", "records_manager", said("legal_hold.placed", reason="A claim is announced."))
    for number, (assessed, reasons) in enumerate((
        ("no_report", "The letter came back unopened."),
        ("report", "A neighbour opened it."),
        ("report_and_tell", "It names where the carers live."),
    )):  # fmt: skip
        breach = f"herb-breach-{number}"
        when = f"-{30 - 10 * number - 3 if number < 2 else 2}wd"  # noqa: PLR2004
        found = said(
            "data_breach.discovered", at=time(10), breach=breach, what="A letter to an old address."
        )
        herb.did(when, "business_support", found)
        after = f"-{int(when[1:-2]) - 1}wd"
        judged = said("data_breach.assessed", assessed, breach=breach, reasons=reasons)
        herb.did(after, "records_manager", judged)
        if assessed == "report":
            herb.did(after, "records_manager", said("data_breach.reported", breach=breach))


def at_home(told: Telling) -> None:
    """Tell of a placement with a parent that is proposed, and of one to be ended."""
    herbparis = told.child("Herbparis Homecoming", born="-8y", worker="hills", sex="F")
    background.fostered(herbparis, kind="U6")
    herbparis.did(
        "-6wd",
        "social_worker",
        said(
            "placement_with_parents.proposed",
            begins_on="+15wd",
            with_whom="Mother",
            reasons="A year sober, and weekends at home went well.",
        ),
    )
    hogweed = told.child("Hogbean Homecoming", born="-12y", worker="south", sex="M")
    background.at_home(hogweed)
    hogweed.did(
        "-2wd",
        "team_manager",
        said(
            "removal_from_home.decided",
            removal_on="+5wd",
            is_emergency="no",
            reasons="He is out at night and his father cannot hold him.",
        ),
    )
    hogweed.did("-1wd", "social_worker", said("circumstances.changed", change="He is to move."))


def orders(told: Telling) -> None:
    """Tell of a child who may not leave the home, of an order just made, and of a second application."""
    hollyhock = told.child("Hollyhock Lockdown", born="-15y", worker="south", sex="F")
    background.fostered(hollyhock, kind="K2", in_care="-3y")
    authorised = said("deprivation_of_liberty.authorised", ends_on="+20wd", court_reference="EX1")
    hollyhock.did("-40wd", "legal", authorised)
    kept = said(
        "deprivation_of_liberty.reviewed", still_needed="yes", reasons="She ran away in the night."
    )
    hollyhock.did("-12wd", "social_worker", kept)
    honeywort = told.child("Honeywort Ordered", born="-5y", worker="north", sex="F")
    background.fostered(honeywort, kind="U1", in_care="-22m", held=("-21m", "-18m", "-12m", "-6m"))
    made = said("permanence_order.made", type="special_guardianship")
    honeywort.did("-1wd", "legal", made)
    horehound = told.child("Horehound Again", born="-11y", worker="hills", sex="M")
    background.at_home(horehound)
    earlier = said("earlier_application.decided", "refused", sort="discharge", applicant="parent")
    horehound.did("-60wd", "legal", earlier)
    filed = said("application.filed")
    horehound.did("-4wd", "social_worker", filed)


def leavers(told: Telling) -> None:
    """Tell of a young person who left care, and of the adviser who keeps in touch."""
    horsetail = told.child("Horsetail Onward", born=_years_ago(told, 19), worker="north", sex="F")
    people.mother(horsetail)
    care.began(horsetail, "-6y")
    horsetail.did("-30m", "social_worker", said("leaving_care_assessment.completed"))
    horsetail.did(
        "-29m", "team_manager", said("personal_adviser.named", adviser="Personal adviser")
    )
    horsetail.did("-28m", "social_worker", said("pathway_plan.reviewed", eligibility="eligible"))
    care.left(horsetail, "-13m", reason="E11")
    former = said("care_leaver_status.decided", status="former_relevant")
    horsetail.did("-13m", "social_worker", former)
    for when in ("-11m", "-9m", "-7m", "-5m"):
        horsetail.did(when, "personal_adviser", said("care_leaver_contact.made", how="At her flat"))
    horsetail.did("-50wd", "personal_adviser", said("pathway_plan.reviewed"))
    horsetail.did("-35wd", "personal_adviser", said("care_leaver_contact.made", how="By phone"))


def _years_ago(told: Telling, years: int) -> date:
    """Return a day some weeks more than so many years ago."""
    on = told.day("-40wd")
    return date(on.year - years, on.month, min(on.day, 28))


def _appraised(child: Child, when: str, outcome: str) -> None:
    reasons = "A claim may still come." if outcome == "keep" else "Nothing of lasting worth."
    what = said("record_disposal.appraised", outcome, reasons=reasons)
    child.did(when, "records_manager", what)
