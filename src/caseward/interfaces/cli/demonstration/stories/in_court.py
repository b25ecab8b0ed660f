"""Care proceedings week by week: issued, heard, planned, extended, ended (P1, P24 to P32)."""

from caseward.interfaces.cli.demonstration.courses import care, court, into_care
from caseward.interfaces.cli.demonstration.telling import Child, Said, Telling, said

ALL_STEPS = "P1.end P27.assessment P27.meeting P29.review"


def tell(told: Telling) -> None:
    """Tell of the second week, the tenth, the sixteenth, the nineteenth and beyond the twenty-sixth."""
    _second_week(told)
    _tenth_week(told)
    _fifteenth_week(told)
    _nineteenth_week(told)
    _beyond(told)


def ended(told: Telling) -> None:
    """Tell of seven children for whom the court has decided, each otherwise."""
    for number, (name, plan, order, placement, reasons) in enumerate(ORDERS):
        child = told.child(name, born="-5y", worker=("north", "hills", "south")[number % 3])
        _to_the_end(child, plan, order, placement, reasons, number)
    _adoption_returned(told)


ORDERS = (
    ("Rosemary Verdict", "care_order", "care_order", "With her foster carers.", "Threshold met."),
    ("Rue Verdict", "adoption", "care_and_placement_order", "Adoption.", "Nothing else will do."),
    ("Rush Verdict", "special_guardianship", "special_guardianship_order", "Aunt.", "Settled."),
    ("Saffron Verdict", "child_arrangements", "child_arrangements_order", "Father.", "Agreed."),
    ("Sanicle Verdict", "supervision_order", "supervision_order", "Home.", "A year's support."),
    ("Savory Verdict", "no_order", "no_order", "Home.", "No order is better than one."),
    ("Shamrock Verdict", "no_order", "withdrawn", "Home.", "The court allowed the withdrawal."),
)


def _second_week(told: Telling) -> None:
    reedmace = told.child("Reedmace Docket", born="-2y", worker="north", sex="F")
    court.in_care(reedmace, 2)
    court.issued(reedmace, "-7wd", hearing="+6wd")
    silverweed = told.child("Silverweed Docket", born="-4y", worker="hills", sex="M")
    court.in_care(silverweed, 1)
    court.issued(silverweed, "-1wd")


def _tenth_week(told: Telling) -> None:
    snowdrop = told.child("Snowdrop Docket", born="-3y", worker="south", sex="F")
    court.in_care(snowdrop, 10)
    court.issued(snowdrop, "-49wd", hearing="-33wd")
    court.prepared(snowdrop, "-37wd")
    court.heard(snowdrop, "-33wd")
    court.planned(snowdrop, "-15wd", "two", adoption_likely="yes")
    court.directed(
        snowdrop, "-33wd", "statement", due="-2wd", owed_by="social_worker", about="assessment",
        what="Parenting assessment",
    )  # fmt: skip
    court.directed(
        snowdrop, "-33wd", "expert", due="+8wd", owed_by="expert", about="expert_report",
        what="Psychologist's report on the mother",
    )  # fmt: skip


def _fifteenth_week(told: Telling) -> None:
    speedwell = told.child("Speedwell Docket", born="-6y", worker="north", sex="M")
    court.in_care(speedwell, 15)
    court.issued(speedwell, "-74wd", hearing="-58wd")
    court.prepared(speedwell, "-62wd")
    court.heard(speedwell, "-58wd", "further_hearing")
    court.heard(speedwell, "-45wd", "further_hearing", number=2)
    court.heard(speedwell, "-30wd", "timetable_set", number=3)
    court.planned(speedwell, "-28wd", "two")
    court.assessed(speedwell, "-12wd")
    court.planned(speedwell, "-1wd", "three")


def _nineteenth_week(told: Telling) -> None:
    spruce = _taken_on(told, "Spruce Docket", 19)
    court.assessed(spruce, "-26wd")
    court.planned(spruce, "-16wd", "three")
    court.proposed(spruce, "-14wd", "care_order", "With his foster carers.")
    court.parents_told(spruce, "-12wd", "not_told")
    into_care.reviewed(spruce, "-8wd", final_plan=True)
    court.ratified(spruce, "-7wd", "not_ratified", changes="Where is family time in it?")
    squill = _taken_on(told, "Squill Docket", 19)
    court.assessed(squill, "-24wd")
    court.planned(squill, "-14wd", "three")
    court.proposed(squill, "-12wd", "care_order", "With her grandmother's friend, who fosters.")
    court.parents_told(squill, "-10wd")
    into_care.reviewed(squill, "-5wd", final_plan=True)
    court.ratified(squill, "-5wd", "amended", changes="The half-brother is to be seen monthly.")
    court.directed(
        squill, "-4wd", "final", due="+9wd", owed_by="social_worker", about="final_evidence",
        what="Final evidence",
    )  # fmt: skip
    stonecrop = _taken_on(told, "Stonecrop Docket", 18)
    court.assessed(stonecrop, "-20wd")
    court.planned(stonecrop, "-9wd", "three")
    court.proposed(stonecrop, "-7wd", "special_guardianship", "With his aunt.")
    court.parents_told(stonecrop, "-5wd")
    stonecrop.did("-4wd", "service_manager", _money(stonecrop, "refused"))
    tulip = _taken_on(told, "Tulip Docket", 18)
    court.assessed(tulip, "-22wd")
    court.planned(tulip, "-11wd", "three")
    court.proposed(tulip, "-9wd", "special_guardianship", "With her godmother.")
    court.parents_told(tulip, "-7wd")
    tulip.did("-6wd", "service_manager", _money(tulip, "not_needed"))


