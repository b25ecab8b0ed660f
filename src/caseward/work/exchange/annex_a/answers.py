"""What a cell of a workbook says: a child's number, a day, yes or no, or words.

Real dates, dates written as text and days counted from 1900 are days; a formula counts for its
saved result; an answer may have its letter before it (`a) Yes`, `C2: FCO`).
"""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from caseward.work.exchange import checked_cells
from caseward.work.exchange.imports.values import Code
from caseward.work.exchange.ssd import cells as written
from caseward.work.exchange.workbooks import NO_RESULT, Cell

LETTER = re.compile(r"[a-z]{1,2}\)\s*", re.IGNORECASE)
SAYS_NOTHING = frozenset(
    {"", "-", "–", "—", "n/a", "na", "#n/a", "none", "null", "nil", "not applicable", "not known"}
)
COUNTED_FROM = date(1899, 12, 30)
FIRST_COUNTED, LAST_COUNTED = 10_000, 80_000
"""A number in a column of days is a day of the years 1927 to 2119, or no day."""
EARLIEST = date(1900, 1, 2)
MAX_TEXT = 1_000
NUMBERS = 10**15
"""Above it a number was rounded when it was saved."""


class NotSaid(ValueError):
    """The cell cannot be taken; `code` and `reason` say why."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code: Code = code
        self.reason = reason


def text(cell: Cell) -> str:
    """Return the words of a cell, without spaces around them and without non-breaking ones.

    Errors: NotSaid for a formula without result, and for words of characters that no text has.
    """
    if cell == NO_RESULT:
        raise NotSaid(
            "formula",
            "The cell holds a formula without its result, or one that failed. Open the workbook, let "
            "it calculate, save it and import again.",
        )
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float | int):
        return str(int(cell)) if _is_whole(cell) else str(cell)
    if isinstance(cell, date | time | timedelta):
        return cell.isoformat() if isinstance(cell, date) else str(cell)
    said = checked_cells.as_written(cell)
    if said.casefold() in SAYS_NOTHING:
        return ""
    if len(said) > MAX_TEXT or not said.replace("\n", " ").isprintable():
        raise NotSaid("code", "The cell holds characters that no text has, or far too many.")
    return said


def child(cell: Cell) -> str:
    """Return the child's number; a number saved as 9212044.0 is 9212044.

    Errors: NotSaid for what cannot be a number or code of a child.
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if not _is_whole(cell) or not 0 < cell < NUMBERS:
            raise NotSaid("code", f"{cell!r} is not the number of a child.")
        return str(int(cell))
    said = text(cell)
    if len(said) > checked_cells.MAX_ID or not said.isprintable():
        raise NotSaid("length", "The child's number is longer than any real one.")
    if isinstance(cell, bool | date | time | timedelta):
        raise NotSaid("code", f"{checked_cells.shown(said)} is not the number of a child.")
    return said


def day(cell: Cell) -> date | None:
    """Return the day, or None where the cell says nothing.

    Errors: NotSaid for what is not a day of the calendar.
    """
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, float | int) and not isinstance(cell, bool):
        if not FIRST_COUNTED <= cell <= LAST_COUNTED:
            raise NotSaid("date", f"{cell!r} is not a day of the calendar.")
        found = COUNTED_FROM + timedelta(days=int(cell))
    else:
        said = text(cell)
        if not said:
            return None
        try:
            found, _ = written.moment(said)
        except written.NotADay as error:
            raise NotSaid("date", str(error)) from error
    if found < EARLIEST:
        raise NotSaid("date", f"{found.isoformat()} is what a spreadsheet shows for an empty day.")
    return found


def yes_no(cell: Cell) -> str:
    """Return "yes", "no", or nothing where the cell says neither.

    Errors: NotSaid for a formula without result.
    """
    said = without_letter(text(cell)).casefold()
    if said in {"y", "yes", "true", "1"}:
        return "yes"
    return "no" if said in {"n", "no", "false", "0"} else ""


def _is_whole(cell: float) -> bool:
    return isfinite(cell) and cell == int(cell)


def without_letter(said: str) -> str:
    """Return an answer without the letter of the list before it: `b) No` is `No`."""
    return LETTER.sub("", said, count=1) if LETTER.match(said) else said
