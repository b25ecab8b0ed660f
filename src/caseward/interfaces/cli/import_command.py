"""`caseward import FOLDER`: take in an SSDA903 return (header.csv, episodes.csv, reviews.csv), every
row accounted for. `--plain FILE` writes it as a plain file of facts instead, without a store.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

if TYPE_CHECKING:
    from caseward.work.exchange.ssda903 import report

MAX_BYTES = 200_000_000
"""A return of the largest authority is some 10 MB; beyond this it is another file."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder of the CSV files")
    parser.add_argument("--plain", metavar="FILE", type=Path, help="write a plain file of facts")
    parser.add_argument("--trial", action="store_true", help="check everything, write nothing")
    parser.add_argument("--json", action="store_true", help="the whole report, machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.work.exchange.ssda903 import reading

    files = _files(options.folder)
    try:
        answer = _to_plain(options, files) if options.plain else _into_store(options, files)
    except reading.ImportRefused as error:
        raise exits.Stop(str(error), exits.IMPORT) from error
    if options.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(answer, is_trial=options.trial)
    return exits.OK


def _files(folder: Path) -> dict[str, bytes]:
    from caseward.work.exchange.ssda903.tables import TABLES

    if not folder.is_dir():
        raise exits.Stop(f"{folder} is not a folder. Name the folder of the return.", exits.IMPORT)
    wanted = {table.file_name for table in TABLES}
    found = [path for path in folder.iterdir() if path.name.lower() in wanted]
    for path in found:
        if path.stat().st_size > MAX_BYTES:
            raise exits.Stop(f"{path} is too large to be part of a return.", exits.IMPORT)
    try:
        return {path.name: path.read_bytes() for path in found}
    except OSError as error:
        raise exits.Stop(
            f"{error.filename} cannot be read: {error.strerror}.", exits.IMPORT
        ) from error


def _to_plain(options: argparse.Namespace, files: dict[str, bytes]) -> "report.Report":
    from caseward.work.exchange.ssda903 import agreeing, plain, reading, report

    staged = agreeing.agreed(reading.stage(files, today=clock.today()), {})
    try:
        options.plain.write_text(plain.as_plain(staged), "utf-8")
    except OSError as error:
        raise exits.Stop(
            f"{options.plain} cannot be written: {error.strerror}.", exits.IMPORT
        ) from error
    return report.Report(
        totals=report.totals(staged.read, staged.refused, staged.duplicates),
        refused=staged.refused,
        duplicates=staged.duplicates,
    )


def _into_store(options: argparse.Namespace, files: dict[str, bytes]) -> "report.Report":
    from caseward.interfaces.cli import progress, store

    store.open_store()
    from caseward.work.exchange.ssda903 import importing

    with store.refusals_told(), progress.bar() as tell:
        return importing.import_return(
            store.act(why="SSDA903 import"), files, progress=tell, is_trial=options.trial
        )


def _print(answer: "report.Report", *, is_trial: bool) -> None:
    for row in answer.refused:
        place = f"{row.file}, row {row.row}" + (f", {row.column}" if row.column else "")
        print(f"{place}: {row.reason}")
    print(f"{'':14}{'read':>8}{'accepted':>10}{'duplicate':>11}{'refused':>9}")
    for t in answer.totals:
        print(f"{t.file:14}{t.read:8,}{t.accepted:10,}{t.duplicate:11,}{t.refused:9,}")
    if answer.facts:
        done = "would be recorded; nothing was" if is_trial else "recorded"
        n_entries = sum(answer.facts.values())
        print(f"{answer.children_new:,} new children, {n_entries:,} entries {done}.")
    sys.stdout.flush()
