"""Law files are read strictly, and a policy officer understands what is told."""

import pytest

from caseward.rules.facts.reading import read_vocabulary
from caseward.rules.procedures.model import Procedure
from caseward.rules.procedures.reading import LawFileError, read_procedure
from tests.builders import law_files
from tests.builders.law_files import STEP, a_law_file, an_edition
from tests.unit.procedures.wrong_law_files import WRONG, Wrong

VOCABULARY = read_vocabulary({"kinds.yaml": law_files.KINDS})


def read(text: str) -> Procedure:
    """Return the procedure of a text."""
    return read_procedure(text, path="law.yaml", vocabulary=VOCABULARY)


def refused(text: str) -> list[tuple[int, str]]:
    """Return what is told of a law file, by line."""
    with pytest.raises(LawFileError) as error:
        read(text)
    assert {problem.path for problem in error.value.problems} == {"law.yaml"}
    return sorted((problem.line, problem.sentence) for problem in error.value.problems)


def test_the_small_law_file_is_right() -> None:
    """The file that the wrong ones are made from is taken: each is wrong in one thing only."""
    assert [step.id for step in read(a_law_file()).editions[0].steps] == ["A1.send"]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_what_is_wrong_is_told_in_a_sentence(wrong: Wrong) -> None:
    """Each mistake has its own sentence, with the line, the step and what to write instead."""
    assert refused(wrong.text) == sorted(wrong.told)


def test_all_problems_of_a_file_are_told_together() -> None:
    """A file with several mistakes tells them all, by line, and names itself."""
    text = a_law_file(STEP.replace("social_worker", "[]").replace("5", "five"))
    text = text.replace("title: Example", "titel: Example")
    with pytest.raises(LawFileError) as error:
        read(text)
    assert str(error.value).splitlines() == [
        "law.yaml, line 1: A law file has no “title”. Say what people call the procedure.",
        "law.yaml, line 2: “titel” is not a key of a law file. Did you mean “title”?",
        "law.yaml, line 15: In step A1.send: “count” must be a whole number or setting.<name>.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, "The file is empty.")]),
        ("procedure: a\n\ttitle: b\n",
         [(2, "The file cannot be read from here on: a tab is used to indent. Use spaces.")]),
        ("title: @home\n",
         [(1, ("The file cannot be read from here on: a text begins with a character that YAML "
              "keeps for itself (tab, @, ` or %). Use spaces to indent, or put the text in "
              "quotes."))]),
        ("title: Discharge: the order\n",
         [(1, ("The file cannot be read from here on: a colon followed by a space stands inside a "
              "text. Put the text in quotes."))]),
        ("- a\n- b\n", [(1, "The file must be keys with values.")]),
        ('title: "never closed\n',
         [(2, "The file cannot be read from here on: a quote is opened and never closed.")]),
    ],
)  # fmt: skip
def test_what_is_not_yaml_is_told_in_words(text: str, told: list[tuple[int, str]]) -> None:
    """A file that cannot be read at all says from which line on, and the likely reason."""
    assert refused(text) == told


def test_words_of_older_yaml_are_text() -> None:
    """`yes`, `on` and `off` are words; only true and false are yes and no."""
    text = a_law_file(
        STEP.replace("met_by: plan.sent", "met_by: {event: answer.given, outcome: no}")
    )
    (met,) = read(text).editions[0].steps[0].met_by
    assert met.outcomes == ("no",)


def test_comments_and_layout_leave_the_fingerprint() -> None:
    """An edition's fingerprint is of what it says: layout and order of keys do not change it."""
    text = a_law_file()
    laid_out = text.replace(
        "limits: [{count: 5, unit: working_days}]",
        "limits:  # a week\n        - unit: working_days\n          count: 5",
    )
    assert laid_out != text
    one, same = (read(each).editions[0].fingerprint for each in (text, laid_out))
    other = read(text.replace("count: 5", "count: 6")).editions[0].fingerprint
    assert one == same != other


def test_the_head_of_the_file_is_part_of_every_edition() -> None:
    """What an edition inherits changes its fingerprint; another edition's text does not."""
    text = a_law_file()
    inherited = read(text.replace("A procedure", "B procedure")).editions[0].fingerprint
    assert inherited != read(text).editions[0].fingerprint
    later = an_edition(own='in_force_from: "2011-01-01"\nopens: [review.held]')
    with_later = read(f"{text}{later}\n")
    assert with_later.editions[0].fingerprint == read(text).editions[0].fingerprint
    assert with_later.editions[1].fingerprint != with_later.editions[0].fingerprint


def test_a_dropped_id_is_never_used_again() -> None:
    """An id that an edition dropped cannot come back for another duty (M28)."""
    other = STEP.replace("A1.send", "A2.send")
    text = a_law_file() + "\n".join(
        [
            an_edition(other, own='in_force_from: "2011-01-01"\nopens: [review.held]\n'
                       "ended: {A1.send: A2.send}"),
            an_edition(STEP, own='in_force_from: "2012-01-01"\nopens: [review.held]'),
        ]
    )  # fmt: skip
    assert refused(text + "\n") == [
        (31, ("In the edition of 2012-01-01: The step id “A1.send” was used by an earlier edition "
         "and dropped. An id is never used again: give the step a new one."))
    ]  # fmt: skip


def test_an_edition_may_ask_for_nothing() -> None:
    """`steps: []` knows the episode and asks for nothing; leaving steps out is a mistake."""
    own = 'in_force_from: "2010-01-01"\nopens: [review.held]'
    empty = a_law_file(edition=own).partition("    steps:")[0]
    assert read(f"{empty}    steps: []\n").editions[0].steps == ()
    assert refused(empty) == [
        (6, ("In the edition of 2010-01-01: The edition has no “steps”. Write steps: [] if it asks "
         "for nothing."))
    ]  # fmt: skip


def test_an_edition_may_stand_in_another_document() -> None:
    """An edition's own source is inherited by its steps, and by no other edition's."""
    later = an_edition(own='in_force_from: "2011-01-01"\nsource: {document: Another}\n'
                       "opens: [review.held]")  # fmt: skip
    editions = read(f"{a_law_file()}{later}\n").editions
    documents = [edition.steps[0].source.document for edition in editions]  # type: ignore[union-attr]
    assert documents == ["A procedure", "Another"]


def test_verified_is_said_and_never_assumed() -> None:
    """A rule is verified only where the file says so, on the step, the source or the limit."""
    plain = read(a_law_file()).editions[0].steps[0]
    assert plain.source is not None
    assert not plain.source.verified
    said = STEP.rstrip() + "\n  verified: true"
    step = read(a_law_file(said)).editions[0].steps[0]
    assert step.source is not None
    assert step.source.verified
    assert step.limits[0].source == step.source
    doubted = said.replace("working_days}", "working_days, verified: false}")
    (limit,) = read(a_law_file(doubted)).editions[0].steps[0].limits
    assert limit.source is not None
    assert not limit.source.verified
