"""Which table a file is, and where its columns stand: by name, whatever their order and case."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.ssd.tables import Table

TABLE_ALIASES: Mapping[str, str] = {
    "ssd_cla_placements": "ssd_cla_placement",
    "ssd_cla_review": "ssd_cla_reviews",
    "ssd_cla_visit": "ssd_cla_visits",
    "ssd_cp_plan": "ssd_cp_plans",
    "ssd_cp_review": "ssd_cp_reviews",
    "ssd_cp_visit": "ssd_cp_visits",
    "ssd_persons": "ssd_person",
    "ssd_people": "ssd_person",
    "ssd_s47_enquiries": "ssd_s47_enquiry",
    "ssd_initial_cp_conferences": "ssd_initial_cp_conference",
    "ssd_involvement": "ssd_involvements",
    "ssd_professional": "ssd_professionals",
    "ssd_departments": "ssd_department",
    "ssd_legal_statuses": "ssd_legal_status",
    "ssd_sdq": "ssd_sdq_scores",
    "ssd_families": "ssd_family",
    "ssd_missing_episodes": "ssd_missing",
    "ssd_care_leaver": "ssd_care_leavers",
}
_TABLE = re.compile(r"(ssd_[a-z0-9_]*?)(?:_view|_v)?(?:[ _.-]*\d{4}[ _.-]?\d{2}[ _.-]?\d{2}.*)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where each column that is read stands; which are missing, and which are not known."""

    places: Mapping[str, int]
    width: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def table_of(file: str) -> str | None:
    """Return the table that a file's name means, None for a file that is no table of the dataset."""
    path = PurePosixPath(file.replace("\\", "/"))
    if path.suffix.casefold() != ".csv":
        return None
    # A database writes the schema before the table: dbo.ssd_person.csv.
    stem = path.name[: -len(path.suffix)].casefold().strip("[]")
    start = stem.find("ssd_")
    if start < 0 or (start > 0 and stem[start - 1] not in ".[ -"):
        return None
    found = _TABLE.match(stem[start:].strip("[]"))
    if found is None:
        return None
    return TABLE_ALIASES.get(found.group(1), found.group(1))


def read(cells: Sequence[str], table: Table, file: str) -> Heading:
    """Return where the columns stand.

    Errors: ImportRefused where one column stands twice, since nobody knows which of them is meant.
    """
    names = [_plain(cell) for cell in cells]
    known = _own_names(table)
    places: dict[str, int] = {}
    extra = []
    for place, name in enumerate(names):
        column = known.get(name)
        if column is None:
            extra += [name] if name else []
        elif column in places and names[places[column]] == name:
            raise ImportRefused(
                f"{file} has the column {name} twice. Take one of them out and import again. Nothing has "
                "been imported."
            )
        elif column not in places or name == column:
            # The column's own name goes before another system's.
            places[column] = place
    return Heading(
        places={column: place for column, place in places.items() if column in table.used},
        width=len(cells),
        missing=tuple(column for column in table.used if column not in places),
        extra=tuple(extra),
    )


def notes(heading: Heading, table: Table) -> Iterable[str]:
    """Yield what is to be said of a heading, once for the file."""
    if heading.extra:
        yield f"Columns that the dataset does not have are not read: {', '.join(heading.extra)}."
    linked = [link.column for link in table.links if link.column in heading.places]
    for column in heading.missing:
        if column in table.optional:
            continue
        if column == table.person and linked:
            yield f"There is no column {column}; the child is found by {' or '.join(linked)}."
        elif column in {link.column for link in table.links} and table.person in heading.places:
            continue
        elif column == table.ids[0]:
            yield f"There is no column {column}; rows are told apart by child and date."
        else:
            yield f"There is no column {column}; what it would say is not recorded."


def _plain(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip().strip("[]\"'").strip()).casefold()


def _own_names(table: Table) -> dict[str, str]:
    """Return the table's columns by every name that they go by."""
    names = {name: name for name in (*table.used, *table.unused, *table.elsewhere)}
    for column, others in table.aliases.items():
        names |= dict.fromkeys(others, column)
    return names
