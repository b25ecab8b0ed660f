"""What a person is told when recording: what cannot be taken, and what to look at twice.

What happened is recorded even where the procedure forbids it (M30): nothing here asks a law file.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from caseward.rules.facts import plans, values
from caseward.rules.facts.entries import Entry, Event, Record
from caseward.rules.facts.kinds import EventKind, Field, Vocabulary
from caseward.rules.texts.problems import listed, suggestion

BORN = "child.born"
EXPECTED = "birth.expected"
DIED = "child.died"
CLOSED = "record.closed"
REOPENED = "record.reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to say of a draft: at which field, in a sentence, refused or to be confirmed."""

    field: str
    sentence: str
    kind: Literal["refused", "confirm"]


def problems(
    draft: Entry,
    record: Record,
    vocabulary: Vocabulary,
    *,
    today: date,
    proposer_role: str | None = None,
    why_not: plans.WhyNot | None = None,
) -> tuple[Problem, ...]:
    """Return everything to be said of a draft before it is taken, refusals first.

    Shapes: draft, an entry not yet in the ledger; record, what is known of the child today;
    why_not, why a day is no working day, where a calendar is at hand.
    Errors: none; an empty tuple says that the draft may be taken as it is.
    Source: M1, M30, B2; issue “Bad input”.
    """
    if draft.withdraws is not None:
        return tuple(_of_withdrawal(draft, record))
    kind = vocabulary.kinds.get(draft.kind)
    if kind is None:
        return (_refused("kind", _unknown_kind(draft.kind, vocabulary)),)
    found = [
        *_of_correction(draft, record),
        *_of_role(kind, proposer_role),
        *_of_dates(draft, kind, record, today),
        *_of_outcome(draft, kind),
        *_of_names(draft, kind),
        *_of_fields(draft, kind, today),
        *_of_contradictions(draft, kind),
        *(
            _confirm(field, question)
            for field, question in plans.questions(draft, kind, today=today, why_not=why_not)
        ),
        *_of_the_record(draft, kind, record),
        *_of_likeness(draft, kind, record),
    ]
    return tuple(sorted(found, key=lambda problem: problem.kind != "refused"))


