"""What of the folders that an installation keeps things in would lose facts or show them."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from caseward.record.ledger import heads
from caseward.record.ledger.refusals import Refusal

PARTS = ("store", "reads", "papers", "heads", "backups")
WRITTEN = ("store", "reads", "papers", "heads")
LEAST_FREE = 64 * 1024 * 1024
OF_OTHERS = 0o077


def refusals(home: Path, *, is_demonstration: bool, least_free: int) -> Iterator[Refusal]:
    """Yield what of the home's folders is unsafe; a demonstration has nothing to hide in them."""
    if not is_demonstration:
        yield from open_refusals(home)
        yield from key_refusals(heads.key_path(home / "heads"))
    yield from place_refusals(home)
    yield from writing_refusals(home)
    yield from room_refusals(home, least_free=least_free)


def open_refusals(home: Path) -> Iterator[Refusal]:
    """Yield a refusal for each folder that other users of the machine may look into.

    What lies in a closed home is closed; a part that a link leads elsewhere must be closed itself.
    """
    if home.stat().st_mode & OF_OTHERS:
        yield Refusal(
            code="caseward.E024",
            what=f"The folder {home} is open to other users of this machine.",
            why="They could read children's records from the files in it.",
            what_to_do=f"Run: chmod 700 {home}",
        )
    for folder in (home / part for part in PARTS):
        if folder.is_symlink() and folder.exists() and folder.stat().st_mode & OF_OTHERS:
            yield Refusal(
                code="caseward.E025",
                what=f"{folder} leads to {folder.resolve()}, which is open to other users.",
                why="They, or a web server that shows that folder, could read what is kept there.",
                what_to_do=f"Run: chmod 700 {folder.resolve()}",
            )


def key_refusals(key: Path) -> Iterator[Refusal]:
    """Yield a refusal where others may read the key that heads are signed with."""
    if key.exists() and key.stat().st_mode & OF_OTHERS:
        yield Refusal(
            code="caseward.E031",
            what=f"The key that heads are signed with, {key}, is open to other users.",
            why="Whoever has it could make the record anew and sign that it was always so.",
            what_to_do=f"Make a new key, keep its public part elsewhere, and run: chmod 600 {key}",
        )


def place_refusals(home: Path) -> Iterator[Refusal]:
    """Yield a refusal where signed heads lie with the store that they vouch for."""
    store, kept = (home / "store").resolve(), (home / "heads").resolve()
    if kept == store or store in kept.parents:
        yield Refusal(
            code="caseward.E027",
            what=f"The signed heads are kept in the store's own folder, {store}.",
            why="Putting an older folder back would put the older heads back with it, unnoticed.",
            what_to_do=f"Make {home / 'heads'} a folder of its own, on another disk if there is one.",
        )


def writing_refusals(home: Path) -> Iterator[Refusal]:
    """Yield a refusal for each folder in which nothing can be written."""
    for folder in _there(home):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as problem:
            yield Refusal(
                code="caseward.E026",
                what=f"Nothing can be written in {folder} ({problem.strerror}).",
                why="Nothing could be saved, nor who looked, so that no page could be shown.",
                what_to_do="Let the user that Caseward runs as write there.",
            )


def room_refusals(home: Path, *, least_free: int) -> Iterator[Refusal]:
    """Yield a refusal for the first folder whose disk is nearly full."""
    for folder in _there(home):
        disk = os.statvfs(folder)
        free = disk.f_bavail * disk.f_frsize
        has_no_names = disk.f_files > 0 and disk.f_favail == 0
        # Some file systems do not say how much room they have: all noughts.
        if disk.f_blocks and (free < least_free or has_no_names):
            yield Refusal(
                code="caseward.E030",
                what=f"The disk of {folder} has {free // 1_000_000:,} MB left.",
                why="Saving would soon fail in the middle of somebody's work.",
                what_to_do=f"Make room: at least {least_free // 1_000_000:,} MB.",
            )
            return


def second_store_refusals(home: Path, used: Sequence[Path]) -> Iterator[Refusal]:
    """Yield a refusal where the store's folder holds a store that is not the one in use."""
    named = {path.name for path in used}
    others = sorted(path for path in (home / "store").glob("*.sqlite3") if path.name not in named)
    if others:
        yield Refusal(
            code="caseward.E028",
            what=f"{others[0]} is a store, and Caseward is set to use another one.",
            why="What was saved in it would be missing, and nobody would be told.",
            what_to_do="Set CASEWARD_DATABASE as it was, or move that file out of the home.",
        )


def _there(home: Path) -> list[Path]:
    """Return the folders written to that are there: a new home makes each when it is needed."""
    return [folder for folder in (home / part for part in WRITTEN) if folder.exists()]
