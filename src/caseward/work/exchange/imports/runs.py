"""An import from its files to its end: looked at, read, compared, brought in; or cancelled, at any point.

The register says in which phase a run is; its folder, how far; whoever is at it holds the one lock.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from caseward.record.access import askers, policy
from caseward.record.ledger.acts import Act, new_id
from caseward.work.entries.errors import NotPermitted, Refusal
from caseward.work.exchange.imports import (
    bringing_in,
    comparing,
    formats,
    isolated,
    limits,
    of_authority,
    report,
    run_folders,
    spreadsheets,
    staging,
)
from caseward.work.exchange.imports.comparing import Comparing
from caseward.work.exchange.imports.from_record import USUAL_SCHEME, InStore
from caseward.work.exchange.imports.isolated import Job
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.run_folders import Cancelled
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports import operations as register
from caseward.work.imports import queries
from caseward.work.imports.kept import UNDER_WAY, Phase, Run
from caseward.work.imports.queries import latest_refresh

__all__ = ["State", "cancel", "check", "commit", "latest_refresh", "start", "state"]

KEPT_UNDECIDED = timedelta(days=7)
LONGEST_NAME = 60
_INTERRUPTED = "It was interrupted. Nothing of it was imported; start it again."

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a run is, in words and numbers; `sentence` says why it ended where it was not well."""

    run: str
    phase: Phase
    doing: str = ""
    done: int = 0
    of: int = 0
    sentence: str = ""


def start(
    act: Act,
    paths: Sequence[Path],
    *,
    home: Path,
    format_code: str = "",
    scheme: str = "",
    options: Mapping[str, Any] | None = None,
    system: str = "",
) -> str:
    """Look at the files and enter the import into the register; return its id.

    Shapes: paths, files, one folder of them, or a zip. `scheme` keeps one system's numbers of children
    apart from another's; `system` is what people call it.
    Errors: NotPermitted; ImportRefused where the files may not be read, or are of no format that is
    known.
    """
    _refuse_unpermitted(act)
    _refuse_name(scheme, "scheme")
    _refuse_name(system, "system")
    sweep(home, at=act.at)
    run = new_id()
    folder = run_folders.make(run, home=home)
    try:
        looked = limits.look(paths, into=folder / "files")
        names = sorted(looked.files)
        of = formats.found(format_code) if format_code else formats.recognised(names)
    except BaseException:
        run_folders.clear(folder, keep_reports=False)
        raise
    places = {name: str(path.resolve()) for name, path in looked.files.items()}
    (folder / "files.json").write_text(json.dumps(places), "utf-8")
    register.begin(
        Run(
            run=run,
            by=act.by,
            began_at=act.at,
            format_code=of.code,
            format_title=of.title,
            scheme=scheme or USUAL_SCHEME,
            system=system,
            options=dict(of.options) | dict(options or {}),
            files=tuple(
                {"name": name, "bytes": looked.sizes[name], "sha256": looked.fingerprints[name]}
                for name in names
            ),
        )
    )
    return run


def check(
    run: str, *, at: datetime, today: date, home: Path, progress: Progress | None = None
) -> Report:
    """Read the files and hold every row against the record; nothing is written to the record.

    Errors: ImportRefused with a sentence, Cancelled, Busy; the run has then ended.
    """
    found = _found(run)
    if found.phase in ("checked", "done"):
        return report.from_json(found.report)
    with run_folders.held(home), _ending(run, at=at, home=home):
        tell = _teller(run, home=home, progress=progress)
        _pass(run, "reading", only_from=["waiting"])
        job = _job(found, today=today, home=home)
        isolated.read(job, progress=lambda done, of: tell("Reading the files", done, of))
        _pass(run, "comparing", only_from=["reading"])
        with _opened(job.staging) as opened:
            of_authority.keep(opened, found)
            spreadsheets.note_full(opened)
            how = _how(found, today=today)
            comparing.compare(
                opened, how, progress=lambda done, of: tell("Comparing with the record", done, of)
            )
            answer = _keep(run, opened, home=home)
        _pass(run, "checked", only_from=["comparing"])
    return answer


