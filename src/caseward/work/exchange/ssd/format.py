"""The format: which files are a Standard Safeguarding Dataset, and reading them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange import separated
from caseward.work.exchange.imports.values import Format, ImportRefused, Sink
from caseward.work.exchange.ssd import (
    care,
    care_codes,
    child_in_need,
    children,
    headings,
    living,
    permanence,
    planning_codes,
    protection,
    rows,
    scanning,
    staff,
)
from caseward.work.exchange.ssd.codes import CodeSet
from caseward.work.exchange.ssd.left_aside import LEFT_ASIDE
from caseward.work.exchange.ssd.scanning import Source
from caseward.work.exchange.ssd.tables import Shared, Table

SCHEME = "la_child_id"
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        *children.TABLES,
        *staff.TABLES,
        *child_in_need.TABLES,
        *protection.TABLES,
        *care.TABLES,
        *living.TABLES,
        *permanence.TABLES,
    )
}
"""The tables read, in the order in which they are: a child before what happened to it."""
_CODES = (
    care_codes.LEGAL_STATUS, care_codes.START_REASON, care_codes.CEASED_REASON,
    care_codes.PLACEMENT_TYPE, care_codes.PARTICIPATION, care_codes.SEX, planning_codes.ROLE,
    planning_codes.HEALTH_CHECK, planning_codes.HEALTH_STATUS, planning_codes.MISSING_TYPE,
    planning_codes.ORDER_TYPE, planning_codes.ELIGIBILITY, planning_codes.REVERSED_REASON,
    planning_codes.PRE_PROCEEDINGS_OUTCOME, planning_codes.NO_SDQ_REASON,
)  # fmt: skip


def recognise(names: Sequence[str]) -> bool:
    """Tell whether any of the files is a table of the dataset that is read."""
    return any(headings.table_of(name) in TABLES for name in names)


def read(
    files: Mapping[str, Path],
    out: Sink,
    *,
    today: date,
    options: Mapping[str, Any] | None = None,
) -> None:
    """Read every table of the dataset among the files, and say which were left aside and why.

    Options: `scheme`, the system that the numbers of children, workers and teams are of; `words`, an
    authority's own words by code set: {"role": {"Lead practitioner": "social_worker"}}.
    Errors: ImportRefused, naming the file and what to do; what was put into the sink is then void.
    """
    chosen = options or {}
    sources = _sources(files, out)
    links = scanning.scan(sources, today=today)
    local = _local(chosen.get("words") or {})
    sizes = {name: source.path.stat().st_size for name, source in sources.items()}
    done, of = 0, sum(sizes.values())
    for name in TABLES:
        if (source := sources.get(name)) is None:
            continue
        shared = Shared(
            today=today, scheme=str(chosen.get("scheme") or SCHEME), links=links, local=local
        )
        rows.take(source, out, shared, told=_telling(out, done, of))
        done += sizes[name]
        out.progress(done, of)


def _telling(out: Sink, done: int, of: int) -> separated.Told:
    return lambda n_read: out.progress(min(done + n_read, of), of)


def _sources(files: Mapping[str, Path], out: Sink) -> dict[str, Source]:
    """Return the file of each table that is read; say of every other file why it is not."""
    found: dict[str, Source] = {}
    for file, path in sorted(files.items()):
        name = headings.table_of(file) or ""
        if name in TABLES:
            if name in found:
                raise ImportRefused(
                    f"{found[name].file} and {file} are both the table {name}. Keep one of them and import "
                    "again. Nothing has been imported."
                )
            found[name] = Source(table=TABLES[name], file=file, path=path)
        elif name in LEFT_ASIDE:
            out.note(file, f"The table {name} is left aside: {LEFT_ASIDE[name]}.")
        else:
            out.note(
                file, "The file is no table of the Standard Safeguarding Dataset; it is not read."
            )
    if "ssd_person" not in found:
        out.note(
            "ssd_person",
            "There is no ssd_person among the files: only children who are known already can be found.",
        )
    return found


def _local(words: Mapping[str, Mapping[str, str]]) -> dict[str, CodeSet]:
    return {
        codes.name: codes.with_local(words[codes.name]) for codes in _CODES if codes.name in words
    }


FORMAT = Format(
    code="ssd",
    title="Standard Safeguarding Dataset",
    recognise=recognise,
    read=read,
    options={"scheme": SCHEME, "latest_only": ["iro_contact.made"], "main_tables": ["ssd_person"]},
)
