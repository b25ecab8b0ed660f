"""Plans that end otherwise than at a conference: care, removal, a move, another country, a death."""

from caseward.interfaces.cli.demonstration.courses import care, into_care, people, protection
from caseward.interfaces.cli.demonstration.telling import Child, Telling, said


def tell(told: Telling) -> None:
    """Tell of children who came into care while on a plan."""
    laburnum = _into_care(told, "Laburnum Overlap", "-1wd")
    laburnum.did("-1wd", "social_worker", said("circumstances.changed", change="Came into care."))

    lavender = _into_care(told, "Lavender Overlap", "-20wd")
    _consulted(lavender, "-17wd")
    _decided(lavender, "-16wd", "discontinue")
    lavender.did(
        "-14wd",
        "iro",
        said("care_plan_addition.agreed", plan="lavender-plan", actions="No contact alone."),
    )

    liquorice = _into_care(told, "Liquorice Overlap", "-50wd")
    _consulted(liquorice, "-48wd")
    _decided(liquorice, "-46wd", "continue")
    merged = said("merged_meetings.agreed", plan="liquorice-plan", chairing="iro")
    liquorice.did("-45wd", "iro", merged)
    to_minutes = said("notice.given", recipient="minute_taker", about="merged_meetings")
    liquorice.did("-45wd", "conference_chair", to_minutes)
    protection.reviewed_on(liquorice, "-10wd")
    liquorice.did(
        "-10wd",
        "iro",
        said(
            "looked_after_review.held",
            "plan_continues",
            meeting="liquorice-joint-1",
            participation="PN1",
            seen_alone_before="yes",
        ),
    )
    liquorice.did(
        "-5wd",
        "conference_chair",
        said("joint_review.arranged", meeting="liquorice-joint-2", planned_on="+40wd"),
    )
    _single_frequency(told)


def removed(told: Telling) -> None:
    """Tell of plans taken away without a conference: proposed, refused, removed, and written about."""
    lobelia = _into_care(told, "Lobelia Erasure", "-40wd")
    _proposed(lobelia, "-3wd")

    loosestrife = _into_care(told, "Loosestrife Erasure", "-45wd")
    _proposed(loosestrife, "-10wd")
    _agreed(loosestrife, "-8wd")
    _removal(loosestrife, "-6wd", "not_removed", "The final order is not made yet.")

    lotus = _into_care(told, "Lotus Erasure", "-44wd")
    _proposed(lotus, "-12wd")
    _agreed(lotus, "-10wd")
    _removal(lotus, "-2wd", "removed", "The plan for his care does the work of both.")

    lychnis = _into_care(told, "Lychnis Erasure", "-48wd")
    _proposed(lychnis, "-20wd")
    _agreed(lychnis, "-18wd")
    _removal(lychnis, "-16wd", "removed", "A full care order was made.")
    lychnis.did(
        "-15wd",
        "conference_chair",
        said("child_protection_plan.ended", plan="lychnis-plan", reason="Removed"),
        said("plan_ending_letter.drafted", plan="lychnis-plan", recipients=["Mother", "School"]),
    )
    lychnis.did(
        "-12wd",
        "social_worker",
        said("plan_ending_letter.sent", plan="lychnis-plan", recipient="Mother", how="by post"),
    )


def moved(told: Telling) -> None:
    """Tell of moves to other authorities, one of them ended without their word, and one abroad."""
    maidenhair = _on_plan(told, "Maidenhair Departure", "north")
    _moves(maidenhair, "-15wd", permanent="no")
    mint = _on_plan(told, "Mint Departure", "hills")
    _moves(mint, "-10wd", permanent="yes")
    _sent(mint, "-8wd")
    mistletoe = _on_plan(told, "Mistletoe Departure", "south")
    _moves(mistletoe, "-22wd", permanent="yes")
    _sent(mistletoe, "-20wd")
    _confirmed(mistletoe, "-9wd", "not_accepted", "They want the report of the last conference.")
    _confirmed(mistletoe, "-1wd", "accepted", "Their conference sits next week.")
    moss = _on_plan(told, "Moss Departure", "south")
    _moves(moss, "-18wd", permanent="yes")
    _sent(moss, "-16wd")
    ended = said("child_protection_plan.ended", plan="moss-plan", reason="Moved away")
    moss.did("-6wd", "conference_chair", ended, why="The other authority said so on the phone")

    mulberry = _on_plan(told, "Mulberry Overseas", "north")
    _abroad(mulberry, "-9wd")
    nigella = _on_plan(told, "Nigella Overseas", "south")
    _abroad(nigella, "-25wd")
    nigella.did("-20wd", "social_worker", said("embassy.asked", plan="nigella-plan"))
    contacted = said("counterpart_abroad.contacted", plan="nigella-plan", office="In her town")
    nigella.did("-14wd", "social_worker", contacted)
    oxeye = _on_plan(told, "Oxeye Overseas", "hills")
    _abroad(oxeye, "-16wd")
    ended = said("child_protection_plan.ended", plan="oxeye-plan", reason="Left the country")
    oxeye.did("-4wd", "conference_chair", ended)