def commit(
    act: Act,
    run: str,
    *,
    home: Path,
    progress: Progress | None = None,
    now: Callable[[], datetime] | None = None,
) -> Report:
    """Bring in what was checked, as this act: all of it, or nothing.

    A run that was brought in already answers with its report; one that was not checked yet is checked
    first. `now` tells the time at which people's saving begins to wait, where the import is large.
    Errors: ImportRefused, Cancelled, Busy, and what the door refuses; nothing is then in.
    """
    found = _found(run)
    if found.phase == "done":
        return report.from_json(found.report)
    if found.phase == "waiting":
        check(run, at=act.at, today=act.today, home=home, progress=progress)
    with run_folders.held(home), _ending(run, at=act.at, home=home):
        tell = _teller(run, home=home, progress=progress)
        of_authority.hold_again(_found(run))
        _pass(run, "bringing_in", only_from=["checked"])
        folder = run_folders.folder_of(run, home=home)
        with _opened(folder / "staging.sqlite3") as opened:
            bringing_in.bring_in(
                opened,
                _how(found, today=act.today),
                act,
                bringing_in.Run(
                    run=run, folder=folder, now=now, changed=lambda: _keep(run, opened, home=home)
                ),
                progress=tell,
            )
            answer = report.of(opened)
        run_folders.clear(folder)
    return answer


def cancel(run: str, *, home: Path, at: datetime) -> bool:
    """Give up a run, or ask whoever is at it to stop; False where it has ended already."""
    found = _found(run)
    folder = run_folders.folder_of(run, home=home)
    if found.phase in UNDER_WAY and run_folders.is_held(home):
        run_folders.ask_to_stop(folder)
        return True
    if found.phase in ("waiting", "checked", *UNDER_WAY):
        register.end(run, "cancelled", at=at, sentence=str(Cancelled()))
        run_folders.clear(folder, keep_reports=False)
        return True
    return False


def state(run: str, *, home: Path) -> State:
    """Return how far a run is; one whose process has died says that it was interrupted."""
    found = _found(run)
    if found.phase not in UNDER_WAY:
        return State(run=run, phase=found.phase, sentence=found.sentence)
    if not run_folders.is_held(home):
        # It may have ended between the two looks.
        found = _found(run)
        if found.phase not in UNDER_WAY:
            return State(run=run, phase=found.phase, sentence=found.sentence)
        return State(run=run, phase="failed", sentence=_INTERRUPTED)
    told = run_folders.told(run_folders.folder_of(run, home=home))
    return State(run=run, phase=found.phase, doing=told["doing"], done=told["done"], of=told["of"])


def sweep(home: Path, *, at: datetime) -> None:
    """End the runs whose process died, and those that nobody brought in for a week; clear their folders."""
    try:
        with run_folders.held(home):
            for found in queries.unended():
                is_dead = found.phase in UNDER_WAY
                if is_dead or found.began_at < at - KEPT_UNDECIDED:
                    phase: Phase = "failed" if is_dead else "cancelled"
                    register.end(found.run, phase, at=at, sentence=_INTERRUPTED)
                    run_folders.clear(
                        run_folders.folder_of(found.run, home=home), keep_reports=False
                    )
    except run_folders.Busy:
        return


def _found(run: str) -> Run:
    found = queries.run(run)
    if found is None:
        raise ImportRefused(f"There is no import {run}. Look for it in the list of imports.")
    return found


def _pass(run: str, phase: Phase, *, only_from: Sequence[Phase]) -> None:
    """Let the run pass into a phase; where another process ended it, stop."""
    if not register.move(run, phase, only_from=only_from):
        now = _found(run)
        raise ImportRefused(
            f"This import is {now.phase.replace('_', ' ')} and cannot go on. {now.sentence}".strip()
        )


