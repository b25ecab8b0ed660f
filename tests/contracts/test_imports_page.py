"""The page on imports says every verdict, every reason for refusing a row and every part of the report."""

from dataclasses import fields
from typing import get_args

from caseward.work.exchange.imports import accounting, limits, report, values, zip_directory
from tests.contracts import pages

PAGE = "imports.md"
VERDICTS = ("accepted", "duplicate", "changed", "conflict", "refused")


def test_reasons_are_those_documented() -> None:
    """Each code of a refused row stands on the page, and no other."""
    assert tuple(pages.rows_of(PAGE, heading="code")) == get_args(values.Code)


def test_verdicts_are_those_documented() -> None:
    """Each verdict stands on the page, and they are those that are counted."""
    assert tuple(pages.rows_of(PAGE, heading="verdict")) == VERDICTS
    counted = [field.name for field in fields(accounting.Counted)]
    assert counted == ["file", "read", *VERDICTS, "nothing"]


def test_the_report_is_as_documented() -> None:
    """Each part of the published report stands on the page, and its version."""
    published = report.Report(totals=()).as_json()
    assert {*pages.rows_of(PAGE, heading="name"), "version"} == set(published)
    assert f"`version` is {published['version']}" in pages.text_of(PAGE)


def test_limits_are_those_documented() -> None:
    """The numbers of the page are those that files are held to."""
    said = " ".join(pages.text_of(PAGE).split())
    assert f"more than {zip_directory.MOST_FILES:,} files or" in said
    assert f"or {zip_directory.MOST_UNPACKED // 1_000_000:,} MB in it" in said
    assert f"more than {zip_directory.MOST_TIMES} times its size" in said
    assert (
        f"more than {limits.MOST_BYTES // 1_000_000:,} MB, or {limits.MOST_FILES:,} files" in said
    )
