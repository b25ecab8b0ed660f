"""Rows of the SSDA903 return: each lands in one place, and a file that may be cut off is refused."""

from datetime import date
from pathlib import Path

import pytest

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.ssda903 import events, returns
from tests.builders import sinks
from tests.builders.sinks import CollectingSink, Refused

TODAY = date(2026, 3, 2)
HEADER = (
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,F,01/05/2012,WBRI,,,\n1002,M,09/09/2011,,,,\n"
)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


@pytest.fixture
def read(tmp_path: Path) -> "_Read":
    """A reader of returns in a folder of its own."""
    return _Read(tmp_path)


class _Read:
    """Reads Header with some episodes and reviews, or files as given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self, *, episodes: str = "", reviews: str = "", header: str = HEADER
    ) -> CollectingSink:
        return self.files(
            {
                "header.csv": header.encode(),
                "episodes.csv": (EPISODES + episodes).encode(),
                "reviews.csv": (REVIEWS + reviews).encode(),
            }
        )

    def files(self, files: dict[str, bytes]) -> CollectingSink:
        return sinks.told_by(returns.FORMAT, files, self._folder, today=TODAY)


def only_refusal(sink: CollectingSink) -> Refused:
    """Return the one row that was refused."""
    (refused,) = sink.refused
    return refused


def facts(sink: CollectingSink) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, day and fields of each fact, in order of days."""
    ordered = sorted(sink.facts, key=lambda fact: fact.occurred_on)
    return [(f.kind, f.occurred_on.isoformat(), dict(f.fields)) for f in ordered]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("31/02/2025", "'31/02/2025' is not a day of the calendar. Write it as day/month/year."),
        ("02/13/2025", "'02/13/2025' is not a day of the calendar. Write it as day/month/year."),
        ("1/2/25", "'1/2/25' is not a day of the calendar. Write it as day/month/year."),
        ("zz/02/2025", "'zz/02/2025' does not give the day, and REVIEW needs one."),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_row_and_column(
    read: _Read, written: str, says: str
) -> None:
    """It is named with its file, row and column, and the other rows go on."""
    sink = read(reviews=f"1001,01/05/2012,{written},PN4\n1002,09/09/2011,03/03/2025,PN6\n")
    refused = only_refusal(sink)
    assert (refused.place.file, refused.place.row, refused.column, refused.code) == (
        "reviews.csv", 2, "REVIEW", "date",
    )  # fmt: skip
    assert refused.reason == says
    assert [f.child for f in sink.facts] == ["1002"]


@pytest.mark.parametrize("written", ["3/3/2025", "03/03/2025 00:00:00", "2025-03-03"])
def test_a_day_is_read_in_each_spelling_that_cannot_be_mistaken(read: _Read, written: str) -> None:
    """One digit, a midnight behind it, or the year first: it is the third of March."""
    sink = read(reviews=f"1001,01/05/2012,{written},PN4\n")
    assert facts(sink)[0][1] == "2025-03-03"


def test_utf_16_is_refused_whole_and_says_how_to_save(read: _Read) -> None:
    """A file saved as Unicode text is refused before any row, with what to do."""
    with pytest.raises(ImportRefused, match=r"saved as UTF-16.*CSV UTF-8"):
        read.files({"header.csv": HEADER.encode("utf-16")})


def test_a_byte_order_mark_is_no_obstacle(read: _Read) -> None:
    """A file that a spreadsheet saved as CSV UTF-8 is read as it is."""
    sink = read.files({"Header.csv": b"\xef\xbb\xbf" + HEADER.encode()})
    assert [seen.identifier for seen in sink.children] == ["1001", "1002"]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_columns_parted_by_another_sign_are_refused_by_name(read: _Read, sign: str) -> None:
    """A file with semicolons would be one long column; it says how to save it."""
    with pytest.raises(ImportRefused, match=r"columns parted by .*not by commas"):
        read.files({"header.csv": HEADER.replace(",", sign).encode()})


