"""The children themselves, and their brothers and sisters."""

from collections.abc import Iterator
from datetime import date

from caseward.work.exchange.imports.values import ChildSeen, Fact
from caseward.work.exchange.ssd import care_codes
from caseward.work.exchange.ssd.links import OLDEST, Links
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.tables import Row, Table

LARGEST_FAMILY = 25
"""More people under one family's number are no family: an extract writes one number for all."""


def _person(row: Row) -> Iterator[ChildSeen]:
    born_on, expected_on = row.day("pers_dob"), row.day("pers_expected_dob")
    if row.links.is_adult(row.child):
        row.aside(f"a person of {OLDEST} or older is no child, and is not registered")
        return
    if born_on is not None and born_on > row.today:
        raise RowRefused(
            "pers_dob", "future", f"{born_on:%d/%m/%Y} has not come yet. An expected birth belongs in "
            "pers_expected_dob.",
        )  # fmt: skip
    if born_on is None and expected_on is None:
        raise RowRefused(
            "pers_dob", "missing", "There is neither a date of birth nor an expected one, and every date "
            "by age hangs on it.",
        )  # fmt: skip
    forename, surname = row.words("pers_forename"), row.words("pers_surname")
    yield ChildSeen(
        identifier=row.child,
        place=row.place,
        born_on=born_on,
        expected_on=expected_on if born_on is None else None,
        died_on=_died_on(row),
        name=" ".join(filter(None, (forename, surname))),
        family_name=surname,
        sex=row.code_if_known("pers_sex", care_codes.SEX),
    )


def _died_on(row: Row) -> date | None:
    on = row.happened("pers_death_date")
    born_on = row.day("pers_dob")
    if on is not None and born_on is not None and on < born_on:
        raise RowRefused("pers_death_date", "order", "The date of death is before the birth.")
    return on


def _family(row: Row) -> Iterator[Fact]:
    members = row.links.families.get(row.id("fami_family_id"), [])
    if len(members) > LARGEST_FAMILY:
        raise RowRefused(
            "fami_family_id", "conflict", f"{len(members):,} people have this family's number; nobody is "
            "anybody's brother or sister by it.",
        )  # fmt: skip
    if row.links.is_adult(row.child):
        row.aside("an adult of the family is nobody's brother or sister here")
        return
    for other in members:
        if other == row.child or not _are_siblings(row.child, other, row.links):
            continue
        person = row.links.persons.get(other)
        born_on = person.born_on if person is not None else None
        yield row.fact(
            "sibling.recorded",
            row.today,
            of=row.child,
            part=other,
            keys={"sibling": other},
            fields={"born_on": born_on.isoformat() if born_on else ""},
            on_sight=True,
        )


def _are_siblings(one: str, other: str, links: Links) -> bool:
    person = links.persons.get(other)
    if person is None and links.persons:
        return False
    if links.is_adult(other):
        return False
    return (one, other) not in links.mothers and (other, one) not in links.mothers


def _mother(row: Row) -> Iterator[Fact]:
    row.aside("read to tell mothers from sisters; nothing else is recorded of it")
    yield from ()


TABLES = (
    Table(
        name="ssd_person",
        ids=("pers_person_id",),
        person="pers_person_id",
        may_be_adult=True,
        used=(
            "pers_person_id", "pers_sex", "pers_dob", "pers_expected_dob", "pers_death_date",
            "pers_forename", "pers_surname",
        ),
        optional=("pers_forename", "pers_surname"),
        unused=(
            "pers_gender", "pers_ethnicity", "pers_common_child_id", "pers_legacy_id",
            "pers_upn_unknown", "pers_send_flag", "pers_is_mother", "pers_nationality",
        ),
        elsewhere=("pers_upn", "pers_single_unique_id", "pers_nhs_number", "pers_former_upn"),
        aliases={"pers_person_id": ("pers_la_child_id", "person_id"),
                 "pers_forename": ("pers_first_name", "pers_given_name"),
                 "pers_surname": ("pers_last_name", "pers_family_name")},
        facts=_person,
    ),
    Table(
        name="ssd_family",
        ids=("fami_table_id",),
        person="fami_person_id",
        may_be_adult=True,
        dated=("fami_family_id",),
        used=("fami_table_id", "fami_family_id", "fami_person_id"),
        facts=_family,
    ),
    Table(
        name="ssd_mother",
        ids=("moth_table_id",),
        person="moth_childs_person_id",
        may_be_adult=True,
        dated=("moth_person_id",),
        used=("moth_table_id", "moth_person_id", "moth_childs_person_id"),
        unused=("moth_childs_dob",),
        facts=_mother,
    ),
)  # fmt: skip
