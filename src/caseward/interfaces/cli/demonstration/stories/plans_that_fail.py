"""Plans that do not protect: progress, thresholds, intensive help, and the panel (P4 to P9)."""

from caseward.interfaces.cli.demonstration.courses import before_court, protection
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said

SLOW = "The home is cleaner; school attendance has not moved."
WORSE = "Two more incidents since the core group."


def tell(told: Telling) -> None:
    """Tell of families on plans, each at another turn before the panel."""
    agrimony = _on_plan(told, "Agrimony Sketchbook", "-6y", "-60wd", "north")
    _progress(agrimony, "-30wd", "slow", "refer")
    _threshold(agrimony, "-28wd", "not_reached")
    _panel(agrimony, "-27wd", "-24wd", "accepted")
    agrimony.did("-21wd", "social_worker", said("intensive_intervention.began"))

    alyssum = _on_plan(told, "Alyssum Sketchbook", "-4y", "-45wd", "hills")
    _progress(alyssum, "-12wd", "worse", "not_needed")
    _threshold(alyssum, "-9wd", "reached")
    before_court.judged(alyssum, "-7wd", "sufficient", "Grandmother has moved in and is at home.")

    anemone = _on_plan(told, "Anemone Wordplay", "-9y", "-50wd", "south")
    _progress(anemone, "-20wd", "slow", "refer")
    _panel(anemone, "-19wd", "-15wd", "declined")
    anemone.did("-12wd", "social_worker", said("plan_progress.recorded", "as_planned"))

    angelica = _on_plan(told, "Angelica Wordplay", "-11y", "-70wd", "south")
    _programme(angelica, began="-45wd", ended="-8wd", result="changed")

    arnica = _on_plan(told, "Arnica Anagram", "-3y", "-72wd", "north")
    _programme(arnica, began="-46wd", ended="-12wd", result="not_changed")
    _threshold(arnica, "-10wd", "reached")
    before_court.judged(arnica, "-3wd", "not_sufficient", "Six weeks of daily help changed little.")

    aster = _on_plan(told, "Aster Anagram", "-2y", "-66wd", "hills")
    _programme(aster, began="-40wd", ended="-9wd", result="broken_off")
    _threshold(aster, "-6wd", "reached")
    before_court.judged(aster, "-1wd", "immediate_danger", "Found alone at home this afternoon.")


def in_danger(told: Telling) -> None:
    """Tell of three children in immediate danger: removed, protected at home, and no action."""
    avens = _on_plan(told, "Avens Palindrome", "-1y", "-40wd", "north")
    before_court.judged(avens, "-5wd", "immediate_danger", "A burn, and three accounts of it.")
    avens.did("-5wd", "social_worker", said("immediate_danger.referred"))
    _decided(avens, "-5wd", "remove", "Asked Legal Services for an emergency order today.")
    balsam = _on_plan(told, "Balsam Palindrome", "-7y", "-44wd", "south")
    before_court.judged(balsam, "-6wd", "immediate_danger", "The father came back at night.")
    balsam.did("-6wd", "social_worker", said("immediate_danger.referred"))
    _decided(balsam, "-6wd", "protect_at_home", "Mother and son stay with her sister.")
    begonia = _on_plan(told, "Begonia Palindrome", "-13y", "-38wd", "south")
    before_court.judged(begonia, "-8wd", "immediate_danger", "She said that she would not go home.")
    begonia.did("-8wd", "social_worker", said("immediate_danger.referred"))
    _decided(begonia, "-8wd", "no_action", "Grandfather took her in before we came.")
    before_court.referred(begonia, "-6wd")


