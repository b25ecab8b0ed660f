"""Under the PLO: the letter, the meeting, its reviews, half a year, and the application (P10 to P20)."""

from caseward.interfaces.cli.demonstration.courses import before_court, protection
from caseward.interfaces.cli.demonstration.telling import BEGAN, Child, Telling, said


def tell(told: Telling) -> None:
    """Tell of families between the letter and the review."""
    catkin = _on_plan(told, "Catkin Ballad", "-5y", "-60wd", "north")
    before_court.to_gateway(catkin, panel_on=14)
    before_court.drafted(catkin, "-9wd")
    before_court.countersigned(catkin, "-8wd")
    before_court.considered(catkin, "-6wd", "changes_wanted", "Name the day of the meeting.")

    cedar = _on_plan(told, "Cedar Ballad", "-10y", "-70wd", "hills")
    _not_come(cedar, "rearrange")
    cedar.did(
        "-4wd",
        "social_worker",
        said("pre_proceedings_meeting.rearranged", meeting="cedar-plo", planned_on="+4wd"),
    )
    _not_come(_on_plan(told, "Chicory Ballad", "-2y", "-68wd", "south"), "issue")

    cinquefoil = _on_plan(told, "Cinquefoil Limerick", "-6y", "-78wd", "south")
    protection.reviewed_on(cinquefoil, "-20wd")
    before_court.under_plo(cinquefoil, panel_on=40, meeting=22, review="+30wd")
    cinquefoil.did(
        "-15wd", "social_worker", said("absent_parent.identified", person="father of cinquefoil")
    )


def reviewed(told: Telling) -> None:
    """Tell of reviews that asked for more time, ended the PLO, or sent the family to court."""
    for name, worker, first, second in (
        ("Cloudberry Sonnet", "north", "further_period", ""),
        ("Coltsfoot Sonnet", "hills", "ended", ""),
        ("Cornel Sonnet", "south", "apply_now", ""),
        ("Cranberry Limerick", "north", "further_period", "further_period"),
        ("Crocus Limerick", "hills", "further_period", "ended"),
        ("Cypress Limerick", "south", "further_period", "apply_now"),
    ):
        child = told.child(name, born="-7y", worker=worker)
        protection.on_plan(child, "-8m", reviewed=("-6m",))
        before_court.under_plo(child, panel_on=78, meeting=62, review="-30wd")
        before_court.worked(child, "-45wd")
        if second:
            before_court.reviewed(child, "-32wd", first, next_on="-5wd")
            child.did("-28wd", "safeguarding_team_manager", said("pre_proceedings_plan.sent"))
            before_court.reviewed(child, "-5wd", second, next_on="+25wd")
        else:
            before_court.reviewed(child, "-4wd", first, next_on="+40wd")
    _told_of_end(told.children["coltsfoot"], "-3wd")
    _told_of_end(told.children["crocus"], "-4wd", "parents", "team_manager")


def half_a_year(told: Telling) -> None:
    """Tell of half a year under the PLO: back to the panel, which lets it go on."""
    dahlia = told.child("Dahlia Epigram", born="-8y", worker="north", sex="F")
    protection.on_plan(dahlia, "-11m", reviewed=("-8m", "-3m"))
    met = told.day("-6m").isoformat()
    dahlia.did(
        BEGAN,
        "team_manager",
        said(
            "episode.taken_on",
            procedure="pre_proceedings",
            step="P18.review P19.panel",
            anchors=f"pre_proceedings_meeting.held: {met}",
        ),
    )
    before_court.referred(dahlia, "-12wd", why="six_months")
    reason = "The mother finishes her programme next month."
    before_court.panel(dahlia, "-7wd", "stay_in_plo", reason)


def _on_plan(told: Telling, name: str, born: str, since: str, worker: str) -> Child:
    child = told.child(name, born=born, worker=worker)
    protection.on_plan(child, since)
    return child


def _not_come(child: Child, decided: str) -> None:
    before_court.to_gateway(child, panel_on=34)
    before_court.letter(child, gateway_on=30)
    before_court.arranged(child, "-24wd", planned="-7wd")
    before_court.absent(child, "-7wd")
    reasons = "She answered the next day: the bus." if decided == "rearrange" else "The third time."
    child.did("-5wd", "social_worker", said("parents_absence.decided", decided, reasons=reasons))


def _told_of_end(child: Child, when: str, *names: str) -> None:
    told = [said("notice.given", recipient=name, about="pre_proceedings_ended") for name in names]
    if told:
        child.did(when, "social_worker", *told)
