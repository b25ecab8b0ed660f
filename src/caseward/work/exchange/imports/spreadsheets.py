"""Files that fill a spreadsheet to its last row may have been cut there: it is said, never guessed."""

import sqlite3

from caseward.work.exchange.imports.staging import ROWS_A_FILE

NEW_LIMIT = 1_048_576
OLD_LIMIT = 65_536


def note_full(staging: sqlite3.Connection) -> None:
    """Note each file with as many rows as a spreadsheet holds, or more than one can show."""
    for number, name in staging.execute("SELECT number, name FROM file").fetchall():
        last = staging.execute(
            "SELECT max(id) FROM row WHERE id BETWEEN ? AND ?",
            (number * ROWS_A_FILE, (number + 1) * ROWS_A_FILE),
        ).fetchone()[0]
        sentence = _sentence((last or 0) % ROWS_A_FILE)
        if sentence:
            staging.execute("INSERT OR IGNORE INTO note VALUES (?,?)", (name, sentence))


def _sentence(n_rows: int) -> str:
    if n_rows in (OLD_LIMIT, NEW_LIMIT):
        return (
            f"The file has exactly {n_rows:,} rows, as many as a spreadsheet holds. If it went through "
            "one, later rows may have been dropped: compare the number with the system it comes from."
        )
    if n_rows > NEW_LIMIT:
        return (
            f"The file has {n_rows:,} rows, and all were read. A spreadsheet would show the first "
            f"{NEW_LIMIT:,} alone: do not save it from one."
        )
    return ""