def before_panel(told: Telling) -> None:
    """Tell of what the panel, the gateway and the strategic lead decided."""
    bergamot = _on_plan(told, "Bergamot Riddle", "-5y", "-64wd", "north")
    before_court.judged(bergamot, "-9wd", "not_sufficient", WORSE)
    before_court.referred(bergamot, "-8wd")
    before_court.panel(bergamot, "-4wd", "follow_plo")
    planned = said("legal_gateway_meeting.arranged", meeting="bergamot-gateway", planned_on="+1wd")
    bergamot.did("-3wd", "team_manager", planned)

    bilberry = _on_plan(told, "Bilberry Riddle", "-1y", "-58wd", "hills")
    before_court.to_gateway(bilberry, panel_on=9, outcome="issue")
    bilberry.did("-3wd", "social_worker", said("paper.given", paper="interim_care_plan"))

    bluebell = _on_plan(told, "Bluebell Riddle", "-8y", "-70wd", "south")
    before_court.judged(bluebell, "-22wd", "not_sufficient", SLOW)
    before_court.referred(bluebell, "-21wd")
    before_court.panel(bluebell, "-17wd", "deferred", "The paediatrician's report is wanted.")
    before_court.referred(bluebell, "-13wd")
    before_court.panel(bluebell, "-9wd", "plan_protects", "The report is reassuring.")
    _told_of_panel(bluebell, "-8wd", "team_manager")

    for name, worker, decided in (
        ("Burnet Acrostic", "north", "follow_plo"),
        ("Buttercup Acrostic", "hills", "issue"),
        ("Camellia Acrostic", "south", "plan_protects"),
        ("Candytuft Acrostic", "south", ""),
    ):
        _not_agreed(_on_plan(told, name, "-4y", "-62wd", worker), decided)


def _not_agreed(child: Child, decided: str) -> None:
    if not decided:
        before_court.to_gateway(child, panel_on=5, outcome="not_agreed")
        child.did("-1wd", "team_manager", said("strategic_lead.asked"))
        return
    before_court.to_gateway(child, panel_on=14, outcome="not_agreed")
    child.did("-10wd", "team_manager", said("strategic_lead.asked"))
    child.did(
        "-9wd",
        "strategic_lead",
        said("strategic_lead.decided", decided, recipients=["Mother"]),
    )
    if decided == "follow_plo":
        before_court.drafted(child, "-8wd")
        before_court.countersigned(child, "-7wd", "sent_back", "Say what help she was offered.")
    if decided == "plan_protects":
        _told_of_panel(child, "-8wd", "team_manager", "conference_chair")


def _on_plan(told: Telling, name: str, born: str, since: str, worker: str) -> Child:
    child = told.child(name, born=born, worker=worker)
    protection.on_plan(child, since)
    return child


def _progress(child: Child, when: str, how: str, considered: str) -> None:
    child.did(
        when,
        "social_worker",
        said("plan_progress.recorded", how, aims=SLOW if how == "slow" else WORSE),
        said("intensive_intervention.considered", considered),
    )


def _threshold(child: Child, when: str, outcome: str) -> None:
    child.did(when, "social_worker", said("threshold_assessment.completed", outcome))


def _panel(child: Child, asked: str, decided: str, outcome: str) -> None:
    child.did(asked, "social_worker", said("early_intervention_panel.referred"))
    child.did(decided, "panel", said("early_intervention_panel.decided", outcome))


def _programme(child: Child, *, began: str, ended: str, result: str) -> None:
    first = int(began.removeprefix("-").removesuffix("wd"))
    _progress(child, f"-{first + 10}wd", "slow", "refer")
    _panel(child, f"-{first + 9}wd", f"-{first + 4}wd", "accepted")
    child.did(began, "social_worker", said("intensive_intervention.began"))
    child.did(ended, "social_worker", said("intensive_intervention.ended", result))


def _decided(child: Child, when: str, outcome: str, action: str) -> None:
    child.did(when, "service_manager", said("protective_action.decided", outcome, action=action))


def _told_of_panel(child: Child, when: str, *names: str) -> None:
    told = (said("notice.given", recipient=name, about="panel_decision") for name in names)
    child.did(when, "social_worker", *told)
