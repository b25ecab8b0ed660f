"""Reads a census: every row is checked, told once, and kept, a duplicate or refused.

A row is named by its block and its number in the file, since several may stand on one line; the
reason for a refusal names the line too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from caseward.work.exchange import checked_cells, elements, written_days
from caseward.work.exchange.checked_cells import Problem, Repeats
from caseward.work.exchange.cin import blocks
from caseward.work.exchange.cin.blocks import Block
from caseward.work.exchange.cin.events import Details, Facts, Row
from caseward.work.exchange.elements import Element
from caseward.work.exchange.imports.values import (
    Format,
    HearsAuthority,
    ImportRefused,
    Place,
    Sink,
)
from caseward.work.exchange.ssda903 import returns

ROOT = "Message"
WANTED = frozenset({"Header", "ChildIdentifiers", "ChildCharacteristics", "CINdetails"})
AROUND = frozenset({"Child"})
AUTHORITY = re.compile(r"[0-9]{3}")
MANY_LINES = 65_535
"""The parser counts no lines above this."""


def recognise(names: Sequence[str]) -> bool:
    """Tell whether files of these names are a census: one XML file that is not the SSDA903 return."""
    marked = [name for name in names if name.casefold().endswith(".xml")]
    return bool(marked) and not any(returns.is_named_for_it(name) for name in marked)


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Read the census files; memory stays the same however many children they hold.

    Shapes: files, path by the name to be shown.
    Errors: ImportRefused where there is no census among them, or one is damaged or cut off.
    """
    del options  # the census says all there is to say
    marked = sorted(name for name in files if name.casefold().endswith(".xml"))
    for name in sorted(set(files) - set(marked)):
        out.note(name, "This file is no census and was left aside.")
    if not marked:
        raise ImportRefused(
            "There is no census file (.xml) among the files. Nothing has been imported."
        )
    repeats = Repeats()
    of = sum(files[name].stat().st_size for name in marked)
    done = 0
    for name in marked:
        reading = _Reading(name, out, today, repeats)
        reading.read(files[name], told=partial(_tell, out, done, of))
        done += files[name].stat().st_size
        out.progress(done, of)


def _tell(out: Sink, before: int, of: int, n_read: int) -> None:
    out.progress(min(before + n_read, of), of)


FORMAT = Format(
    code="cin",
    title="Children in need census",
    recognise=recognise,
    read=read,
)


@dataclass(slots=True)
class _Child:
    """The child whose blocks are being read; without an identifier they cannot be kept."""

    identifier: str = ""


