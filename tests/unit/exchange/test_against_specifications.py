"""The readers know every column, element, heading and code of the specifications that others wrote.

The specifications are not part of the project. Where they are absent these tests are skipped.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from caseward.work.exchange.annex_a import lists
from caseward.work.exchange.annex_a.lists import AnnexList
from caseward.work.exchange.cin import blocks
from caseward.work.exchange.ssda903 import columns, marked_up

SHARED = Path(__file__).parents[4] / "shared" / "data"
SPEC = SHARED / "liia_spec"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
pytestmark = pytest.mark.skipif(
    not SPEC.is_dir(), reason="NOT PROVEN HERE: the specifications that others wrote are absent"
)
CALLED = {"SocialWorker": "SWEpisodes"}
CENSUS = {
    "childidentifierstype": blocks.CHILD,
    "cindetailstype": blocks.DETAILS,
    "assessmentstype": blocks.ASSESSMENTS,
    "cinplandatesttype": blocks.PLAN_DATES,
    "section47type": blocks.SECTION_47,
    "childprotectionplanstype": blocks.PROTECTION_PLANS,
}


def test_columns_and_codes_of_the_return() -> None:
    """Every table, column and code of the return of 2024 is known."""
    tables = yaml.safe_load((SPEC / "SSDA903_schema_2024.yml").read_text())["column_map"]
    assert len(tables) == 11
    unknown = []
    for name, said in tables.items():
        table = next(t for t in columns.TABLES if t.name == CALLED.get(name, name))
        ours = {column.name: column for column in table.columns}
        for column, detail in said.items():
            if column not in ours:
                unknown.append(f"{name}.{column}")
                continue
            allowed = ours[column].codes
            wanted = {str(each["code"]).strip() for each in detail.get("category", ())}
            if allowed is not None and wanted - set(allowed):
                unknown.append(f"{name}.{column}: {wanted - set(allowed)}")
    assert unknown == []


def test_elements_of_the_returns_xml_form() -> None:
    """Every element of the return's XML form is a column of a table, a block or the flag UASC."""
    tree = etree.parse(str(SHARED / "ssda903_xsd" / "CLA.xsd"))
    named = {element.get("name") for element in tree.iter(f"{SCHEMA}element")}
    known = {
        marked_up.NAMES.get(column.name, column.name)
        for table in columns.TABLES
        for column in table.columns
    }
    known |= {*marked_up.BLOCKS, "EXPSSDA903", "CHILD", "HEADER", "EPISODE", "UASC"}
    assert len(named) > 50
    assert named - known == set()


@pytest.mark.parametrize("name", CENSUS)
def test_elements_of_the_census(name: str) -> None:
    """Every element of a block is read, is a block itself, or is said to be left aside."""
    block = CENSUS[name]
    (declared,) = [t for t in _schema().iter(f"{SCHEMA}complexType") if t.get("name") == name]
    elements = {e.get("name") for e in declared.find(f"{SCHEMA}sequence").iterchildren()}
    known = {column.name for column in block.columns} | block.aside | {*blocks.PARTS, "Reviews"}
    assert len(elements) >= 2
    assert elements - known == set()


def test_codes_of_the_census() -> None:
    """Every source, closure, category and yes or no of the census is a code that is taken."""
    for name, ours in (
        ("referralsourcetype", blocks.SOURCES),
        ("reasonforclosuretype", blocks.CLOSURES),
        ("categoryofabuse", blocks.CATEGORIES),
        ("yesnotype", blocks.YES_NO),
    ):
        (declared,) = [t for t in _schema().iter(f"{SCHEMA}simpleType") if t.get("name") == name]
        codes = {each.get("value") for each in declared.iter(f"{SCHEMA}enumeration")}
        assert len(codes) > 4
        assert codes - set(ours.split()) == set(), name


@pytest.mark.parametrize("each", lists.LISTS, ids=lambda each: f"list {each.number}")
def test_headings_of_annex_a(each: AnnexList) -> None:
    """Each column that is read is found under one heading of the list, and two under none the same."""
    headings = [lists.folded(h) for h in _headings()[f"List {each.number}"]]
    found = {
        column.name: [place for place, h in enumerate(headings) if column.pattern.search(h)]
        for column in each.columns
    }
    assert {name: places for name, places in found.items() if len(places) != 1} == {}
    places = [place for (place,) in found.values()]
    assert len(set(places)) == len(places)


def test_days_of_annex_a_that_are_not_read_are_these() -> None:
    """Of all the dates of the lists that are kept, those left aside are named here."""
    days = {
        (number, heading)
        for number, heading, detail in _dated()
        if not lists.BY_NUMBER[number].left_aside
        and not any(
            column.pattern.search(lists.folded(heading))
            for column in lists.BY_NUMBER[number].columns
        )
    }
    assert days == {
        (10, "Date the Child Entered Care"),
        (10, "Date of Placement Order"),
        (10, "Date the child was placed for fostering in FFA or concurrent planning placement"),
    }


def _schema() -> Any:
    return etree.parse(str(SPEC / "CIN_schema_2024.xsd"))


def _headings() -> dict[str, dict[str, Any]]:
    # The file's patterns are written as /…/i, which YAML takes as they are.
    said: dict[str, dict[str, Any]] = yaml.safe_load((SPEC / "annex-a-merge.yml").read_text())
    return said["datasources"]


def _dated() -> Iterator[tuple[int, str, dict[str, Any]]]:
    for title, headings in _headings().items():
        number = int(re.sub(r"\D", "", title))
        for heading, detail in headings.items():
            if isinstance(detail, dict) and detail.get("type") == "date":
                yield number, heading, detail
