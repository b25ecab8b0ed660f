"""Finding a child or an adult from any page: by a name, a date of birth, a number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.people import models, search
from caseward.record.people.queries import holding_on
from caseward.work.readings import banner, looks, words
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import ChildFound, Found, PersonFound

Row = TypeVar("Row", models.Child, models.Person)

A_PAGE = 25
ALIKE = "the name is spelled otherwise"


def page(asker: Asker, *, as_of: date, typed: str) -> Found:
    """Return the children and adults whom words may mean, of those whom the asker may see.

    An adult is found who is involved with such a child on the day. Names spelled otherwise come
    after those spelled as typed.
    """
    asked = looks.ask(asker, as_of=as_of)
    children, is_more = _children(asked, typed)
    adults, are_more = _adults(asked, typed)
    involved = _involved(asked, [adult.id for adult, _ in adults])
    names = looks.names_of(row.child for rows in involved.values() for row in rows)
    people = tuple(_person(adult, by, involved.get(adult.id, ()), names) for adult, by in adults)
    shown = {child.id for child, _ in children}
    shown |= {child for each in people for child, _, _ in each.children}
    looks.write_log(asked, "search", [*shown, *(adult.id for adult, _ in adults)])
    return Found(
        banner=banner.page(asker, as_of=as_of),
        words=typed,
        children=tuple(_child(child, by, as_of=as_of) for child, by in children),
        people=people,
        children_words=_count_words(len(children), "child", "children", is_more=is_more),
        people_words=_count_words(len(people), "person", "people", is_more=are_more),
        empty_words=_empty_words(typed) if not children and not people else "",
    )


def _children(asked: Asked, typed: str) -> tuple[list[tuple[models.Child, str]], bool]:
    if not typed.strip():
        return [], False
    seen = models.Child.objects.filter(policy.seen_by(asked.asker, child="id"))
    return _both(search.children(seen, typed), search.children(seen, typed, is_alike=True))


def _adults(asked: Asked, typed: str) -> tuple[list[tuple[models.Person, str]], bool]:
    if not typed.strip():
        return [], False
    near = _involvements(asked).values("person")
    seen = models.Person.objects.filter(pk__in=near)
    return _both(search.adults(seen, typed), search.adults(seen, typed, is_alike=True))


def _both(exact: QuerySet[Row], alike: QuerySet[Row]) -> tuple[list[tuple[Row, str]], bool]:
    """Return a page of rows as typed, then of those that sound so; and whether there are more."""
    found = [(row, "") for row in exact[: A_PAGE + 1]]
    if len(found) <= A_PAGE:
        known = {row.id for row, _ in found}
        found += [(row, ALIKE) for row in alike[: A_PAGE + 1 + len(known)] if row.id not in known]
    return found[:A_PAGE], len(found) > A_PAGE


def _involvements(asked: Asked) -> QuerySet[models.PersonInvolved]:
    """Return who is involved on the day with a child whom the asker may see."""
    seen = policy.seen_by(asked.asker, child="child")
    return models.PersonInvolved.objects.filter(holding_on(asked.as_of)).filter(seen)


def _involved(asked: Asked, adults: Sequence[str]) -> dict[str, list[models.PersonInvolved]]:
    found: dict[str, list[models.PersonInvolved]] = {}
    for row in _involvements(asked).filter(person__in=adults).order_by("from_on", "id"):
        found.setdefault(row.person, []).append(row)
    return found


def _child(child: models.Child, by: str, *, as_of: date) -> ChildFound:
    return ChildFound(
        child_id=child.id,
        name=looks.called(child),
        known_as=child.known_as,
        age_words=words.age(child.born_on, child.expected_on, as_of=as_of),
        born_on=child.born_on,
        by_words=by,
    )


def _person(
    adult: models.Person,
    by: str,
    rows: Iterable[models.PersonInvolved],
    names: Mapping[str, str],
) -> PersonFound:
    of_child = {row.child: row.relationship for row in rows}
    return PersonFound(
        name=adult.name or f"Person {adult.id[:8]}",
        by_words=by,
        children=tuple(
            (child, names.get(child, ""), relationship) for child, relationship in of_child.items()
        ),
    )


def _count_words(number: int, one: str, many: str, *, is_more: bool) -> str:
    if is_more:
        return f"The first {number} {many}: type more of the name to see fewer"
    return words.count(number, one, many) if number else ""


def _empty_words(typed: str) -> str:
    if not typed.strip():
        return "Type part of a name, a date of birth, or a number in another system."
    return (
        f"Nobody whom you may see is called “{typed}”, was born then, or has that number. Try part "
        "of the name only."
    )