@pytest.mark.parametrize(
    "tail", ["1001,01/05/2012", "1001,01/05/2012,03/03/20", '1001,01/05/2012,"03/0']
)
def test_a_file_cut_off_in_a_row_is_refused_whole(read: _Read, tail: str) -> None:
    """Rows may be missing that nobody would see, so nothing of the file is imported."""
    with pytest.raises(ImportRefused, match=r"reviews\.csv.*cut off"):
        read(reviews="1002,09/09/2011,03/03/2025,PN6\n" + tail)


def test_a_file_without_its_last_byte_is_read_in_full_or_refused(read: _Read) -> None:
    """Without the last line end nothing is missing; without the last sign of a code something is."""
    reviews = "1002,09/09/2011,03/03/2025,PN6\n1001,01/05/2012,03/03/2025,PN4\n"
    assert len(read(reviews=reviews[:-1]).facts) == 2
    with pytest.raises(ImportRefused, match="ends in the middle of row 3"):
        read(reviews=reviews[:-2])


def test_a_short_row_in_the_middle_is_refused_alone(read: _Read) -> None:
    """A row that lacks cells is refused; those after it are read."""
    sink = read(reviews="1001,01/05/2012\n1002,09/09/2011,03/03/2025,PN6\n")
    assert only_refusal(sink).code == "length"
    assert len(sink.facts) == 1


def test_without_header_nothing_is_read(read: _Read) -> None:
    """Header names the children, so a return without it is refused."""
    with pytest.raises(ImportRefused, match="There is no Header file"):
        read.files({"reviews.csv": REVIEWS.encode()})


def test_columns_in_another_order_are_found_by_name(read: _Read) -> None:
    """The order of columns does not matter, nor do small letters in the heading."""
    sink = read(header="dob,Child,SEX,ETHNIC,UPN,MOTHER,MC_DOB\n01/05/2012,1001,F,,,,\n")
    assert sink.children[0].born_on == date(2012, 5, 1)


def test_a_column_twice_is_refused(read: _Read) -> None:
    """Of two columns of one name nobody knows which is meant."""
    with pytest.raises(ImportRefused, match=r"has the column DOB more than once"):
        read(header="CHILD,SEX,DOB,DOB,UPN\n1001,F,01/05/2012,01/05/2012,\n")


def test_the_same_row_twice_is_a_duplicate_and_another_is_a_conflict(read: _Read) -> None:
    """An identical row is a duplicate, however it writes its day; one that says otherwise is refused."""
    row = "1001,01/05/2012,03/03/2025,PN4\n"
    sink = read(reviews=f"{row}{row}1001,1/5/2012,3/3/2025,PN4\n1001,01/05/2012,03/03/2025,PN6\n")
    assert [(place.row, of) for place, of in sink.duplicates] == [
        (3, "row 2 of this file"), (4, "row 2 of this file"),
    ]  # fmt: skip
    assert only_refusal(sink).reason.startswith("Row 2 of this file has the same CHILD and REVIEW")


def test_a_review_that_has_not_come_yet_is_refused(read: _Read) -> None:
    """What has not happened cannot be imported as held."""
    assert "has not come yet" in only_refusal(read(reviews="1001,,03/03/2030,PN4\n")).reason


def test_leaving_care_needs_its_date(read: _Read) -> None:
    """A reason for leaving care without a date is refused rather than guessed."""
    sink = read(episodes="1001,01/02/2020,S,V2,N1,U1,PR1,,E4A,,,,\n")
    assert only_refusal(sink).reason.startswith("REC E4A says that the child left care")


def test_an_episode_that_ends_before_it_begins_is_refused(read: _Read) -> None:
    """Both days are named."""
    sink = read(episodes="1001,01/02/2020,S,V2,N1,U1,PR1,01/01/2020,E4A,,,,\n")
    assert only_refusal(sink).reason == "DEC is 01/01/2020, before DECOM (01/02/2020)."


