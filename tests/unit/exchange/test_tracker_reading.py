"""A tracker spreadsheet by its mapping: rows become facts, or are refused whole with each reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from caseward.work.exchange.imports.values import ChildSeen, Code, Fact, ImportRefused, Place
from caseward.work.exchange.tracker import columns, reading, sheets
from caseward.work.exchange.tracker.columns import Column, Mapped

TODAY = date(2026, 3, 2)
LETTER, MEETING = "letter_before_proceedings.sent", "pre_proceedings_meeting.held"
ENDED, ARRANGED = "pre_proceedings.ended", "discharge_meeting.arranged"
HEADINGS = (
    "Mosaic ID", "Name", "DOB", "LBP sent", "1st PLO meeting", "Discharge meeting", "Ended",
    "How it ended", "Comments", "Allocated SW",
)  # fmt: skip
MAPPED = Mapped(
    name="PLO tracker",
    columns=(
        Column(heading="Mosaic ID", use="number"),
        Column(heading="Name", use="name"),
        Column(heading="DOB", use="born_on"),
        Column(heading="LBP sent", use="event", kind=LETTER),
        Column(heading="1st PLO meeting", use="event", kind=MEETING),
        Column(heading="Discharge meeting", use="planned", kind=ARRANGED, field_name="planned_on"),
        Column(heading="Ended", use="event", kind=ENDED),
        Column(
            heading="How it ended",
            use="outcome",
            kind=ENDED,
            choices={"stepped down": "stepped_down", "court application": "court_application"},
        ),
        Column(heading="Comments", use="note"),
        Column(heading="Allocated SW"),
    ),
)
CASE = ("7001", "Ash Example", date(2019, 5, 4), date(2026, 1, 6), "20/1/26", "", "", "", "", "SW")


@dataclass(slots=True)
class Taken:
    """A sink that keeps what it is told."""

    rows: list[Place] = field(default_factory=list)
    children: list[ChildSeen] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    refused: list[tuple[int, str, Code, str]] = field(default_factory=list)
    duplicates: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, place: Place) -> None:
        self.rows.append(place)

    def child(self, seen: ChildSeen) -> None:
        self.children.append(seen)

    def fact(self, fact: Fact) -> None:
        self.facts.append(fact)

    def refuse(
        self, place: Place, column: str, code: Code, reason: str, *, about: Sequence[str] = ()
    ) -> None:
        del about
        self.refused.append((place.row, column, code, reason))

    def duplicate(self, place: Place, of: str) -> None:
        self.duplicates.append((place.row, of))

    def note(self, file: str, sentence: str) -> None:
        self.notes.append(f"{file}: {sentence}")

    def progress(self, done: int, of: int) -> None:
        assert done <= of


def workbook(path: Path, rows: Sequence[Sequence[Any]], *, above: int = 0) -> Path:
    """Write rows under merged title rows, dates as a spreadsheet keeps them."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Live cases")
    for title in range(above):
        sheet.merge_range(title, 0, title, 5, "PLO tracker – confidential", book.add_format())
    for number, row in enumerate(rows, start=above):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell)
            elif cell not in ("", None):
                sheet.write(number, place, cell)
    book.close()
    return path


def taken(path: Path, mapped: Mapped = MAPPED) -> Taken:
    """Read a tracker and return what came of it."""
    out = Taken()
    reading.read({path.name: path}, out, today=TODAY, options=mapped.as_options())
    return out


def one(tmp_path: Path, **changed: Any) -> Taken:
    """Read a tracker of one case, with cells of it changed by heading."""
    case = [changed.get(heading, cell) for heading, cell in zip(HEADINGS, CASE, strict=True)]
    return taken(workbook(tmp_path / "plo.xlsx", [HEADINGS, case]))


def told(out: Taken) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, day and fields of every fact."""
    return [(fact.kind, fact.occurred_on.isoformat(), dict(fact.fields)) for fact in out.facts]


def test_a_case_under_title_rows_becomes_a_child_and_dated_facts(tmp_path: Path) -> None:
    """Merged titles above the headings are no obstacle, and the row is named as the sheet shows it."""
    out = taken(workbook(tmp_path / "plo.xlsx", [HEADINGS, CASE], above=2))
    assert out.refused == []
    assert out.rows == [Place(file="plo.xlsx, Live cases", row=4)]
    child = out.children[0]
    assert (child.identifier, child.name, child.born_on) == (
        "7001",
        "Ash Example",
        date(2019, 5, 4),
    )
    assert told(out) == [(LETTER, "2026-01-06", {}), (MEETING, "2026-01-20", {})]
    assert out.notes == ["plo.xlsx, Live cases: Left aside: “Allocated SW”."]


def test_a_row_keeps_its_source_when_its_file_is_named_anew(tmp_path: Path) -> None:
    """The source is made of the mapping's name, the child and the heading: never of file or row."""
    first = taken(workbook(tmp_path / "PLO November.xlsx", [HEADINGS, CASE]))
    later = taken(workbook(tmp_path / "PLO December.xlsx", [HEADINGS, CASE], above=1))
    assert [fact.source for fact in first.facts] == [fact.source for fact in later.facts]
    assert len({fact.source for fact in first.facts}) == 2