def _beyond(told: Telling) -> None:
    sumac = _taken_on(told, "Sumac Longcase", 31)
    longer = said(
        "proceedings_length.set",
        proceedings=court.of(sumac),
        weeks="36",
        reason="The grandmother abroad is assessed by the authority there.",
        moved_by="court",
    )
    sumac.did("-26wd", "legal", longer)
    moved = said("notice.given", recipient="iro", about="court_timetable")
    sumac.did("-25wd", "social_worker", moved)
    court.resolved(sumac, "-20wd", "final_hearing")
    court.final(sumac, "-6wd", "part_heard")
    another = said(
        "final_hearing.arranged",
        meeting="sumac-final-2",
        proceedings=court.of(sumac),
        planned_on="+14wd",
        court="Family Court at Exampleton",
    )
    sumac.did("-5wd", "legal", another)
    again = said(
        "final_hearing.rearranged",
        meeting="sumac-final-2",
        proceedings=court.of(sumac),
        planned_on="+18wd",
        moved_by="authority",
        reason="Our expert cannot come on the first day.",
    )
    sumac.did("-1wd", "legal", again)


def _taken_on(told: Telling, name: str, weeks: int) -> Child:
    child = told.child(name, born="-5y", worker="hills")
    court.in_care(child, weeks + 1)
    court.issued(child, f"-{weeks}w", hearing=f"-{weeks - 4}w")
    court.heard(child, f"-{weeks - 4}w")
    court.planned(child, f"-{weeks - 8}w", "two")
    court.taken_on(child, weeks, steps=ALL_STEPS)
    return child


def _to_the_end(
    child: Child, plan: str, order: str, placement: str, reasons: str, number: int
) -> None:
    court.in_care(child, 29, kind="P1" if placement == "Home." else "U6")
    court.issued(child, "-28w", hearing="-24w")
    court.heard(child, "-24w")
    court.planned(child, "-20w", "two")
    court.taken_on(child, 28, steps=ALL_STEPS)
    court.assessed(child, "-66wd")
    court.planned(child, "-60wd", "three")
    court.proposed(child, "-57wd", plan, placement)
    court.parents_told(child, "-55wd")
    into_care.reviewed(child, "-50wd", final_plan=True)
    court.ratified(child, "-50wd")
    _supported(child, plan)
    if number in (3, 6):
        court.resolved(child, "-20wd", "concluded")
        court.ended(child, f"-{18 - number}wd", order, reasons)
        return
    court.resolved(child, "-36wd", "final_hearing")
    if number in (0, 1):
        court.final(child, "-27wd", "concluded")
    else:
        court.final(child, "-25wd", "part_heard")
        if number == 4:  # noqa: PLR2004 -- one of them took three days
            court.final(child, "-22wd", "part_heard", number=2)
        court.final(child, "-19wd", "concluded", number=3)
    court.ended(child, f"-{18 - number}wd", order, reasons)
    if order == "care_order":
        care.order(child, "-18wd", "C2")


def _supported(child: Child, plan: str) -> None:
    proceedings = court.of(child)
    if plan == "adoption":
        child.did("-54wd", "social_worker", said("adoption_papers.sent", proceedings=proceedings))
        checked = said("adoption_papers.checked", "ready", proceedings=proceedings)
        child.did("-50wd", "adoption_team_manager", checked)
        made = said("adoption_decision.made", reasons="Nothing else meets her needs.")
        child.did("-45wd", "adm", made)
        child.did("-45wd", "service_manager", _money(child, "not_needed"))
    else:
        outcome = {"special_guardianship": "agreed", "child_arrangements": "refused"}
        child.did("-55wd", "service_manager", _money(child, outcome.get(plan, "not_needed")))
    assessed = said("financial_assessment.completed", proceedings=proceedings)
    child.did("-56wd", "social_worker", assessed)


def _money(child: Child, outcome: str) -> Said:
    return said("financial_support.decided", outcome, proceedings=court.of(child))


def _adoption_returned(told: Telling) -> None:
    sycamore = _taken_on(told, "Sycamore Docket", 20)
    court.assessed(sycamore, "-32wd")
    court.planned(sycamore, "-22wd", "three", adoption_likely="yes")
    court.proposed(sycamore, "-20wd", "adoption", "Adoption, by early permanence.")
    court.parents_told(sycamore, "-18wd")
    sent = said("adoption_papers.sent", proceedings=court.of(sycamore))
    sycamore.did("-15wd", "social_worker", sent)
    returned = said(
        "adoption_papers.checked",
        "returned",
        proceedings=court.of(sycamore),
        wanted="The medical of the father's side.",
    )
    sycamore.did("-11wd", "adoption_team_manager", returned)
    sycamore.did("-3wd", "social_worker", sent)
