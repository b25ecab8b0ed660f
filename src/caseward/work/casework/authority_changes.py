"""What the authority may adopt, declare or choose, made ready to be looked at before it is done (S5).

A text is read whole here, so that one which cannot be read is refused and never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry
from caseward.rules.calendars import reading as calendars
from caseward.rules.engine import wording
from caseward.rules.facts import reading as kinds
from caseward.rules.procedures import reading as procedures
from caseward.rules.procedures import settings
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries.answers import Problem
from caseward.work.entries.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityChange:
    """Entries on the authority's stream, the texts that they name, and the day they tell from."""

    new_entries: tuple[NewEntry, ...]
    texts: tuple[str, ...] = ()
    from_on: date


def procedure(act: Act, text: str, *, path: str, adopted_from: date) -> AuthorityChange:
    """Return the adoption of a procedure's text for what happens from a day on (M8).

    Errors: LawFileError where the text cannot be read, with file and line of each problem.
    """
    read = procedures.read_procedure(text, path=path, vocabulary=entries.vocabulary_now())
    said = {
        "procedure": read.id,
        "path": path,
        "fingerprint": entries.text_fingerprint(text),
        "adopted_from": adopted_from.isoformat(),
    }
    return _change(act, [_entry(act, "procedure.adopted", said)], text)


def giving_up(act: Act, procedure: str, *, from_on: date) -> AuthorityChange:
    """Return that a procedure is no longer used for what happens from a day on.

    What it has begun by then goes on to its end.
    Errors: Refused where the procedure is not in use, was given up already, or the day has passed.
    """
    uses = [
        use for use in entries.rulebook_at(on=act.today).adopted or () if use.procedure == procedure
    ]
    if not uses:
        raise _refused("procedure", f"There is no procedure {procedure} in use.")
    if uses[-1].given_up_from is not None:
        until = wording.day(uses[-1].given_up_from)
        raise _refused("procedure", f"It was given up already, from {until} on.")
    if from_on < act.today:
        raise _refused("from_on", "That day has passed. Name today or a later day.")
    said = {"procedure": procedure, "from_on": from_on.isoformat()}
    made = (_entry(act, "procedure.given_up", said, procedure),)
    return AuthorityChange(new_entries=made, from_on=from_on)


def kind_files(act: Act, texts: Mapping[str, str]) -> AuthorityChange:
    """Return the adoption of files of kinds, by path; they are read together with those in use.

    Errors: LawFileError where one cannot be read.
    """
    kinds.read_vocabulary({**entries.kinds_in_use(), **texts})
    return _files(act, texts)


def setting_files(act: Act, texts: Mapping[str, str]) -> AuthorityChange:
    """Return the adoption of files that declare settings, by path, each in a folder `settings`.

    Errors: LawFileError where one cannot be read.
    """
    settings.read_settings(texts)
    return _files(act, texts)


def calendar(act: Act, text: str, *, path: str) -> AuthorityChange:
    """Return the adoption of a file of bank holidays in the place of the one in use.

    Errors: CalendarError where it cannot be read.
    """
    calendars.read_calendar(text, path=path)
    said = {"path": path, "fingerprint": entries.text_fingerprint(text)}
    return _change(act, [_entry(act, "calendar.adopted", said)], text)


def closures(act: Act, days: Mapping[date, str]) -> AuthorityChange:
    """Return the declaration of closure days, each with its reason."""
    made = [
        _entry(
            act,
            "closure.declared",
            {"day": day.isoformat(), "reason": days[day]},
            day.isoformat(),
        )
        for day in sorted(days)
    ]
    return _change(act, made)


def setting(act: Act, name: str, value: Any, *, since: date) -> AuthorityChange:
    """Return the choice of a setting's value, in force from a day on."""
    said = {"name": name, "value": value, "from_on": since.isoformat()}
    made = [_entry(act, "setting.chosen", said, name)]
    return AuthorityChange(new_entries=tuple(made), from_on=max(since, act.today))


def first_day(act: Act, day: date) -> AuthorityChange:
    """Return the day on which the authority began to use Caseward."""
    return _change(act, [_entry(act, "first_day.set", {"day": day.isoformat()})])


def demonstration(act: Act) -> AuthorityChange:
    """Return the statement, for good, that every child in this store is made up."""
    return _change(act, [_entry(act, "demonstration.declared", {})])


def _refused(field: str, sentence: str) -> Refused:
    return Refused([Problem(field=field, sentence=sentence, kind="refused")])


def _files(act: Act, texts: Mapping[str, str]) -> AuthorityChange:
    made = [
        _entry(
            act,
            "vocabulary.adopted",
            {"path": path, "fingerprint": entries.text_fingerprint(texts[path])},
            path,
        )
        for path in sorted(texts)
    ]
    return _change(act, made, *texts.values())


def _change(act: Act, made: list[NewEntry], *texts: str) -> AuthorityChange:
    return AuthorityChange(new_entries=tuple(made), texts=texts, from_on=act.today)


def _entry(act: Act, kind: str, said: Mapping[str, Any], name: str = "") -> NewEntry:
    return NewEntry(
        stream=AUTHORITY,
        kind=kind,
        occurred_on=act.today,
        fields=said,
        entry_id=identity.made_from(act, f"{kind} {name}"),
    )
