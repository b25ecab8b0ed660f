"""`caseward import PATH`: take in files of another system, every row accounted for.

`--plain FILE` writes them as a plain file of facts instead, without a store.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

if TYPE_CHECKING:
    from caseward.work.exchange.imports.report import Report

_FORMATS = "a folder of its CSV files, a zip of them, a workbook or an XML file"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="PATH", type=Path, nargs="*", help=f"what is to be taken in: {_FORMATS}"
    )
    parser.add_argument(
        "--format", metavar="FORMAT", default="", help="the format, where the names do not tell"
    )
    parser.add_argument(
        "--scheme", metavar="NAME", default="", help="keep this system's numbers of children apart"
    )
    parser.add_argument(
        "--system", metavar="NAME", default="", help="what people call the system it comes from"
    )
    parser.add_argument(
        "--option",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="an option of the format",
    )
    parser.add_argument(
        "--other-authority",
        action="store_true",
        help="the files are of another local authority than those before, and are meant to be",
    )
    parser.add_argument("--trial", action="store_true", help="check everything, record nothing")
    parser.add_argument("--json", action="store_true", help="the whole report, machine-readable")
    parser.add_argument(
        "--report", metavar="FILE", type=Path, help="write every row's outcome as CSV, JSON or text"
    )
    parser.add_argument("--plain", metavar="FILE", type=Path, help="write a plain file of facts")
    parser.add_argument(
        "--run",
        dest="begun",
        metavar="RUN",
        default="",
        help="go on with an import begun on a page",
    )
    parser.add_argument("--check", action="store_true", help="with --run: read it and check it")
    parser.add_argument("--confirm", action="store_true", help="with --run: bring it in")
    parser.add_argument(
        "--by", metavar="WORKER", default="", help="with --confirm: who brings it in"
    )


def run(options: argparse.Namespace) -> int:
    from caseward.work.exchange.imports.values import ImportRefused

    if bool(options.paths) == bool(options.begun):
        raise exits.Stop("Name what is to be imported: a folder or a file.", exits.USAGE)
    if options.begun and options.check == options.confirm:
        raise exits.Stop("Say --check or --confirm of the import.", exits.USAGE)
    try:
        answer = _to_plain(options) if options.plain else _into_store(options)
    except ImportRefused as error:
        raise exits.Stop(str(error), exits.IMPORT) from error
    if options.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(answer, is_trial=options.trial or bool(options.plain))
    return exits.OK


def _into_store(options: argparse.Namespace) -> "Report":
    from caseward.interfaces.cli import progress, store

    store.open_store()
    with store.refusals_told(), progress.bar() as tell:
        return _go_on(options, tell) if options.begun else _all_at_once(options, tell)


def _go_on(options: argparse.Namespace, tell: Any) -> "Report":
    """Check or bring in an import that was begun on a page, as the person who began it."""
    from dataclasses import replace

    from caseward.interfaces.cli import store
    from caseward.work.exchange.imports import runs

    act = store.act(why="Import")
    if options.by:
        _refuse_unknown(options.by)
    _say_if_in(options.begun)
    if options.check:
        return runs.check(options.begun, at=act.at, today=act.today, home=_home(), progress=tell)
    if options.by:
        act = replace(act, by=options.by, via="import")
    return runs.commit(act, options.begun, home=_home(), progress=tell, now=clock.now)


def _refuse_unknown(worker: str) -> None:
    from caseward.record.people import queries as people

    if worker not in people.workers([worker]):
        raise exits.Stop(
            f"Nobody is registered here under “{worker}”: --by takes a worker's id, not a name. "
            "Nothing has been imported.",
            exits.USAGE,
        )


def _say_if_in(run_id: str) -> None:
    """Say of an import that is in already when it came in and who brought it."""
    from caseward.record.people import queries as people
    from caseward.work.imports import queries

    found = queries.run(run_id)
    if found is None or found.phase != "done" or found.ended_at is None:
        return
    worker = people.workers([found.by]).get(found.by)
    name = worker.name if worker else "the command line"
    when = f"{found.ended_at.astimezone(clock.LONDON):%d/%m/%Y at %H:%M}"
    print(
        f"This import was brought in already, on {when} by {name}. Nothing is recorded a second time; "
        "this is its report.",
        file=sys.stderr,
    )


def _all_at_once(options: argparse.Namespace, tell: Any) -> "Report":
    from caseward.interfaces.cli import store
    from caseward.work.exchange.imports import run_folders, runs

    act, home = store.act(why="Import"), _home()
    run_id = runs.start(
        act,
        options.paths,
        home=home,
        format_code=options.format,
        scheme=options.scheme,
        options=_said(options),
        system=options.system,
    )
    answer = runs.check(run_id, at=act.at, today=act.today, home=home, progress=tell)
    if options.trial:
        _keep_report(options, run_folders.folder_of(run_id, home=home))
        runs.cancel(run_id, home=home, at=act.at)
        return answer
    _say_if_large(answer)
    answer = runs.commit(act, run_id, home=home, progress=tell, now=clock.now)
    _keep_report(options, run_folders.folder_of(run_id, home=home))
    return answer


def _say_if_large(answer: "Report") -> None:
    from caseward.work import entries

    sentence = entries.maintenance_sentence(sum(answer.facts.values()))
    if sentence:
        print(sentence, file=sys.stderr)


def _to_plain(options: argparse.Namespace) -> "Report":
    """Write the files as a plain file of facts, held against no record; no store is opened."""
    from caseward.interfaces import shipped
    from caseward.rules.facts import reading
    from caseward.work.exchange.imports import without_store
    from caseward.work.exchange.imports.standing import NothingKnown

    known = NothingKnown(vocabulary=reading.read_vocabulary(shipped.law_texts().kinds))
    with tempfile.TemporaryDirectory() as folder, _writing(options.plain) as out:
        answer = without_store.write_plain(
            options.paths,
            out,
            known,
            folder=Path(folder),
            today=clock.today(),
            format_code=options.format,
            options=_given(options.option),
        )
        _keep_report(options, Path(folder))
    return answer


@contextmanager
def _writing(path: Path) -> Iterator[Any]:
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as error:
        raise exits.Stop(f"{path} cannot be written: {error.strerror}.", exits.IMPORT) from error


def _keep_report(options: argparse.Namespace, folder: Path) -> None:
    """Copy the report in the form that the file's ending names: every row, or JSON, or text."""
    if options.report is None:
        return
    ending = options.report.suffix.lower()
    kept = folder / f"report{ending if ending in ('.json', '.txt') else '.csv'}"
    try:
        options.report.write_bytes(kept.read_bytes())
    except OSError as error:
        raise exits.Stop(
            f"{options.report} cannot be written: {error.strerror}. The import itself is not affected.",
            exits.IMPORT,
        ) from error


