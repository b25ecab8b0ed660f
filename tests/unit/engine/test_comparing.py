"""Two procedures beside each other: what is paired, and that nothing that differs is left unsaid."""

from dataclasses import replace
from datetime import date

import pytest

from caseward.interfaces import shipped
from caseward.rules.engine import comparing
from caseward.rules.engine.comparing.values import Comparison
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures import correspondences, reading
from caseward.rules.procedures.correspondences import Correspondence
from caseward.rules.procedures.model import Procedure
from caseward.rules.texts.problems import LawFileError
from tests.law import shelf

DAY = date(2026, 1, 1)
LAW = """\
procedure: {name}
title: {title}
authority: {authority}
source: {{document: A document}}
editions:
  - in_force_from: "2010-04-01"
    opens: [looked_after_review.held]
    closes: [child.died]
    steps:
      - id: {step}
        duty: {duty}
        owner: {owner}
        starts_when: episode_opened
        met_by: {met_by}
        limits: [{{count: {count}, unit: working_days}}]
        source: "§1"
"""


def a_law(**words: object) -> Procedure:
    """Return a procedure of one step."""
    said: dict[str, object] = {
        "name": "one", "title": "One", "authority": "here", "step": "A1.send",
        "duty": "Send the letter.", "owner": "social_worker", "met_by": "letter.sent", "count": 5,
    }  # fmt: skip
    text = LAW.format(**(said | words))
    return reading.read_procedure(text, path="law.yaml", vocabulary=shelf.rulebook().vocabulary)


def compared(one: Procedure, other: Procedure, *known: Correspondence) -> Comparison:
    """Return the comparison of two procedures on one day."""
    book: Rulebook = replace(shelf.rulebook(), procedures=(one, other))
    found = comparing.compare(one, other, book, on=DAY, correspondences=known)
    assert found is not None
    return found


def said(found: Comparison) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the differences of the only pair by what they are about."""
    (pair,) = found.pairs
    return {each.what: (each.one, each.other) for each in pair.differences}


def test_a_procedure_does_not_differ_from_itself() -> None:
    """Every shipped edition held beside itself has no difference, and every step is paired."""
    for procedure, edition, _ in shelf.steps():
        day = edition.in_force_from
        found = comparing.compare(procedure, procedure, shelf.rulebook(), on=day)
        assert found is not None
        assert found.is_same, procedure.id
        assert len(found.pairs) == len(edition.steps)


@pytest.mark.parametrize(
    ("changed", "what", "one", "other"),
    [
        ({"count": 6}, "By when", "within 5 working days", "within 6 working days"),
        ({"owner": "iro"}, "Responsible", "Social worker", "Independent reviewing officer (IRO)"),
        ({"duty": "Post the letter."}, "What is to be done", "Send the letter", "Post the letter"),
        ({"met_by": "letter.delivered"}, "Done by", "Letter sent", "Letter delivered"),
    ],
)
def test_one_thing_that_differs_is_the_one_thing_told(
    changed: dict[str, object], what: str, one: str, other: str
) -> None:
    """A number, a role, a duty or a fact that differs is told with both sides, and nothing else is."""
    found = compared(a_law(), a_law(**changed))
    assert said(found) == {what: ((one,), (other,))}
    assert not found.is_same


def test_no_step_is_left_out() -> None:
    """Each step of both sides stands in a pair or among those that one side has alone."""
    procedures = shelf.rulebook().procedures
    for one in procedures:
        for other in procedures:
            first, second = one.edition_on(DAY), other.edition_on(DAY)
            if first is None or second is None:
                continue
            found = comparing.compare(one, other, shelf.rulebook(), on=DAY)
            assert found is not None
            mine = {p.one.id for p in found.pairs} | {s.id for s in found.only_one}
            theirs = {p.other.id for p in found.pairs} | {s.id for s in found.only_other}
            assert mine == {step.id for step in first.steps}
            assert theirs == {step.id for step in second.steps}


def test_steps_are_paired_by_the_fact_that_meets_both() -> None:
    """Another id and other words, but the same fact: the two answer each other."""
    found = compared(a_law(), a_law(name="two", step="B7.post", duty="Post it.", count=3))
    (pair,) = found.pairs
    assert (pair.one.id, pair.other.id) == ("A1.send", "B7.post")
    assert pair.why == "the same fact meets both"


def test_words_alone_pair_nothing() -> None:
    """The same words over different facts stay two steps, each on its own side."""
    found = compared(a_law(), a_law(name="two", step="B7.post", met_by="notice.given"))
    assert found.pairs == ()
    assert [step.id for step in found.only_one] == ["A1.send"]
    assert [step.id for step in found.only_other] == ["B7.post"]


@pytest.mark.parametrize("is_turned", [False, True])
def test_what_the_release_knows_pairs_steps_either_way_round(is_turned: bool) -> None:
    """A pair that is told is held together, whichever of the two is named first."""
    two = a_law(name="two", step="B7.post", met_by="notice.given")
    known = Correspondence(one="one", other="two", steps=(("A1.send", "B7.post", "telling them"),))
    sides = (two, a_law()) if is_turned else (a_law(), two)
    (pair,) = compared(*sides, known).pairs
    assert pair.why == "telling them"
    assert (pair.one.id, pair.other.id) == (
        ("B7.post", "A1.send") if is_turned else ("A1.send", "B7.post")
    )


def test_a_day_before_the_first_edition_has_nothing_to_compare() -> None:
    """Without an edition in force on the day there is no comparison."""
    law = a_law()
    book = replace(shelf.rulebook(), procedures=(law,))
    assert comparing.compare(law, law, book, on=date(2001, 1, 1)) is None


def test_the_shipped_correspondences_name_steps_that_are_there() -> None:
    """Each pair of the release's list names two procedures and a step of each."""
    path, text = shipped.correspondences()
    procedures = {procedure.id: procedure for procedure in shelf.rulebook().procedures}
    for known in correspondences.read_correspondences(text, path=path):
        one, other = procedures[known.one], procedures[known.other]
        for step_one, step_other, why in known.steps:
            assert one.editions[-1].step(step_one), step_one
            assert other.editions[-1].step(step_other), step_other
            assert why


def test_a_wrong_list_is_told_with_its_line() -> None:
    """A pair without a step is told where it stands."""
    text = "comparisons:\n  - one: a\n    other: b\n    steps:\n      - {one: A1.send, for: it}\n"
    with pytest.raises(LawFileError) as told:
        correspondences.read_correspondences(text, path="list.yaml")
    assert told.value.problems == (
        ("list.yaml", 5, "In a against b: A pair of steps has no “other”. Name a step of b."),
    )
