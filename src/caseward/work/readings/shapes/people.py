"""The adults involved with a child: as a page shows them, and as a form starts from them."""

from dataclasses import dataclass
from datetime import date, datetime

from caseward.work.readings.shapes.askers import Banner


@dataclass(frozen=True, slots=True, kw_only=True)
class WayWords:
    """A way to reach an adult: in words, and whether it is safe to use."""

    way_id: str
    words: str
    is_safe: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarWords:
    """Another adult whom this one must not meet, and why."""

    person_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultCard:
    """Everything that must be known of an adult before one writes to them or invites them (B7).

    `since` is None where they are no longer involved and still share parental responsibility.
    """

    person_id: str
    name: str
    relation: str
    since: date | None
    lives_with_child: bool
    may_know_of_child: bool
    responsibility_words: str
    has_responsibility: bool
    language: str
    needs_interpreter: bool
    reading_needs: str
    access_needs: str
    ways: tuple[WayWords, ...]
    bars: tuple[BarWords, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAct:
    """That an act was saved, or taken back, and until when one press takes it back."""

    act_id: str
    is_undone: bool
    undo_until: datetime | None
    undo_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleInvolved:
    """The adults involved with a child on a day; `may_change` tells whether the asker may add any.

    `sees_addresses` and `sees_third_party` tell which parts the asker's role opens; `hidden_words`
    say what it does not. `known` are adults on a brother's or sister's record, not yet on this one.
    """

    banner: Banner
    child_id: str
    child_name: str
    born_on: date | None
    adults: tuple[AdultCard, ...]
    may_change: bool
    sees_addresses: bool
    sees_third_party: bool
    hidden_words: str
    sources: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...] = ()
    saved: SavedAct | None = None

    def adult(self, person_id: str) -> AdultCard | None:
        """Return one of the adults, or None."""
        return next((each for each in self.adults if each.person_id == person_id), None)
