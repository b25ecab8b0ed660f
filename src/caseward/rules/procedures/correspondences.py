"""Which steps of two procedures do the same work under other names: read for their comparison.

The list comes with a release and is no law: it says what to hold beside what, and moves no date.
"""

from dataclasses import dataclass

from caseward.rules.texts.keys import Key, TableOfKeys, Tables
from caseward.rules.texts.problems import Problems
from caseward.rules.texts.rows import Row, declared_row
from caseward.rules.texts.strict_yaml import parse

TABLES: Tables = {
    "correspondences_file": TableOfKeys(
        "a file of correspondences",
        "Procedures that answer each other.",
        (Key("comparisons", "comparisons", "Two procedures each.", required=True),),
    ),
    "comparison": TableOfKeys(
        "a comparison",
        "Two procedures, and the steps of them that do the same work.",
        (
            Key("one", "word", "A procedure.", required=True),
            Key("other", "word", "The procedure that it is compared with.", required=True),
            Key("steps", "pairs", "Pairs of steps.", required=True),
        ),
    ),
    "pair": TableOfKeys(
        "a pair of steps",
        "A step of each of the two procedures.",
        (
            Key("one", "word", "A step of the first procedure.", required=True),
            Key("other", "word", "A step of the second.", required=True),
            Key("for", "text", "What both are for, in a few words.", required=True),
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """Two procedures whose steps do the same work, pair by pair.

    `steps` holds (a step of `one`, a step of `other`, what both are for). A step may stand in
    several pairs: what is one act here may be two there.
    """

    one: str
    other: str
    steps: tuple[tuple[str, str, str], ...]


def read_correspondences(text: str, *, path: str) -> tuple[Correspondence, ...]:
    """Return the comparisons of a file, in its order.

    Errors: LawFileError, with every problem of the file.
    """
    problems = Problems()
    root = parse(text, path=path, problems=problems)
    file = declared_row(
        TABLES["correspondences_file"], root, within="", path=path, problems=problems
    )
    found = tuple(
        _comparison(
            file.at(node, noun="a comparison", within="", allowed=TABLES["comparison"].names)
        )
        for node in file.parts("comparisons")
    )
    problems.raise_if_any()
    return found


def _comparison(row: Row) -> Correspondence:
    one = row.required("one", "Name a procedure.")
    other = row.required("other", "Name the procedure that it is compared with.")
    within = f"{one} against {other}"
    pairs = [
        row.at(node, noun="a pair of steps", within=within, allowed=TABLES["pair"].names)
        for node in row.parts("steps")
    ]
    return Correspondence(
        one=one,
        other=other,
        steps=tuple(
            (
                pair.required("one", f"Name a step of {one}."),
                pair.required("other", f"Name a step of {other}."),
                pair.required("for", "Say in a few words what both are for."),
            )
            for pair in pairs
        ),
    )
