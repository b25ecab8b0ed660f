"""Code sets held against the codes and words that the specification lists."""

import pytest

from caseward.work.exchange.ssd import care_codes, planning_codes
from caseward.work.exchange.ssd.codes import CodeSet
from tests.builders import ssd_lives, ssd_spec

SPECIFIED = (
    ("ssd_cla_episodes", "clae_cla_episode_start_reason", care_codes.START_REASON, 6),
    ("ssd_cla_episodes", "clae_cla_episode_ceased_reason", care_codes.CEASED_REASON, 22),
    ("ssd_cla_placement", "clap_cla_placement_type", care_codes.PLACEMENT_TYPE, 27),
    ("ssd_cla_reviews", "clar_cla_review_participation", care_codes.PARTICIPATION, 8),
    ("ssd_permanence", "perm_decision_reversed_reason", planning_codes.REVERSED_REASON, 4),
    ("ssd_sdq_scores", "csdq_sdq_reason", planning_codes.NO_SDQ_REASON, 5),
)
# Two codes whose words begin alike up to the colon: alone, they mean neither.
ALIKE = ("E5", "E6")


@pytest.mark.skipif(not ssd_spec.IS_THERE, reason=ssd_spec.ABSENT)
@pytest.mark.parametrize(("table", "field", "codes", "n"), SPECIFIED)
def test_every_code_is_read_in_each_of_its_spellings(
    table: str, field: str, codes: CodeSet, n: int
) -> None:
    """The code, its words as the guidance has them, and both in either order mean the code."""
    listed = ssd_spec.codes(table, field)
    assert len(listed) == n
    wrong = []
    for code, words in ssd_spec.words(table, field).items():
        spellings = [code, code.lower(), f"{code}: {words}", f"{code} - {words}", f"{words} ({code})",
                     f"{code} – {listed[code]}", listed[code]]  # fmt: skip
        spellings += [] if code in ALIKE else [words, words.upper(), words.replace("’", "'")]
        wrong += [(code, said, codes.read(said)) for said in spellings if codes.read(said) != code]
    assert wrong == []


@pytest.mark.skipif(not ssd_spec.IS_THERE, reason=ssd_spec.ABSENT)
def test_words_that_begin_alike_mean_neither() -> None:
    """Where the words of two codes are the same, nothing is guessed."""
    words = ssd_spec.words("ssd_cla_episodes", "clae_cla_episode_ceased_reason")
    assert words["E5"] == words["E6"]
    assert care_codes.CEASED_REASON.read(words["E5"]) is None


def test_every_legal_status_is_read_in_words() -> None:
    """The words of the yearly return mean the code, in any case."""
    for code, words in ssd_lives.LEGAL.items():
        assert care_codes.LEGAL_STATUS.read(words) == code
        assert care_codes.LEGAL_STATUS.read(f"{code}={words.upper()}") == code


@pytest.mark.parametrize(
    "said", ["S", "s", "S - Started", "S: started", "Started to be looked-after"]
)
def test_a_single_letter_needs_a_sign_behind_it(said: str) -> None:
    """A letter before a space may begin any sentence."""
    assert care_codes.START_REASON.read(said) == "S"
    assert care_codes.START_REASON.read("S tarted") is None
    assert care_codes.START_REASON.read("A change of status") is None


@pytest.mark.parametrize(
    ("said", "category"),
    [("Neglect", "NEG"), ("NEG", "NEG"), ("Multiple: Neglect, Emotional abuse", "MUL"),
     ("Neglect, Emotional abuse", "MUL"), ("Physical abuse and Neglect", "MUL"),
     ("Neglect, something", None), ("", None)],
)  # fmt: skip
def test_several_categories_are_more_than_one(said: str, category: str | None) -> None:
    """Categories named together are the category of more than one."""
    assert planning_codes.category(said) == category


@pytest.mark.parametrize(
    ("said", "role"),
    [("ALLOCATED CASE WORKER", "social_worker"), ("CW", "social_worker"), ("IRO", "iro"),
     ("Independent Reviewing Officer", "iro"), ("Team Manager", "team_manager"),
     ("CP Chair", "conference_chair"), ("School nurse", None), ("Social worker's manager", None)],
)  # fmt: skip
def test_a_role_is_one_that_a_step_is_owed_by(said: str, role: str | None) -> None:
    """Other roles are none here; a role is never taken by a part of its name."""
    assert planning_codes.ROLE.read(said) == role
