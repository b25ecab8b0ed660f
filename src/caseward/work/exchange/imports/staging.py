"""The staging file: what a reader told, kept apart from the record until all of it is checked.

A SQLite file of its own, so that memory does not grow with the import. `Staging` is where a reader
puts what it reads; it knows nothing of the record. A row is named by a number made of its file's
number and its place, so that finding it needs no index.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from caseward.work.exchange.imports.values import ChildSeen, Code, Fact, Place, Unread

AT_ONCE = 5_000
ROWS_A_FILE = 1 << 32

UNREAD = "?"
"""What stands for a child's sex that cannot be read."""

# What became of a row or fact; a row's verdict is the greatest of its facts'.
NOTHING, DUPLICATE, ACCEPTED, CHANGED, CONFLICT, REFUSED = range(6)

_TABLES = """
CREATE TABLE file (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE row (id INTEGER PRIMARY KEY, verdict INTEGER NOT NULL DEFAULT 0, of TEXT) STRICT;
CREATE TABLE refusal (row INTEGER PRIMARY KEY, at TEXT NOT NULL, code TEXT NOT NULL,
    reason TEXT NOT NULL) STRICT;
CREATE TABLE refused_about (row INTEGER NOT NULL, beginning TEXT NOT NULL) STRICT;
CREATE TABLE child (n INTEGER PRIMARY KEY, identifier TEXT NOT NULL, row INTEGER NOT NULL,
    born_on TEXT, expected_on TEXT, died_on TEXT, name TEXT NOT NULL, family_name TEXT NOT NULL,
    sex TEXT NOT NULL, verdict INTEGER NOT NULL DEFAULT 0, of TEXT) STRICT;
CREATE TABLE fact (n INTEGER PRIMARY KEY, child TEXT NOT NULL, row INTEGER NOT NULL,
    kind TEXT NOT NULL, occurred_on TEXT NOT NULL, source TEXT NOT NULL, keys TEXT NOT NULL,
    fields TEXT NOT NULL, outcome TEXT, until TEXT, time TEXT, stream TEXT NOT NULL,
    on_sight INTEGER NOT NULL, unread TEXT NOT NULL DEFAULT '', verdict INTEGER NOT NULL DEFAULT 0,
    of TEXT, corrects TEXT) STRICT;
CREATE TABLE note (file TEXT NOT NULL, sentence TEXT NOT NULL, PRIMARY KEY (file, sentence));
CREATE TABLE authority (file TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (file, code)) STRICT;
"""
_FACT = "INSERT INTO fact (child, row, kind, occurred_on, source, keys, fields, outcome, until, time, stream, on_sight, unread) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
_CHILD = "INSERT INTO child (identifier, row, born_on, expected_on, died_on, name, family_name, sex) VALUES (?,?,?,?,?,?,?,?)"
_REFUSAL = "INSERT OR IGNORE INTO refusal VALUES (?,?,?,?)"
_ABOUT = "INSERT INTO refused_about VALUES (?,?)"
_TWICE = "UPDATE row SET verdict = ?, of = ? WHERE id = ?"
_NO_KEYS = "{}"

Progress = Callable[[int, int], None]


def connect(path: Path) -> sqlite3.Connection:
    """Open a staging file; it can be made again, so nothing waits for the disk."""
    opened = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "cache_size=-16000"):
        opened.execute(f"PRAGMA {setting}")
    return opened


