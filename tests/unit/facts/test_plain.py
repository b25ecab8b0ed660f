"""The plain file of facts: a contract that others hold us to."""

import json
from datetime import UTC, date, datetime, time

import pytest

from caseward.rules.facts import plain, reading, record

HEADING = ",".join(plain.COLUMNS)


def refused(text: str, form: str = "csv") -> list[tuple[int, str, str]]:
    """Return every problem told of a file as row, column and sentence."""
    with pytest.raises(plain.PlainFileError) as error:
        plain.read_plain(text, form=form)  # type: ignore[arg-type]
    return [tuple(problem) for problem in error.value.problems]  # type: ignore[misc]


def test_the_columns_are_the_contract() -> None:
    """Columns are never renamed or taken away: version 1 has these thirteen."""
    assert plain.VERSION == 1
    assert plain.COLUMNS == (
        "child", "kind", "occurred_on", "time", "outcome", "keys", "until", "fields", "id",
        "corrects", "withdraws", "recorded_at", "born_on",
    )  # fmt: skip


def test_every_column_is_read() -> None:
    """A row of the CSV form becomes an entry with all that it says."""
    text = HEADING + (
        '\nc1,review.held,2025-12-04,14:30,supported,"{""meeting"": ""m1""}",2026-01-01,'
        '"{""seen"": true, ""n"": 3, ""to"": [""a"", ""b""]}",e1,,,2025-12-05T09:00Z,\n'
    )
    (entry,) = plain.read_plain(text)
    assert (entry.entry_id, entry.child, entry.kind) == ("e1", "c1", "review.held")
    assert (entry.occurred_on, entry.time) == (date(2025, 12, 4), time(14, 30))
    assert (entry.outcome, entry.keys) == ("supported", {"meeting": "m1"})
    assert entry.fields == {"seen": "yes", "n": "3", "to": ["a", "b"]}
    assert entry.until == date(2026, 1, 1)
    assert entry.recorded_at == datetime(2025, 12, 5, 9, tzinfo=UTC)
    assert (entry.corrects, entry.withdraws, entry.position) == (None, None, 1)


def test_both_forms_say_the_same() -> None:
    """The same rows as JSON lines give the same entries, with keys and fields as objects."""
    cells = {
        "child": "c1", "kind": "review.held", "occurred_on": "2025-12-04",
        "keys": {"meeting": "m1"}, "fields": {"seen": False}, "born_on": "2012-05-01",
    }  # fmt: skip
    csv = (
        "child,kind,occurred_on,keys,fields,born_on\n"
        'c1,review.held,2025-12-04,"{""meeting"": ""m1""}","{""seen"": false}",2012-05-01\n'
    )
    assert plain.read_plain(json.dumps(cells) + "\n\n", form="jsonl") == plain.read_plain(csv)


def test_a_date_of_birth_becomes_the_birth_of_each_child() -> None:
    """`born_on` makes one event child.born per child, before the rest and with a lasting id."""
    text = (
        "child,kind,occurred_on,born_on\n"
        "c1,a.b,2025-01-01,2012-05-01\nc1,a.b,2025-01-02,2012-05-01\nc2,a.b,2025-01-03,\n"
    )
    entries = plain.read_plain(text)
    assert [(e.entry_id, e.child, e.occurred_on) for e in entries if e.kind == plain.BORN] == [
        ("born:c1", "c1", date(2012, 5, 1))
    ]
    assert [entry.position for entry in entries] == [1, 2, 3, 4]


def test_a_birth_stated_as_a_row_is_not_made_twice() -> None:
    """A row child.born beside born_on leaves one birth, the row's."""
    text = "child,kind,occurred_on,born_on,id\nc1,child.born,2012-05-01,2012-05-01,b\n"
    assert [entry.entry_id for entry in plain.read_plain(text)] == ["b"]


