"""The page of the SSDA903 import says every column and every reason for refusing a row."""

from typing import get_args

from caseward.work.exchange.ssda903 import report, tables
from tests.contracts import pages


def test_columns_are_those_documented() -> None:
    """Each file's columns stand on the page, those that must be filled in apart from the others."""
    said = pages.text_of("import-ssda903.md")
    for table in tables.TABLES:
        (row,) = [line for line in said.splitlines() if line.startswith(f"| `{table.file_name}`")]
        _, _, must, may, _ = row.split("|")
        assert must.split() == [f"`{c.name}`" for c in table.columns if c.required]
        assert may.split() == [f"`{c.name}`" for c in table.columns if not c.required]


def test_reasons_are_those_documented() -> None:
    """Each code of a refused row stands on the page, and no other."""
    assert tuple(pages.rows_of("import-ssda903.md", heading="code")) == get_args(report.Code)
