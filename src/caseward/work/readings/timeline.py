"""The entries of a child's record as they stand, with what was corrected or withdrawn shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from caseward.record.access import policy
from caseward.record.ledger.acts import LONDON
from caseward.record.ledger.queries import Recorded
from caseward.record.people import queries as people
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import EventKind, Field
from caseward.work.readings import family, lines, names_then, naming, words
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import FieldWords, TimelineEntry
from caseward.work.readings.values import Values

# From so many days after it happened, an entry says that it was recorded late.
LATE_AFTER_DAYS = 4
# What other systems bring comes long after its day, and says nothing of anybody's delay.
BROUGHT_IN = frozenset({"import"})
HIDDEN = "Not shown: your role does not open this"
SYSTEM = "system:"
CLOCK_IS_BEHIND = timedelta(minutes=5)
"""Two who save at once are seconds apart; more than this is a clock that was set back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """An entry with its corrections, earliest first, and its withdrawal if there is one."""

    first: Recorded
    corrections: tuple[Recorded, ...]
    withdrawal: Recorded | None

    @property
    def standing(self) -> Recorded:
        """Return the entry whose values stand."""
        return self.corrections[-1] if self.corrections else self.first

    @property
    def last_seq(self) -> int:
        """Return the seq of the last entry that touched this one (S7)."""
        touched = [self.first, *self.corrections, *([self.withdrawal] if self.withdrawal else [])]
        return max(one.seq for one in touched)


def entries_of(look: ChildLook, *, at_most: int | None = None) -> tuple[TimelineEntry, ...]:
    """Return the entries of days up to the one asked about, the latest day first."""
    chains = [
        chain for chain in chains_of(look) if chain.standing.entry.occurred_on <= look.asked.as_of
    ]
    chains.sort(
        key=lambda chain: (chain.standing.entry.occurred_on, chain.first.entry.position),
        reverse=True,
    )
    shown = chains[:at_most]
    values = Values.as_known(look.asked, (chain.standing.entry for chain in shown))
    names = _names(look, shown)
    return tuple(_entry(look, chain, values, names) for chain in shown)


def chains_of(look: ChildLook) -> Iterator[Chain]:
    """Yield each entry first recorded, with what became of it, in order of recording."""
    return chains(look.recorded, look.record.withdrawn)


def chains(recorded: Sequence[Recorded], withdrawn: Collection[str]) -> Iterator[Chain]:
    """Yield each entry first recorded, with what became of it; `withdrawn` as the record says."""
    by_id = {one.entry.entry_id: one for one in recorded}
    corrections: dict[str, list[Recorded]] = {}
    withdrawals: dict[str, Recorded] = {}
    for one in recorded:
        if one.entry.withdraws and one.entry.entry_id not in withdrawn:
            withdrawals[one.entry.withdraws] = one
        elif one.entry.corrects and one.entry.entry_id not in withdrawn:
            corrections.setdefault(_root(one, by_id), []).append(one)
    for one in recorded:
        if not one.entry.corrects and not one.entry.withdraws:
            yield Chain(
                first=one,
                corrections=tuple(corrections.get(one.entry.entry_id, ())),
                withdrawal=withdrawals.get(one.entry.entry_id),
            )


def find(look: ChildLook, entry_ids: Iterable[str]) -> tuple[TimelineEntry, ...]:
    """Return the timeline's entries with these ids, in the order given; unknown ones left out."""
    chains = {chain.first.entry.entry_id: chain for chain in chains_of(look)}
    found = [chains[entry_id] for entry_id in dict.fromkeys(entry_ids) if entry_id in chains]
    values = Values.as_known(look.asked, (chain.standing.entry for chain in found))
    names = _names(look, found)
    return tuple(_entry(look, chain, values, names) for chain in found)


def field_words(
    kind: EventKind | None, entry: Entry, values: Values, classes: Iterable[str]
) -> tuple[FieldWords, ...]:
    """Return what an entry says, field by field; what the asker may not read says that it is."""
    said: list[FieldWords] = []
    allowed = frozenset(classes)
    for name, value in entry.fields.items():
        field = kind.find_field(name) if kind else None
        title = field.title if field else name.replace("_", " ").capitalize()
        if field is not None and not policy.may_read_field(field, allowed):
            said.append(FieldWords(title=title, words=HIDDEN, is_hidden=True))
        elif value not in ("", None, []):
            said.append(FieldWords(title=title, words=values.words(field, value)))
    if entry.until is not None:
        said.append(FieldWords(title="Until", words=words.short_day(entry.until)))
    return tuple(said)


def _entry(
    look: ChildLook, chain: Chain, values: Values, names: Mapping[str, str]
) -> TimelineEntry:
    first, entry = chain.first, chain.standing.entry
    kind = look.asked.vocabulary.kinds.get(entry.kind)
    by = _name(first.act.by, names)
    is_withdrawn = chain.withdrawal is not None
    may = not is_withdrawn and not look.asked.is_past and kind is not None
    may_change = may and _may_record(look, kind)
    return TimelineEntry(
        entry_id=first.entry.entry_id,
        seq=chain.last_seq,
        kind=entry.kind,
        title=_title(kind, entry, values),
        occurred_on=entry.occurred_on,
        time_words=f"at {entry.time:%H:%M}" if entry.time else "",
        outcome_words=_outcome(kind, entry),
        fields=field_words(kind, entry, values, look.classes),
        recorded_at=first.act.at,
        recorded_by=by,
        recorded_words=_recorded_words(first, by),
        late_words=_late_words(look, first),
        state="withdrawn" if is_withdrawn else "corrected" if chain.corrections else "stands",
        changes=tuple(_changes(look, chain, values, names)),
        is_plan=kind is not None and kind.plans,
        is_safety=kind is not None and kind.is_safety,
        may_correct=may_change,
        may_withdraw=may_change,
    )


