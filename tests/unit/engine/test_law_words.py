"""What the engine says in words: titles that a form has, never the name of a field."""

from types import MappingProxyType

import pytest

from caseward.rules.engine import law_words
from caseward.rules.facts.kinds import EventKind, Field, StateKind, Vocabulary
from caseward.rules.procedures.conditions import FieldIs

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
