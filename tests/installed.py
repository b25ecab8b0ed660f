"""Where the programs are that `make test` brought; a missing one fails with what to install."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def chromium() -> Path:
    """Return the browser that journeys are made in."""
    named = os.environ.get("CHROMIUM") or _noted("browser-path") or shutil.which("chromium")
    if not named or not Path(named).exists():
        raise FileNotFoundError(
            "No browser was found. Run `make test`, which brings one, or set CHROMIUM to its path."
        )
    return Path(named)


def postgresql_programs() -> Path:
    """Return the folder of PostgreSQL's initdb, postgres and pg_ctl."""
    named = _noted("postgresql-path")
    if named and (Path(named) / "initdb").exists():
        return Path(named)
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    if not found:
        raise FileNotFoundError(
            "PostgreSQL was not found. Run `make test`, which brings it, or set TEST_DATABASE_URL."
        )
    return found[0]


def _noted(name: str) -> str:
    """Return what the set-up scripts noted under this name, or nothing."""
    note = ROOT / ".stamps" / name
    return note.read_text(encoding="utf-8").strip() if note.exists() else ""
