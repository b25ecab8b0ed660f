"""The plain file of facts and its rulebook, as the commands on plain files share them.

Nothing here needs a store, and Django is never imported.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import exits, law_cache, settings_file

if TYPE_CHECKING:
    from caseward.rules.engine.rulebook import Rulebook
    from caseward.rules.facts.entries import Entry, Record
    from caseward.rules.facts.kinds import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The facts by child, in the order of the file's children, and what they are held against."""

    entries: dict[str, tuple["Entry", ...]]
    rulebook: "Rulebook"
    as_of: date
    known_at: datetime | None

    def records(self) -> Iterator["Record"]:
        """Yield each child's record as known then."""
        from caseward.rules.facts import record

        for child, entries in self.entries.items():
            position = None
            if self.known_at is not None:
                position = record.position_at(entries, self.known_at)
            yield record.as_known(entries, child=child, position=position)


def add_options(parser: argparse.ArgumentParser, *, file_is_optional: bool = False) -> None:
    """Add the options that every command on a plain file takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        nargs="?" if file_is_optional else None,
        help="a plain file of facts, CSV or JSON lines (.jsonl); see docs/reference/plain-file.md",
    )
    parser.add_argument("--as-of", metavar="D", type=day, help="the day asked about (today)")
    parser.add_argument(
        "--known-at", metavar="T", type=moment, help="what was known then: a date or a moment"
    )
    parser.add_argument("--law", metavar="DIR", type=Path, help="another folder of law files")
    parser.add_argument("--calendar", metavar="FILE", type=Path, help="another calendar file")
    parser.add_argument(
        "--settings", metavar="FILE", type=Path, help="a JSON file of what the authority chose"
    )


def add_child(parser: argparse.ArgumentParser) -> None:
    """Add the child that a command asks about."""
    parser.add_argument("child", metavar="CHILD", help="the child as the file names it")


def asked(options: argparse.Namespace) -> Asked:
    """Read everything that the options name.

    Errors: exits.Stop with the file, row and column, and what to put right.
    """
    from caseward.rules.engine.rulebook import Rulebook

    try:
        texts = shipped.law_texts(options.law, calendar=options.calendar)
    except shipped.LawFolderError as error:
        raise exits.Stop(str(error), exits.LAW) from error
    law = law_cache.parsed(texts)
    chosen = _chosen(options.settings, law, texts)
    calendar = law.calendar
    return Asked(
        entries=_entries(options.file, law.vocabulary),
        rulebook=Rulebook(
            vocabulary=law.vocabulary,
            procedures=law.procedures,
            calendar=calendar.with_closures(chosen.closures) if chosen.closures else calendar,
            settings={**law.settings, **chosen.values},
            adopted=chosen.adopted,
            first_day=chosen.first_day,
        ),
        as_of=options.as_of or clock.today(),
        known_at=options.known_at,
    )


def record_of(found: Asked, options: argparse.Namespace) -> "Record":
    """Return the record of the child that the options name.

    Errors: exits.Stop where the file says nothing of the child.
    """
    record = next((r for r in found.records() if r.child == options.child), None)
    if record is None:
        raise exits.Stop(
            f"{options.file} says nothing of a child {options.child!r}. Name one that it has.",
            exits.FACTS,
        )
    return record


def _entries(path: Path, vocabulary: "Vocabulary") -> dict[str, tuple["Entry", ...]]:
    from caseward.rules.facts import plain

    form: Literal["csv", "jsonl"] = (
        "jsonl" if path.suffix.lower() in {".jsonl", ".ndjson", ".json"} else "csv"
    )
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise exits.Stop(f"{path} cannot be read: {error.strerror}.", exits.FACTS) from error
    except UnicodeDecodeError as error:
        raise exits.Stop(
            f"{path} is not UTF-8 text. Save it as “CSV UTF-8” and try again.", exits.FACTS
        ) from error
    try:
        entries = plain.read_plain(text, form=form, vocabulary=vocabulary)
    except plain.PlainFileError as error:
        raise exits.Stop(f"{path}: {error}", exits.FACTS) from error
    ordered = sorted(entries, key=lambda entry: entry.child)
    return {child: tuple(group) for child, group in groupby(ordered, key=lambda e: e.child)}


def _chosen(
    path: Path | None, law: law_cache.ParsedLaw, texts: shipped.LawTexts
) -> settings_file.Chosen:
    if path is None:
        return settings_file.Chosen()
    names = settings_file.known(
        procedures=(procedure.id for procedure in law.procedures),
        declared=law.settings,
        texts=texts.procedures.values(),
    )
    return settings_file.read(path, names)


def day(text: str) -> date:
    """Return the day named; argparse tells what is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-03-31") from error


def moment(text: str) -> datetime:
    """Return the moment named; a date means the end of that London day (M4)."""
    try:
        if len(text) == len("2026-03-31"):
            return clock.end_of_day(date.fromisoformat(text))
        return clock.in_london(datetime.fromisoformat(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a date like 2026-03-31 nor a moment like 2026-03-31T16:00"
        ) from error
