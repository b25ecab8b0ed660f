"""Files that a person chose on a page become an import's own: kept in its folder until it has ended."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from caseward.record.ledger.acts import Act, new_id
from caseward.work.exchange.imports import isolated, run_folders, runs, staging
from caseward.work.exchange.imports.isolated import Caps, Job
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.tracker import columns, looking, sheets
from caseward.work.exchange.tracker.sheets import FirstRows
from caseward.work.imports import operations as register
from caseward.work.imports import queries

ARRIVING, ABANDONED = "arriving-", 24 * 60 * 60
LOOK = Caps(worked=60, waited=60.0)
"""What a look at the first rows may take: somebody waits for the page."""


@contextmanager
def arriving(home: Path) -> Iterator[Path]:
    """Give a closed folder for files that are being sent; what is left in it at the end is removed.

    So is what was left a day ago or longer by a process that died while files were being sent.
    """
    folder = home / "imports" / f"{ARRIVING}{new_id()}"
    folder.parent.mkdir(mode=run_folders.CLOSED, exist_ok=True)
    folder.mkdir(mode=run_folders.CLOSED)
    made = folder.stat().st_mtime
    for other in folder.parent.glob(f"{ARRIVING}*"):
        with suppress(FileNotFoundError):
            if made - other.stat().st_mtime > ABANDONED:
                shutil.rmtree(other, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(folder: Path, name: str, parts: Iterable[bytes]) -> None:
    """Write one file that was sent into the folder, under its own name.

    Errors: ImportRefused for a name that is no file's, or one that another file has.
    """
    plain = Path(name.replace("\\", "/")).name
    if not plain or plain.startswith("."):
        raise ImportRefused(f"“{name}” is not the name of a file that can be imported.")
    try:
        with (folder / plain).open("xb") as file:
            for part in parts:
                file.write(part)
    except FileExistsError:
        raise ImportRefused(f"There are two files named {plain}. Keep one of them.") from None
    except OSError as problem:
        if run_folders.has_no_room(problem):
            raise ImportRefused(run_folders.NO_ROOM) from problem
        raise


def begin(
    act: Act,
    folder: Path,
    *,
    home: Path,
    format_code: str = "",
    scheme: str = "",
    system: str = "",
    options: Mapping[str, Any] | None = None,
) -> str:
    """Begin an import of the files in a folder and move them into the import's own; return its id.

    Errors: ImportRefused as `runs.start`.
    """
    run = runs.start(
        act,
        [folder],
        home=home,
        format_code=format_code,
        scheme=scheme,
        system=system,
        options=options,
    )
    own = run_folders.folder_of(run, home=home)
    kept = own / "sent"
    folder.rename(kept)
    places = json.loads((own / "files.json").read_text("utf-8"))
    moved = {
        name: str(kept / Path(place).name) if Path(place).parent == folder.resolve() else place
        for name, place in places.items()
    }
    (own / "files.json").write_text(json.dumps(moved), "utf-8")
    return run


def first_rows(run: str, *, home: Path, today: date, sheet: str = "") -> FirstRows:
    """Return the first rows of the tracker of an import, read in a process of its own.

    Errors: ImportRefused where they cannot be read.
    """
    folder = run_folders.folder_of(run, home=home)
    look = folder / f"look-{new_id()}"
    try:
        places: Mapping[str, str] = json.loads((folder / "files.json").read_text("utf-8"))
        look.mkdir(mode=run_folders.CLOSED)
    except FileNotFoundError:
        raise ImportRefused("The file of this import is gone: it has ended. Begin anew.") from None
    try:
        job = Job(
            module=looking.MODULE,
            files={name: Path(place) for name, place in places.items()},
            today=today,
            folder=look,
            options={"sheet": sheet},
            caps=LOOK,
        )
        isolated.read(job)
        with closing(staging.connect(job.staging)) as opened:
            said = opened.execute(
                "SELECT sentence FROM note WHERE file = ?", (looking.NOTED_AS,)
            ).fetchone()
    finally:
        shutil.rmtree(look, ignore_errors=True)
    return looking.from_note(said[0])


def choose(run: str, options: Mapping[str, Any]) -> None:
    """Keep what a person said of the import before it is read.

    Errors: ImportRefused where it is being read or has ended.
    """
    if not register.set_options(run, options):
        raise ImportRefused("This import has been read already. Begin anew to say otherwise.")


def mappings() -> tuple[Mapping[str, Any], ...]:
    """Return the trackers' mappings that were finished, the latest of each name, newest first."""
    found: dict[str, Mapping[str, Any]] = {}
    for options in queries.options_of("tracker"):
        if options.get("is_mapped"):
            found.setdefault(str(options.get("name", "")), options)
    return tuple(found.values())


def mapping_named(name: str) -> Mapping[str, Any]:
    """Return the mapping kept under a name, for a tracker that nobody maps on a page.

    Errors: ImportRefused where there is none of that name; it names those that there are.
    """
    kept = mappings()
    for options in kept:
        if columns.folded(str(options["name"])) == columns.folded(name):
            return options
    known = ", ".join(f"“{options['name']}”" for options in kept) or "none yet"
    raise ImportRefused(
        f"There is no mapping named “{name}” (kept are: {known}). Import the tracker once on the page, "
        f"then name its mapping: --option name=NAME. {sheets.NOTHING}"
    )
