"""The SSDA903 return: every row lands in one place, and a file that may be cut off is refused."""

from datetime import date

import pytest

from caseward.work.exchange.ssda903 import agreeing, mapping, reading, report

TODAY = date(2026, 3, 2)
HEADER = (
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,F,01/05/2012,WBRI,,,\n1002,M,09/09/2011,,,,\n"
)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


def _stage(*, episodes: str = "", reviews: str = "", header: str = HEADER) -> reading.Staged:
    files = {
        "header.csv": header.encode(),
        "episodes.csv": (EPISODES + episodes).encode(),
        "reviews.csv": (REVIEWS + reviews).encode(),
    }
    return reading.stage(files, today=TODAY)


def _only_refusal(staged: reading.Staged) -> report.RefusedRow:
    assert len(staged.refused) == 1, staged.refused
    return staged.refused[0]


def _facts(staged: reading.Staged, child: str = "1001") -> list[tuple[str, str, dict[str, str]]]:
    found = next(c for c in mapping.by_child(staged) if c.identifier == child)
    return [(f.kind, f.occurred_on.isoformat(), f.fields) for f in found.facts]


def test_a_day_that_does_not_exist_is_refused_with_row_and_column() -> None:
    """31 February is named with its file, row and column, and the other rows go on."""
    staged = _stage(reviews="1001,01/05/2012,31/02/2025,PN4\n1002,09/09/2011,03/03/2025,PN6\n")
    refused = _only_refusal(staged)
    assert (refused.file, refused.row, refused.column) == ("reviews.csv", 2, "REVIEW")
    assert refused.reason == (
        "'31/02/2025' is not a day of the calendar. Write it as day/month/year."
    )
    assert [row.child for row in staged.rows["Reviews"]] == ["1002"]


def test_utf_16_is_refused_whole_and_says_how_to_save() -> None:
    """A file saved as Unicode text is refused before any row, with what to do."""
    with pytest.raises(reading.ImportRefused, match=r"saved as UTF-16.*CSV UTF-8"):
        reading.stage({"header.csv": HEADER.encode("utf-16")}, today=TODAY)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    """A file that a spreadsheet saved as CSV UTF-8 is read as it is."""
    staged = reading.stage({"Header.csv": b"\xef\xbb\xbf" + HEADER.encode()}, today=TODAY)
    assert [row.child for row in staged.rows["Header"]] == ["1001", "1002"]


@pytest.mark.parametrize(
    "tail", ["1001,01/05/2012", "1001,01/05/2012,03/03/20", '1001,01/05/2012,"03/0']
)
def test_a_file_cut_off_in_a_row_is_refused_whole(tail: str) -> None:
    """Rows may be missing that nobody would see, so nothing of the file is imported."""
    with pytest.raises(reading.ImportRefused, match=r"reviews\.csv.*cut off"):
        _stage(reviews="1002,09/09/2011,03/03/2025,PN6\n" + tail)


def test_a_short_row_in_the_middle_is_refused_alone() -> None:
    """A row that lacks cells is refused; those after it are read."""
    staged = _stage(reviews="1001,01/05/2012\n1002,09/09/2011,03/03/2025,PN6\n")
    assert "The row has 2 cells and the heading 4" in _only_refusal(staged).reason
    assert len(staged.rows["Reviews"]) == 1


