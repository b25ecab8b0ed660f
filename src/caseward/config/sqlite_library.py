"""Chooses the SQLite that Django runs on, before Django loads one (decision 0001).

SQLite 3.7.0 to 3.51.2 can corrupt a database in write-ahead mode when two connections reset the
log at once, and the interpreter's own library is often older than the mend. The `pysqlite3` wheel
carries a mended one, so it takes the place of `sqlite3` in this process where it is installed.
"""

import importlib
import sys

SAFE_FOR_WRITE_AHEAD = (3, 51, 3)


def use_carried_library() -> None:
    """Put the carried SQLite in the place of the interpreter's; do nothing where there is none."""
    if "django.db.backends.sqlite3.base" in sys.modules:
        return
    try:
        carried = importlib.import_module("pysqlite3")
        carried_dbapi = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return
    sys.modules["sqlite3"] = carried
    sys.modules["sqlite3.dbapi2"] = carried_dbapi


def version() -> tuple[int, ...]:
    """Return the version of the SQLite now in use, as numbers."""
    dbapi = importlib.import_module("sqlite3.dbapi2")
    found: tuple[int, ...] = dbapi.sqlite_version_info
    return found


def connection_settings(library: tuple[int, ...]) -> tuple[str, ...]:
    """Return the statements every connection begins with, safe for this library.

    Write-ahead with FULL loses nothing acknowledged at a power cut, and neither does a rollback
    journal with EXTRA; write-ahead is only used where the library is mended.
    """
    journal: tuple[str, ...]
    if library >= SAFE_FOR_WRITE_AHEAD:
        journal = ("journal_mode=WAL", "synchronous=FULL", "journal_size_limit=27103364")
    else:
        journal = ("journal_mode=DELETE", "synchronous=EXTRA")
    pragmas = (
        *journal,
        # Without it, INSERT OR REPLACE walks past the triggers that keep entries unchanged.
        "recursive_triggers=ON",
        "foreign_keys=ON",
        "busy_timeout=20000",
        # What is disposed of must not stay readable in free pages.
        "secure_delete=ON",
        # What is sorted or set aside must not be written outside of the home.
        "temp_store=MEMORY",
        # A tampered schema must not be able to call functions of ours.
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=134217728",
        "cache_size=-20000",
    )
    return tuple(f"PRAGMA {pragma}" for pragma in pragmas)
