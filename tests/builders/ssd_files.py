"""Small files of the dataset, written in a test beside what is asked of them."""

from datetime import date
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd import format as ssd
from tests.builders.sinks import CollectingSink

TODAY = date(2026, 11, 24)
PERSON = (
    "pers_person_id,pers_dob,pers_expected_dob,pers_death_date\n1,2015-03-04,,\n2,2018-05-12,,\n"
)


def read(folder: Path, *, options: dict[str, Any] | None = None, **tables: str) -> CollectingSink:
    """Read tables given as text by their name without `ssd_`; the two children are 1 and 2."""
    given = {"person": PERSON} | tables
    files = {}
    for name, text in given.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8", newline="")
        files[f"ssd_{name}.csv"] = path
    sink = CollectingSink()
    ssd.read(files, sink, today=TODAY, options=options or {})
    return sink


def of_kind(sink: CollectingSink, *kinds: str) -> list[Fact]:
    """Return the facts of these kinds, in the order told."""
    return [fact for fact in sink.facts if fact.kind in kinds]


def refusals(sink: CollectingSink) -> list[tuple[str, int, str, str]]:
    """Return file, row, column and code of every refusal."""
    return [(r.place.file, r.place.row, r.column, r.code) for r in sink.refused]


def notes(sink: CollectingSink, file: str) -> str:
    """Return everything said of a file."""
    return " ".join(sentence for name, sentence in sink.notes if name == file)
