"""The rulebook as the authority's stream says it at a position (S5).

Adopted texts are parsed once for each fingerprint and kept; a rulebook is made once for each state
of the authority's stream and day. Nothing here reads a file: what a release brings changes nothing
until it is adopted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import caseward
from caseward.record.ledger import authority, queries
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.ledger.operations import text_fingerprint
from caseward.rules.calendars import reading as calendar_reading
from caseward.rules.calendars.days import Calendar
from caseward.rules.engine.rulebook import Adoption, Rulebook
from caseward.rules.facts import reading as facts_reading
from caseward.rules.facts.entries import Entry, Record
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures import reading as procedure_reading
from caseward.rules.procedures import settings as declared_settings
from caseward.rules.procedures.model import Procedure
from caseward.rules.texts import canonical
from caseward.work.entries.errors import Refusal
from caseward.work.tasks.settle import SettledTo

REGISTERED = "child.registered"
# Files in a folder of this name declare settings and their defaults; the others declare kinds.
SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A rulebook with the state of the authority's stream that it was made from."""

    rulebook: Rulebook
    to: SettledTo


def rulebook_at(position: int | None = None, *, on: date) -> Rulebook:
    """Return the rulebook as known at a ledger position (now, without one), settings as of a day.

    Errors: Refusal where no calendar or no kinds of entry have been adopted yet.
    """
    return rules_at(position, on=on).rulebook


def rules_at(position: int | None = None, *, on: date) -> Rules:
    """Return the rulebook with what names it: two with equal `to` give equal answers."""
    if position is not None:
        known = authority.known(position)
        return _made(known, known.settings_on(on))
    return _current(queries.stream_head(AUTHORITY), on)


def rules_if(entries: Sequence[Entry], texts: Iterable[str], *, on: date) -> Rules:
    """Return the rules on a day if the authority recorded these entries now, with these texts."""
    beside = {text_fingerprint(text): text for text in texts}
    known = authority.known(beside=entries, texts_beside=beside)
    return _made(known, known.settings_on(on))


def vocabulary_now() -> Vocabulary:
    """Return the kinds of entry and states that the authority has adopted: no day changes them."""
    return rules_at(on=date.max).rulebook.vocabulary


def kinds_in_use() -> dict[str, str]:
    """Return the adopted files of kinds, each text by its path."""
    return dict(_texts_of(_known(queries.stream_head(AUTHORITY)), settings=False))


def authority_name(*, on: date) -> str:
    """Return what the authority calls itself, by its setting; empty where none was chosen."""
    known = _known(queries.stream_head(AUTHORITY))
    return str(known.settings_on(on).get("authority_name", ""))


def for_child(rulebook: Rulebook, record: Record) -> Rulebook:
    """Return the rulebook for one child: its first day in Caseward is its own (M8)."""
    registered = [event.occurred_on for event in record.events if event.kind == REGISTERED]
    return replace(rulebook, first_day=min(registered)) if registered else rulebook


@lru_cache(maxsize=8)
def _current(head: tuple[int, str], on: date) -> Rules:
    """Days on which the same settings are in force share one rulebook, and what is made of it."""
    return _with(head, tuple(sorted(_known(head).settings_on(on).items())))


@lru_cache(maxsize=8)
def _with(head: tuple[int, str], chosen: tuple[tuple[str, Any], ...]) -> Rules:
    return _made(_known(head), dict(chosen))


@lru_cache(maxsize=2)
def _known(_head: tuple[int, str]) -> authority.Authority:
    """Equal heads mean equal streams, so what the authority says is kept under its head."""
    return authority.known()


def _made(known: authority.Authority, chosen: Mapping[str, Any]) -> Rules:
    if known.calendar is None or not known.vocabulary:
        raise Refusal(
            "This store has no calendar or no kinds of entry yet, so nothing can be recorded of a "
            "child.",
            "Adopt the calendar, the kinds of entry and the procedures first: `caseward adopt` does "
            "it, `caseward demo` for a demonstration.",
        )
    vocabulary = _vocabulary(_texts_of(known, settings=False))
    calendar = _calendar(known.calendar.text, known.calendar.path).with_closures(known.closures)
    settings = {**_defaults(_texts_of(known, settings=True)), **chosen}
    rulebook = Rulebook(
        vocabulary=vocabulary,
        procedures=_procedures(known, vocabulary),
        calendar=calendar,
        settings=settings,
        adopted=_adopted(known),
        first_day=known.first_day,
    )
    return Rules(
        rulebook=rulebook,
        to=SettledTo(position=known.position, rules=_fingerprint(rulebook, known)),
    )


def _procedures(known: authority.Authority, vocabulary: Vocabulary) -> tuple[Procedure, ...]:
    latest = known.standing_laws()
    return tuple(
        _procedure(latest[name].text, latest[name].path, vocabulary.fingerprint, _Kept(vocabulary))
        for name in sorted(latest)
    )


def _adopted(known: authority.Authority) -> tuple[Adoption, ...]:
    return tuple(
        Adoption(procedure=use.procedure, adopted_from=use.since, given_up_from=use.until)
        for use in known.uses()
    )


def _texts_of(known: authority.Authority, *, settings: bool) -> tuple[tuple[str, str], ...]:
    """Return the adopted files of kinds, or those that declare settings, by path and text."""
    return tuple(
        (each.path, each.text)
        for each in known.vocabulary
        if (SETTINGS in PurePosixPath(each.path).parts) == settings
    )


def _fingerprint(rulebook: Rulebook, known: authority.Authority) -> str:
    """Return the SHA-256 of all that an evaluation with this rulebook depends on."""
    content = {
        "release": caseward.__version__,
        "vocabulary": rulebook.vocabulary.fingerprint,
        "calendar": rulebook.calendar.version,
        "closures": {day.isoformat(): why for day, why in known.closures.items()},
        "settings": {name: repr(value) for name, value in rulebook.settings.items()},
        "procedures": {law.procedure: law.fingerprint for law in known.laws},
        "adopted": [
            [each.procedure, str(each.adopted_from), str(each.given_up_from)]
            for each in rulebook.adopted or ()
        ],
        "first_day": str(rulebook.first_day),
    }
    return canonical.fingerprint(content)


@dataclass(frozen=True)
class _Kept:
    """Carries the vocabulary past the cache, whose key is the vocabulary's fingerprint."""

    vocabulary: Vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _procedure(text: str, path: str, _fingerprint: str, kept: _Kept) -> Procedure:
    return procedure_reading.read_procedure(text, path=path, vocabulary=kept.vocabulary)


@lru_cache(maxsize=8)
def _defaults(texts: tuple[tuple[str, str], ...]) -> dict[str, int | str]:
    return declared_settings.defaults(declared_settings.read_settings(dict(texts)))


@lru_cache(maxsize=8)
def _vocabulary(texts: tuple[tuple[str, str], ...]) -> Vocabulary:
    return facts_reading.read_vocabulary(dict(texts))


@lru_cache(maxsize=8)
def _calendar(text: str, path: str) -> Calendar:
    return calendar_reading.read_calendar(text, path=path)