def test_positions_follow_the_order_of_recording() -> None:
    """Rows are numbered by recorded_at and then by row; what does not say comes first (M3)."""
    text = (
        "child,kind,occurred_on,id,recorded_at\n"
        "c1,a.b,2025-01-01,late,2025-02-02T10:00\n"
        "c1,a.b,2025-01-02,early,2025-02-01\n"
        "c1,a.b,2025-01-03,silent,\n"
        "c1,a.b,2025-01-04,late too,2025-02-02T10:00\n"
    )
    entries = plain.read_plain(text)
    assert [entry.entry_id for entry in entries] == ["silent", "early", "late", "late too"]
    assert record.position_at(entries, date(2025, 2, 1)) == 2


def test_ids_that_are_not_given_do_not_depend_on_the_order_of_rows() -> None:
    """A row without an id gets one made of what it says, so that a task's key lasts (M38)."""
    rows = ["c1,a.b,2025-01-01,x", "c1,a.b,2025-01-02,x", "c2,a.b,2025-01-01,x"]
    heading = "child,kind,occurred_on,outcome\n"
    there = plain.read_plain(heading + "\n".join(rows))
    back = plain.read_plain(heading + "\n".join(reversed(rows)))
    assert {e.entry_id for e in there} == {e.entry_id for e in back}
    assert len({e.entry_id for e in there}) == 3


def test_two_rows_alike_are_two_events() -> None:
    """The same row twice happened twice: each has an id of its own."""
    entries = plain.read_plain("child,kind,occurred_on\nc1,a.b,2025-01-01\nc1,a.b,2025-01-01\n")
    assert len({entry.entry_id for entry in entries}) == 2


def test_corrections_and_withdrawals_reach_the_record() -> None:
    """A correction gives its values and a withdrawal takes an entry away (M3)."""
    text = (
        "child,kind,occurred_on,id,corrects,withdraws\n"
        "c1,a.b,2025-01-01,e1,,\nc1,a.b,2025-01-05,k,e1,\n"
        "c1,a.b,2025-01-02,e2,,\nc1,a.b,2025-01-02,w,,e2\n"
    )
    known = record.as_known(plain.read_plain(text), child="c1")
    assert [(e.entry_id, e.occurred_on) for e in known.events] == [("e1", date(2025, 1, 5))]


def test_an_unknown_column_is_refused_by_name() -> None:
    """A column that is not of the contract is named, with the nearest that is."""
    assert refused("child,kind,occured_on,colour\n") == [
        (1, "colour", "“colour” is not a column of the plain file."),
        (1, "occured_on", ("“occured_on” is not a column of the plain file. Did you mean "
         "“occurred_on”?")),
        (1, "occurred_on", "The column “occurred_on” is missing."),
    ]  # fmt: skip
    line = '{"child": "c", "kind": "a.b", "occurred_on": "2025-01-01", "colour": 1}'
    assert refused(line, "jsonl") == [(1, "colour", "“colour” is not a column of the plain file.")]


def test_a_column_twice_is_refused() -> None:
    """Which of two columns of one name counts would be a guess."""
    assert refused("child,kind,occurred_on,kind\n") == [
        (1, "kind", "The column “kind” stands there twice.")
    ]


CELLS = [
    ("occurred_on", "2025-02-31", "There is no day 31 in February 2025. Look at the date again."),
    ("occurred_on", "4.12.2025",
     "“4.12.2025” is not a date. Write it as year-month-day, like 2025-12-04."),
    ("occurred_on", "", "The cell is empty."),
    ("child", "", "The cell is empty."),
    ("kind", "", "The cell is empty."),
    ("time", "25:00", "“25:00” is not a time of day. Write it as 16:00."),
    ("until", "soon", "“soon” is not a date. Write it as year-month-day, like 2025-12-04."),
    ("keys", "m1", 'The cell must be a JSON object, like {"meeting": "m1"}.'),
    ("fields", "[1]", 'The cell must be a JSON object, like {"meeting": "m1"}.'),
    ("fields", '"{""n"": 1.5}"', "1.5 is not a whole number. Fields hold texts and whole numbers."),
    ("recorded_at", "yesterday",
     ("“yesterday” is not a moment. Write it as 2025-12-04T16:00, in London's time or with an "
     "offset.")),
    ("corrects", "e9", "This child has no row with the id “e9”."),
    ("withdraws", "e9", "This child has no row with the id “e9”."),
    ("born_on", "2012-00-01", "“2012-00-01” is not a date: the months run from 1 to 12."),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "sentence"), CELLS)