def unknown_words(draft: Entry, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return what the vocabulary does not know of an entry: its kind, outcome, fields or keys.

    A misspelt word would otherwise be read past, and its tasks would be missing unseen.
    """
    kind = vocabulary.kinds.get(draft.kind)
    if kind is None:
        return (_refused("kind", _unknown_kind(draft.kind, vocabulary)),)
    found = (*_of_outcome(draft, kind), *_of_names(draft, kind))
    return tuple(problem for problem in found if problem.kind == "refused")


def refusals(
    draft: Entry, record: Record, vocabulary: Vocabulary, *, today: date
) -> tuple[Problem, ...]:
    """Return why a draft cannot be taken at all, whatever else the record holds.

    Shapes: record, at least the child's birth or expected birth; nothing else of it is asked.
    For an import, which nobody can be asked about: what is unusual is taken as it is, and a yes or no
    that a form asks for and a file leaves empty stays unsaid. Unknown is not no, so it meets nothing.
    """
    kind = vocabulary.kinds.get(draft.kind)
    if kind is None:
        return (_refused("kind", _unknown_kind(draft.kind, vocabulary)),)
    found = (
        *_of_dates(draft, kind, record, today),
        *_of_outcome(draft, kind),
        *_of_names(draft, kind),
        *_of_fields(draft, kind, today),
    )
    return tuple(
        problem
        for problem in found
        if problem.kind == "refused" and not _is_unanswered(problem, draft, kind)
    )


def _is_unanswered(problem: Problem, draft: Entry, kind: EventKind) -> bool:
    field = kind.find_field(problem.field)
    return field is not None and field.type == "yes_no" and _is_empty(draft.fields.get(field.name))


def before_birth(draft: Entry | Event, kind: EventKind, record: Record) -> Iterator[Problem]:
    """Yield a refusal where the kind cannot happen before the birth and its day lies before (B2)."""
    if kind.before_birth or kind.id == BORN:
        return
    born_on, on = _day_of(BORN, record), draft.occurred_on
    if born_on is not None and on < born_on:
        yield _refused(
            "occurred_on",
            f"{values.in_words(on)} is before the child was born, on {values.in_words(born_on)}.",
        )
    elif born_on is None and _day_of(EXPECTED, record) is not None:
        yield _refused(
            "occurred_on", f"“{kind.title}” cannot happen before the birth. Record the birth first."
        )


# --- each sort of check ---------------------------------------------------------------------------


def _of_withdrawal(draft: Entry, record: Record) -> Iterator[Problem]:
    if draft.withdraws in record.withdrawn:
        yield _refused("withdraws", "This record was withdrawn already. Nothing is left to do.")
    elif not _is_known(draft.withdraws, record):
        yield _refused("withdraws", "The record to withdraw is not on this child's record.")


def _of_correction(draft: Entry, record: Record) -> Iterator[Problem]:
    if draft.corrects is None:
        return
    if draft.corrects in record.withdrawn:
        yield _refused(
            "corrects", "The record was withdrawn, so it cannot be corrected. Record it anew."
        )
        return
    event = _corrected(draft, record)
    if event is None:
        yield _refused("corrects", "The record to correct is not on this child's record.")
    elif event.kind != draft.kind:
        yield _refused(
            "kind",
            "A correction keeps what sort of event it is. Withdraw the wrong one and record the "
            "right one.",
        )


def _of_role(kind: EventKind, proposer_role: str | None) -> Iterator[Problem]:
    if proposer_role is not None and kind.recorded_by and proposer_role not in kind.recorded_by:
        yield _refused(
            "kind",
            f"“{kind.title}” is recorded by {_roles(kind.recorded_by)}. Ask one of them to record "
            "it.",
        )


def _of_dates(draft: Entry, kind: EventKind, record: Record, today: date) -> Iterator[Problem]:
    on = draft.occurred_on
    if on > today:
        hint = (
            " The day it is planned for goes in the field for it; here stands the day on which it "
            "was planned."
            if kind.plans
            else " Record it when it has happened."
        )
        yield _refused("occurred_on", f"{values.in_words(on)} has not come yet.{hint}")
    if draft.until is not None and draft.until < on:
        yield _refused(
            "until",
            f"It cannot end on {values.in_words(draft.until)}, before it began ({values.in_words(on)}).",
        )
    elif draft.until is not None and _is_beyond_counting(draft.until, today):
        yield _refused("until", _beyond_counting(draft.until))
    yield from before_birth(draft, kind, record)


def _of_outcome(draft: Entry, kind: EventKind) -> Iterator[Problem]:
    if draft.outcome is None or draft.outcome == "":
        if kind.outcomes:
            yield _confirm(
                "outcome",
                f"How did it come out: {listed(kind.outcomes.values())}? Without an outcome, "
                "nothing that depends on one starts.",
            )
    elif not kind.outcomes:
        yield _refused("outcome", f"“{kind.title}” has no outcomes. Leave it empty.")
    elif draft.outcome not in kind.outcomes:
        yield _refused(
            "outcome",
            f"“{draft.outcome}” is not an outcome of “{kind.title}”. It may be "
            f"{listed(kind.outcomes)}.",
        )


def _of_names(draft: Entry, kind: EventKind) -> Iterator[Problem]:
    known = [field.name for field in kind.fields]
    for name in draft.fields:
        if name not in known:
            yield _refused(name, f"“{kind.title}” has no field “{name}”.{suggestion(name, known)}")
    for name in draft.keys:
        if name not in kind.keys:
            yield _refused(
                name, f"“{kind.title}” does not belong to a “{name}”.{suggestion(name, kind.keys)}"
            )


def _of_fields(draft: Entry, kind: EventKind, today: date) -> Iterator[Problem]:
    for field in kind.fields:
        value = draft.fields.get(field.name)
        if _is_empty(value):
            if field.required:
                yield _refused(field.name, f"Fill in “{field.title}”.")
            continue
        sentence = values.wrong_value(field, value)
        if sentence:
            yield _refused(field.name, sentence)
        elif field.type == "date" and _is_beyond_counting(
            day := values.read_day(str(value)), today
        ):
            yield _refused(field.name, _beyond_counting(day))
        elif field.type == "date" and not kind.plans:
            # A field of a plan names a later day by nature; elsewhere it may be a slip.
            yield from _of_a_later_day(field, str(value), draft, today)


def _of_a_later_day(field: Field, value: str, draft: Entry, today: date) -> Iterator[Problem]:
    """A date far ahead of anything recorded is most often a wrong year: asked, never refused."""
    day = values.read_day(value)
    ahead = max(today, draft.occurred_on)
    if day.year - ahead.year > _YEARS_AHEAD:
        yield _confirm(field.name, f"“{field.title}” is {values.in_words(day)}. Is the year right?")


_YEARS_AHEAD = 5
_MOST_YEARS_AHEAD = 200
"""Nobody's record reaches so far, and nothing can be counted on from the last days that there are."""


def _is_beyond_counting(day: date, today: date) -> bool:
    return day.year - today.year > _MOST_YEARS_AHEAD


def _beyond_counting(day: date) -> str:
    return (
        f"{values.in_words(day)} is too far ahead. Check the year, or leave an unknown day empty."
    )


def _of_contradictions(draft: Entry, kind: EventKind) -> Iterator[Problem]:
    for one in kind.contradictions:
        if all(str(draft.fields.get(name, "")) in wanted for name, wanted in one.fields.items()):
            yield _confirm(list(one.fields)[-1], one.sentence)


def _of_the_record(draft: Entry, kind: EventKind, record: Record) -> Iterator[Problem]:
    died_on = _day_of(DIED, record, beside=draft)
    if died_on is not None and draft.occurred_on > died_on and not kind.after_death:
        yield _confirm(
            "occurred_on",
            f"The child died on {values.in_words(died_on)}. Record this all the same?",
        )
    closed_on = _closed_on(record)
    if closed_on is not None and kind.id != REOPENED:
        yield _confirm(
            "kind",
            f"This record was closed on {values.in_words(closed_on)}. Record this all the same?",
        )


def _of_likeness(draft: Entry, kind: EventKind, record: Record) -> Iterator[Problem]:
    if draft.corrects is not None:
        return
    for event in record.events:
        if (
            event.kind == draft.kind
            and event.occurred_on == draft.occurred_on
            and event.outcome == draft.outcome
            and _may_be_one(event, draft)
        ):
            yield _confirm(
                "kind",
                f"“{kind.title}” of {values.in_words(draft.occurred_on)} is on the record already. Did "
                "it happen a second time that day?",
            )
            return


# --- small questions ------------------------------------------------------------------------------


def _may_be_one(event: Event, draft: Entry) -> bool:
    """Two are alike unless a time or a key, known of both, tells them apart."""
    if event.time is not None and draft.time is not None and event.time != draft.time:
        return False
    return all(draft.keys.get(key, value) == value for key, value in event.keys.items())


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], ())