class Staging:
    """A sink that writes a staging file; use as a context, so that what is held back is written.

    Errors: ValueError where a reader tells a place twice, or speaks of one that it never told.
    """

    def __init__(self, path: Path, *, progress: Progress | None = None) -> None:
        self._db = connect(path)
        self._db.executescript(_TABLES)
        self._progress = progress
        self._files: dict[str, int] = {}
        self._coming: dict[str, list[tuple[Any, ...]]] = {}
        self._n = 0

    def __enter__(self) -> Self:
        self._db.execute("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._write()
                self._refuse_unread()
                self._db.execute("COMMIT")
        finally:
            self._db.close()

    def read(self, place: Place) -> None:
        """Take note that a data row was read."""
        self._add("INSERT INTO row (id) VALUES (?)", (self._row(place),))

    def child(self, seen: ChildSeen) -> None:
        """Take a child."""
        days = (seen.born_on, seen.expected_on, seen.died_on)
        self._add(
            _CHILD,
            (
                seen.identifier,
                self._row(seen.place),
                *(day.isoformat() if day else None for day in days),
                seen.name,
                seen.family_name,
                UNREAD if isinstance(seen.sex, Unread) else seen.sex,
            ),
        )

    def fact(self, fact: Fact) -> None:
        """Take a fact."""
        self._add(
            _FACT,
            (
                fact.child,
                self._row(fact.place),
                fact.kind,
                fact.occurred_on.isoformat(),
                fact.source,
                text_of(fact.keys),
                text_of(fact.fields),
                fact.outcome,
                fact.until.isoformat() if fact.until else None,
                fact.time.isoformat() if fact.time else None,
                fact.stream,
                int(fact.on_sight),
                " ".join(sorted(fact.unread)),
            ),
        )

    def refuse(
        self, place: Place, column: str, code: Code, reason: str, *, about: Sequence[str] = ()
    ) -> None:
        """Turn a row away; of two reasons the first one told stands."""
        row = self._row(place)
        self._add(_REFUSAL, (row, column, code, reason))
        for beginning in about or ("",):
            self._add(_ABOUT, (row, beginning))

    def duplicate(self, place: Place, of: str) -> None:
        """Take note that the row says what another row of these files says."""
        self._add(_TWICE, (DUPLICATE, of, self._row(place)))

    def note(self, file: str, sentence: str) -> None:
        """Say what of a file was left aside."""
        self._add("INSERT OR IGNORE INTO note VALUES (?,?)", (file, sentence))

    def authority(self, file: str, code: str) -> None:
        """Take note of the code that the file gives the authority it is of."""
        self._add("INSERT OR IGNORE INTO authority VALUES (?,?)", (file, code))

    def progress(self, done: int, of: int) -> None:
        """Say how far the reading is."""
        if self._progress is not None:
            self._progress(done, of)

    def _row(self, place: Place) -> int:
        number = self._files.get(place.file)
        if number is None:
            number = self._files[place.file] = len(self._files) + 1
            self._db.execute("INSERT INTO file VALUES (?,?)", (number, place.file))
        if not 0 < place.row < ROWS_A_FILE:
            raise ValueError(f"{place.file} has no row {place.row}")
        return number * ROWS_A_FILE + place.row

    def _add(self, statement: str, values: tuple[Any, ...]) -> None:
        self._coming.setdefault(statement, []).append(values)
        self._n += 1
        if self._n >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        # Rows are told before what is said of them, and so are written first.
        for statement, rows in sorted(
            self._coming.items(), key=lambda each: "INTO row" not in each[0]
        ):
            try:
                written = self._db.executemany(statement, rows).rowcount
            except sqlite3.IntegrityError as problem:
                raise ValueError(f"a place was told twice ({problem})") from problem
            if statement == _TWICE and written != len(rows):
                raise ValueError("a duplicate at a place that was never read")
        self._coming, self._n = {}, 0

    def _refuse_unread(self) -> None:
        for table in ("refusal", "child", "fact"):
            stray = self._db.execute(
                f"SELECT row FROM {table} WHERE row NOT IN (SELECT id FROM row) LIMIT 1"  # noqa: S608 -- our own words
            ).fetchone()
            if stray is not None:
                raise ValueError(
                    f"{table} at a place that was never read: {divmod(stray[0], ROWS_A_FILE)}"
                )


def text_of(words: Mapping[str, Any]) -> str:
    """Return the JSON text of keys or fields, in one order, empty ones left out."""
    if not words:
        return _NO_KEYS
    kept = {name: value for name, value in words.items() if value not in ("", None)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
