"""What the authority has adopted, declared and chosen, as known at a position (S5).

`work.entries` builds the Rulebook from it. Everything here is an entry on the authority's stream;
texts are kept under their fingerprints (`models.LawText`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from caseward.record.ledger import models, queries
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.people.kinds import ADOPTION_KINDS
from caseward.rules.facts import record as known_record
from caseward.rules.facts.entries import Entry, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedText:
    """A file of kinds or a calendar that the authority adopted, with its text."""

    path: str
    text: str
    fingerprint: str
    entry_id: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedLaw:
    """A procedure's text, adopted on one day for triggers from another day on (M8)."""

    procedure: str
    path: str
    text: str
    fingerprint: str
    adopted_from: date
    entry_id: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A procedure that the authority no longer uses for triggers from a day on."""

    procedure: str
    from_on: date
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChosen:
    """A setting's value, in force from a day on."""

    name: str
    value: Any
    from_on: date
    position: int


@dataclass(frozen=True, slots=True)
class Use:
    """The days on which a procedure is used: what happens from `until` on opens nothing by it."""

    procedure: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The authority's own facts as known.

    `laws` and `settings` stand in order of recording; `position` is that of the last entry read,
    so that equal positions mean equal values.
    """

    laws: tuple[AdoptedLaw, ...]
    given_up: tuple[GivenUp, ...]
    vocabulary: tuple[AdoptedText, ...]
    calendar: AdoptedText | None
    closures: Mapping[date, str]
    settings: tuple[SettingChosen, ...]
    first_day: date | None
    is_demonstration: bool
    position: int

    def settings_on(self, day: date) -> dict[str, Any]:
        """Return each setting's value in force on a day; of two from one day the later recorded."""
        in_force = sorted(
            (chosen for chosen in self.settings if chosen.from_on <= day),
            key=lambda chosen: (chosen.from_on, chosen.position),
        )
        return {chosen.name: chosen.value for chosen in in_force}

    def standing_laws(self) -> dict[str, AdoptedLaw]:
        """Return each procedure's text that stands: the one adopted last, its day the earliest.

        A text adopted later brings editions; since when the authority uses the procedure stays.
        """
        standing: dict[str, AdoptedLaw] = {}
        for law in self.laws:
            standing[law.procedure] = law
        return standing

    def uses(self) -> tuple[Use, ...]:
        """Return when each procedure is used: from its earliest adoption until it is given up.

        Read in order of recording. One adopted after it was given up is used again from that day.
        """
        told: list[AdoptedLaw | GivenUp] = [*self.laws, *self.given_up]
        found: dict[str, list[Use]] = {}
        for one in sorted(told, key=lambda one: one.position):
            uses = found.setdefault(one.procedure, [])
            last = uses.pop() if uses else None
            if isinstance(one, GivenUp):
                uses.extend(_until(last, one.from_on))
            elif last is None or (last.until is not None and last.until < one.adopted_from):
                uses.extend([] if last is None else [last])
                uses.append(Use(one.procedure, one.adopted_from))
            else:
                uses.append(Use(one.procedure, min(last.since, one.adopted_from)))
        return tuple(use for name in sorted(found) for use in found[name])


def last_position(position: int | None = None) -> int:
    """Return the position of the last adopting entry up to a position: the key to cache under."""
    rows = models.Entry.objects.filter(
        stream__kind=AUTHORITY.kind,
        stream__public_id=AUTHORITY.id,
        payload__kind__in=tuple(ADOPTION_KINDS),
    )
    if position is not None:
        rows = rows.filter(position__lte=position)
    found: int | None = rows.aggregate(last=Max("position"))["last"]
    return found or 0


def known(
    position: int | None = None,
    *,
    beside: Sequence[Entry] = (),
    texts_beside: Mapping[str, str] | None = None,
) -> Authority:
    """Return what the authority had adopted, declared and chosen, as known at a position.

    With what stands `beside` it, as if that were recorded already: for what it would change.
    """
    stored = queries.entries_of(AUTHORITY, position=position, kinds=ADOPTION_KINDS)
    entries = (*stored, *beside)
    record = known_record.as_known(entries, child=AUTHORITY.id)
    events = sorted(record.events, key=lambda event: event.position)
    texts = {
        **queries.texts(
            event.fields["fingerprint"] for event in events if "fingerprint" in event.fields
        ),
        **(texts_beside or {}),
    }
    calendars = [_text(event, texts) for event in _of(events, "calendar.adopted")]
    first_days = [_day(event, "day") for event in _of(events, "first_day.set")]
    return Authority(
        laws=tuple(_law(event, texts) for event in _of(events, "procedure.adopted")),
        given_up=tuple(
            GivenUp(
                procedure=event.fields["procedure"],
                from_on=_day(event, "from_on"),
                position=event.position,
            )
            for event in _of(events, "procedure.given_up")
        ),
        vocabulary=_standing_files(
            _text(event, texts) for event in _of(events, "vocabulary.adopted")
        ),
        calendar=calendars[-1] if calendars else None,
        closures={
            _day(event, "day"): event.fields["reason"] for event in _of(events, "closure.declared")
        },
        settings=tuple(
            SettingChosen(
                name=event.fields["name"],
                value=event.fields["value"],
                from_on=_day(event, "from_on"),
                position=event.standing_position,
            )
            for event in _of(events, "setting.chosen")
        ),
        first_day=first_days[-1] if first_days else None,
        is_demonstration=any(True for _ in _of(events, "demonstration.declared")),
        position=entries[-1].position if entries else 0,
    )


def is_demonstration() -> bool:
    """Return whether this store was made for demonstration, which it says itself and for good."""
    return models.Payload.objects.filter(
        kind="demonstration.declared",
        entry__stream__kind=AUTHORITY.kind,
        entry__stream__public_id=AUTHORITY.id,
    ).exists()


def _until(last: Use | None, day: date) -> list[Use]:
    """Return the last use ended on the day, none where that leaves no day of it."""
    if last is None or day <= last.since:
        return []
    return [Use(last.procedure, last.since, min(day, last.until or day))]


def _of(events: Iterable[Event], kind: str) -> list[Event]:
    return [event for event in events if event.kind == kind]


def _day(event: Event, name: str) -> date:
    """Read a date field, or the day of the event itself where the field was left out."""
    stated = event.fields.get(name)
    return date.fromisoformat(stated) if stated else event.occurred_on


def _text(event: Event, texts: Mapping[str, str]) -> AdoptedText:
    fingerprint = event.fields["fingerprint"]
    return AdoptedText(
        path=event.fields["path"],
        text=texts[fingerprint],
        fingerprint=fingerprint,
        entry_id=event.entry_id,
        position=event.position,
    )


def _law(event: Event, texts: Mapping[str, str]) -> AdoptedLaw:
    fingerprint = event.fields["fingerprint"]
    return AdoptedLaw(
        procedure=event.fields["procedure"],
        path=event.fields["path"],
        text=texts[fingerprint],
        fingerprint=fingerprint,
        adopted_from=_day(event, "adopted_from"),
        entry_id=event.entry_id,
        position=event.position,
    )


def _standing_files(adopted: Iterable[AdoptedText]) -> tuple[AdoptedText, ...]:
    by_path = {text.path: text for text in adopted}
    return tuple(by_path[path] for path in sorted(by_path))
