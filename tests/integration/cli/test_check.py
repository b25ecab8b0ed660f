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
    """The law of the release has no errors, its one finding, and examples that come out as worked."""
    said = caseward("check", "--json")
    assert (said.code, said.err) == (0, "")
    answer = said.json
    assert answer["version"] == 1
    assert (answer["errors"], answer["wrong"]) == ([], [])
    (finding,) = answer["findings"]
    assert finding["file"] == "law/local/camden/child_protection_visits.yaml"
    assert finding["looser"]["than"] == "national.visit_ongoing"
    assert answer["procedures"] > 3
    assert answer["examples"] > 50
    assert answer["looked_at"]["situations"] > 10_000
    assert answer["looked_at"]["days"] > 10_000


def test_a_right_folder(law: Path) -> None:
    """A folder of one's own is counted, found sound, and its example run."""
    said = caseward("check", law)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "1 procedures, 1 steps: no errors, no findings.\n"
        "1 worked examples: every example comes out as worked.\n"
    )


def test_one_file(law: Path) -> None:
    """One file may be named, and the examples beside it are run."""
    assert caseward("check", law / "small.yaml").out == caseward("check", law).out


def test_an_error_is_told_with_its_line(law: Path) -> None:
    """What is unsound is told with file and line and ends with exit code 3."""
    file = a_file(law, LAW.replace("closes: [looked_after.ended]", "closes: []"), name="small.yaml")
    said = caseward("check", law)
    assert (said.code, said.err) == (3, "")
    assert said.out.startswith(
        f"Errors:\n  {file}, line 6: “A small procedure” begins and nothing ever ends it"
    )
    assert "1 procedures, 1 steps: 1 error, no findings." in said.out
    (error,) = caseward("check", law, "--json").json["errors"]
    assert (error["file"], error["line"], error["rule"]) == (str(file), 6, "sound")
    assert error["procedure"] == "small"


def test_a_finding_is_no_error(law: Path) -> None:
    """A limit looser than the law is told, with the national law at hand, and the exit code is 0."""
    text = LAW.replace("met_by: visit.made", "met_by: {event: visit.made, seen: true}")
    text = text.replace(
        "count: 3, unit: days", "count: 6, unit: weeks, under: national.visit_ongoing"
    )
    a_file(law, text, name="small.yaml")
    (law / "small.examples.yaml").unlink()
    said = caseward("check", law)
    assert said.code == 0
    assert "Findings:\n" in said.out
    assert (
        "“Greet the child” (6 weeks) is looser than the national “Next visit” (4 weeks)" in said.out
    )
    (finding,) = caseward("check", law, "--json").json["findings"]
    assert finding["looser"]["states"] == [
        {"legal_status": "C1", "placement_type": "P1"},
        {"placement_basis": "regulation_24"},
    ]
    assert (finding["looser"]["local_due"], finding["looser"]["national_due"]) == (
        "2025-02-12",
        "2025-01-29",
    )


def test_a_file_that_does_not_read_is_an_error_for_programs_too(law: Path) -> None:
    """With --json what is wrong with a file is an error with its line, and the exit code is 3."""
    file = a_file(law, WRONG["unknown key"][0], name="small.yaml")
    said = caseward("check", law, "--json")
    assert said.code == 3
    errors = said.json["errors"]
    assert {error["file"] for error in errors} == {str(file)}
    assert any("owners_of" in error["says"] for error in errors)


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