def test_a_bad_cell_is_named_with_row_and_column(column: str, cell: str, sentence: str) -> None:
    """Each cell that cannot be read is told by row and column, with what to write instead."""
    cells = {"child": "c1", "kind": "a.b", "occurred_on": "2025-01-01", column: cell}
    row = ",".join(cells.get(name, "") for name in plain.COLUMNS)
    good = ",".join(
        {"child": "c1", "kind": "a.b", "occurred_on": "2025-01-01"}.get(name, "")
        for name in plain.COLUMNS
    )
    assert refused(f"{HEADING}\n{good}\n{row}\n") == [(3, column, sentence)]


def test_all_bad_cells_are_told_together() -> None:
    """Nothing is returned of a file with a bad cell, and all are told at once."""
    assert refused("child,kind,occurred_on,time\nc1,,x,9\n,a.b,2025-01-01,\n") == [
        (2, "kind", "The cell is empty."),
        (2, "occurred_on", "“x” is not a date. Write it as year-month-day, like 2025-12-04."),
        (2, "time", "“9” is not a time of day. Write it as 16:00."),
        (3, "child", "The cell is empty."),
    ]


def test_a_row_of_another_length_is_refused() -> None:
    """A comma too many shifts the cells: the row is told, never guessed at."""
    assert refused("child,kind,occurred_on\nc1,a.b,2025-01-01,x\n") == [
        (2, "", ("The row has 4 cells and the heading 3. A comma inside a cell needs quotes around "
         "the cell."))
    ]  # fmt: skip


def test_a_file_cut_inside_a_quote_is_refused() -> None:
    """A file that breaks off mid-row is refused at that row."""
    ((row, _, sentence),) = refused('child,kind,occurred_on,keys\nc1,a.b,2025-01-01,"{')
    assert row == 2
    assert sentence.startswith("The file breaks off or a quote is wrong: ")


def test_two_dates_of_birth_are_refused() -> None:
    """A child has one date of birth; the row that differs is told with the first."""
    text = (
        "child,kind,occurred_on,born_on\n"
        "c1,a.b,2025-01-01,2012-05-01\nc1,a.b,2025-01-02,2012-05-02\n"
    )
    assert refused(text) == [
        (3, "born_on", ("Row 2 says that this child was born on 2012-05-01. A child has one date "
         "of birth."))
    ]  # fmt: skip


def test_an_id_twice_and_a_row_that_does_two_things_are_refused() -> None:
    """An id is one row's, and a row corrects or withdraws."""
    text = (
        "child,kind,occurred_on,id,corrects,withdraws\n"
        "c1,a.b,2025-01-01,e,,\nc1,a.b,2025-01-01,e,,\nc1,a.b,2025-01-01,f,e,e\n"
    )
    assert refused(text) == [
        (3, "id", "The id “e” stands in row 2 too."),
        (4, "withdraws", "A row corrects or withdraws, not both."),
    ]


def test_a_row_cannot_correct_another_childs() -> None:
    """A correction stays within one child's record (M37)."""
    text = "child,kind,occurred_on,id,corrects\nc1,a.b,2025-01-01,e,\nc2,a.b,2025-01-01,f,e\n"
    assert refused(text) == [(3, "corrects", "This child has no row with the id “e”.")]


