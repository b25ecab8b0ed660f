"""`caseward check`: what a policy officer is told of a folder of law files."""

from pathlib import Path

import pytest

from tests.integration.cli.asking import a_file, caseward

LAW = """\
procedure: small
title: A small procedure
authority: somewhere
source: {document: A procedure}
editions:
  - in_force_from: "2010-01-01"
    opens: [looked_after.began]
    closes: [looked_after.ended]
    steps:
      - id: greet
        duty: Greet the child.
        owner: social_worker
        starts_when: episode_opened
        met_by: visit.made
        limits: [{count: 3, unit: days}]
        source: "§1"
"""
EXAMPLES = """\
procedure: small
examples:
  - name: Greeted within three days
    says: A child is greeted within three days.
    facts:
      - {on: "2024-03-04", kind: looked_after.began, fields: {reason: S}}
    expect:
      - {as_of: "2024-03-05", step: greet, due: "2024-03-07"}
"""

WRONG = {
    "unknown key": (LAW.replace("owner:", "owners_of:"), "owners_of"),
    "duplicate key": (
        LAW.replace("        duty: Greet", "        duty: Say hello.\n        duty: Greet"),
        "duty",
    ),
    "missing source": (LAW.replace('        source: "§1"\n', ""), "source"),
    "date without quotes": (LAW.replace('"2010-01-01"', "2010-01-01"), "2010-01-01"),
    "kind that nobody declared": (LAW.replace("visit.made", "visit.maid"), "visit.maid"),
}


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A folder with one right procedure and its worked example."""
    a_file(tmp_path, LAW, name="small.yaml")
    a_file(tmp_path, EXAMPLES, name="small.examples.yaml")
    return tmp_path


def test_the_shipped_law_is_right() -> None:
    """The law of the release reads, and every worked example comes out as worked."""
    said = caseward("check")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("every example comes out as worked.\n")
    as_json = caseward("check", "--json").json
    assert as_json["wrong"] == []
    assert as_json["procedures"] > 3
    assert as_json["examples"] > 50


def test_a_right_folder(law: Path) -> None:
    """A folder of one's own is counted and its example run."""
    said = caseward("check", law)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "1 procedures, 1 steps, 1 worked examples: every example comes out as worked.\n"
    )


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_wrong_file_is_told_with_its_line(law: Path, case: str) -> None:
    """Exit 3, with the file, the line and the word."""
    text, word = WRONG[case]
    assert text != LAW
    file = a_file(law, text, name="small.yaml")
    said = caseward("check", law)
    assert (said.code, said.out) == (3, "")
    told = [line for line in said.err.splitlines() if word in line]
    assert told, said.err
    where, _, _ = told[0].partition(": ")
    assert where.startswith(str(file))
    line = int("".join(filter(str.isdigit, where.removeprefix(str(file)))))
    assert 1 <= line <= len(text.splitlines())


def test_the_line_is_the_right_one(law: Path) -> None:
    """The line told is the line on which the word stands."""
    text, word = WRONG["kind that nobody declared"]
    a_file(law, text, name="small.yaml")
    line = next(n for n, said in enumerate(text.splitlines(), start=1) if word in said)
    assert f"line {line}" in caseward("check", law).err


def test_every_file_is_told_at_once(law: Path) -> None:
    """Two wrong files are told in one go, so that nobody mends one to find the next."""
    a_file(law, WRONG["unknown key"][0], name="small.yaml")
    a_file(law, WRONG["missing source"][0].replace("small", "other"), name="other.yaml")
    said = caseward("check", law)
    assert "small.yaml" in said.err
    assert "other.yaml" in said.err


def test_an_example_that_comes_out_otherwise(law: Path) -> None:
    """A worked date that the engine does not give is told, with both (exit 3)."""
    a_file(law, EXAMPLES.replace("2024-03-07", "2024-03-08"), name="small.examples.yaml")
    said = caseward("check", law)
    assert said.code == 3
    assert "Greeted within three days" in said.out
    assert "2024-03-08" in said.out
    assert "2024-03-07" in said.out
    assert "1 answers differ." in said.out
    assert [row["example"] for row in caseward("check", law, "--json").json["wrong"]] == [
        "Greeted within three days"
    ]


def test_a_wrong_law_stops_tasks_too(law: Path, tmp_path: Path) -> None:
    """`tasks` on a broken folder answers nothing (exit 3)."""
    a_file(law, WRONG["unknown key"][0], name="small.yaml")
    facts = a_file(tmp_path, "child,kind,occurred_on\nA,visit.made,2024-03-04\n")
    said = caseward("tasks", facts, "--law", law)
    assert (said.code, said.out) == (3, "")
    assert "owners_of" in said.err