def test_a_second_case_of_a_child_has_sources_of_its_own(tmp_path: Path) -> None:
    """A child may stand in a tracker twice, once for each time it came in."""
    again = list(CASE)
    again[3], again[4] = date(2026, 2, 3), ""
    out = taken(workbook(tmp_path / "plo.xlsx", [HEADINGS, CASE, again]))
    assert len({fact.source for fact in out.facts}) == 3


def test_the_same_row_twice_is_a_duplicate(tmp_path: Path) -> None:
    """A row that says what a row before it said is told as such."""
    out = taken(workbook(tmp_path / "plo.xlsx", [HEADINGS, CASE, CASE]))
    assert out.duplicates == [(3, "row 2")]
    assert len(out.rows) == 2


def test_an_outcome_column_says_how_the_entry_to_its_left_ended(tmp_path: Path) -> None:
    """Words in any case are the outcome's; words that are none refuse the row."""
    out = one(tmp_path, Ended="1/3/2026", **{"How it ended": "Stepped Down"})
    assert [fact.outcome for fact in out.facts if fact.kind == ENDED] == ["stepped_down"]
    out = one(tmp_path, Ended="1/3/2026", **{"How it ended": "Moved away"})
    assert out.facts == []
    sentence = (
        "“Moved away” is not one of the answers that “How it ended” may hold: "
        "stepped down, court application."
    )
    assert out.refused == [(2, "How it ended", "code", sentence)]


def test_a_planned_day_is_a_plan_first_seen_today(tmp_path: Path) -> None:
    """The file does not say when it was arranged; a later day is a fact of its own."""
    first = one(tmp_path, **{"Discharge meeting": "20 March 2026"}).facts[-1]
    assert (first.kind, first.fields) == (ARRANGED, {"planned_on": "2026-03-20"})
    assert (first.occurred_on, first.on_sight) == (TODAY, True)
    moved = one(tmp_path, **{"Discharge meeting": "27/3/2026"}).facts[-1]
    assert moved.source != first.source


def test_words_are_kept_as_notes(tmp_path: Path) -> None:
    """Words beside a date, words in place of one, and a column of notes: nothing is dropped."""
    out = one(
        tmp_path,
        **{
            "LBP sent": "6/1/2026 by hand",
            "1st PLO meeting": "Awaiting legal advice",
            "Comments": "Father lives abroad",
            "How it ended": "Stepped down",
        },
    )
    notes = [fact for fact in out.facts if fact.kind == reading.NOTE]
    assert [(fact.fields["column"], fact.fields["text"], fact.on_sight) for fact in notes] == [
        ("LBP sent", "by hand", False),
        ("1st PLO meeting", "Awaiting legal advice", True),
        ("Comments", "Father lives abroad", True),
        ("How it ended", "Stepped down", True),
    ]


def test_a_row_is_refused_whole_with_every_reason(tmp_path: Path) -> None:
    """Nothing of a row goes in while one of its cells is wrong, and all of them are told at once."""
    out = one(
        tmp_path, **{"LBP sent": "31/02/2026", "1st PLO meeting": "1/4/2026", "Mosaic ID": ""}
    )
    assert (out.facts, out.children) == ([], [])
    row, column, code, reason = out.refused[0]
    assert (row, column, code) == (2, "LBP sent", "date")
    assert "LBP sent: “31/02/2026” names no day of the calendar." in reason
    assert "1st PLO meeting: 01/04/2026 lies ahead, so it has not happened." in reason


def test_a_row_without_a_number_is_nobodys(tmp_path: Path) -> None:
    """A key or a total under the table is refused, since no child can be told."""
    out = one(tmp_path, **{"Mosaic ID": "TBC"})
    assert [(code, column) for _, column, code, _ in out.refused] == [("missing", "Mosaic ID")]


def test_two_birthdays_of_one_child_conflict(tmp_path: Path) -> None:
    """The second of two rows that disagree is refused with both days."""
    other = list(CASE)
    other[2], other[3] = date(2019, 4, 5), date(2026, 2, 3)
    out = taken(workbook(tmp_path / "plo.xlsx", [HEADINGS, CASE, other]))
    assert out.refused[0][2] == "conflict"
    assert "04/05/2019" in out.refused[0][3]


def test_a_number_kept_as_a_figure_is_the_same_child(tmp_path: Path) -> None:
    """A spreadsheet may keep 7001 as a figure: the child is 7001, not 7001.0."""
    assert one(tmp_path, **{"Mosaic ID": 7001}).children[0].identifier == "7001"