def _said(options: argparse.Namespace) -> Mapping[str, Any]:
    """Return the options of the format; of a tracker the mapping that was kept under its name."""
    from caseward.work.exchange import uploads
    from caseward.work.exchange.imports import of_authority

    given = _given(options.option)
    said = uploads.mapping_named(given.get("name", "")) if options.format == "tracker" else given
    return {**said, of_authority.OTHER: True} if options.other_authority else said


def _given(words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not name or not equals:
            raise exits.Stop(f"Write --option as NAME=VALUE, not {word!r}.", exits.USAGE)
        found[name] = value
    return found


def _home() -> Path:
    from django.conf import settings

    return Path(settings.CASEWARD_HOME)


def _print(answer: "Report", *, is_trial: bool) -> None:
    from caseward.work.exchange.imports import report

    for line in report.refused_lines(answer.refused):
        print(line)
    n_refused = sum(one.refused for one in answer.totals)
    if n_refused > len(answer.refused):
        print(
            f"… and {n_refused - len(answer.refused):,} more rows refused: --report FILE has all."
        )
    for file, sentence in answer.notes:
        print(f"{file}: {sentence}")
    _print_totals(answer)
    done = "would be recorded; nothing was" if is_trial else "recorded"
    n_entries = sum(answer.facts.values())
    print(
        f"{answer.children_new:,} new {'child' if answer.children_new == 1 else 'children'}, "
        f"{n_entries:,} {'entry' if n_entries == 1 else 'entries'} {done}."
    )
    n_conflicts = sum(one.conflict for one in answer.totals)
    if n_conflicts:
        print(
            f"{n_conflicts:,} rows say otherwise than people here: a person decides, under Other systems."
        )
    if answer.n_vanished:
        print(f"{answer.n_vanished:,} entries are no longer in the files. They stay as they are.")
    sys.stdout.flush()


def _print_totals(answer: "Report") -> None:
    columns = ("read", "accepted", "duplicate", "changed", "conflict", "refused", "nothing")
    width = max([14, *(len(one.file) + 1 for one in answer.totals)])
    print(f"{'':{width}}" + "".join(f"{column:>10}" for column in columns))
    for one in answer.totals:
        counts = (
            one.read, one.new, one.duplicate, one.changed, one.conflict, one.refused, one.nothing
        )  # fmt: skip
        print(f"{one.file:{width}}" + "".join(f"{count:10,}" for count in counts))
