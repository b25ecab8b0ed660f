"""Discharge by legal planning meetings, at each of its turns (L1 to L11)."""

from datetime import time

from caseward.interfaces.cli.demonstration.courses import planning
from caseward.interfaces.cli.demonstration.telling import Telling, said


def before_the_meeting(told: Telling) -> None:
    """Tell of what the officer and the head of service said."""
    valerian = planning.at_home(told, "Valerian Dialogue", "north")
    planning.proposed(valerian, "-3wd")

    verbena = planning.at_home(told, "Verbena Dialogue")
    planning.proposed(verbena, "-15wd")
    planning.discussed(verbena, "-12wd", "not_agreed")
    planning.answered(verbena, "-9wd", "ended")

    viola = planning.at_home(told, "Viola Dialogue", "south")
    planning.proposed(viola, "-30wd")
    planning.discussed(viola, "-27wd", "not_agreed")
    planning.answered(viola, "-24wd", "dispute")
    planning.discussed(viola, "-18wd", "not_agreed")
    planning.answered(viola, "-15wd", "again")
    planning.discussed(viola, "-6wd", "agreed")

    walnut = planning.at_home(told, "Walnut Dialogue")
    planning.proposed(walnut, "-12wd")
    planning.discussed(walnut, "-9wd")
    planning.requested(walnut, "-4wd")

    for name, answer in (("Woad Dialogue", "ended"), ("Yucca Dialogue", "again")):
        child = planning.at_home(told, name, "north")
        planning.proposed(child, "-20wd")
        planning.discussed(child, "-17wd")
        planning.requested(child, "-15wd", "refused", decided="-12wd")
        reasons = "After the summer." if answer == "ended" else "The school's report has come."
        what = said("legal_planning_refusal.answered", answer, reasons=reasons)
        child.did("-8wd", "team_manager", what)
        told_to = [
            said("notice.given", recipient=name, about="legal_planning_refused")
            for name in ("iro", "social_worker")
        ]
        child.did("-10wd", "team_manager", *told_to)

    zinnia = planning.at_home(told, "Zinnia Dialogue", "south")
    planning.to_request(zinnia, 12)
    arranged = said(
        "legal_planning_meeting.arranged",
        meeting="zinnia-initial",
        number="initial",
        planned_on="+3wd",
    )
    zinnia.did("-5wd", "team_manager", arranged)


def meetings(told: Telling) -> None:
    """Tell of what the initial and the review meetings decided."""
    acacia = planning.at_home(told, "Acacia Argument")
    planning.to_request(acacia, 24)
    planning.held(acacia, "-10wd", "not_pursued")

    alkanet = planning.at_home(told, "Alkanet Argument", "north")
    planning.to_work(alkanet, 30)
    planning.timetabled(alkanet, "-28wd", due="+5wd")

    for number, (name, first, second) in enumerate(MEETINGS):
        child = planning.at_home(told, name, ("south", "hills", "north")[number % 3])
        planning.to_work(child, 58)
        planning.timetabled(child, "-56wd", due="-20wd", done="-22wd")
        later = {"further_by": "-4wd"} if first == "deferred" and second else {}
        if first == "deferred" and not second:
            later = {"further_by": "+15wd"}
        planning.held(child, "-15wd", first, number="review", **later)
        if second:
            again = {"further_by": "+20wd"} if second == "deferred" else {}
            planning.held(child, "-6wd", second, number="review", **again)


MEETINGS = (
    ("Allium Argument", "recommended", ""),
    ("Almond Argument", "not_recommended", ""),
    ("Arum Argument", "deferred", "recommended"),
    ("Awlwort Argument", "deferred", "not_recommended"),
    ("Azalea Argument", "deferred", "deferred"),
)


def decided(told: Telling) -> None:
    """Tell of the decision maker's answers: agreed, not agreed, more wanted, and none yet."""
    for name, outcome in (
        ("Barberry Answer", "agreed"),
        ("Bistort Answer", "not_agreed"),
        ("Borecole Answer", "returned"),
        ("Bugle Answer", ""),
    ):
        child = planning.at_home(told, name, "south")
        planning.to_work(child, 60)
        planning.recommended(child, 12)
        if outcome:
            planning.decided(child, "-5wd", outcome)
        if outcome == "not_agreed":
            reasons = "Two police callouts in the last half year were not weighed."
            child.did("-4wd", "adm", said("adm_reasons.recorded", reasons=reasons))


def at_court(told: Telling) -> None:
    """Tell of applications in court, what it decided, and of others who applied first."""
    for name, outcome in (
        ("Burdet Petition", "discharged"),
        ("Campanula Petition", "supervision_order"),
        ("Caraway Petition", "refused"),
        ("Chamomile Petition", "withdrawn"),
        ("Charlock Petition", ""),
    ):
        child = planning.at_home(told, name, "north")
        planning.to_work(child, 62)
        planning.to_court(child, 26)
        if outcome:
            reasons = {"refused": "Too soon, the court said."}.get(outcome, "As applied for.")
            what = said("discharge_application.decided", outcome, reasons=reasons)
            child.did("-3wd", "legal", what)
    for name, response in (("Clary Petition", "go_on"), ("Cudweed Petition", "stop")):
        child = planning.at_home(told, name)
        planning.to_work(child, 30)
        by_mother = said(
            "discharge_application.made_by_other", applicant="parent", served_on="-8wd"
        )
        child.did("-8wd", "legal", by_mother)
        words = "We support hers." if response == "stop" else "Ours says more."
        answer = said("discharge_response.decided", response, reasons=words)
        child.did("-4wd", "team_manager", answer)


def on_hold(told: Telling) -> None:
    """Tell of holds: decided to go on, to change the plan, and to withdraw; one is open again."""
    for name, outcome, reasons in (
        ("Daffodil Pause", "go_on", "The bruise was from football; the doctor agrees."),
        ("Dittany Pause", "change", "The plan says now who fetches her from school."),
        ("Dropwort Pause", "withdraw", "His mother's partner is back."),
    ):
        child = planning.at_home(told, name, "hills")
        planning.to_work(child, 30)
        asked = said("strategy_discussion.held", at=time(10), reason="A bruise seen at school.")
        child.did("-12wd", "team_manager", asked)
        notices = [
            said("notice.given", recipient=recipient, about="safety_hold")
            for recipient in ("iro", "adm", "legal")
        ]
        child.did("-12wd", "social_worker", *notices)
        what = said("safety_hold.decided", outcome, reasons=reasons)
        child.did("-10wd", "team_manager", what)
    daffodil = told.children["daffodil"]
    missing = said("missing_episode.begun", at=time(23), reported_by="Mother")
    daffodil.did("-1wd", "social_worker", missing)
