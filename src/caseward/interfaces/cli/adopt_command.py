"""`caseward adopt`: put the shipped law to use, or what the authority itself decides.

Without options the national law and the local procedures named are adopted. With `--closure`,
`--setting`, `--calendar`, `--file` or `--give-up` that alone is; `--preview` shows what it would change for which
children, late ones first, and records nothing.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import exits, law_cache

if TYPE_CHECKING:
    from caseward.record.ledger.acts import Act
    from caseward.work.casework.authority_changes import AuthorityChange
    from caseward.work.readings.what_adopting_changes import NamedChange

LISTED = 50


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "procedures", metavar="PROCEDURE", nargs="*", help="local procedures to use, by their id"
    )
    parser.add_argument(
        "--from",
        dest="from_on",
        metavar="D",
        type=date.fromisoformat,
        help="the day from which it is used, or in force (today)",
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--closure", metavar=("D", "REASON"), nargs=2, help="declare a day on which offices close"
    )
    one.add_argument("--setting", metavar=("NAME", "VALUE"), nargs=2, help="choose a setting")
    one.add_argument("--calendar", metavar="FILE", type=Path, help="adopt a file of bank holidays")
    one.add_argument("--file", metavar="FILE", type=Path, help="adopt a procedure's law file")
    one.add_argument("--give-up", metavar="PROCEDURE", help="use a procedure no longer")
    parser.add_argument(
        "--preview", action="store_true", help="show what it would change, and record nothing"
    )
    parser.add_argument("--all", action="store_true", help=f"list more than {LISTED} children")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    own = ("closure", "setting", "calendar", "file", "give_up")
    is_own = any(getattr(options, name) for name in own)
    if options.preview and not is_own:
        raise exits.Stop(
            "--preview shows what one change would do: name it by --closure, --setting, --calendar, "
            "--file or --give-up.",
            exits.USAGE,
        )
    if is_own and options.procedures:
        raise exits.Stop("Adopt procedures by name and other things one at a time.", exits.USAGE)
    store.open_store(make=not is_own)
    return _change(options) if is_own else _shipped(options)


def _shipped(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import adopting, store

    texts = shipped.law_texts()
    law = law_cache.parsed(texts)
    local = {procedure.id for procedure in law.procedures if not procedure.is_national}
    unknown = sorted(set(options.procedures) - local)
    if unknown:
        raise exits.Stop(
            f"There is no local procedure {', '.join(unknown)}. There are: "
            f"{', '.join(sorted(local))}.",
            exits.LAW,
        )
    from_on = options.from_on or clock.today()
    chosen = adopting.Adopting(
        texts=texts, law=law, used_from=dict.fromkeys(options.procedures, from_on)
    )
    with store.refusals_told():
        adopted = adopting.adopt_all(chosen, lambda: store.act(why="Adopted from the command line"))
    print(f"In use: {', '.join(adopted)}.")
    return exits.OK


def _change(options: argparse.Namespace) -> int:
    """Adopt, declare or choose one thing; or show what it would change."""
    from caseward.interfaces.cli import progress, store
    from caseward.record.access import askers
    from caseward.work import entries
    from caseward.work.casework import adopt
    from caseward.work.readings import what_adopting_changes

    done = "Given up" if options.give_up else "Adopted"
    act = store.act(why=f"{done} from the command line")
    with store.refusals_told():
        ready = _ready(options, act)
        if options.preview:
            asker = askers.system(at=act.at, today=act.today)
            with progress.bar() as tell:
                count = progress.counted(tell, "Working out")
                found = what_adopting_changes.answer(asker, act, ready, progress=count)
            _print(found, ready.from_on, lists_all=options.all)
            return exits.OK
        adopt.adopt(act, ready)
    n_behind = entries.n_behind(on=act.today)
    print(
        f"{done}. {n_behind:,} children follow it once they are read; `caseward settle` brings them "
        "up to it now."
    )
    return exits.OK


def _ready(options: argparse.Namespace, act: "Act") -> "AuthorityChange":
    from caseward.rules.calendars.reading import CalendarError
    from caseward.rules.texts.problems import LawFileError
    from caseward.work.casework import authority_changes

    from_on = options.from_on or clock.today()
    try:
        if options.closure:
            day, reason = options.closure
            return authority_changes.closures(act, {_day(day): reason})
        if options.setting:
            name, value = options.setting
            return authority_changes.setting(act, name, _value(value), since=from_on)
        if options.give_up:
            return authority_changes.giving_up(act, options.give_up, from_on=from_on)
        path = options.calendar or options.file
        text = _text(path)
        if options.calendar:
            return authority_changes.calendar(act, text, path=path.name)
        return authority_changes.procedure(act, text, path=path.name, adopted_from=from_on)
    except (LawFileError, CalendarError) as error:
        raise exits.Stop(str(error), exits.LAW) from error


def _print(found: "Sequence[NamedChange]", on: date, *, lists_all: bool) -> None:
    n_late = sum(bool(one.foreseen.n_late) for one in found)
    print(
        f"On {on.isoformat()} it would change something for {len(found):,} children, of whom "
        f"{n_late:,} would have something late among it. Nothing was recorded."
    )
    shown = found if lists_all else found[:LISTED]
    for named in shown:
        one = named.foreseen
        due = f", earliest due {one.due_on.isoformat()}" if one.due_on else ""
        late = f", {one.n_late} late" if one.n_late else ""
        print(
            f"{named.name}: {one.n_opened} more, {one.n_gone} fewer, {one.n_changed} changed"
            f"{late}{due}"
        )
    if len(shown) < len(found):
        print(f"And {len(found) - len(shown):,} more; --all lists them.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise exits.Stop(f"{text!r} is not a day. Write it like 2026-12-24.", exits.USAGE) from None


def _value(text: str) -> Any:
    return int(text) if text.lstrip("-").isdecimal() else text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise exits.Stop(f"{path} cannot be read: {error}.", exits.LAW) from error
