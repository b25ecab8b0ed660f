"""What of a SQLite connection would lose or break facts, looked at as it really is."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from caseward.record.ledger.refusals import Refusal

FULL = 2
EXTRA = 3
# The write-ahead fault: found in 3.7.0, mended in 3.51.3 and in two older lines.
MENDED = (3, 51, 3)
MENDED_IN_LINES = {(3, 44): 6, (3, 50): 7}
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "glusterfs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sqlite:
    """A SQLite connection as it really is."""

    alias: str
    version: tuple[int, ...]
    journal_mode: str
    synchronous: int
    recursive_triggers: bool
    transaction_mode: str
    file_system: str


def observed(connection: BaseDatabaseWrapper) -> Sqlite:
    """Read a SQLite connection's real version and settings."""
    with connection.cursor() as cursor:
        pragmas = {}
        for name in ("journal_mode", "synchronous", "recursive_triggers"):
            cursor.execute(f"PRAGMA {name}")
            pragmas[name] = cursor.fetchone()[0]
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    return Sqlite(
        alias=connection.alias,
        version=version,
        journal_mode=str(pragmas["journal_mode"]).lower(),
        synchronous=int(pragmas["synchronous"]),
        recursive_triggers=bool(pragmas["recursive_triggers"]),
        transaction_mode=getattr(connection, "transaction_mode", None) or "DEFERRED",
        file_system=file_system_of(str(connection.settings_dict["NAME"])),
    )


def refusals(seen: Sqlite) -> Iterator[Refusal]:
    """Yield what of a SQLite connection would lose or break facts."""
    where = f"The database '{seen.alias}'"
    is_write_ahead = seen.journal_mode == "wal"
    if is_write_ahead and not _is_mended(seen.version):
        yield Refusal(
            code="caseward.E001",
            what=f"{where} uses write-ahead logging on SQLite {_dotted(seen.version)}.",
            why="That version can corrupt a database which two processes write to.",
            what_to_do="Install the pysqlite3 wheel, which carries 3.51.3 or later.",
        )
    if seen.journal_mode not in ("wal", "delete", "truncate", "persist"):
        yield Refusal(
            code="caseward.E002",
            what=f"{where} keeps its journal as '{seen.journal_mode}'.",
            why="A process that ends in the middle of writing would leave a broken store.",
            what_to_do="Set journal_mode to WAL, or to DELETE.",
        )
    enough = FULL if is_write_ahead else EXTRA
    if seen.synchronous < enough:
        yield Refusal(
            code="caseward.E003",
            what=f"{where} runs with synchronous={seen.synchronous}.",
            why="A power cut would lose facts that people were told are saved.",
            what_to_do=f"Set synchronous to {'FULL' if enough == FULL else 'EXTRA'}.",
        )
    if seen.transaction_mode.upper() not in ("IMMEDIATE", "EXCLUSIVE"):
        yield Refusal(
            code="caseward.E004",
            what=f"{where} begins its transactions {seen.transaction_mode.upper()}.",
            why="Two people saving at once would meet 'database is locked' and lose what they did.",
            what_to_do="Set transaction_mode to IMMEDIATE.",
        )
    if not seen.recursive_triggers:
        yield Refusal(
            code="caseward.E005",
            what=f"{where} has recursive_triggers switched off.",
            why="A row of the ledger could be overwritten without a trace.",
            what_to_do="Set recursive_triggers to ON for every connection.",
        )
    if seen.file_system.startswith(NETWORK_FILE_SYSTEMS):
        yield Refusal(
            code="caseward.E006",
            what=f"{where} lies on a network file system ({seen.file_system}).",
            why="Its locks do not hold there, and two writers would break the store.",
            what_to_do="Move CASEWARD_HOME to a local disk, or use PostgreSQL.",
        )


def file_system_of(path: str, mounts: str | None = None) -> str:
    """Return the kind of file system that a path lies on, "" where it cannot be told.

    `mounts` is the text of /proc/mounts, read where none is given.
    """
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8") if table.exists() else ""
    wanted = os.path.realpath(path)
    best = ("", "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        is_above = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]


def _is_mended(version: tuple[int, ...]) -> bool:
    line = MENDED_IN_LINES.get((version[0], version[1]))
    return version >= MENDED or (line is not None and version[2] >= line)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