def died(told: Telling) -> None:
    """Tell of two children who died: what goes out stops, and who is told at once."""
    olive = _on_plan(told, "Olive Quietus", "hills")
    died_on = told.day("-1wd")
    olive.did(died_on, "social_worker", said("child.died", note="In hospital, of her illness."))
    orach = _on_plan(told, "Orach Quietus", "south")
    orach.did("-9wd", "social_worker", said("child.died", note="A road accident."))
    orach.did(
        "-9wd",
        "service_manager",
        said("outgoing_after_death.decided", "stopped", reasons="Nothing goes to the family."),
    )
    for name in ("iro_service_manager", "head_of_quality_assurance", "development_officer"):
        orach.did(
            "-9wd", "social_worker", said("notice.given", recipient=name, about="child_death")
        )
    decided = said("serious_incident.decided", "not_notify", reasons="Neither abuse nor neglect.")
    orach.did("-6wd", "head_of_quality_assurance", decided)
    oregano = _on_plan(told, "Oregano Quietus", "north")
    oregano.did("-4wd", "social_worker", said("child.died", note="The cause is not known yet."))
    oregano.did(
        "-4wd",
        "service_manager",
        said(
            "outgoing_after_death.decided",
            "some_goes",
            reasons="The letter of the benefits office goes, by hand, to the grandmother.",
        ),
    )
    for name in ("iro_service_manager", "head_of_quality_assurance", "development_officer"):
        oregano.did(
            "-4wd", "social_worker", said("notice.given", recipient=name, about="child_death")
        )
    notify = said("serious_incident.decided", "notify", reasons="Neglect was known in the home.")
    oregano.did("-2wd", "head_of_quality_assurance", notify)


def _single_frequency(told: Telling) -> None:
    lunaria = _into_care(told, "Lunaria Overlap", "-30wd", planned="-60wd")
    _consulted(lunaria, "-28wd")
    _decided(lunaria, "-26wd", "continue")
    asked = said("single_visit_frequency.requested", reasons="Same worker, same home, same aim.")
    lunaria.did("-20wd", "social_worker", asked)
    agreed = said("single_visit_frequency.agreed", look_again_on="+40wd")
    lunaria.did("-17wd", "iro_service_manager", agreed)
    told_to = said(
        "notice.given", recipient="quality_assurance_support", about="single_visit_frequency"
    )
    lunaria.did("-17wd", "social_worker", told_to)


def _on_plan(told: Telling, name: str, worker: str) -> Child:
    child = told.child(name, born="-6y", worker=worker)
    protection.on_plan(child, "-7m", reviewed=("-4m",), visited_until="-6wd")
    return child


def _into_care(told: Telling, name: str, on: str, *, planned: str = "") -> Child:
    child = told.child(name, born="-5y", worker="north")
    if planned:
        protection.on_plan(child, planned, visited_until=on)
    else:
        protection.on_plan(child, "-6m", reviewed=("-4m",), visited_until=on)
    people.carer(child)
    care.began(child, on, status="V2")
    care.lives(child, on, "U6")
    into_care.settled(child, on)
    if on != "-1wd":
        for who in ("iro_service_manager", "conference_chair"):
            child.did(
                on, "social_worker", said("notice.given", recipient=who, about="looked_after")
            )
        into_care.reviewed(child, into_care.on(child, on, 13))
    return child


def _consulted(child: Child, when: str) -> None:
    views = (said("plan_consultation.held", recipient=name) for name in ("conference_chair", "iro"))
    child.did(when, "iro_service_manager", *views)


def _decided(child: Child, when: str, outcome: str) -> None:
    plan = protection.plan_of(child)
    reasons = "He lives with carers, and his plan for care says how he is kept safe."
    if outcome == "continue":
        reasons = "He goes home at weekends."
    decided = said("concurrent_plan.decided", outcome, plan=plan, reasons=reasons)
    child.did(when, "iro_service_manager", decided)


def _proposed(child: Child, when: str) -> None:
    plan = protection.plan_of(child)
    what = said("administrative_removal.proposed", plan=plan, ground="section_20")
    child.did(when, "conference_chair", what)


def _agreed(child: Child, when: str) -> None:
    plan = protection.plan_of(child)
    addition = said("care_plan_addition.agreed", plan=plan, actions="What was left of the plan.")
    child.did(when, "iro", addition)
    agreed = said("administrative_removal.agreed", "agreed", plan=plan, reasons="Safe in care.")
    child.did(when, "child_protection_service_manager", agreed)


def _removal(child: Child, when: str, outcome: str, reasons: str) -> None:
    plan = protection.plan_of(child)
    decided = said("administrative_removal.decided", outcome, plan=plan, reasons=reasons)
    child.did(when, "iro_service_manager", decided)


def _moves(child: Child, when: str, *, permanent: str) -> None:
    what = said(
        "move_to_other_authority.recorded",
        plan=protection.plan_of(child),
        authority="Borrowedshire",
        permanent=permanent,
    )
    child.did(when, "social_worker", what)


def _sent(child: Child, when: str) -> None:
    plan = protection.plan_of(child)
    sent = said("transfer_notice.sent", plan=plan, authority="Borrowedshire")
    child.did(when, "social_worker", sent)


def _confirmed(child: Child, when: str, outcome: str, note: str) -> None:
    plan = protection.plan_of(child)
    answer = said("other_authority.confirmed", outcome, plan=plan, note=note)
    child.did(when, "quality_assurance_support", answer)


def _abroad(child: Child, when: str) -> None:
    plan = protection.plan_of(child)
    what = said("move_abroad.recorded", plan=plan, country="Ruritania")
    child.did(when, "social_worker", what)
