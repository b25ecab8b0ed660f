"""The published reference and schemas are what the loader declares."""

from pathlib import Path

import pytest

from caseward.rules.facts.plain import COLUMNS, read_plain
from caseward.rules.facts.reading import read_vocabulary
from caseward.rules.procedures import keys
from caseward.rules.procedures.reading import read_procedure
from scripts import write_law_reference

PAGES = write_law_reference.pages()
KINDS = """
kinds:
  review_conference.held: {title: Held, outcomes: {plan_ended: Ended, plan_continued: Continued}}
  child_protection_plan.ended: {title: Ended}
  letter.sent: {title: Sent}
"""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_published_is_current(path: Path) -> None:
    """A page that differs is written anew by: python scripts/write_law_reference.py."""
    assert path.read_text("utf-8") == PAGES[path]


def test_every_key_is_described() -> None:
    """Each key of each table stands in the reference, with a sentence."""
    page = PAGES[write_law_reference.REFERENCE / "law-files.md"]
    for table in keys.TABLES.values():
        for key in table.keys:
            assert key.meaning.endswith((".", "…", ":")), f"{table.noun}: {key.name}"
            assert f"| `{key.name}` |" in page


def test_the_example_of_the_reference_is_right() -> None:
    """The law file that the reference shows is taken by the loader."""
    vocabulary = read_vocabulary({"kinds.yaml": KINDS})
    found = read_procedure(write_law_reference.EXAMPLE, path="example.yaml", vocabulary=vocabulary)
    assert [step.id for step in found.editions[0].steps] == ["letter"]


def test_every_column_of_the_plain_file_is_described() -> None:
    """The reference of the plain file has a row for each column, in order."""
    page = (write_law_reference.REFERENCE / "plain-file.md").read_text("utf-8")
    table = page.split("| column |")[1].split("\n\n")[0]
    described = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert described == list(COLUMNS)


def test_the_examples_of_the_plain_file_are_right() -> None:
    """The files that the reference of the plain file shows are taken by the reader."""
    page = (write_law_reference.REFERENCE / "plain-file.md").read_text("utf-8")
    csv = page.partition("```csv\n")[2].partition("```")[0]
    lines = page.partition("```json\n")[2].partition("```")[0]
    assert [entry.kind for entry in read_plain(csv)] == [
        "child.born",
        "looked_after.began",
        "looked_after_review.held",
    ]
    assert [entry.kind for entry in read_plain(lines, form="jsonl")] == [
        "child.born",
        "looked_after.began",
    ]
