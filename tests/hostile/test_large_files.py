"""Long files are read to their end or refused with a count, and never cut in silence (R54).

Sheets end with row 65,536 or 1,048,576; a reader that stops there loses the rest unseen.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import workbook_files
from tests.hostile.trials import Trials

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
SMALL = [65_537, *(pytest.param(n, marks=pytest.mark.soak) for n in (65_535, 65_536))]
LARGE = 1_048_577
CENSUS_MEGABYTES = 60.0
"""How much more memory the long census may need than the short one; its tree needs several times it."""
DISABILITIES = "<Disabilities>" + "<Disability>HAND</Disability>" * 60 + "</Disabilities>"


@pytest.fixture
def trials() -> Iterator[Trials]:
    """A process of its own for each test, whose use of memory nothing else raises."""
    running = Trials()
    yield running
    running.end()


def a_header(folder: Path, n_rows: int) -> Path:
    """Return a Header file of so many children."""
    path = folder / "header.csv"
    with path.open("w") as file:
        file.write(HEADER)
        file.writelines(f"{n},F,01/05/2012,WBRI,,,\n" for n in range(n_rows))
    return path


def reviews(folder: Path, n_rows: int) -> Path:
    """Return a folder with one child and so many reviews of hundreds of others."""
    (folder / "return").mkdir()
    a_header(folder / "return", 1)
    with (folder / "return" / "reviews.csv").open("w") as file:
        file.write(REVIEWS)
        for n in range(n_rows):
            day, month, year = n % 28 + 1, n // 28 % 12 + 1, 2000 + n // 336 % 25
            file.write(f"{n // 8_400},,{day:02}/{month:02}/{year},PN{n % 8}\n")
    return folder / "return"


def episodes(folder: Path, n_rows: int) -> Path:
    """Return a folder with one child and so many episodes of others."""
    (folder / "return").mkdir()
    a_header(folder / "return", 1)
    with (folder / "return" / "episodes.csv").open("w") as file:
        file.write(EPISODES)
        for n in range(n_rows):
            file.write(f"{n},01/02/2020,S,C2,N1,U1,PR1,,,,AB1 2CD,AB1 2CD,{n}\n")
    return folder / "return"


def a_census(folder: Path, n_rows: int, *, more: str = "") -> Path:
    """Return a census of so many children, one on each line."""
    path = folder / "cin.xml"
    with path.open("w") as file:
        file.write("<Message><Children>\n")
        for n in range(n_rows):
            file.write(
                f"<Child><ChildIdentifiers><LAchildID>{n}</LAchildID></ChildIdentifiers>"
                f"<ChildCharacteristics>{more}</ChildCharacteristics><CINdetails>"
                "<CINreferralDate>2022-10-06</CINreferralDate></CINdetails></Child>\n"
            )
        file.write("</Children></Message>")
    return path


def a_list(folder: Path, n_rows: int) -> Path:
    """Return a workbook whose list 3 has so many rows under its heading."""
    heading = [["Child Unique ID", "Date of Referral"]]
    rows = [[str(n), "01/02/2020"] for n in range(n_rows)]
    path = folder / "annex.xlsx"
    path.write_bytes(workbook_files.workbook({"List 3": heading + rows}))
    return path


def is_whole(answer: dict[str, Any], file: str, n_rows: int) -> bool:
    """Tell whether every row was read and accounted for, or the refusal names a count."""
    if answer["read"]:
        account = answer["accounts"][file]
        return bool(account["read"] == n_rows)
    return bool(re.search(r"\d,\d{3}", answer["refused"]))


@pytest.mark.parametrize("n_rows", SMALL)
@pytest.mark.parametrize(
    ("format_code", "make", "file"),
    [
        ("ssda903", a_header, "header.csv"),
        ("annex_a", a_list, "annex.xlsx, List 3"),
    ],
)
def test_rows_around_the_end_of_an_old_sheet(
    trials: Trials,
    tmp_path: Path,
    n_rows: int,
    format_code: str,
    make: Callable[[Path, int], Path],
    file: str,
) -> None:
    """65,535, 65,536 and 65,537 rows are all read, one and all."""
    answer = trials.of(format_code, make(tmp_path, n_rows))
    assert answer["read"], answer
    assert is_whole(answer, file, n_rows)
    assert answer["accounts"][file]["refused"] == 0


@pytest.mark.soak
@pytest.mark.parametrize(
    ("format_code", "make", "file"),
    [
        ("ssda903", a_header, "header.csv"),
        ("ssda903", reviews, "reviews.csv"),
        ("ssda903", episodes, "episodes.csv"),
        ("cin", a_census, "cin.xml, CINdetails"),
        ("annex_a", a_list, "annex.xlsx, List 3"),
    ],
)
def test_rows_beyond_the_end_of_any_sheet(
    trials: Trials,
    tmp_path: Path,
    format_code: str,
    make: Callable[[Path, int], Path],
    file: str,
) -> None:
    """1,048,577 rows are read in full, or the file is refused with a count."""
    answer = trials.of(format_code, make(tmp_path, LARGE))
    print(format_code, file, {**answer, "accounts": answer.get("accounts")})
    assert is_whole(answer, file, LARGE), answer


def test_control_a_row_lost_is_told() -> None:
    """One row less than the file has, or a refusal that names no count, is not whole."""
    read = {"read": True, "accounts": {"header.csv": {"read": 65_536, "refused": 0}}}
    assert is_whole(read, "header.csv", 65_536)
    assert not is_whole(read, "header.csv", 65_537)
    assert not is_whole({"read": False, "refused": "Too long."}, "header.csv", 65_537)


def test_a_census_needs_the_same_memory_however_long_it_is(tmp_path: Path) -> None:
    """Thirty times the children need hardly more: each is forgotten when it has been read."""
    assert _more_memory("cin", tmp_path) < CENSUS_MEGABYTES


def test_control_a_tree_that_is_kept_needs_more(tmp_path: Path) -> None:
    """The same files read as one tree go far above it."""
    assert _more_memory("tests.hostile.unguarded", tmp_path) > CENSUS_MEGABYTES


def _more_memory(format_code: str, folder: Path) -> float:
    """Return how many more megabytes 12,000 children need than 400, each with a long block."""
    needed = []
    for n_rows in (400, 12_000):
        running = Trials()
        answer = running.of(format_code, a_census(folder, n_rows, more=DISABILITIES))
        running.end()
        assert answer["read"], answer
        needed.append(answer["megabytes"])
    return float(needed[1] - needed[0])
