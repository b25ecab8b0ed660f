"""Care proceedings: issued, heard, planned three times, decided."""

from typing import Any

from caseward.interfaces.cli.demonstration.courses import into_care, people
from caseward.interfaces.cli.demonstration.telling import BEGAN, Child, When, said

DOCUMENTS = (
    "social_work_chronology", "initial_statement", "genogram", "current_assessment",
    "interim_care_plan", "threshold_document", "index_of_checklist", "evidential_documents",
)  # fmt: skip
LATER = ("bundle", "case_summary", "alternative_carers", "threshold_response", "guardian_analysis")


def issued(child: Child, when: When, *, hearing: When = "") -> None:
    """Legal Services applied, the court allocated it, and the papers went where they must."""
    proceedings = of(child)
    filed = [
        said("court_document.filed", proceedings=proceedings, document=name) for name in DOCUMENTS
    ]
    reference = f"EX{child.told.today:%y}C{child.told.chance.minute(1000, 9999)}"
    arranged = [
        said(
            "case_management_hearing.arranged",
            meeting=f"{child.word}-cmh",
            proceedings=proceedings,
            planned_on=hearing,
            court="Family Court at Exampleton",
        )
    ]
    served = [
        said("proceedings_papers.served", proceedings=proceedings, recipient=name)
        for name in ("respondents", "cafcass", "others")
    ]
    child.did(
        when,
        "legal",
        said("care_application.issued", proceedings=proceedings, court_reference=reference),
        *filed,
    )
    ordered = said(
        "standard_directions.made",
        proceedings=proceedings,
        disclosure_needed="no",
        expert_wanted="no",
    )
    after = into_care.on(child, when, 2)
    if after < child.told.today:
        child.did(after, "legal", ordered, *served, *(arranged if hearing else ()))


def prepared(child: Child, when: When) -> None:
    """What the court wants before the first hearing was filed."""
    proceedings = of(child)
    child.did(
        when,
        "legal",
        *(said("court_document.filed", proceedings=proceedings, document=name) for name in LATER),
        said("court_advocates_meeting.held", proceedings=proceedings, hearing="case_management"),
    )


def heard(child: Child, when: When, outcome: str = "timetable_set", *, number: int = 1) -> None:
    """The case management hearing; the parties know what comes next."""
    name = f"{child.word}-cmh" if number == 1 else f"{child.word}-cmh-{number}"
    held = said(
        "case_management_hearing.held",
        outcome,
        meeting=name,
        proceedings=of(child),
        attended="yes",
        arrangements_told="yes",
    )
    child.did(when, "legal", held)


def directed(
    child: Child, when: When, name: str, *, due: When, owed_by: str, about: str, what: str
) -> None:
    """The court directed something to be done by a day and a time."""
    made = said(
        "court_direction.made",
        direction=f"{child.word}-{name}",
        proceedings=of(child),
        what=what,
        due_on=due,
        due_time="16:00",
        owed_by=owed_by,
        about=about,
    )
    child.did(when, "legal", made)


def planned(child: Child, when: When, number: str, **more: Any) -> None:
    """A care planning meeting was held."""
    held = said(
        "care_planning_meeting.held",
        meeting=f"{child.word}-planning-{number}",
        proceedings=of(child),
        number=number,
        **more,
    )
    child.did(when, "social_worker", held)


def assessed(child: Child, when: When) -> None:
    """The authority's own assessment of the parents is complete."""
    done = said("local_authority_assessment.completed", proceedings=of(child))
    child.did(when, "social_worker", done)


def proposed(child: Child, when: When, order: str, placement: str) -> None:
    """The third meeting's plan for the child was written."""
    what = said(
        "final_care_plan.proposed",
        order,
        proceedings=of(child),
        placement=placement,
        contingency="Foster carers, if it does not hold.",
    )
    child.did(when, "social_worker", what)


def parents_told(child: Child, when: When, outcome: str = "told") -> None:
    """The parents heard of the plan from the social worker, or did not come."""
    meeting = f"{child.word}-parents"
    held = said("parents_meeting.held", outcome, meeting=meeting, proceedings=of(child))
    views = said("parents_views.recorded", proceedings=of(child), words="She wants him home.")
    child.did(when, "social_worker", held, *((views,) if outcome == "told" else ()))


def ratified(child: Child, when: When, outcome: str = "ratified", *, changes: str = "") -> None:
    """The officer decided on the final plan."""
    what: dict[str, Any] = {"changes": changes} if changes else {}
    decided = said("final_care_plan.decided", outcome, proceedings=of(child), **what)
    child.did(when, "iro", decided)


def resolved(child: Child, when: When, outcome: str) -> None:
    """The issues resolution hearing."""
    held = said(
        "issues_resolution_hearing.held",
        outcome,
        meeting=f"{child.word}-irh",
        proceedings=of(child),
    )
    child.did(when, "legal", held)


def final(child: Child, when: When, outcome: str, *, number: int = 1) -> None:
    """The final hearing, or a further day of it."""
    meeting = f"{child.word}-final-{number}"
    held = said("final_hearing.held", outcome, meeting=meeting, proceedings=of(child))
    child.did(when, "legal", held)


def ended(child: Child, when: When, outcome: str, reasons: str) -> None:
    """The court ended the proceedings with an order, or without one."""
    what = said("proceedings.ended", outcome, proceedings=of(child), reasons=reasons)
    child.did(when, "legal", what)


def taken_on(child: Child, weeks: int, *, steps: str) -> None:
    """The application was in court before the authority began with Caseward: taken on there."""
    on = child.told.day(f"-{weeks}w").isoformat()
    child.did(
        BEGAN,
        "team_manager",
        said(
            "episode.taken_on",
            proceedings=of(child),
            procedure="care_planning_in_proceedings",
            step=steps,
            anchors=f"care_application.issued: {on}",
        ),
    )


def in_care(child: Child, weeks: int, *, kind: str = "U6") -> None:
    """Under an interim order since so many weeks, reviewed and visited since."""
    people.mother(child)
    people.carer(child)
    into_care.came(child, f"-{weeks}w", route="proceedings", status="C1", kind=kind)
    for after in (3, 14):
        if weeks > after:
            into_care.reviewed(child, f"-{weeks - after}w")
    into_care.visited(child, since=f"-{max(weeks - 4, 1)}w", until="-1w")


def of(child: Child) -> str:
    """Return the key of the child's proceedings."""
    return f"{child.word}-proceedings"