class _Reading:
    """Reads one file."""

    def __init__(self, name: str, out: Sink, today: date, repeats: Repeats) -> None:
        self._name, self._out, self._today = name, out, today
        self._repeats = repeats
        self._facts = Facts(out, today=today)
        self._numbers: Counter[str] = Counter()
        self._aside: dict[str, None] = {}
        self._unknown: dict[str, None] = {}
        self._child = _Child()

    def read(self, path: Path, *, told: elements.Told) -> None:
        for element in elements.blocks(
            path, self._name, root=ROOT, wanted=WANTED, around=AROUND, told=told
        ):
            tag = elements.named(element)
            if tag == "ChildIdentifiers":
                self._take_child(element)
            elif tag == "CINdetails":
                self._take_details(element)
            elif tag == "Child":
                self._child = _Child()
            elif tag == "Header":
                self._tell_authority(element)
            else:
                self._aside[tag] = None
        self._say_what_was_left_aside()

    def _tell_authority(self, header: Element) -> None:
        """Tell which local authority the census is of; a code that is none tells nothing."""
        for source in elements.children_of(header, "Source"):
            code = elements.text_of(source, "LEA")
            if AUTHORITY.fullmatch(code) and isinstance(self._out, HearsAuthority):
                self._out.authority(self._name, code)

    def _take_child(self, element: Element) -> None:
        row = self._row(blocks.CHILD, element)
        self._child = _Child()
        if row is not None:
            self._child = _Child(row.cells["LAchildID"])
            self._facts.child(row)

    def _take_details(self, element: Element) -> None:
        """Take a CINdetails and the blocks in it; they stand by its child and day of referral."""
        row = self._row(blocks.DETAILS, element, child=self._child.identifier)
        referred_on = checked_cells.days_in(
            blocks.DETAILS.columns[:1], self._cells(blocks.DETAILS, element)
        ).get("CINreferralDate")
        details = Details(child=self._child.identifier, referred_on=referred_on, row=row)
        for part in element:
            block = blocks.PARTS.get(elements.named(part))
            if block is None:
                continue
            taken = self._row(block, part, child=details.child, within=details)
            if taken is not None:
                details.parts.append(taken)
            if block is blocks.PROTECTION_PLANS:
                self._take_reviews(part, details)
        self._facts.details(details)

    def _take_reviews(self, plan: Element, details: Details) -> None:
        began = elements.text_of(plan, "CPPstartDate")
        for reviews in elements.children_of(plan, "Reviews"):
            for review in elements.children_of(reviews, "CPPreviewDate"):
                row = self._row(
                    blocks.REVIEWS, review, child=details.child, within=details, plan=began
                )
                if row is not None:
                    details.parts.append(row)

    def _row(
        self,
        block: Block,
        element: Element,
        *,
        child: str = "",
        within: Details | None = None,
        plan: str = "",
    ) -> Row | None:
        """Check a row and return it, or None where it was refused or is a duplicate."""
        self._numbers[block.name] += 1
        place = Place(f"{self._name}, {block.name}", self._numbers[block.name])
        self._out.read(place)
        cells = self._cells(block, element)
        days = checked_cells.days_in(block.columns, cells)
        began_on = written_days.day(checked_cells.as_written(plan))
        if began_on is not None:
            days["CPPstartDate"] = began_on
        problem = self._problem(block, cells, days) or self._astray(block, child, within, days)
        if problem is not None:
            self._refuse(place, element, problem)
            return None
        row = Row(block=block, place=place, cells=cells, days=days)
        referral = within.referral if within is not None else ""
        return None if self._is_repeated(row, element, child, referral) else row

    def _cells(self, block: Block, element: Element) -> dict[str, str]:
        """Return the texts of the block's own elements; note those that are left aside."""
        if block is blocks.REVIEWS:
            return {"CPPreviewDate": checked_cells.as_written(element.text or "")}
        names = {column.name for column in block.columns}
        cells = dict.fromkeys(names, "")
        for part in element:
            tag = elements.named(part)
            if tag in names:
                cells[tag] = checked_cells.as_written(part.text or "")
            elif tag in block.aside:
                self._aside[tag] = None
            elif tag not in blocks.PARTS and tag != "Reviews":
                self._unknown[tag[:40]] = None
        return cells

    def _problem(
        self, block: Block, cells: Mapping[str, str], days: Mapping[str, date]
    ) -> Problem | None:
        for column in block.columns:
            problem = checked_cells.problem_in(column, cells[column.name])
            if problem is not None:
                return problem
        return checked_cells.problem_of_days(
            block.columns, block.order, cells, days, today=self._today
        )

    def _astray(
        self, block: Block, child: str, within: Details | None, days: Mapping[str, date]
    ) -> Problem | None:
        """Say why a row cannot be placed: no child, no day of referral, no plan it belongs to."""
        if block is blocks.CHILD:
            return None
        if not child:
            return ("LAchildID", "link", "The child it belongs to has no usable LAchildID.")
        if within is not None and within.referred_on is None:
            return ("CINreferralDate", "link", "It belongs to a referral without a usable day.")
        if block is blocks.REVIEWS and "CPPstartDate" not in days:
            return ("CPPstartDate", "link", "It belongs to a plan without a usable start.")
        return None

    def _is_repeated(self, row: Row, element: Element, child: str, referral: str) -> bool:
        block = row.block
        earlier = self._repeats.earlier(
            block.name,
            row.place,
            key=(child, referral, *row.key()),
            content=(child, *(row.said(name) for name in sorted({*row.cells, *row.days}))),
        )
        if earlier is None:
            return False
        where, is_same = earlier
        if is_same:
            self._out.duplicate(row.place, where)
        else:
            reason = (
                f"{where.capitalize()} has the same child and {' and '.join(block.key)} but says "
                "something else. Keep the right one of the two."
            )
            self._refuse(row.place, element, (block.key[-1], "conflict", reason))
        return True

    def _refuse(self, place: Place, element: Element, problem: Problem) -> None:
        column, code, reason = problem
        line = element.sourceline or 0
        if 1 < line < MANY_LINES:
            reason = f"{reason} (Line {line:,} of the file.)"
        self._out.refuse(place, column, code, reason)

    def _say_what_was_left_aside(self) -> None:
        for tag, why in blocks.LEFT_ASIDE.items():
            if tag in self._aside:
                self._out.note(self._name, f"{tag} was read and nothing of it is kept: {why}.")
        if self._unknown:
            shown = ", ".join(list(self._unknown)[:8])
            self._out.note(
                self._name, f"Elements that the census does not have were left aside: {shown}."
            )
