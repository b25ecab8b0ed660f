"""Reads what the reference pages promise, so that the code can be held to it."""

import re
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
_ROW = re.compile(r"^\| (?P<first>[^|]*) \| (?P<rest>.*) \|$", re.MULTILINE)
_NAME = re.compile(r"`([a-z_]+)`")


def text_of(page: str) -> str:
    """Return a page of the reference."""
    return (REFERENCE / page).read_text("utf-8")


def rows_of(page: str, *, heading: str) -> dict[str, str]:
    """Return what the first table with this first heading says of each name in its first column."""
    table = text_of(page).split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    said = {}
    for row in _ROW.finditer(table.partition("\n")[2]):
        for name in _NAME.findall(row["first"]):
            said[name] = row["rest"]
    return said


def names_in(sentence: str) -> set[str]:
    """Return the names that a sentence sets in code."""
    return set(_NAME.findall(sentence))
