"""The pages of the imports say every table, block and list, and what becomes of it."""

import pytest

from caseward.work.exchange import workbook_parts
from caseward.work.exchange.annex_a import lists, workbook
from caseward.work.exchange.checked_cells import Column
from caseward.work.exchange.cin import blocks
from caseward.work.exchange.ssda903 import columns
from tests.contracts import pages

CENSUS = (blocks.CHILD, blocks.DETAILS, *blocks.PARTS.values(), blocks.REVIEWS)


@pytest.mark.parametrize(
    ("page", "name", "of"),
    [
        *(("import-ssda903.md", table.name, table.columns) for table in columns.TABLES),
        *(("import-cin.md", block.name, block.columns) for block in CENSUS),
    ],
)
def test_columns_are_those_documented(page: str, name: str, of: tuple[Column, ...]) -> None:
    """Each table's and block's columns stand on the page, those that must be filled in apart."""
    lines = [line for line in pages.text_of(page).splitlines() if line.startswith(f"| `{name}` |")]
    _, _, must, may, _ = lines[0].split("|")
    assert must.split() == [f"`{column.name}`" for column in of if column.required]
    assert may.split() == [f"`{column.name}`" for column in of if not column.required]


def test_what_becomes_of_every_table_and_block_is_documented() -> None:
    """No table, block or list is without a word on what it becomes or why it is left aside."""
    said = pages.text_of("import-ssda903.md").split("## What becomes of a row")[1]
    assert [t.name for t in columns.TABLES if f"`{t.name}`" not in said] == []
    said = pages.text_of("import-cin.md").split("## What becomes of a row")[1]
    assert [block.name for block in CENSUS if f"| `{block.name}` |" not in said] == []
    assert [
        name for name, why in blocks.LEFT_ASIDE.items() if f"| `{name}` | {why} |" not in said
    ] == []
    said = pages.text_of("import-annex-a.md")
    for each in lists.LISTS:
        assert f"| {each.number} | {each.subject} | " in said
        assert each.left_aside in said


def test_what_a_table_is_left_aside_for_is_documented() -> None:
    """The tables of which nothing is kept are those that the page names as such."""
    (line,) = [
        line
        for line in pages.text_of("import-ssda903.md").splitlines()
        if "nothing is kept" in line
    ]
    assert pages_names(line) == {table.name for table in columns.TABLES if table.left_aside}


def test_the_bounds_of_a_workbook_are_those_documented() -> None:
    """How far a sheet may reach and where its heading may stand."""
    said = " ".join(pages.text_of("import-annex-a.md").split())
    assert f"{workbook_parts.MAX_AREA:,} cells or {workbook_parts.MAX_COLUMNS} columns" in said
    assert workbook.HEADING_WITHIN == 10
    assert "up to nine rows may stand above" in said


def pages_names(line: str) -> set[str]:
    """Return the names that the first cell of a row sets in code."""
    return {name.strip(" `") for name in line.split("|")[1].split(",")}
