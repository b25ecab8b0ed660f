"""Files of worked examples: facts in, expectations out, mistakes in sentences."""

from datetime import date, datetime, time
from textwrap import dedent

import pytest

from caseward.rules.facts.record import LONDON
from caseward.rules.procedures import example_keys, examples
from caseward.rules.texts.problems import LawFileError

RIGHT = """
procedure: discharge
examples:
  - name: plain course
    says: The meeting is due 15 working days after the review.
    born_on: "2012-05-01"
    settings: {deemed_receipt: 2}
    closures: {"2025-12-24": Offices closed}
    adopted: {discharge: "2015-01-01"}
    first_day: "2020-01-01"
    with: [reviews]
    facts:
      - {on: "2025-12-04", kind: review.held, id: r, outcome: supported, keys: {meeting: m1},
         fields: {seen: true, n: 3}, time: "10:30", until: "2026-01-01"}
      - {on: "2025-12-05", kind: review.held, corrects: r, recorded_at: "2025-12-09T09:00"}
      - {on: "2025-12-05", withdraws: r, recorded_at: "2025-12-08"}
    expect:
      - {as_of: "2025-12-05", step: W5.meeting, due: "2025-12-29", status: open,
         owner: district_manager, late: false, met: null, days_late: 0,
         due_at: "2025-12-29T16:00", fulfils: [W5, W6]}
      - {as_of: "2025-12-05", known_at: "2025-12-05", step: W14.papers, part: report,
         keys: {meeting: m1}, nth: 2, episode: 1, met: "2025-12-18"}
      - {as_of: "2025-12-05", no_step: W23.apply, procedure: reviews}
"""


def refused(text: str) -> list[tuple[int, str]]:
    """Return what is told of a file of examples, by line."""
    with pytest.raises(LawFileError) as error:
        examples.read_examples(text.lstrip("\n"), path="x.examples.yaml")
    return sorted((problem.line, problem.sentence) for problem in error.value.problems)


def test_an_example_is_read_whole() -> None:
    """What an example assumes is read: settings, closure days, adoption, the child's first day."""
    (example,) = examples.read_examples(RIGHT, path="x.examples.yaml")
    assert (example.procedure, example.name) == ("discharge", "plain course")
    assert example.settings == {"deemed_receipt": 2}
    assert example.closures == {date(2025, 12, 24): "Offices closed"}
    assert example.adopted == {"discharge": date(2015, 1, 1)}
    assert (example.first_day, example.others) == (date(2020, 1, 1), ("reviews",))


def test_facts_become_entries_in_the_order_of_recording() -> None:
    """The birth and what does not say when it was recorded come first (M3)."""
    (example,) = examples.read_examples(RIGHT, path="x.examples.yaml")
    assert [(entry.entry_id, entry.position) for entry in example.entries] == [
        ("born", 1), ("r", 2), ("fact3", 3), ("fact2", 4),
    ]  # fmt: skip
    review = example.entries[1]
    assert (review.time, review.until) == (time(10, 30), date(2026, 1, 1))
    assert (review.keys, review.fields) == ({"meeting": "m1"}, {"seen": "yes", "n": "3"})
    assert example.entries[2].withdraws == "r"
    assert example.entries[3].corrects == "r"


def test_an_expectation_says_what_is_looked_for_and_what_is_said() -> None:
    """A row finds a task and says of it only what it names; null says that it has none."""
    (example,) = examples.read_examples(RIGHT, path="x.examples.yaml")
    first, part, absent = example.expectations
    assert (first.step, first.role, first.nth, first.known_at) == ("W5.meeting", "step", None, None)
    assert first.said == {
        "due": date(2025, 12, 29), "status": "open", "owner": ("district_manager",),
        "late": False, "met": None, "days_late": 0,
        "due_at": datetime(2025, 12, 29, 16, tzinfo=LONDON), "fulfils": ("W5", "W6"),
    }  # fmt: skip
    assert (part.part, part.role, part.nth, part.episode) == ("report", "part", 2, 1)
    assert part.known_at == datetime.combine(date(2025, 12, 5), time.max, LONDON)
    assert (absent.is_absent, absent.step, absent.procedure) == (True, "W23.apply", "reviews")


def test_without_adoption_everything_counts_as_adopted() -> None:
    """An example that does not say which procedures are used leaves it to the engine."""
    text = RIGHT.replace('    adopted: {discharge: "2015-01-01"}\n', "")
    (example,) = examples.read_examples(text, path="x")
    assert example.adopted is None


def test_every_word_of_a_row_has_a_meaning() -> None:
    """What may be said of a task is what the documentation lists."""
    documented = example_keys.TABLES["expectation"].names
    assert set(example_keys.SAID) < documented


_IN = "In the example “plain course”: "


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("says:", "say:", [
            (3, f"{_IN}An example has no “says”. Say in one sentence which rule it shows."),
            (4, "“say” is not a key of an example. Did you mean “says”?"),
        ]),
        ("due:", "deu:", [
            (17, f"{_IN}“deu” is not a key of a row of “expect”. Did you mean “due”?"),
        ]),
        ('due: "2025-12-29"', 'due: "29/12"', [
            (17, f"{_IN}“29/12” is not a date. Write it as year-month-day in quotes."),
        ]),
        ("status: open", "status: opened", [
            (17, (f"{_IN}“status” may be “open”, “waiting”, “met”, “missed”, “not_needed”, "
                 "“does_not_apply”, “lapsed” or “before_caseward”, not “opened”.")),
        ]),
        ("corrects: r", "corrects: q", [
            (11, f"{_IN}“corrects” names “q”, which is no fact of this example."),
        ]),
        ("no_step: W23.apply", "no_step: W23.apply, due: null", [
            (22, f"{_IN}Nothing can be said of a step that is not there. Take out “due”."),
        ]),
        ("no_step: W23.apply", "step: W23.apply", [
            (22, f"{_IN}The row says nothing of W23.apply. Add a date, a status or another word."),
        ]),
        ("no_step: W23.apply, ", "", [
            (22, f"{_IN}A row of “expect” names a “step”, or a “no_step” that must not be there."),
        ]),
        ("kind: review.held, id: r,", "id: r,", [(12, f"{_IN}A fact has no “kind”.")]),
        ('"2025-12-09T09:00"', '"soon"', [
            (14, f'{_IN}“soon” is not a day or a moment, like "2025-12-04T16:00".'),
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(
    old: str, new: str, told: list[tuple[int, str]]
) -> None:
    """Each mistake in an example has its own sentence, with the line and the example."""
    assert old in RIGHT
    assert refused(RIGHT.replace(old, new, 1)) == told


def test_two_examples_of_one_name_are_refused() -> None:
    """An example is known by its name."""
    body = RIGHT.partition("examples:\n")[2]
    ((_, sentence),) = refused(RIGHT + body)
    assert sentence == "Two examples are called “plain course”."


def test_an_example_that_expects_nothing_is_refused() -> None:
    """A case without an expectation could never fail."""
    text = dedent("""
        procedure: discharge
        examples:
          - {name: a, says: Something.}
        """)
    assert refused(text) == [(3, "In the example “a”: The example expects nothing. Add “expect”.")]
