"""Files of kinds of event: read together, refused in sentences."""

from textwrap import dedent

import pytest

from caseward.rules.facts import reading
from caseward.rules.texts.problems import LawFileError
from tests.builders import worked_steps


def refused(text: str) -> list[tuple[int, str]]:
    """Return what is told of a file of kinds, by line."""
    with pytest.raises(LawFileError) as error:
        reading.read_vocabulary({"kinds.yaml": dedent(text).lstrip("\n")})
    return [(problem.line, problem.sentence) for problem in error.value.problems]


def test_kinds_and_states_are_read_whole() -> None:
    """A kind has its title, keys, outcomes, fields and what it sets, in the file's order."""
    vocabulary = reading.read_vocabulary({"kinds.yaml": worked_steps.KINDS})
    held = vocabulary.kinds["discharge_meeting.held"]
    assert (held.title, held.keys) == ("Discharge meeting held", ("meeting",))
    assert held.outcomes == {"agreed": "Agreed", "not_agreed": "Not agreed"}
    field = held.find_field("held")
    assert field is not None
    assert (field.type, field.choices) == ("choice", {"whole": "Whole", "adjourned": "Adjourned"})
    assert vocabulary.kinds["adm_pack.received"].follows == "adm_pack.sent"
    assert vocabulary.kinds["discharge_meeting.arranged"].plans
    assert vocabulary.kinds["looked_after.began"].sets[0].state == "looked_after"
    assert vocabulary.states["looked_after"].absent == "no"
    assert vocabulary.states["placement_provider"].absent == "unknown"
    assert vocabulary.states["kept_at_stage"].per == "challenge"


def test_files_are_read_together_in_any_order() -> None:
    """A kind may set a state that another file declares; the order of files says nothing."""
    states = "states: {s: {title: S}}\n"
    kinds = "kinds: {a.b: {title: A, sets: [{state: s}]}}\n"
    one = reading.read_vocabulary({"a.yaml": states, "b.yaml": kinds})
    assert one == reading.read_vocabulary({"b.yaml": kinds, "a.yaml": states})


def test_an_authoritys_own_kinds_load_the_same_way() -> None:
    """A file that names its authority declares local kinds beside the national ones."""
    local = "authority: somewhere\nkinds: {panel.referred: {title: Referred}}\n"
    vocabulary = reading.read_vocabulary({"kinds.yaml": worked_steps.KINDS, "own.yaml": local})
    assert vocabulary.kinds["panel.referred"].is_local
    assert not vocabulary.kinds["paper.given"].is_local


def test_the_fingerprint_is_of_what_the_files_say() -> None:
    """Comments and layout leave the fingerprint; a word changes it."""
    texts = ["kinds: {a.b: {title: A}}", "# note\nkinds:\n  a.b:\n    title: 'A'\n",
             "kinds: {a.b: {title: B}}"]  # fmt: skip
    one, same, other = (reading.read_vocabulary({"k.yaml": t}).fingerprint for t in texts)
    assert one == same != other


WRONG = [
    ("kinds: {a.b: {tilte: A}}",
     [(1, "In kind a.b: A kind of event has no “title”. Say what a person calls it."),
      (1, "In kind a.b: “tilte” is not a key of a kind of event. Did you mean “title”?")]),
    ("kinds: {Review: {title: A}}",
     [(1, ("In kind Review: “Review” is not the id of a kind. Write noun.past_participle in small "
          "letters, for example looked_after_review.held."))]),
    ("kinds: {a.b: {title: A, sets: [{state: looked}]}}\nstates: {looked_after: {title: L}}",
     [(1, ("In kind a.b: “sets” names the state “looked”, which is not declared. Did you mean "
          "“looked_after”?"))]),
    ("kinds: {plan.sent: {title: A, follows: plan.send}}",
     [(1, ("In kind plan.sent: “follows” names the kind “plan.send”, which is not declared. Did "
          "you mean “plan.sent”?"))]),
    (("kinds:\n  a.b:\n    title: A\n    sets: [{state: s, outcomes: [don]}]\n"
     "    outcomes: {done: Done}\nstates: {s: {title: S}}"),
     [(4, ("In kind a.b: “sets” names the outcome “don”, which this kind does not have. Did you "
          "mean “done”?"))]),
    ("kinds: {a.b: {title: A, sets: [{state: s, value: field.x}]}}\nstates: {s: {title: S}}",
     [(1, ("In kind a.b: “sets” takes its value from the field “x”, which this kind does not "
          "have."))]),
    (("kinds: {a.b: {title: A, sets: [{state: s, value: z}]}}\n"
     "states: {s: {title: S, values: {x: X, y: Y}}}"),
     [(1, "In kind a.b: “sets” gives the state “s” the value “z”; it may be “x” or “y”.")]),
    ("kinds: {a.b: {title: A, sets: [{state: s}]}}\nstates: {s: {title: S, per: plan}}",
     [(1, ("In kind a.b: The state “s” is kept apart by “plan”, which must be one of the keys of "
          "this kind."))]),
    ("kinds: {a.b: {title: A, fields: {while: {title: W}}}}",
     [(1, "In kind a.b: A field may not be called “while”: law files use the word themselves.")]),
    ("kinds: {a.b: {title: A, fields: {f: {title: F, type: choice}}}}",
     [(1, "In kind a.b, field f: A field of type choice needs its “choices”.")]),
    ("kinds: {a.b: {title: A, fields: {f: {title: F, type: dates}}}}",
     [(1, ("In kind a.b, field f: “type” may be “text”, “long_text”, “date”, “time”, “yes_no”, "
          "“choice”, “number”, “names”, “person” or “task”, not “dates”."))]),
    (("kinds:\n  a.b:\n    title: A\n    fields: {f: {title: F, type: yes_no}}\n"
     "    contradicts: [{fields: {f: maybe, g: x}, says: Which?}]"),
     [(5, ("In kind a.b: “contradicts” gives “f” the value “maybe”; it may be “yes” or “no”.")),
      (5, ("In kind a.b: “contradicts” names the field “g”, which this kind does not have."))]),
    (("kinds:\n  a.b:\n    title: A\n    fields: {f: {title: F, type: yes_no}}\n"
     '    contradicts: [{fields: {f: "no"}, says: Which?}]'),
     [(5, "In kind a.b: “contradicts” must name at least two fields.")]),
    ("kinds: {a.b: {title: A, plans: yes}}",
     [(1, "In kind a.b: “plans” may only be true or false.")]),
    ("states: {s: {title: S, values: {x: X}, absent: y}}",
     [(1, "In state s: “absent” may be “unknown”, “no” or one of its values, not “y”.")]),
    ("kinds: {a.b: {title: A, sets: [{state: s, when_field: f}]}}\nstates: {s: {title: S}}",
     [(1, "In kind a.b: “when_field” and “when_values” go together: write both or neither."),
      (1, "In kind a.b: “when_field” names “f”, which this kind does not have.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_told_in_a_sentence(text: str, told: list[tuple[int, str]]) -> None:
    """Each mistake in a file of kinds has its own sentence, with the line."""
    assert sorted(refused(text)) == sorted(told)


def test_a_kind_declared_in_two_files_is_refused() -> None:
    """A kind is declared once over all files, and the second place is told."""
    text = "kinds: {a.b: {title: A}}"
    with pytest.raises(LawFileError) as error:
        reading.read_vocabulary({"a.yaml": text, "b.yaml": text})
    assert [tuple(problem) for problem in error.value.problems] == [
        ("b.yaml", 1, "In kind a.b: The kind “a.b” is declared twice. Keep one of them.")
    ]