def _title(kind: EventKind | None, entry: Entry, values: Values) -> str:
    """Return what happened, with whom it is about: three reports are three lines to tell apart."""
    title = kind.title if kind else entry.kind.replace("_", " ").replace(".", " ")
    named = next((entry.keys[key] for key in naming.NAMING_KEYS if entry.keys.get(key)), "")
    about = values.name(named)
    return f"{title} – {about}" if about else title


def _late_words(look: ChildLook, one: Recorded) -> str:
    """Say that an entry came late: after the day looked at, or long after its own."""
    on = one.act.at.astimezone(LONDON).date()
    if look.asked.is_past and on > look.asked.as_of:
        return f"Not yet on the record on {words.short_day(look.asked.as_of)}"
    days = (on - one.entry.occurred_on).days
    if days < LATE_AFTER_DAYS or one.act.via in BROUGHT_IN:
        return ""
    return f"Recorded late, {words.count(days, 'day')} after its day"


def _recorded_words(first: Recorded, by: str) -> str:
    """Say who recorded it and when; where the clock had gone back, also that it had.

    The order of recording is the ledger's own; a clock that was behind does not change it.
    """
    said = f"Recorded by {by} on {words.moment(first.act.at)}"
    at = first.entry.recorded_at
    if at is None or at - first.act.at < CLOCK_IS_BEHIND:
        return said
    return f"{said}, by a clock that was behind: it was not before {words.moment(at)}"


def _may_record(look: ChildLook, kind: EventKind | None) -> bool:
    """The asker sees the child already, so that only their roles are asked here."""
    return kind is not None and lines.may_record(look.asked.asker, kind)


def _changes(
    look: ChildLook, chain: Chain, values: Values, names: Mapping[str, str]
) -> Iterator[str]:
    before = chain.first.entry
    for correction in chain.corrections:
        who = f"{_name(correction.act.by, names)} on {words.moment(correction.act.at)}"
        was = words.listed(_was(look, before, correction.entry, values))
        why = _why(look, correction)
        yield words.sentence(f"Corrected by {who}: {was or 'nothing changed'}. {why}".strip())
        before = correction.entry
    if chain.withdrawal is not None:
        act = chain.withdrawal.act
        who = f"{_name(act.by, names)} on {words.moment(act.at)}"
        yield words.sentence(f"Withdrawn by {who}. {_why(look, chain.withdrawal)}".strip())


def _why(look: ChildLook, one: Recorded) -> str:
    """Return the reason that was typed, to those who may read what is typed freely."""
    return one.act.why if family.FREE_TEXT in look.classes else ""


def _was(look: ChildLook, before: Entry, after: Entry, values: Values) -> Iterator[str]:
    kind = look.asked.vocabulary.kinds.get(after.kind)
    if before.occurred_on != after.occurred_on:
        yield f"the date was {words.short_day(before.occurred_on)}"
    if before.time != after.time:
        yield f"the time was {before.time:%H:%M}" if before.time else "there was no time"
    if before.outcome != after.outcome:
        yield f"the outcome was {words.lower_first(_outcome(kind, before)) or 'not given'}"
    for name in sorted({*before.fields, *after.fields}):
        old, new = before.fields.get(name), after.fields.get(name)
        if old != new:
            yield _field_was(kind.find_field(name) if kind else None, name, old, values, look)


def _field_was(field: Field | None, name: str, old: Any, values: Values, look: ChildLook) -> str:
    title = words.lower_first(field.title if field else name.replace("_", " "))
    if field is not None and not policy.may_read_field(field, look.classes):
        return f"“{title}” was changed"
    return f"“{title}” was {values.words(field, old) if old not in ('', None) else 'not given'}"


def _outcome(kind: EventKind | None, entry: Entry) -> str:
    if not entry.outcome:
        return ""
    return kind.outcomes.get(entry.outcome, entry.outcome) if kind else entry.outcome


def _root(one: Recorded, by_id: Mapping[str, Recorded]) -> str:
    target = one.entry.corrects or one.entry.entry_id
    seen = {one.entry.entry_id}
    while target in by_id and by_id[target].entry.corrects and target not in seen:
        seen.add(target)
        target = by_id[target].entry.corrects or target
    return target


def _names(look: ChildLook, chains: Iterable[Chain]) -> Mapping[str, str]:
    """Return what those who recorded were called, as known when the question says."""
    if look.asked.position is not None:
        return names_then.of_staff(look.asked)
    acts = {
        one.act.by
        for chain in chains
        for one in (chain.first, *chain.corrections, chain.withdrawal)
        if one is not None
    }
    return {worker.id: worker.name for worker in people.workers(acts).values()}


def _name(by: str, names: Mapping[str, str]) -> str:
    if by.startswith(SYSTEM):
        return f"the system ({by.removeprefix(SYSTEM)})"
    return names.get(by, "somebody who has left")
