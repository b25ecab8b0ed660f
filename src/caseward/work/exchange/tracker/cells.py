"""What a cell says of an outcome or a field, as the record keeps it."""

import hashlib
import re
from datetime import date

from caseward.work.exchange.imports.values import Code
from caseward.work.exchange.tracker import days, sheets
from caseward.work.exchange.tracker.columns import Column, folded
from caseward.work.exchange.tracker.sheets import Cell

_YES = frozenset({"yes", "y", "true", "✓", "✔", "x", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_LONGEST_TOLD = 12
_LONGEST_SLUG = 60


class Unreadable(Exception):
    """The cell cannot be kept; the sentence says why, `code` tells programs."""

    def __init__(self, sentence: str, *, code: Code = "code") -> None:
        self.code = code
        super().__init__(sentence)


def said(column: Column, cell: Cell, *, today: date) -> str:
    """Return what the cell says as the record keeps it, "" for nothing.

    Errors: Unreadable for words that are none of the column's choices; NotADay for a field's date.
    """
    text = sheets.shown(cell)
    if column.field_type == "yes_no":
        return _yes_or_no(column, cell)
    if days.is_empty(cell):
        return ""
    if column.field_type == "date":
        found = days.read(cell, today=today)
        return found.day.isoformat() if found else ""
    if column.choices:
        return _chosen(column, text)
    return text


def slug(heading: str) -> str:
    """Return a heading as a part of a source id: the same for the same heading, however spaced.

    Where letters or signs are lost on the way, a fingerprint keeps two headings apart.
    """
    plain = folded(heading)
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if short.replace("-", " ") == plain and len(short) <= _LONGEST_SLUG:
        return short
    mark = hashlib.sha256(plain.encode()).hexdigest()[:8]
    return f"{short[:_LONGEST_SLUG]}-{mark}"


def _yes_or_no(column: Column, cell: Cell) -> str:
    text = folded(sheets.shown(cell))
    if text in _YES or cell is True:
        return "yes"
    if text in _NO or cell is False:
        return "no"
    if days.is_empty(cell):
        return ""
    raise Unreadable(f"“{text}” is neither yes nor no. Write Yes or No in “{column.heading}”.")


def _chosen(column: Column, text: str) -> str:
    code = column.choices.get(folded(text))
    if code is None:
        codes = set(column.choices.values())
        known = [word for word in column.choices if word not in codes] or list(column.choices)
        listed = ", ".join(known[:_LONGEST_TOLD]) + (" …" if len(known) > _LONGEST_TOLD else "")
        raise Unreadable(
            f"“{text}” is not one of the answers that “{column.heading}” may hold: {listed}."
        )
    return code
