"""Kinds of event and the states that they begin, as values.

Read from the files in `law/events` (and an authority's own, by the same loader) by `reading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Sensitivity = Literal["ordinary", "restricted_address", "third_party", "privileged", "iro_only"]
FieldType = Literal[
    "text", "long_text", "date", "time", "yes_no", "choice", "number", "names", "person", "task"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind of event; `sensitivity` decides who may read it."""

    name: str
    title: str
    type: FieldType
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    hint: str = ""
    sensitivity: Sensitivity = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """An event of the kind begins (or ends) a state.

    `value` is a fixed value, or "field.<name>" / "outcome" / "key.<name>"; `outcomes` restricts
    it; `ends` says that the state stops holding. With `until` on the event, the state ends there.
    """

    state: str
    value: str = "yes"
    ends: bool = False
    outcomes: tuple[str, ...] = ()
    when_field: str | None = None
    when_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Answers that cannot all be right: every field has one of its values. Asked, never refused."""

    fields: Mapping[str, tuple[str, ...]]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A declared kind of event (M1).

    `plans` marks a plan for a later day (arranged, expected): it may name a future date in its
    fields, never in occurred_on. `before_birth` false: refused before the child is born (B2).
    `follows` names the act after which it happens the same day when nobody owes it (a receipt,
    M35). `is_safety` puts discharge on hold (B1). `sends` tells that recording it sends something.
    `not_by_author_of` names the kind whose author may not record this one: an approval of their
    own work. `lasts` says that it begins something that goes on: only then is `until` asked for.
    """

    id: str
    title: str
    noun: str = ""
    group: str = ""
    hint: str = ""
    fields: tuple[Field, ...] = ()
    keys: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    recorded_by: tuple[str, ...] = ()
    follows: str | None = None
    not_by_author_of: str | None = None
    sets: tuple[Sets, ...] = ()
    plans: bool = False
    before_birth: bool = True
    after_death: bool = False
    is_safety: bool = False
    sends: bool = False
    about_siblings: bool = False
    has_time: bool = False
    lasts: bool = False
    contradictions: tuple[Contradiction, ...] = ()
    is_local: bool = False

    def find_field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateKind:
    """A state that events begin. `absent` says what an unrecorded one means (M1).

    `absent` "unknown" makes a condition on it impossible to tell; any other text is the value
    that holds until an event says otherwise ("no": the state does not hold). `per` names the key
    (challenge, plan) for each of whose values the state is kept apart.
    """

    id: str
    title: str
    values: Mapping[str, str] = field(default_factory=dict)
    absent: str = "unknown"
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All the kinds and states loaded: shipped ones and an authority's own."""

    kinds: Mapping[str, EventKind]
    states: Mapping[str, StateKind]
    fingerprint: str = ""
