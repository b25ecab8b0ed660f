"""What the engine says in words: titles that a form has, never the name of a field."""

from types import MappingProxyType, SimpleNamespace

import pytest

from caseward.rules.engine import law_words
from caseward.rules.facts.kinds import EventKind, Field, StateKind, Vocabulary
from caseward.rules.procedures.conditions import AllOf, AnyOf, Condition, FieldIs, Happened, Not

PLACEMENT = EventKind(
    id="placement.began",
    title="Placement began",
    fields=(Field(name="own_provision", title="Provider", type="text"),),
)
VOCABULARY = Vocabulary(
    states=MappingProxyType({"legal_status": StateKind(id="legal_status", title="Legal status")}),
    kinds=MappingProxyType({PLACEMENT.id: PLACEMENT}),
)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("field own_provision", "“Provider”"),
        ("field who_asked", "“who asked”"),
        ("state legal_status", "“Legal status”"),
        ("legal_status", "“Legal status”"),
        ("state care_plan", "care plan"),
    ],
)
def test_what_is_not_known_goes_by_its_title(missing: str, words: str) -> None:
    """A field or a state is said as forms and pages call it; one that is not declared, plainly."""
    assert law_words.unknown(missing, VOCABULARY) == words


def test_a_role_that_counts_is_said_as_people_say_it() -> None:
    """The role that an allocation must be for is no code."""
    allocated = EventKind(
        id="worker.allocated",
        title="Worker allocated",
        fields=(Field(name="role", title="Role", type="text"),),
    )
    said = list(law_words.answers(FieldIs(name="role", values=("iro",)), allocated))
    assert said == ["Role: Independent reviewing officer (IRO)"]


def happened(*kinds: str) -> tuple[Happened, ...]:
    """Return conditions, that each of the kinds has happened."""
    return tuple(Happened(kind=kind, since="episode_opened") for kind in kinds)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (AllOf(parts=tuple(Not(part=each) for each in happened("a.held", "b.held", "c.held"))),
         "none of “A held”, “B held” and “C held” is on record since the procedure began"),
        (Not(part=AnyOf(parts=happened("a.held", "b.held"))),
         "none of “A held” and “B held” is on record since the procedure began"),
        (AnyOf(parts=happened("a.held", "b.held")),
         "“A held” or “B held” is on record since the procedure began"),
        (AllOf(parts=happened("a.held", "b.held")),
         ("“A held” is on record since the procedure began and "
         "“B held” is on record since the procedure began")),
        (AllOf(parts=(Not(part=happened("a.held")[0]), happened("b.held")[0])),
         ("“B held” is on record since the procedure began and "
         "“A held” is not on record since the procedure began")),
    ],
)  # fmt: skip
def test_facts_that_are_all_missing_are_said_in_one(asked: Condition, words: str) -> None:
    """Four facts that must not be there need one sentence; what must be there is said of each."""
    kinds = {
        f"{name}.held": EventKind(id=f"{name}.held", title=f"{name.upper()} held") for name in "abc"
    }
    rulebook = SimpleNamespace(vocabulary=SimpleNamespace(kinds=kinds, states={}))
    assert law_words.condition(asked, rulebook) == words  # type: ignore[arg-type]
