"""The reference page of the dataset names what the reader does."""

import re
from pathlib import Path

from caseward.interfaces import shipped
from caseward.record.people import kinds as people
from caseward.rules.facts import reading
from caseward.work.exchange.ssd import format as ssd
from caseward.work.exchange.ssd.left_aside import LEFT_ASIDE

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "import-ssd.md"


def test_every_table_stands_on_the_page_where_it_belongs() -> None:
    """Each table read has its row, each left aside its reason, and the page names no other."""
    read, aside = PAGE.read_text("utf-8").split("## What is left aside")
    rows = {line.split("`")[1] for line in read.split("## What becomes of a row")[1].splitlines()
            if line.startswith("| `ssd_")}  # fmt: skip
    assert rows == set(ssd.TABLES)
    for table, why in LEFT_ASIDE.items():
        assert any(f"`{table}`" in line and why in line for line in aside.splitlines()), table
    assert set(re.findall(r"`(ssd_\w+)`", read + aside)) <= set(ssd.TABLES) | set(LEFT_ASIDE)


def test_every_kind_on_the_page_is_declared() -> None:
    """The page speaks of kinds by their names."""
    kinds = {*reading.read_vocabulary(shipped.law_texts().kinds).kinds, *people.STAFF_KINDS}
    named = set(re.findall(r"`(\w+\.\w+)`", PAGE.read_text("utf-8"))) - {"ssd_person.csv"}
    assert len(named) > 30
    assert named <= kinds
