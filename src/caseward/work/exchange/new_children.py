"""The children whose records an import would open, by name: a mistyped number shows itself there."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from caseward.work.exchange.imports import run_folders, staging

SHOWN = 20
SIGNS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula; no name begins so."""

_NEW = """SELECT child.identifier, child.name, child.family_name, child.row, file.name
FROM known JOIN child ON child.identifier = known.identifier AND child.row = known.row
JOIN file ON file.number = child.row / ? WHERE known.is_new
AND known.row NOT IN (SELECT row FROM refusal) GROUP BY child.identifier ORDER BY child.row"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChild:
    """A child as the file names it: the number, the name, where it stands; odd where it begins as a formula."""

    number: str
    name: str
    file: str
    row: int
    is_odd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChildren:
    """The first of the new children in the order of the file, how many more, and odd names of all."""

    shown: tuple[NewChild, ...] = ()
    n_more: int = 0
    odd: tuple[NewChild, ...] = ()


def of_run(run: str, *, home: Path) -> NewChildren:
    """Return the children who would be new of a run that is checked, none where it is not."""
    place = run_folders.folder_of(run, home=home) / "staging.sqlite3"
    if not place.is_file():
        return NewChildren()
    with closing(staging.connect(place)) as opened:
        rows = opened.execute(_NEW, (staging.ROWS_A_FILE,)).fetchall()
    every = [
        NewChild(
            number=number,
            name=name or f"Child {number}",
            file=file,
            row=row % staging.ROWS_A_FILE,
            is_odd=name.startswith(SIGNS) or family_name.startswith(SIGNS),
        )
        for number, name, family_name, row, file in rows
    ]
    return NewChildren(
        shown=tuple(every[:SHOWN]),
        n_more=max(len(every) - SHOWN, 0),
        odd=tuple(each for each in every if each.is_odd)[:SHOWN],
    )
