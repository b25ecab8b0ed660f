"""The ids of the tables that others lead through, gathered before any row is taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseward.work.exchange import separated
from caseward.work.exchange.ssd import care_codes, cells, headings
from caseward.work.exchange.ssd.links import OLDEST, Links, Period, Person
from caseward.work.exchange.ssd.refusals import RowRefused
from caseward.work.exchange.ssd.tables import Reading, Row, Shared, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a table that is read."""

    table: Table
    file: str
    path: Path


def scan(sources: Mapping[str, Source], *, today: date) -> Links:
    """Return who is whose, from the tables that are there.

    Shapes: sources, by table name.
    Errors: ImportRefused, as `separated.rows`; a row that cannot be read is passed over here and
    refused when it is taken.
    """
    links = Links(files={name: source.file for name, source in sources.items()})
    for name, gather in _GATHERED.items():
        if (source := sources.get(name)) is None:
            continue
        for row in rows_of(source, links, today=today):
            try:
                gather(row, links)
            except RowRefused:
                continue
    return links


def rows_of(source: Source, links: Links, *, today: date) -> Iterator[Row]:
    """Yield the rows of a file that are as long as its heading, without saying anything of others."""
    given = separated.rows(source.path, source.file)
    first = next(given, None)
    if first is None:
        return
    heading = headings.read(first[1], source.table, source.file)
    reading = Reading(
        table=source.table,
        file=source.file,
        places=heading.places,
        width=heading.width,
        shared=Shared(today=today, scheme="", links=links),
    )
    for number, row in given:
        if len(row) >= heading.width:
            yield Row(reading, number, row)


def period_of(row: Row) -> str:
    """Return the id of the period of care of an episode; without one, child and day of entry are it."""
    said = row.id("clae_cla_id")
    return said or f"{row.child}~{row.spelt_alike('clae_entered_care_date')}"


def _person(row: Row, links: Links) -> None:
    born_on = row.day("pers_dob")
    links.persons[row.id("pers_person_id")] = Person(
        born_on=born_on,
        expected_on=row.day("pers_expected_dob"),
        is_dead=row.day("pers_death_date") is not None,
        is_adult=born_on is not None and _is_adult(born_on, row.today),
    )


def _is_adult(born_on: date, today: date) -> bool:
    return (today.year - born_on.year) - (
        (today.month, today.day) < (born_on.month, born_on.day)
    ) >= OLDEST


def _owned(to: str, column: str) -> Callable[[Row, Links], None]:
    def gather(row: Row, links: Links) -> None:
        if key := row.id(column):
            links.children[to].setdefault(key, row.owner())

    return gather


def _episode(row: Row, links: Links) -> None:
    row.child = row.owner()
    key = period_of(row)
    if row.id("clae_cla_id"):
        links.children["period"].setdefault(key, row.child)
    period = links.periods.setdefault(key, Period(child=row.child))
    entered_on = row.day("clae_entered_care_date")
    started_on = row.day("clae_cla_episode_start_date")
    period.entered_on = _earlier(period.entered_on, entered_on)
    period.earliest_on = _earlier(period.earliest_on, started_on)
    reason = row.text("clae_cla_episode_start_reason")
    if row.meaning(reason, care_codes.START_REASON) == "S":
        period.started_on = _earlier(period.started_on, started_on)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)


def _review(row: Row, links: Links) -> None:
    on = row.day("clar_cla_review_date")
    if on is not None and (not links.reviews_since or on < links.reviews_since[0]):
        links.reviews_since[:] = [on]


def _conference(row: Row, links: Links) -> None:
    if enquiry := row.id("icpc_s47_enquiry_id"):
        links.conferences.add(enquiry)


def _family(row: Row, links: Links) -> None:
    family, person = row.id("fami_family_id"), row.id("fami_person_id")
    if family and person and person not in (members := links.families[family]):
        members.append(person)


def _mother(row: Row, links: Links) -> None:
    links.mothers.add((row.id("moth_person_id"), row.id("moth_childs_person_id")))


def _department(row: Row, links: Links) -> None:
    links.teams[row.id("dept_team_id")] = row.words("dept_team_name")
    if parent := row.id("dept_team_parent_id"):
        links.parents.add(parent)


def _professional(row: Row, links: Links) -> None:
    if title := row.words("prof_professional_job_title"):
        links.job_titles[row.id("prof_professional_id")] = title


def _involvement(row: Row, links: Links) -> None:
    worker = row.id("invo_professional_id")
    if worker and worker not in cells.NO_WORKER:
        links.professionals.add(worker)


_GATHERED: Mapping[str, Callable[[Row, Links], None]] = {
    "ssd_person": _person,
    "ssd_cin_episodes": _owned("referral", "cine_referral_id"),
    "ssd_s47_enquiry": _owned("enquiry", "s47e_s47_enquiry_id"),
    "ssd_initial_cp_conference": _conference,
    "ssd_cin_plans": _owned("cin_plan", "cinp_cin_plan_id"),
    "ssd_cp_plans": _owned("plan", "cppl_cp_plan_id"),
    "ssd_cla_episodes": _episode,
    "ssd_cla_reviews": _review,
    "ssd_family": _family,
    "ssd_mother": _mother,
    "ssd_department": _department,
    "ssd_professionals": _professional,
    "ssd_involvements": _involvement,
}
