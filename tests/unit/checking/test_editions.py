"""Editions follow one another without overlap, and none strands what is open (M28)."""

import pytest

from caseward.rules.texts.problems import LawFileError
from tests.spec import laws as spec_laws
from tests.unit.checking import checkers, laws

BEFORE = """
opens: [matter.opened]
closes: [matter.closed]
steps:
  - {id: ask, duty: Ask the people., starts_when: episode_opened, met_by: request.made}
  - {id: answer, duty: Answer them., starts_when: request.made, met_by: answer.given}
  - {id: end, duty: Close the matter., starts_when: answer.given, met_by: matter.closed}
"""
WITHOUT_ANSWER = """
opens: [matter.opened]
closes: [matter.closed]
steps:
  - {id: ask, duty: Ask the people., starts_when: episode_opened, met_by: request.made}
  - {id: end, duty: Close the matter., starts_when: request.made, met_by: matter.closed}
"""
VANISHED = (
    "The edition of Wed 1 April 2020 has no step answer any more and does not say what becomes of "
    "“Answer them” where it is open that day."
)
STRANDED = (
    "A child with “Answer them” open is stranded when the edition of Wed 1 April 2020 comes into "
    "force: nothing says who does what next, and nothing ends the procedure."
)


def two(after: str) -> str:
    """Return a law with a second edition from April 2020."""
    return laws.editions({"2010-04-01": BEFORE, "2020-04-01": after})


def test_a_dropped_step_says_what_becomes_of_it() -> None:
    """An edition without a step of the one before says that it ends, or what takes its place."""
    text = two(WITHOUT_ANSWER)
    told = laws.said(text).errors
    assert any(VANISHED in one for one in told)
    line = laws.line_of(text, '"2020-04-01"')
    assert all(one.startswith(f"one.yaml, line {line}: ") for one in told)


def test_what_ends_may_not_strand_anybody() -> None:
    """A step may be ended by a new edition only where something still leads to an end."""
    told = laws.said(two(f"ended: {{answer: null}}\n{WITHOUT_ANSWER}")).errors
    assert len(told) == 1
    assert STRANDED in told[0]


def test_a_renamed_step_strands_nobody() -> None:
    """Where another step takes its place, the open task goes on and leads to the end."""
    renamed = BEFORE.replace("id: answer, duty: Answer", "id: reply, duty: Reply to")
    assert laws.said(two(f"ended: {{answer: reply}}\n{renamed}")).all == ""


def test_a_running_episode_that_keeps_its_edition_is_not_stranded() -> None:
    """With transition: episode what runs is not touched by the new edition."""
    kept = f"transition: episode\nended: {{answer: null}}\n{WITHOUT_ANSWER}"
    assert laws.said(two(kept)).all == ""


def test_an_outcome_that_the_new_edition_no_longer_follows() -> None:
    """What an old decision would have led to must be there after the turn as well."""
    decides = BEFORE.replace(
        "{id: answer, duty: Answer them., starts_when: request.made, met_by: answer.given}",
        "{id: answer, duty: Answer them., starts_when: request.made, met_by: answer.given, outcomes: "
        "{agreed: {usual: true, next: end}, refused: {next: end}, more: {next: write}}}\n"
        "  - {id: write, duty: Write it., starts_when: {event: answer.given, outcome: more}, met_by: "
        "file.sent}\n"
        "  - {id: last, duty: Close it then., starts_when: file.sent, met_by: matter.closed}",
    ).replace("starts_when: answer.given", "starts_when: {event: answer.given, outcome: agreed}")
    decides = decides.replace("refused: {next: end}", "refused: {next: last}")
    after = WITHOUT_ANSWER.replace("starts_when: request.made", "starts_when: file.received")
    ended = "ended: {write: null, last: null}\n"
    text = laws.editions(
        {
            "2010-04-01": decides,
            "2020-04-01": f"{ended}{after}".replace("met_by: request.made}", "met_by: file.sent}"),
        }
    )
    told = "\n".join(laws.said(text).errors)
    assert "is stranded when the edition of Wed 1 April 2020 comes into force" in told


def test_two_files_of_one_procedure_overlap() -> None:
    """Two files that state one procedure have editions in force together."""
    told = laws.said(laws.a_law(BEFORE), laws.a_law(BEFORE, in_force_from="2015-04-01")).errors
    assert any(
        "“Matter” is stated in two files, one.yaml and two.yaml, so that two editions are in force "
        "together from Wed 1 April 2015." in one
        for one in told
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("2010-04-01", "2010-04-01"), "Two editions are in force from the same day."),
        (("2020-04-01", "2010-04-01"), "The editions are out of order."),
    ],
)
def test_editions_that_overlap_are_refused(days: tuple[str, str], sentence: str) -> None:
    """Two editions from one day, or in the wrong order, are refused with the line of the second."""
    text = (
        laws.a_law(BEFORE, in_force_from=days[0])
        + "\n  "
        + "\n  ".join(spec_laws.edition(BEFORE, days[1]).splitlines())
    )
    with pytest.raises(LawFileError) as told:
        laws.said(text)
    problem = next(one for one in told.value.problems if sentence in one.sentence)
    assert text.splitlines()[problem.line - 1].strip().lstrip("- ").startswith("in_force_from")


def test_an_id_is_never_used_again() -> None:
    """A step id that an edition dropped may not come back."""
    text = laws.editions({"2010-04-01": BEFORE, "2015-04-01": WITHOUT_ANSWER, "2020-04-01": BEFORE})
    with pytest.raises(LawFileError) as told:
        laws.said(text)
    assert "The step id “answer” was used by an earlier edition and dropped." in str(told.value)


@pytest.mark.parametrize(
    ("module", "old", "new", "sentence"),
    [
        ("check", "    errors = list(turns.vanishing(procedure))\n", "    errors = []\n", VANISHED),
        ("turns", "        if found.ends(turned) is not False or", "        if True or", STRANDED),
        (
            "turns",
            "other = first.setdefault(procedure.id, procedure)",
            "other = procedure",
            "is stated in two files",
        ),
    ],
)
def test_a_checker_without_the_rule_does_not_tell(
    module: str, old: str, new: str, sentence: str
) -> None:
    """With its rule taken out the checker no longer says it: each test above can go red."""
    checker = checkers.with_error(module, old, new)
    texts = (laws.a_law(BEFORE), laws.a_law(BEFORE, in_force_from="2015-04-01"))
    told = [
        *laws.said(two(WITHOUT_ANSWER), checker=checker).errors,
        *laws.said(*texts, checker=checker).errors,
    ]
    assert not [one for one in told if sentence in one]
