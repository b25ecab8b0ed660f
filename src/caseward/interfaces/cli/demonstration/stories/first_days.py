"""The first days in care: four taken on a Friday night, consents, carers, first reviews (P21 to P26)."""

from datetime import date, time, timedelta
from typing import Any

from caseward.interfaces.cli.demonstration.courses import care, into_care, people
from caseward.interfaces.cli.demonstration.telling import Child, Said, Telling, said

FOUR = (
    ("Parsley", "-9y", "M"),
    ("Pansy", "-7y", "F"),
    ("Peony", "-4y", "F"),
    ("Petunia", "-1y", "F"),
)
FAMILY = "Nightfall"


def on_a_friday_night(told: Telling) -> None:
    """Tell of four brothers and sisters whom the police took to safety last Friday night."""
    friday = _last_friday(told.today)
    children = [
        told.child(f"{name} {FAMILY}", born=born, worker="south", sex=sex, since=friday)
        for name, born, sex in FOUR
    ]
    for child in children:
        people.mother(child, word="mother of the nightfalls")
    for number, child in enumerate(children):
        child.is_sibling_of(children[:number], when=friday)
    told.together(
        children,
        friday,
        "out_of_hours",
        said(
            "police_protection.taken",
            at=time(21, 40),
            officer="The inspector on duty",
            reason="Alone in the flat since the afternoon, and nobody could reach their mother.",
        ),
    )
    on = friday + timedelta(days=1)
    while not told.calendar.is_working_day(on):
        on += timedelta(days=1)
    if on >= told.today:
        return
    ordered = said(
        "emergency_protection.ordered", ends_on=on + timedelta(days=8), ends_time="16:00"
    )
    told.together(children, on, "legal", ordered)
    for child in children:
        child.did(on, "social_worker", said("looked_after.began", reason="S"))
        care.order(child, on, "L2")
        care.lives(child, on, "U6", emergency=True)
        into_care.settled(child, on)


def tell(told: Telling) -> None:
    """Tell of consents given and refused, and of parents who could not be invited."""
    periwinkle = told.child("Periwinkle Threshold", born="-3y", worker="north", sex="F")
    into_care.came(periwinkle, "-14wd")
    _consent(periwinkle, "-9wd", "signed")
    _invited(periwinkle, "-13wd", "invited")
    plantain = told.child("Plantain Threshold", born="-6y", worker="hills", sex="M")
    into_care.came(plantain, "-9wd", route="proceedings", status="C1")
    _consent(plantain, "-4wd", "refused")
    _invited(plantain, "-8wd", "contra_indicated")


def reviewed(told: Telling) -> None:
    """Tell of first and second reviews, of adoption likely and not, on course and not."""
    plum = told.child("Plum Threshold", born="-1y", worker="south", sex="M")
    into_care.came(plum, "-25wd", status="C1")
    meeting = into_care.reviewed(plum, "-11wd")
    _considered(plum, "-11wd", meeting, "adoption_likely")
    started = said("child_permanence_report.started")
    plum.did("-9wd", "social_worker", started)
    for name, worker, second in (
        ("Primrose Threshold", "north", "on_course"),
        ("Privet Threshold", "south", "not_on_course"),
    ):
        child = told.child(name, born="-8y", worker=worker)
        into_care.came(child, "-78wd")
        meeting = into_care.reviewed(child, "-64wd")
        _considered(child, "-64wd", meeting, "adoption_not_likely")
        into_care.visited(child, since="-60wd", until="-12wd")
        again = into_care.reviewed(child, "-7wd")
        child.did("-7wd", "iro", said("second_review.considered", second, meeting=again))


def carers(told: Telling) -> None:
    """Tell of carers from the family, and of a way to permanence that failed."""
    purslane = told.child("Purslane Kinship", born="-5y", worker="hills", sex="F")
    into_care.came(purslane, "-40wd", status="C1")
    meeting = into_care.reviewed(purslane, "-26wd")
    _considered(purslane, "-26wd", meeting, "adoption_not_likely")
    into_care.visited(purslane, since="-36wd", until="-10wd")
    purslane.did("-2wd", "social_worker", _forward("great-aunt", "Great-aunt"))
    for person, asked, done, outcome in (
        ("aunt", "-35wd", "-18wd", "viable"),
        ("uncle", "-35wd", "-15wd", "not_viable"),
        ("grandmother", "-12wd", "", ""),
    ):
        purslane.did(asked, "social_worker", _forward(person, person.title()))
        requested = said("viability_assessment.requested", person=person)
        purslane.did(asked, "social_worker", requested)
        if done:
            what = said("viability_assessment.completed", outcome, person=person)
            purslane.did(done, "fostering", what)
    refused = said("kinship_carer.declined", person="neighbour", reasons="He knows her by sight.")
    purslane.did("-3wd", "social_worker", _forward("neighbour", "Neighbour"))
    purslane.did("-1wd", "fostering", refused)
    route: dict[str, Any] = {"contingency": "Long-term fostering"}
    purslane.did(
        "-30wd",
        "social_worker",
        said("permanence_plan.recorded", route="return_home", beside="family_and_friends", **route),
    )
    failed = said("permanence_route.failed", route="return_home", reasons="The mother moved away.")
    purslane.did("-3wd", "social_worker", failed)


def _last_friday(today: date) -> date:
    on = today - timedelta(days=1)
    while on.isoweekday() != 5:  # noqa: PLR2004 -- the fifth day is Friday
        on -= timedelta(days=1)
    return on


def _consent(child: Child, when: str, outcome: str) -> None:
    child.did(when, "social_worker", said("medical_information.consented", outcome))


def _invited(child: Child, when: str, outcome: str) -> None:
    placement, meeting = f"{child.word}-first", f"{child.word}-placement-meeting"
    arranged = said(
        "placement_planning_meeting.arranged",
        meeting=meeting,
        placement=placement,
        planned_on=into_care.on(child, when, 3),
    )
    child.did(when, "supervising_social_worker", arranged)
    what: dict[str, Any] = (
        {} if outcome == "invited" else {"reason": "He threatened the carers by text."}
    )
    answer = said("parents.invited", outcome, placement=placement, meeting=meeting, **what)
    child.did(when, "social_worker", answer)


def _considered(child: Child, when: str, meeting: str, outcome: str) -> None:
    what = said("first_review.considered", outcome, meeting=meeting)
    child.did(when, "iro", what)


def _forward(person: str, relationship: str) -> Said:
    return said("kinship_carer.put_forward", person=person, relationship=relationship)