@contextmanager
def _ending(run: str, *, at: datetime, home: Path) -> Iterator[None]:
    """Say in the register how the run ended where it did not end well, and clear what was staged."""
    try:
        yield
    except (Cancelled, KeyboardInterrupt) as stopped:
        _end(run, "cancelled", at=at, home=home, sentence=str(Cancelled()))
        if isinstance(stopped, KeyboardInterrupt):
            raise Cancelled from stopped
        raise
    except Refusal as refusal:
        # Somebody else may bring it in, or the same person later: what was checked stays as it is.
        if not register.move(run, "checked", only_from=["bringing_in"], sentence=str(refusal)):
            _end(run, "refused", at=at, home=home, sentence=str(refusal))
        raise
    except ImportRefused as refused:
        _end(run, "refused", at=at, home=home, sentence=str(refused))
        raise
    except Exception as problem:
        if run_folders.has_no_room(problem):
            # What was staged goes first: the register may need the very room that it took.
            run_folders.clear(run_folders.folder_of(run, home=home), keep_reports=False)
            _end(run, "failed", at=at, home=home, sentence=run_folders.NO_ROOM)
            raise ImportRefused(run_folders.NO_ROOM) from problem
        sentence = (
            "A fault in Caseward stopped it; it was written to the log. Nothing was imported."
        )
        _end(run, "failed", at=at, home=home, sentence=sentence)
        raise


def _end(run: str, phase: Phase, *, at: datetime, home: Path, sentence: str) -> None:
    if _found(run).phase in ("waiting", "checked", *UNDER_WAY):
        register.end(run, phase, at=at, sentence=sentence)
    run_folders.clear(run_folders.folder_of(run, home=home), keep_reports=False)


def _teller(run: str, *, home: Path, progress: Progress | None) -> Progress:
    folder = run_folders.folder_of(run, home=home)

    def tell(doing: str, done: int, of: int) -> None:
        run_folders.stop_if_asked(folder)
        run_folders.tell(folder, doing, done, of)
        if progress is not None:
            progress(doing, done, of)

    return tell


def _job(found: Run, *, today: date, home: Path) -> Job:
    folder = run_folders.folder_of(found.run, home=home)
    places = json.loads((folder / "files.json").read_text("utf-8"))
    return Job(
        module=formats.MODULES[found.format_code],
        files={name: Path(place) for name, place in places.items()},
        today=today,
        folder=folder,
        options={**found.options, "scheme": found.scheme},
    )


def _how(found: Run, *, today: date) -> Comparing:
    return Comparing(
        known=InStore(scheme=found.scheme, format_code=found.format_code),
        today=today,
        scheme=found.scheme,
        format_code=found.format_code,
        is_snapshot=bool(found.options.get("is_snapshot")),
        latest_only=frozenset(found.options.get("latest_only") or ()),
    )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(staging.connect(path)) as opened:
        yield opened


def _keep(run: str, opened: sqlite3.Connection, *, home: Path) -> Report:
    answer = report.of(opened)
    report.write(opened, answer, run_folders.folder_of(run, home=home))
    said = answer.as_json()
    register.keep_report(run, said, totals=said["totals"])
    return answer


def _refuse_unpermitted(act: Act) -> None:
    if act.by.startswith("system:"):
        return
    if not policy.may_import(askers.asker_for(act.by, at=act.at, today=act.today)):
        raise NotPermitted(
            "Your roles do not allow you to bring in files of another system.",
            "Ask the system administrator or the policy lead to bring them in.",
        )


def _refuse_name(name: str, what: str) -> None:
    if len(name) > LONGEST_NAME or not all(part.isalnum() or part in "_- " for part in name):
        raise ImportRefused(
            f"“{name[:LONGEST_NAME]}” cannot be the name of a {what}: use letters, digits, spaces and "
            f"underscores, {LONGEST_NAME} at most. Nothing has been imported."
        )
