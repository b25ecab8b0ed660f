"""What a person may say that a column holds, and what is guessed before they say it."""

import pytest

from caseward.interfaces import shipped
from caseward.rules.facts import reading
from caseward.rules.facts.kinds import Vocabulary
from caseward.work.exchange.tracker import choosing
from caseward.work.exchange.tracker.columns import Column

ENDED = "pre_proceedings.ended"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The kinds of entry that are shipped."""
    return reading.read_vocabulary(shipped.law_texts().kinds)


@pytest.mark.parametrize(
    ("heading", "samples", "use"),
    [
        ("Mosaic ID", ["7001"], "number"),
        ("Name", ["Ash Example"], "name"),
        ("D.O.B", ["04/05/2019"], "born_on"),
        ("Decision to enter pre-proceedings", ["06/01/2026"], "event"),
        ("Decision", ["Step down"], "detail"),
        ("Next meeting date", ["06/03/2026"], "planned"),
        ("PLO review", ["12/12/2025 - by video"], "event"),
        ("Comments", ["Awaiting legal advice"], "note"),
        ("Team", ["North"], "aside"),
        ("Stage two", ["06/01/2026"], "event"),
        ("Letter sent", ["06/01/2026", "tbc", "n/a"], "event"),
    ],
)
def test_a_column_is_guessed_by_its_cells_and_its_heading(
    heading: str, samples: list[str], use: str
) -> None:
    """Days are days whatever the heading says; words are none."""
    assert choosing.guessed(heading, samples) == use


def test_a_day_may_be_of_any_kind_but_our_own(vocabulary: Vocabulary) -> None:
    """What Caseward itself decides, and plans, are no days on which something happened."""
    codes = {choice.code for choice in choosing.kinds("event", vocabulary)}
    assert {ENDED, "visit.made", "looked_after_review.held"} <= codes
    assert not codes & {"task.given_up", "episode.taken_on", "discharge_meeting.arranged"}


def test_a_meeting_has_both_of_its_kinds(vocabulary: Vocabulary) -> None:
    """Only what can be arranged and held is offered, and the column knows the planned day's field."""
    codes = {choice.code for choice in choosing.kinds("meeting", vocabulary)}
    assert "discharge_meeting.held" in codes
    column = choosing.dated(Column(heading="DM"), "meeting", "discharge_meeting.held", vocabulary)
    assert (column.planned_kind, column.field_name) == ("discharge_meeting.arranged", "planned_on")


def test_the_kind_most_like_the_heading_is_proposed(vocabulary: Vocabulary) -> None:
    """Two words in common are wanted: one alone is in half of all titles."""
    choices = choosing.kinds("event", vocabulary)
    assert choosing.likely_kind("Letter before proceedings sent", choices) == (
        "letter_before_proceedings.sent"
    )
    assert choosing.likely_kind("Meeting", choices) == ""


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("PLO letter sent", "letter_before_proceedings.sent"),
        ("PLO letter", "letter_before_proceedings.sent"),
        ("Date of LPM", "legal_planning_meeting.held"),
    ],
)
def test_what_trackers_call_by_their_own_name_is_proposed(
    vocabulary: Vocabulary, heading: str, kind: str
) -> None:
    """The letter under the PLO and the LPM; a heading that asks for another act of them is none."""
    choices = choosing.kinds("event", vocabulary)
    assert choosing.likely_kind(heading, choices) == kind
    assert choosing.likely_kind(f"{heading} requested", choices) != kind


def test_a_detail_is_an_outcome_or_a_field_of_a_mapped_entry(vocabulary: Vocabulary) -> None:
    """What is offered belongs to the columns of days; the column then knows the words it may say."""
    columns = [Column(heading="Ended", use="event", kind=ENDED)]
    codes = {choice.code for choice in choosing.details(columns, vocabulary)}
    assert f"{ENDED}:outcome" in codes
    assert all(code.startswith(f"{ENDED}:") for code in codes)
    column = choosing.detail(Column(heading="How"), f"{ENDED}:outcome", vocabulary)
    assert (column.use, column.choices["stepped_down"]) == ("outcome", "stepped_down")
    assert choosing.code_of(column) == f"{ENDED}:outcome"


def test_words_that_are_no_answer_are_asked_about(vocabulary: Vocabulary) -> None:
    """The tracker's own words are kept with what they mean; a word that says nothing is nothing."""
    column = choosing.detail(Column(heading="How"), f"{ENDED}:outcome", vocabulary)
    strange = choosing.unknown_words(column, ("SD", "stepped_down", "n/a", "Gone"))
    assert strange == ("SD", "Gone")
    column = choosing.with_words(column, {"SD": "stepped_down", "Gone": ""})
    assert choosing.unknown_words(column, strange) == ()
    assert (column.choices["sd"], column.choices["gone"]) == ("stepped_down", "")