def test_an_extra_column_is_refused_by_name() -> None:
    """A heading that the table does not have is named."""
    with pytest.raises(reading.ImportRefused, match=r"header\.csv has a column.*'SHOE_SIZE'"):
        reading.stage(
            {"header.csv": b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,SHOE_SIZE\n"}, today=TODAY
        )


def test_without_header_nothing_is_read() -> None:
    """Header names the children, so a return without it is refused."""
    with pytest.raises(reading.ImportRefused, match="There is no Header file"):
        reading.stage({"reviews.csv": REVIEWS.encode()}, today=TODAY)


def test_columns_in_another_order_are_found_by_name() -> None:
    """The order of columns does not matter."""
    header = "DOB,CHILD,SEX,ETHNIC,UPN,MOTHER,MC_DOB\n01/05/2012,1001,F,,,,\n"
    staged = reading.stage({"header.csv": header.encode()}, today=TODAY)
    assert staged.rows["Header"][0].dates["DOB"] == date(2012, 5, 1)


def test_the_same_row_twice_is_a_duplicate_and_another_is_a_conflict() -> None:
    """An identical row is a duplicate; one with the same key that says otherwise is refused."""
    row = "1001,01/05/2012,03/03/2025,PN4\n"
    staged = _stage(reviews=row + row + "1001,01/05/2012,03/03/2025,PN6\n")
    assert [(d.row, d.of) for d in staged.duplicates] == [(3, "row 2 of this file")]
    assert _only_refusal(staged).reason.startswith("Row 2 has the same CHILD and REVIEW")


def test_totals_add_up() -> None:
    """Every row read is accepted, a duplicate or refused."""
    row = "1001,01/05/2012,03/03/2025,PN4\n"
    staged = _stage(reviews=row + row + "1001,01/05/2012,30/02/2025,PN6\n")
    totals = report.totals(staged.read, staged.refused, staged.duplicates)
    reviews = next(t for t in totals if t.file == "reviews.csv")
    assert (reviews.read, reviews.accepted, reviews.duplicate, reviews.refused) == (3, 1, 1, 1)


def test_totals_that_do_not_add_up_are_a_fault() -> None:
    """A row counted twice stops the import rather than being reported wrongly."""
    refused = [report.RefusedRow(file="reviews.csv", row=2, column="", code="date", reason="x")] * 2
    with pytest.raises(ValueError, match="more rows were turned away than were read"):
        report.totals({"reviews.csv": 1}, refused, [])


def test_a_review_that_has_not_come_yet_is_refused() -> None:
    """What has not happened cannot be imported as held."""
    assert (
        "has not come yet"
        in _only_refusal(_stage(reviews="1001,01/05/2012,03/03/2030,PN4\n")).reason
    )


def test_leaving_care_needs_its_date() -> None:
    """A reason for leaving care without a date is refused rather than guessed."""
    staged = _stage(episodes="1001,01/02/2020,S,V2,N1,U1,PR1,,E4A,,,,\n")
    assert _only_refusal(staged).reason.startswith("REC E4A says that the child left care")


def test_rows_become_entering_status_placement_and_leaving() -> None:
    """A period of care with a change of status and of placement becomes the facts of each."""
    staged = _stage(
        episodes="1001,01/02/2020,S,V2,N1,U1,PR1,01/03/2020,X1,,,,\n"
        "1001,01/03/2020,L,C1,N1,U1,PR1,01/06/2020,X1,CARPL,,,\n"
        "1001,01/06/2020,P,C1,N1,U4,PR1,01/09/2020,E4A,,,,\n"
    )
    assert _facts(staged) == [
        ("looked_after.began", "2020-02-01", {"reason": "S"}),
        ("legal_status.began", "2020-02-01", {"status": "V2"}),
        ("placement.began", "2020-02-01", {"type": "U1", "provider": "PR1"}),
        ("legal_status.began", "2020-03-01", {"status": "C1"}),
        ("placement.ended", "2020-06-01", {"reason": "CARPL"}),
        ("placement.began", "2020-06-01", {"type": "U4", "provider": "PR1"}),
        ("placement.ended", "2020-09-01", {}),
        ("looked_after.ended", "2020-09-01", {"reason": "E4A"}),
    ]


def test_a_record_that_begins_part_way_says_so() -> None:
    """A first row that is not a start does not pretend that care began that day."""
    staged = _stage(episodes="1001,01/02/2020,P,C2,N1,U1,PR1,,,,,,\n")
    assert _facts(staged)[0] == (
        "looked_after.began", "2020-02-01", {"reason": "P", "part_way": "yes"},
    )  # fmt: skip


def test_every_accepted_row_leaves_a_fact_with_its_own_source() -> None:
    """So that the same row is known again, whatever it says."""
    staged = _stage(
        episodes="1001,01/02/2020,S,C2,N1,U1,PR1,01/03/2020,X1,,,,\n"
        "1001,01/03/2020,L,C2,N1,U1,PR1,,,,,,\n",
        reviews="1001,01/05/2012,03/03/2020,\n",
    )
    facts = [f for child in mapping.by_child(staged) for f in child.facts]
    rows = {(f.row.table, f.row.number) for f in facts}
    assert rows == {("Episodes", 2), ("Episodes", 3), ("Reviews", 2)}
    assert len({f.source for f in facts}) == len(facts)


def test_another_childs_row_is_refused() -> None:
    """A row with another date of birth, an unknown child or a day before birth is refused."""
    staged = _stage(
        reviews="1001,02/05/2012,03/03/2025,PN4\n9999,02/05/2012,03/03/2025,PN4\n"
        "1002,09/09/2011,08/09/2011,PN4\n"
    )
    agreed = agreeing.agreed(staged, {})
    assert [(r.row, r.code) for r in agreed.refused] == [
        (2, "other_child"), (3, "unknown_child"), (4, "before_birth"),
    ]  # fmt: skip
    assert agreed.rows["Reviews"] == ()


def test_a_child_known_already_may_come_without_header_row() -> None:
    """A later return need not name a child that the store knows."""
    staged = _stage(reviews="7777,01/01/2010,03/03/2025,PN4\n")
    agreed = agreeing.agreed(staged, {"7777": date(2010, 1, 1)})
    assert agreed.refused == ()


def test_a_header_that_contradicts_the_record_is_refused() -> None:
    """A date of birth that differs from the record's may be another child."""
    agreed = agreeing.agreed(_stage(), {"1001": date(2012, 5, 2)})
    assert [(r.column, r.code) for r in agreed.refused] == [("DOB", "changed")]
