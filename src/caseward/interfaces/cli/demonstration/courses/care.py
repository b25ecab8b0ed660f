"""Coming into care, where a child lives, visits, and the plan."""

from datetime import timedelta
from typing import Any

from caseward.interfaces.cli.demonstration.telling import Child, Said, When, said


def began(child: Child, when: When, *, status: str = "C2", by: str = "social_worker") -> None:
    """The child came into care, under an order or by agreement."""
    child.in_care_since = child.told.day(when)
    child.did(
        when,
        by,
        said("looked_after.began", reason="S"),
        said("legal_status.began", status=status),
    )


def left(child: Child, when: When, *, reason: str) -> None:
    """The child left care; the code is the yearly return's."""
    child.in_care_until = child.told.day(when)
    child.did(when, "social_worker", said("looked_after.ended", reason=reason))


def order(child: Child, when: When, status: str = "C2") -> None:
    """The court made another order."""
    child.did(when, "social_worker", said("legal_status.began", status=status))


def lives(
    child: Child,
    when: When,
    kind: str,
    *,
    place: str = "first",
    leaves: str = "",
    until_18: bool = False,
    basis: str = "",
    emergency: bool = False,
) -> None:
    """The child was placed; `kind` is the yearly return's code, `leaves` the placement before."""
    what: dict[str, Any] = {"placement": f"{child.word}-{place}", "type": kind}
    if until_18:
        what["length"] = "to_18"
    if basis:
        what["basis"] = basis
    if emergency:
        what["is_emergency"] = "yes"
    left = (
        (said("placement.ended", placement=f"{child.word}-{leaves}", reason="Moved as planned"),)
        if leaves
        else ()
    )
    child.did(when, "social_worker", *left, said("placement.began", **what))
    if child.told.day(when) < child.told.began_on:
        # The earlier system held these as well; later ones are told where they happen.
        placement_papers(child, when, place=place)


def placement_papers(child: Child, when: When, *, place: str = "first") -> None:
    """The placement plan was made and written notice of the placement given."""
    key = f"{child.word}-{place}"
    child.did(
        when,
        "social_worker",
        said(
            "placement_plan.made", placement=key, delegated_authority="yes", medical_consent="yes"
        ),
        said("placement_notice.given", placement=key, recipients=["Parents", "School", "GP"]),
    )


def plan(child: Child, when: When, aims: str = "") -> None:
    """A care plan was made."""
    child.did(
        when, "social_worker", said("care_plan.made", aims=aims) if aims else said("care_plan.made")
    )


def visited(
    child: Child, *, since: When, until: When, every_days: int = 42, alone: bool = True
) -> None:
    """The social worker saw the child on the first and the last day and, in between, in time."""
    told = child.told
    first, on = told.day(since), told.day(until)
    days = [first]
    while on > first:
        days.append(on)
        on = told.worked(on - timedelta(days=every_days - told.chance.days_early(6)))
    for day in sorted(set(days)):
        child.did(day, "social_worker", _visit(alone=alone))


def seen(child: Child, when: When, *, recorded: When | None = None, word: str = "") -> None:
    """One visit at which the child was seen, perhaps written up late."""
    visit = said("visit.made", word=word, seen="yes", seen_alone="yes", bedroom_seen="yes")
    child.did(when, "social_worker", visit, recorded=recorded)


def _visit(*, alone: bool) -> Said:
    return said("visit.made", seen="yes", seen_alone="yes" if alone else "no")
