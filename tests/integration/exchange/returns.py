"""Returns for tests: a small one written here, and the large one that others wrote, where it is."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "903_fake"
NAMES = ("header.csv", "episodes.csv", "reviews.csv")

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"

CHILDREN = "1001,2,01/05/2012,WBRI,,,\n1002,1,09/09/2011,,,,\n"
CARE = (
    "1001,04/03/2024,S,C1,N1,U1,PR1,03/06/2024,X1,CARPL,,,\n"
    "1001,03/06/2024,B,C2,N1,U4,PR1,,,,,,\n"
    "1002,01/02/2024,S,V2,N1,K2,PR1,01/08/2024,E4A,,,,\n"
)
HELD = (
    "1001,01/05/2012,28/03/2024,PN1\n"
    "1001,01/05/2012,20/06/2024,PN3\n"
    "1002,09/09/2011,26/02/2024,PN6\n"
)


def a_return(*, children: str = CHILDREN, care: str = CARE, held: str = HELD) -> dict[str, bytes]:
    """Return the files of a small return: two children, one of whom went home."""
    return {
        "header.csv": (HEADER + children).encode(),
        "episodes.csv": (EPISODES + care).encode(),
        "reviews.csv": (REVIEWS + held).encode(),
    }


def the_large_return() -> dict[str, bytes]:
    """Return the files of the large return."""
    return {name: (FOLDER / name).read_bytes() for name in NAMES}


def of_the_first(n_children: int, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the rows of the first children that Header names."""
    wanted = {row[0] for row in list(_rows(files["header.csv"]))[1 : n_children + 1]}
    return {name: _kept(content, wanted) for name, content in files.items()}


def _kept(content: bytes, wanted: set[str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(_rows(content)):
        if number == 0 or row[0] in wanted:
            writer.writerow(row)
    return text.getvalue().encode()


def _rows(content: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
