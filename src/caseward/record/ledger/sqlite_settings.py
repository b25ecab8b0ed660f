"""What of a SQLite connection would lose or break facts, looked at as it really is."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from caseward.record.ledger.refusals import Refusal

FULL = 2
EXTRA = 3
# The write-ahead fault: found in 3.7.0, mended in 3.51.3 and in two older lines.
MENDED = (3, 51, 3)
MENDED_IN_LINES = {(3, 44): 6, (3, 50): 7}
IN_MEMORY = 2
MOUNTS = Path("/proc/mounts")
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
    foreign_keys: bool = True
    secure_delete: bool = True
    trusted_schema: bool = False
    temp_store: int = IN_MEMORY


def observed(connection: BaseDatabaseWrapper) -> Sqlite:
    """Read a SQLite connection's real version and settings."""
    with connection.cursor() as cursor:
        pragmas = {}
        for name in (
            *("journal_mode", "synchronous", "recursive_triggers", "foreign_keys"),
            *("secure_delete", "trusted_schema", "temp_store"),
        ):
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
        foreign_keys=bool(pragmas["foreign_keys"]),
        secure_delete=int(pragmas["secure_delete"]) == 1,
        trusted_schema=bool(pragmas["trusted_schema"]),
        temp_store=int(pragmas["temp_store"]),
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
    yield from _leaks(seen, where)


def _leaks(seen: Sqlite, where: str) -> Iterator[Refusal]:
    """Yield what of a SQLite connection would let rows dangle, or what is in them get out."""
    if not seen.foreign_keys:
        yield Refusal(
            code="caseward.E019",
            what=f"{where} runs with foreign_keys off.",
            why="A row could name an entry or a task that is not there, and nobody would notice.",
            what_to_do="Set foreign_keys to ON.",
        )
    if not seen.secure_delete:
        yield Refusal(
            code="caseward.E020",
            what=f"{where} runs with secure_delete off.",
            why="What two people agreed to dispose of would stay readable in the file.",
            what_to_do="Set secure_delete to ON.",
        )
    if seen.temp_store != IN_MEMORY:
        yield Refusal(
            code="caseward.E021",
            what=f"{where} keeps its passing tables in files of the machine's temporary folder.",
            why="Parts of children's records would be written outside of CASEWARD_HOME.",
            what_to_do="Set temp_store to MEMORY.",
        )
    if seen.trusted_schema:
        yield Refusal(
            code="caseward.E022",
            what=f"{where} trusts its schema.",
            why="Whoever changed the file could have functions run that the schema names.",
            what_to_do="Set trusted_schema to OFF.",
        )


def one_file_refusals(files: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield a refusal for two databases of ours that are one file, by name or by a link."""
    paths = {alias: Path(name) for alias, name in files.items()}
    for (first, path), (second, other) in combinations(paths.items(), 2):
        is_one = path.exists() and other.exists() and path.samefile(other)
        if is_one or os.path.realpath(path) == os.path.realpath(other):
            yield Refusal(
                code="caseward.E023",
                what=f"The databases '{first}' and '{second}' are one file, {path}.",
                why="Noting who looked would wait for whoever saves, and be undone with it.",
                what_to_do="Give each a file of its own, in the folders store and reads.",
            )


def file_system_of(path: str, mounts: str | None = None) -> str:
    """Return the kind of file system that a path lies on, "" where it cannot be told.

    `mounts` is the text of /proc/mounts, read where none is given.
    """
    if mounts is None:
        mounts = MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else ""
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