def _corrected(draft: Entry, record: Record) -> Event | None:
    return next(
        (
            event
            for event in record.events
            if draft.corrects == event.entry_id or draft.corrects in event.corrected_by
        ),
        None,
    )


def _is_known(entry_id: str | None, record: Record) -> bool:
    return any(
        entry_id == event.entry_id or entry_id in event.corrected_by for event in record.events
    )


def _day_of(kind: str, record: Record, *, beside: Entry | None = None) -> date | None:
    """The latest day of an event of the kind, leaving out the one that the draft corrects."""
    corrected = _corrected(beside, record) if beside is not None else None
    days = [
        event.occurred_on for event in record.events if event.kind == kind and event != corrected
    ]
    return max(days, default=None)


def _closed_on(record: Record) -> date | None:
    closed, reopened = _day_of(CLOSED, record), _day_of(REOPENED, record)
    return closed if closed is not None and (reopened is None or reopened < closed) else None


def _unknown_kind(kind: str, vocabulary: Vocabulary) -> str:
    return f"“{kind}” is not a kind of event.{suggestion(kind, vocabulary.kinds)}"


def _roles(roles: Collection[str]) -> str:
    words = [role.replace("_", " ") for role in roles]
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _refused(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="refused")


def _confirm(field: str, sentence: str) -> Problem:
    return Problem(field=field, sentence=sentence, kind="confirm")