def test_a_line_that_is_not_an_object_is_refused() -> None:
    """Each JSON line is one object; another line is told and the rest is still read."""
    problems = refused('[1]\n{"child": \n{"child": "c", "kind": "a.b"}\n', "jsonl")
    assert [(row, column) for row, column, _ in problems] == [(1, ""), (2, ""), (3, "occurred_on")]


def test_the_error_reads_as_a_list() -> None:
    """The error's text has a line for each problem, with the file's name, and says how many more."""
    rows = "\n".join("c1,a.b,x" for _ in range(60))
    with pytest.raises(plain.PlainFileError) as error:
        plain.read_plain(f"child,kind,occurred_on\n{rows}\n", path="facts.csv")
    lines = str(error.value).splitlines()
    assert lines[0] == (
        "facts.csv, row 2, column occurred_on: “x” is not a date. Write it as year-month-day, "
        "like 2025-12-04."
    )
    assert lines[-1] == "… and 10 more."


VOCABULARY = reading.read_vocabulary(
    {
        "kinds.yaml": """
kinds:
  child.born: {title: Birth}
  birth.expected: {title: Birth expected, fields: {expected_on: {title: Day, type: date}}}
  visit.made: {title: Visit, before_birth: false, keys: [placement]}
  meeting.held: {title: Meeting}
"""
    }
)


def disallowed(text: str) -> list[tuple[int, str, str]]:
    """Return what the vocabulary refuses of a file, by row, column and sentence."""
    with pytest.raises(plain.PlainFileError) as error:
        plain.read_plain(text, vocabulary=VOCABULARY)
    return [(row, column, sentence) for row, column, sentence in error.value.problems]


def test_what_cannot_be_before_the_birth_is_refused_by_row_and_column() -> None:
    """The file is refused in the words of the page; what may be before the birth is taken (B2)."""
    heading = "child,kind,occurred_on,born_on\n"
    sentence = "3 March 2024 is before the child was born, on 4 March 2024."
    text = f"{heading}A,meeting.held,2024-03-01,2024-03-04\nA,visit.made,2024-03-03,\n"
    assert disallowed(text) == [(3, "occurred_on", sentence)]
    expected = f"{heading}A,birth.expected,2024-03-01,\nA,visit.made,2024-03-03,\n"
    assert disallowed(expected) == [
        (3, "occurred_on", "“Visit” cannot happen before the birth. Record the birth first.")
    ]
    other = f"{heading}A,meeting.held,2024-03-01,2024-03-04\nB,visit.made,2024-03-03,\n"
    assert len(plain.read_plain(other, vocabulary=VOCABULARY)) == 3


def test_a_day_before_the_birth_that_was_corrected_is_history() -> None:
    """Only what stands is asked about, and the row whose values stand is the one told."""
    heading = "child,kind,occurred_on,id,corrects,withdraws,born_on\n"
    wrong = "A,visit.made,2024-03-03,v,,,2024-03-04\n"
    right = f"{heading}{wrong}A,visit.made,2024-03-05,w,v,,\n"
    assert len(plain.read_plain(right, vocabulary=VOCABULARY)) == 3
    withdrawn = f"{heading}{wrong}A,visit.made,2024-03-05,w,,v,\n"
    assert len(plain.read_plain(withdrawn, vocabulary=VOCABULARY)) == 3
    again = f"{heading}{wrong}A,visit.made,2024-03-02,w,v,,\n"
    assert [row for row, _, _ in disallowed(again)] == [3]


def test_words_that_no_kind_declares_are_told_by_row_and_column() -> None:
    """Kind, outcome, field and key are each told in their own column."""
    text = (
        "child,kind,occurred_on,outcome,keys,fields\n"
        "A,visit.mode,2024-03-03,,,\n"
        'A,visit.made,2024-03-03,done,"{""place"": ""p""}","{""sen"": ""no""}"\n'
    )
    assert [(row, column) for row, column, _ in disallowed(text)] == [
        (2, "kind"), (3, "fields"), (3, "keys"), (3, "outcome"),
    ]  # fmt: skip
