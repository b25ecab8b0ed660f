"""What the authority adopts, declares and chooses: procedures, kinds, calendar, settings (S5).

A release brings law files; nothing changes until they are adopted here. What it would change is
shown before (`preview`), and settled afterwards, child by child, by a job or by who reads the child.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from caseward.record.ledger.acts import Act
from caseward.work import entries
from caseward.work.casework import authority_changes
from caseward.work.casework.authority_changes import AuthorityChange
from caseward.work.entries import Foreseen, Taken


def adopt(act: Act, change: AuthorityChange) -> Taken:
    """Record what was made ready; rows that it changes are settled when they are read, or before."""
    return entries.take_in(act, change.new_entries, texts=change.texts)


def preview(
    act: Act, change: AuthorityChange, *, progress: Callable[[int], None] | None = None
) -> tuple[Foreseen, ...]:
    """Return every child for whom it would change something on its day, late ones first."""
    return entries.foresee(
        act, change.new_entries, texts=change.texts, on=change.from_on, progress=progress
    )


def adopt_procedure(act: Act, text: str, *, path: str, adopted_from: date) -> Taken:
    """Adopt a procedure's text for what happens from a day on (M8).

    A later text of a procedure in use brings its editions; since when it is used stays.
    Errors: LawFileError where the text cannot be read, with file and line of each problem.
    """
    ready = authority_changes.procedure(act, text, path=path, adopted_from=adopted_from)
    return adopt(act, ready)


def give_up_procedure(act: Act, procedure: str, *, from_on: date) -> Taken:
    """Record that a procedure is no longer used for what happens from a day on.

    Errors: Refused where it is not in use, was given up already, or the day has passed.
    """
    return adopt(act, authority_changes.giving_up(act, procedure, from_on=from_on))


def adopt_kinds(act: Act, texts: Mapping[str, str]) -> Taken:
    """Adopt the files of kinds of entry, by path; they are read together with those in use.

    Errors: LawFileError where one cannot be read.
    """
    return adopt(act, authority_changes.kind_files(act, texts))


def adopt_settings(act: Act, texts: Mapping[str, str]) -> Taken:
    """Adopt the files that declare settings and their defaults, by path.

    Each path has a folder named `settings` in it, which tells them from files of kinds.
    Errors: LawFileError where one cannot be read.
    """
    return adopt(act, authority_changes.setting_files(act, texts))


def adopt_calendar(act: Act, text: str, *, path: str = "calendar") -> Taken:
    """Adopt a file of bank holidays in the place of the one in use.

    Errors: CalendarError where it cannot be read.
    """
    return adopt(act, authority_changes.calendar(act, text, path=path))


def declare_closure(act: Act, days: Mapping[date, str]) -> Taken:
    """Declare closure days, each with its reason; dates already counted are counted again."""
    return adopt(act, authority_changes.closures(act, days))


def set_setting(act: Act, name: str, value: Any, *, since: date) -> Taken:
    """Choose a setting's value, in force from a day on."""
    return adopt(act, authority_changes.setting(act, name, value, since=since))


def set_first_day(act: Act, day: date) -> Taken:
    """Say on which day the authority began to use Caseward: what fell due before is not listed."""
    return adopt(act, authority_changes.first_day(act, day))


def declare_demonstration(act: Act) -> Taken:
    """Say, for good, that every child in this store is made up."""
    return adopt(act, authority_changes.demonstration(act))
