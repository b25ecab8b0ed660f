"""Who is around a child: adults involved, brothers and sisters (B7)."""

from collections.abc import Mapping

from caseward.record.access import policy
from caseward.record.people import models
from caseward.work.readings import looks, names_then, owed, words
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import Involved, Sibling

RESPONSIBILITY: Mapping[str, str] = {
    "birth": "since the birth",
    "marriage": "by marriage",
    "registration": "by registration of the birth",
    "agreement": "by agreement",
    "court_order": "by a court order",
    "care_order": "by the care order",
    "special_guardianship": "by special guardianship",
    "adoption": "by adoption",
}
THIRD_PARTY, ADDRESS, FREE_TEXT = "third_party", "restricted_address", "free_text"


def involved_of(look: ChildLook) -> tuple[Involved, ...]:
    """Return the adults involved with the child on the day, each with what must be known."""
    rows = looks.rows_of(look, models.PersonInvolved)
    adults = looks.adults(look.asked, (row.person for row in rows))
    shared = {row.person: row for row in looks.rows_of(look, models.ParentalResponsibility)}
    barred = _barred(look)
    return tuple(
        _involved(look, row, adults[row.person], shared.get(row.person), barred)
        for row in rows
        if row.person in adults
    )


def siblings_of(look: ChildLook) -> tuple[Sibling, ...]:
    """Return the child's brothers and sisters; one whom the asker may not see has no name here."""
    links = looks.rows_of(look, models.SiblingLink)
    seen = _seen(look, [link.sibling for link in links])
    late = _n_late(look, list(seen))
    return tuple(
        Sibling(
            child_id=link.sibling if link.sibling in seen else None,
            name=seen.get(link.sibling, "A brother or sister"),
            born_words=f"Born {words.short_day(link.born_on)}" if link.born_on else "",
            n_late=late.get(link.sibling, 0),
        )
        for link in links
    )


def _seen(look: ChildLook, siblings: list[str]) -> Mapping[str, str]:
    """Return those whom the asker may see today, each as it was called when the question says."""
    asked = look.asked
    rows = policy.visible_to(asked.asker).filter(pk__in=siblings).order_by("id")
    now = {child.id: looks.called(child) for child in rows}
    return now if asked.position is None else now | names_then.of_children(asked, now)


def _n_late(look: ChildLook, children: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in owed.of_children(look.asked, children):
        is_late = each.due_on is not None and each.due_on < look.asked.as_of
        if is_late and each.is_bound and not each.is_projected:
            found[each.child] = found.get(each.child, 0) + 1
    return found


def _involved(
    look: ChildLook,
    row: models.PersonInvolved,
    adult: models.Person,
    responsibility: models.ParentalResponsibility | None,
    barred: Mapping[str, list[str]],
) -> Involved:
    return Involved(
        person_id=adult.id,
        name=adult.name,
        relation=relation(row),
        parental_responsibility=responsibility_words(responsibility),
        language=adult.language,
        notes=tuple(
            note
            for note in (
                "Interpreter needed" if adult.needs_interpreter else "",
                *needs(look, adult),
                "Lives with the child" if row.lives_with_child else "",
                "" if row.may_know_of_child else "Must not learn that the child is known here",
                row.note if THIRD_PARTY in look.classes else "",
                _reach(look, adult),
                *barred.get(adult.id, ()),
            )
            if note
        ),
    )


def relation(row: models.PersonInvolved) -> str:
    """Return what an adult is to the child, as it was typed."""
    said = row.relationship.replace("_", " ")
    return said[:1].upper() + said[1:]


def needs(look: ChildLook, adult: models.Person) -> tuple[str, str]:
    """Return what helps an adult to read and to come, in the words typed, to those who may read them."""
    if FREE_TEXT not in look.classes:
        return "", ""
    return adult.reading_needs, adult.access_needs


def responsibility_words(row: models.ParentalResponsibility | None) -> str:
    """Return whether an adult shares parental responsibility, from what source and until when."""
    if row is None:
        return "No parental responsibility recorded"
    said = f"Parental responsibility {RESPONSIBILITY.get(row.source, 'in another way')}"
    until = f", until {words.short_day(row.until_on)}" if row.until_on else ""
    return f"{said}, from {words.short_day(row.from_on)}{until}"


def _reach(look: ChildLook, adult: models.Person) -> str:
    if ADDRESS not in look.classes:
        return ""
    ways = [way for way in looks.ways(look.asked, adult.id) if way.is_safe]
    safe = words.listed(f"{way.way.replace('_', ' ')} {way.address}".strip() for way in ways)
    return f"Safe to reach by {safe}" if safe else ""


def _barred(look: ChildLook) -> dict[str, list[str]]:
    if THIRD_PARTY not in look.classes:
        return {}
    rows = looks.rows_of(look, models.MeetingBar)
    names = looks.adults(
        look.asked, (end for row in rows for end in (row.person, row.other_person))
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        for one, other in ((row.person, row.other_person), (row.other_person, row.person)):
            if other in names:
                found.setdefault(one, []).append(f"Must not meet {names[other].name}")
    return found