@pytest.mark.parametrize(
    ("cell", "code"),
    [("=A2+1", "formula"), ("PN9", "code"), ("x" * 2_000, "length"), ("PN\x07", "code")],
)
def test_what_no_code_can_be_is_refused(read: _Read, cell: str, code: str) -> None:
    """A formula, a code that nobody knows, far too many characters or ones that no text has."""
    assert only_refusal(read(reviews=f"1001,,03/03/2025,{cell}\n")).code == code


def test_a_number_kept_from_a_spreadsheet_is_a_number(read: _Read) -> None:
    """Some systems write ="00123" so that zeros are not lost; it is 00123."""
    sink = read(header='CHILD,SEX,DOB,ETHNIC,UPN\n"=""00123""",F,01/05/2012,,\n')
    assert sink.children[0].identifier == "00123"


def test_rows_become_entering_status_placement_and_leaving(read: _Read) -> None:
    """A period of care with a change of status and of placement becomes the facts of each."""
    sink = read(
        episodes="1001,01/02/2020,S,V2,N1,U1,PR1,01/03/2020,X1,,,,\n"
        "1001,01/03/2020,L,C1,N1,U1,PR1,01/06/2020,X1,CARPL,,,\n"
        "1001,01/06/2020,P,C1,N1,U4,PR1,01/09/2020,E4A,,,,\n"
    )
    assert facts(sink) == [
        ("looked_after.began", "2020-02-01", {"reason": "S"}),
        ("legal_status.began", "2020-02-01", {"status": "V2"}),
        ("placement.began", "2020-02-01", {"type": "U1", "provider": "PR1"}),
        ("legal_status.began", "2020-03-01", {"status": "C1"}),
        ("placement.ended", "2020-06-01", {"reason": "CARPL"}),
        ("placement.began", "2020-06-01", {"type": "U4", "provider": "PR1"}),
        ("placement.ended", "2020-09-01", {}),
        ("looked_after.ended", "2020-09-01", {"reason": "E4A"}),
    ]


def test_a_record_that_begins_part_way_says_so(read: _Read) -> None:
    """A first row that is not a start does not pretend that care began that day."""
    sink = read(episodes="1001,01/02/2020,P,C2,N1,U1,PR1,,,,,,\n")
    assert facts(sink)[0] == (
        "looked_after.began", "2020-02-01", {"reason": "P", "part_way": "yes"},
    )  # fmt: skip


def test_every_accepted_row_leaves_a_fact_with_its_own_source(read: _Read) -> None:
    """So that the same row is known again, whatever it says."""
    sink = read(
        episodes="1001,01/02/2020,S,C2,N1,U1,PR1,01/03/2020,X1,,,,\n"
        "1001,01/03/2020,L,C2,N1,U1,PR1,,,,,,\n",
        reviews="1001,01/05/2012,03/03/2020,\n",
    )
    assert {(f.place.file, f.place.row) for f in sink.facts} == {
        ("episodes.csv", 2), ("episodes.csv", 3), ("reviews.csv", 2),
    }  # fmt: skip
    assert len({f.source for f in sink.facts}) == len(sink.facts)


def test_another_childs_row_is_refused(read: _Read) -> None:
    """A row with another date of birth than Header's, or about a day before birth, is refused."""
    sink = read(
        reviews="1001,02/05/2012,03/03/2025,PN4\n9999,02/05/2012,03/03/2025,PN4\n"
        "1002,09/09/2011,08/09/2011,PN4\n"
    )
    assert [(r.place.row, r.code) for r in sink.refused] == [
        (2, "other_child"), (4, "before_birth"),
    ]  # fmt: skip
    assert [f.child for f in sink.facts] == ["9999"], "whether anybody knows 9999 is for the import"


def test_more_episodes_than_can_wait_are_refused_with_their_number(
    read: _Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the number and says what to do; one fewer is read."""
    monkeypatch.setattr(events, "MAX_HELD", 2)
    rows = [f"1001,0{n}/02/2020,P,C2,N1,U1,PR1,,,,,,\n" for n in range(1, 4)]
    assert read(episodes="".join(rows[:2])).facts
    with pytest.raises(ImportRefused, match=r"more than 2 episodes.*Import fewer years at a time"):
        read(episodes="".join(rows))
