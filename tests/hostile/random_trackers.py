"""Tracker spreadsheets with something wrong in them, and a reader that knows their mapping."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from caseward.work.exchange.imports.values import Format, Sink
from caseward.work.exchange.tracker import reading
from caseward.work.exchange.tracker.columns import Column, Mapped
from tests.builders import workbook_files
from tests.builders.workbook_files import Value
from tests.hostile import random_files
from tests.hostile.random_files import Case

MAPPED = Mapped(
    name="PLO tracker",
    columns=(
        Column(heading="ID", use="number"),
        Column(heading="Name", use="name"),
        Column(heading="DOB", use="born_on"),
        Column(heading="Letter", use="event", kind="letter_before_proceedings.sent"),
        Column(
            heading="Meeting",
            use="meeting",
            kind="discharge_meeting.held",
            planned_kind="discharge_meeting.arranged",
            field_name="planned_on",
        ),
        Column(heading="Ended", use="event", kind="pre_proceedings.ended"),
        Column(
            heading="How",
            use="outcome",
            kind="pre_proceedings.ended",
            choices={"stepped down": "stepped_down"},
        ),
        Column(heading="Comments", use="note"),
    ),
)
ROWS: list[list[Value]] = [
    ["PLO tracker", "", "", "", "", "", "", ""],
    ["ID", "Name", "DOB", "Letter", "Meeting", "Ended", "How", "Comments"],
    ["7001", "Ash", "4/5/2019", "6/1/2026", "9/2/2026", "1/2/2026", "Stepped down", "by hand"],
    ["7002", "Elm", "9 Sept 2015", "6th Jan 26 by post", "", "", "", "Awaiting advice"],
    ["7003", "Fir", "2012-03-04", "TBC", "20 March 2026", "", "", ""],
]
DAYS = (
    "6/1/2026, 7/1/2026", "31 November 2025", "by 6/1/2026", "6/1/26?", "Jan 6, 2026", "6.1.2026 x",
    "29 Feb 2023", "6 / 1 / 2026", "2026-13-01", "1/1/0001", "99/99/99", "6/1/20266", "may", "12 may",
    "12 mayhem 2026", "١/١/٢٠٢٦", "²/1/2026", "6/1/2026" * 500, "cancelled", "45000",
)  # fmt: skip


def a_tracker(random: Random) -> Case:
    """Return a tracker with something wrong in it, as a workbook or as text."""
    rows = [list(row) for row in ROWS]
    is_heading_right = random.random() < 0.85
    for _ in range(random.randrange(6)):
        row = random.choice(rows[2:] if is_heading_right else rows)
        if random.random() < 0.15:
            rows.append(list(row))
        else:
            nasty = (*random_files.NASTY, *DAYS, *random_files.CELLS)
            row[random.randrange(len(row))] = random.choice(nasty)
    if random.random() < 0.4:
        content = workbook_files.workbook({"Live": rows})
        name = "plo.xlsx"
    else:
        text = "\n".join(",".join(_quoted(cell) for cell in row) for row in rows)
        content, name = text.encode("utf-8", "surrogatepass"), "plo.csv"
    if random.random() < 0.3:
        content = random_files._spoilt(random, content)
    return Case({name: content})


def _read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    reading.read(files, out, today=today, options={**MAPPED.as_options(), **options})


def _quoted(cell: Value) -> str:
    text = "" if cell is None else str(cell)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(',"\n\r') else text


FORMAT: Format = replace(reading.FORMAT, read=_read)
