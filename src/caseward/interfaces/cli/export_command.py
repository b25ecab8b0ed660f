"""`caseward export DIR`: the whole record as plain lines, to be checked without Caseward.

`caseward export --typed-here --since DATE [FILE]`: what people typed here, for the other system.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from caseward.interfaces import clock
from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="a folder that is not there yet; with --typed-here the file to write, else printed",
    )
    parser.add_argument(
        "--typed-here",
        action="store_true",
        help="only what people typed here and no other system sent, as CSV",
    )
    parser.add_argument(
        "--since", metavar="DATE", type=date.fromisoformat, help="with --typed-here, from which day"
    )
    parser.add_argument("--heads", metavar="DIR", type=Path, help="signed heads kept elsewhere")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import progress, store

    if options.typed_here:
        return _typed_here(options)
    if options.folder is None or options.since is not None:
        raise exits.Stop(
            "Name the folder to write to; --since goes with --typed-here.", exits.USAGE
        )
    store.open_store(refuses=False)
    folder: Path = options.folder
    try:
        # It holds every child's record: nobody else may look into it.
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise exits.Stop(
            f"{folder} is there already, and an export is not mixed with anything. Name a folder "
            "that is not there yet.",
            exits.USAGE,
        ) from None
    with progress.bar() as tell:
        told = _write(folder, options.heads or store.heads_folder(), tell)
    print(
        f"{told['entries']:,} entries up to position {told['position']:,} are in {folder}. They hold "
        "everything that is on record: keep them as you keep the store."
    )
    return exits.OK


def _typed_here(options: argparse.Namespace) -> int:
    """Write what was typed here since a day as CSV, one row an entry; nothing else is printed."""
    from caseward.interfaces.cli import store

    if options.since is None:
        raise exits.Stop("Name the day: --typed-here --since 2026-01-06.", exits.USAGE)
    store.open_store()
    from caseward.record.access import askers
    from caseward.work.exchange.returning import files
    from caseward.work.readings import typed_here

    today = clock.today()
    asker = askers.system(at=clock.now(), today=today)
    text = files.as_csv(typed_here.page(asker, since=options.since, as_of=today))
    if options.folder is None:
        sys.stdout.write(text)
        return exits.OK
    path: Path = options.folder
    try:
        # It names children: nobody else may look into it, and nothing is written over.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode("utf-8-sig"))
    except OSError as error:
        raise exits.Stop(f"{path} cannot be written: {error.strerror}.", exits.USAGE) from error
    return exits.OK


def _write(folder: Path, heads_folder: Path, tell: Any) -> dict[str, Any]:
    from caseward.record.ledger import exported, heads, moments, queries, stored
    from caseward.record.ledger.refusals import Refused

    n_entries = stored.last_position()
    counts: dict[str, int] = {}
    _log_the_look()
    try:
        with moments.one_moment():
            head = queries.head()
            for name, lines in exported.files().items():
                counts[name] = _write_lines(
                    folder / name, lines, partial(_tell, tell, name, n_entries)
                )
    except Refused as refused:
        shutil.rmtree(folder)
        raise exits.Stop(str(refused), exits.NOT_INTACT) from refused
    (folder / "heads").mkdir(mode=0o700)
    for path in sorted(heads_folder.glob(f"*{heads.SUFFIX}")):
        shutil.copyfile(path, folder / "heads" / path.name)
    told = {
        "format": exported.FORMAT,
        "version": exported.VERSION,
        "written_at": clock.now().isoformat(),
        "entries": counts["entries.jsonl"],
        "acts": counts["acts.jsonl"],
        "position": head.position,
        "store_hash": head.store_hash,
    }
    (folder / "export.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told


def _write_lines(path: Path, lines: Iterable[Mapping[str, Any]], tell: Any) -> int:
    count = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        for count, line in enumerate(lines, start=1):
            # In ASCII: bytes that are no text, of a damaged store, pass through it too.
            file.write(json.dumps(line) + "\n")
            if count % 2_000 == 0:
                tell(count)
    return count


def _tell(tell: Any, name: str, of: int, done: int) -> None:
    tell(f"Writing {name}", done, of)


def _log_the_look() -> None:
    """Write down that every child's record was looked at, before a line of it leaves (S9)."""
    from caseward.record.access import askers, read_log
    from caseward.record.people import queries as people

    asker = askers.system(at=clock.now(), today=clock.today())
    read_log.write(asker, "export", people.all_ids())
