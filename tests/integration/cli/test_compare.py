"""`caseward compare`: two procedures, editions or authorities in words."""

import pytest

from tests.integration.cli.asking import caseward


def test_two_editions_of_one_procedure() -> None:
    """The number that the later edition changed is told with both values."""
    said = caseward("compare", "looked_after_reviews@2000-01-01", "looked_after_reviews")
    assert said.code == 0
    lines = said.out.splitlines()
    assert "    1  the first time: 4 weeks (the law)" in lines
    assert "    2  the first time: 20 working days (the law)" in lines
    assert any(line.startswith("  review_early") for line in lines)


def test_a_procedure_beside_itself() -> None:
    """Nothing differs, and that is said."""
    said = caseward("compare", "discharge_of_care_order", "discharge_of_care_order")
    assert "Nothing differs." in said.out


def test_two_authorities_name_what_each_has_alone() -> None:
    """Procedures that answer nothing on the other side are named."""
    said = caseward("compare", "wirral", "national", "--json")
    assert said.code == 0
    assert "Discharge of a care order" in said.json["only_one"]
    assert "Looked-after reviews" in said.json["only_other"]


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("nothing", "wirral", "There is no procedure and no authority “nothing”."),
        ("wirral", "looked_after_reviews", "are not of one sort."),
        ("looked_after_reviews@yesterday", "looked_after_reviews", "“yesterday” is not a date."),
        ("looked_after_reviews@1900-01-01", "looked_after_reviews", "was not in force on that day"),
    ],
)
def test_what_cannot_be_compared_is_told(one: str, other: str, sentence: str) -> None:
    """An unknown name, two sorts, no date, a day too early: each gets its sentence and no answer."""
    said = caseward("compare", one, other)
    assert said.code != 0
    assert sentence in said.err
    assert said.out == ""


def test_the_two_ways_to_discharge_a_care_order() -> None:
    """Every number in which they differ stands between the two steps that answer each other."""
    said = caseward(
        "compare",
        "discharge_of_care_order",
        "discharge_of_care_order_by_legal_planning",
        "--json",
    )
    (found,) = said.json["comparisons"]
    by_when = {
        (pair["one"]["id"], pair["other"]["id"]): (row["one"][0], row["other"][0])
        for pair in found["pairs"]
        for row in pair["differences"]
        if row["what"] == "By when"
    }
    meeting, discussed = "“Looked-after review held”", "“Plan to discharge discussed with the IRO”"
    assert by_when["W5.meeting", "L3.meeting"] == (
        f"within 15 working days of {meeting}",
        f"within 10 working days of {discussed}",
    )
    assert by_when["W5.meeting", "L6.review"][1].startswith("within 14 weeks")
    assert by_when["W22.pack", "L9.send"] == ("within 10 working days", "within 5 working days")
    assert by_when["W24.issue", "L11.issue"][1].startswith("within 4 weeks")