def test_the_last_value_of_a_formula_is_read(tmp_path: Path) -> None:
    """A date that a formula worked out is read as it was last shown."""
    path = tmp_path / "plo.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, heading in enumerate(HEADINGS):
        sheet.write(0, place, heading)
    sheet.write(1, 0, "7001")
    shape = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_formula(1, 3, "=DATE(2026,1,6)", shape, 46028)
    book.close()
    assert told(taken(path)) == [(LETTER, "2026-01-06", {})]


def test_a_formula_saved_without_its_result_refuses_the_row(tmp_path: Path) -> None:
    """A program may write formulas that nothing has worked out yet: they are not read as blank."""
    path = tmp_path / "plo.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for place, heading in enumerate(HEADINGS):
        sheet.write(0, place, heading)
    sheet.write(1, 0, "7001")
    sheet.write_formula(1, 3, "=DATE(2026,1,6)", None, "")
    book.close()
    assert [(code, column) for _, column, code, _ in taken(path).refused] == [
        ("formula", "LBP sent")
    ]


def test_a_csv_file_with_semicolons_is_read(tmp_path: Path) -> None:
    """A spreadsheet abroad separates by semicolons, and Windows saves in its own letters."""
    path = tmp_path / "plo.csv"
    lines = ["PLO tracker", ";".join(HEADINGS), "7001;Zoë Example;4/5/2019;6/1/2026;;;;;;SW"]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    out = taken(path)
    assert (out.children[0].name, told(out)) == ("Zoë Example", [(LETTER, "2026-01-06", {})])


def test_a_csv_row_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """A row with fewer cells than headings is not half read."""
    path = tmp_path / "plo.csv"
    path.write_text(",".join(HEADINGS) + "\n7001,Ash Example,4/5/20", encoding="utf-8")
    assert [code for _, _, code, _ in taken(path).refused] == ["length"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'Mosaic ID,Name,DOB\n7001,"Ash', "a quotation mark is never closed"),
        (b"\xff\xfe\x00", "The file is not text"),
        (b"PK\x03\x04nothing", "is damaged or cut off"),
        (b"Mosaic ID,Name\n7001,Ash", "no row with the headings “DOB”, “LBP sent”"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, sentence: str) -> None:
    """A damaged file, a wrong one, and one without the mapped headings are refused whole."""
    path = tmp_path / ("plo.xlsx" if content.startswith(b"PK") else "plo.csv")
    path.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        taken(path)
    assert sentence in str(refused.value)


def test_the_first_rows_are_shown_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    """Headings are found under titles, a blank one is called by its letter, a repeated one counted."""
    headings = ("ID", "Name", "Date", "", "Date")
    path = workbook(
        tmp_path / "plo.xlsx", [headings, ("7001", "Ash", date(2026, 1, 6), 3, "x")], above=3
    )
    found = sheets.first_rows(path, path.name)
    assert found.heading_row == 4
    assert found.headings == ("ID", "Name", "Date", "Column D", "Date (2)")
    assert found.rows == (("7001", "Ash", "06/01/2026", "3", "x"),)
    assert (found.sheets, found.n_rows) == (("Live cases",), 1)


def test_a_meeting_is_held_where_its_day_is_past_and_planned_where_it_lies_ahead(
    tmp_path: Path,
) -> None:
    """One column of meeting days, as trackers keep them, becomes two kinds of entry."""
    meeting = Column(
        heading="1st PLO meeting",
        use="meeting",
        kind="discharge_meeting.held",
        planned_kind=ARRANGED,
        field_name="planned_on",
    )
    mapped = Mapped(name="Discharges", columns=(MAPPED.columns[0], meeting))
    headings = ("Mosaic ID", "1st PLO meeting")
    rows = [headings, ("7001", date(2026, 2, 9)), ("7002", date(2026, 3, 9))]
    out = taken(workbook(tmp_path / "d.xlsx", rows), mapped)
    assert [(fact.kind, fact.on_sight, dict(fact.fields)) for fact in out.facts] == [
        ("discharge_meeting.held", False, {}),
        (ARRANGED, True, {"planned_on": "2026-03-09"}),
    ]


def test_a_mapping_says_what_it_lacks() -> None:
    """Without the child's number, without dates, or with an outcome of nothing, it is not kept."""
    lacking = (
        Column(heading="Name", use="name"),
        Column(heading="Also name", use="name"),
        Column(heading="Outcome", use="outcome", kind=ENDED),
    )
    assert [place for place, _ in columns.faults(lacking)] == [-1, -1, 1, 2]
    assert list(columns.faults(MAPPED.columns)) == []


def test_a_mapping_is_kept_and_read_back() -> None:
    """What is kept is plain and says the same when it is read."""
    assert columns.from_options(MAPPED.as_options()) == MAPPED
