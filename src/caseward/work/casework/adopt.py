"""What the authority adopts, declares and chooses: procedures, kinds, calendar, settings (S5).

A release brings law files; nothing changes until they are adopted here. A text is read whole
before it is adopted, so that one which cannot be read is refused and not kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry
from caseward.rules.calendars import reading as calendars
from caseward.rules.facts import reading as kinds
from caseward.rules.procedures import reading as procedures
from caseward.rules.procedures import settings
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Taken


def adopt_procedure(act: Act, text: str, *, path: str, adopted_from: date) -> Taken:
    """Adopt a procedure's text for what happens from a day on (M8).

    A later text of a procedure in use brings its editions; since when it is used stays.
    Errors: LawFileError where the text cannot be read, with file and line of each problem.
    """
    procedure = procedures.read_procedure(text, path=path, vocabulary=entries.vocabulary_now())
    said = {
        "procedure": procedure.id,
        "path": path,
        "fingerprint": entries.text_fingerprint(text),
        "adopted_from": adopted_from.isoformat(),
    }
    return _take_in(act, [_entry(act, "procedure.adopted", said)], texts=[text])


def adopt_kinds(act: Act, texts: Mapping[str, str]) -> Taken:
    """Adopt the files of kinds of entry, by path; they are read together with those in use.

    Errors: LawFileError where one cannot be read.
    """
    kinds.read_vocabulary({**entries.kinds_in_use(), **texts})
    return _adopt_files(act, texts)


def adopt_settings(act: Act, texts: Mapping[str, str]) -> Taken:
    """Adopt the files that declare settings and their defaults, by path.

    Each path has a folder named `settings` in it, which tells them from files of kinds.
    Errors: LawFileError where one cannot be read.
    """
    settings.read_settings(texts)
    return _adopt_files(act, texts)


def adopt_calendar(act: Act, text: str, *, path: str = "calendar") -> Taken:
    """Adopt a file of bank holidays in the place of the one in use.

    Errors: CalendarError where it cannot be read.
    """
    calendars.read_calendar(text, path=path)
    said = {"path": path, "fingerprint": entries.text_fingerprint(text)}
    return _take_in(act, [_entry(act, "calendar.adopted", said)], texts=[text])


def declare_closure(act: Act, days: Mapping[date, str]) -> Taken:
    """Declare closure days, each with its reason; dates already counted are counted again."""
    made = [
        _entry(
            act,
            "closure.declared",
            {"day": day.isoformat(), "reason": days[day]},
            day.isoformat(),
        )
        for day in sorted(days)
    ]
    return _take_in(act, made)


def set_setting(act: Act, name: str, value: Any, *, since: date) -> Taken:
    """Choose a setting's value, in force from a day on."""
    said = {"name": name, "value": value, "from_on": since.isoformat()}
    return _take_in(act, [_entry(act, "setting.chosen", said, name)])


def set_first_day(act: Act, day: date) -> Taken:
    """Say on which day the authority began to use Caseward: what fell due before is not listed."""
    return _take_in(act, [_entry(act, "first_day.set", {"day": day.isoformat()})])


def declare_demonstration(act: Act) -> Taken:
    """Say, for good, that every child in this store is made up."""
    return _take_in(act, [_entry(act, "demonstration.declared", {})])


def _adopt_files(act: Act, texts: Mapping[str, str]) -> Taken:
    made = [
        _entry(
            act,
            "vocabulary.adopted",
            {"path": path, "fingerprint": entries.text_fingerprint(texts[path])},
            path,
        )
        for path in sorted(texts)
    ]
    return _take_in(act, made, texts=list(texts.values()))


def _take_in(act: Act, made: Sequence[NewEntry], *, texts: Sequence[str] = ()) -> Taken:
    return entries.take_in(act, made, texts=texts)


def _entry(act: Act, kind: str, said: Mapping[str, Any], name: str = "") -> NewEntry:
    return NewEntry(
        stream=AUTHORITY,
        kind=kind,
        occurred_on=act.today,
        fields=said,
        entry_id=identity.made_from(act, f"{kind} {name}"),
    )
