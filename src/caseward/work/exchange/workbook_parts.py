"""The parts of a workbook, each read through as a stream and measured; nothing is kept of them.

How far the filled cells reach, how much text they name, which formulas were saved without result.
"""

import re
from array import array
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from caseward.work.exchange.imports.values import ImportRefused

MAX_COLUMNS = 500
MAX_ROWS = 1_048_576
"""The rows a sheet can have at all; one more and the file is not what it says."""
MAX_AREA = 5_000_000
"""Rows times columns of one sheet, as far as cells are filled."""
MAX_TEXT = 32_767
"""Characters of one cell, as spreadsheets have it."""
MAX_TEXTS = 50_000_000
"""Characters of all shared texts, and of all that the cells of one sheet name."""
MAX_PART = 400_000_000
"""Bytes of one unpacked part, whatever the zip directory says."""
CHUNK = 1 << 18
CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NOT_FOUND = "#N/A"
"""What a formula shows that found nothing: an empty cell. Other errors are no result."""
NOTHING = "Nothing has been imported."


class Part:
    """Reads one part of the workbook as a stream of elements, with nothing kept of it."""

    def __init__(self, name: str, part: str) -> None:
        self.name, self.part = name, part
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take text."""

    def refuse_document_type(self, *_: Any) -> None:
        self.refuse("it declares a document type, which no workbook has")

    def refuse(self, why: str) -> None:
        raise ImportRefused(f"{self.name} ({self.part}): {why}. {NOTHING}")

    def read(self, stream: IO[bytes]) -> None:
        n_read = 0
        try:
            while chunk := stream.read(CHUNK):
                n_read += len(chunk)
                if n_read > MAX_PART:
                    self.refuse(f"it unpacks to more than {MAX_PART // 1_000_000:,} MB")
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ImportRefused(
                f"{self.name} is damaged or cut off ({self.part}: {error}). Save it again as "
                f".xlsx. {NOTHING}"
            ) from error


class Texts(Part):
    """Measures the shared texts, which cells name by number."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(name, part)
        self.lengths = array("I")
        self._length, self._total = 0, 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if plain(tag) == "si":
            self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text)
        self._total += len(text)
        if self._length > MAX_TEXT or self._total > MAX_TEXTS:
            self.refuse("its texts are longer than a spreadsheet can hold")

    def end(self, tag: str) -> None:
        if plain(tag) == "si":
            self.lengths.append(self._length)


class Cells(Part):
    """Measures how far the filled cells reach, and what their texts come to."""

    def __init__(self, name: str, part: str, lengths: "array[int]") -> None:
        super().__init__(name, part)
        self.missing: set[tuple[int, int]] = set()
        self._lengths = lengths
        self._row = self._column = 0
        self._cell: tuple[int, int] = (0, 0)
        self._type, self._value = "", ""
        self._has_formula = self._has_value = self._in_value = False
        self._extent = _Extent()
        self._n_text = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = plain(tag)
        if tag == "c":
            self._cell = self._place(attributes.get("r", ""))
            self._type, self._value = attributes.get("t", ""), ""
            self._has_formula = self._has_value = False
        elif tag == "row":
            said = attributes.get("r", "")
            self._row = int(said) if said.isascii() and said.isdigit() else self._row + 1
            self._column = 0
        elif tag == "f":
            self._has_formula = True
        elif tag in {"v", "is"}:
            self._in_value = True

    def text(self, text: str) -> None:
        if self._in_value:
            self._has_value = True
            self._n_text += len(text)
            if self._type in {"s", "e"}:
                self._value += text[:12]

    def end(self, tag: str) -> None:
        tag = plain(tag)
        if tag in {"v", "is"}:
            self._in_value = False
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        has_failed = self._type == "e" and self._value != NOT_FOUND
        if has_failed or (self._has_formula and not self._has_value):
            self.missing.add(self._cell)
        if not (self._has_value or self._has_formula):
            return
        if self._type == "s" and self._value.isascii() and self._value.isdigit():
            number = int(self._value)
            self._n_text += self._lengths[number] if number < len(self._lengths) else 0
        if self._n_text > MAX_TEXTS:
            self.refuse(
                f"its cells name more than {MAX_TEXTS:,} characters of text, far more than any list"
            )
        self._extent.take(*self._cell)
        too_far = self._extent.too_far()
        if too_far:
            self.refuse(too_far)

    def _place(self, said: str) -> tuple[int, int]:
        """Return the cell's row from 1 and column from 0, as it says or following the one before."""
        place = CELL.fullmatch(said)
        if place is None:
            self._column += 1
            return self._row, self._column - 1
        column = 0
        for letter in place.group(1):
            column = column * 26 + ord(letter) - 64
        self._column = column
        return int(place.group(2)), column - 1


@dataclass(slots=True)
class _Extent:
    """The outermost filled cells so far."""

    first_row: int = MAX_ROWS + 1
    last_row: int = 0
    last_column: int = 0

    def take(self, row: int, column: int) -> None:
        self.first_row = min(self.first_row, row)
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def too_far(self) -> str:
        """Say why the sheet is not read, or nothing."""
        n_rows, n_columns = self.last_row - self.first_row + 1, self.last_column + 1
        if self.last_row > MAX_ROWS:
            return f"it has a row {self.last_row:,}; a sheet ends with row {MAX_ROWS:,}"
        if n_columns > MAX_COLUMNS:
            return (
                f"a cell in column {n_columns:,} is filled and lists have at most {MAX_COLUMNS}. "
                "Delete what stands to the right of the list"
            )
        if n_rows * n_columns > MAX_AREA:
            return (
                f"it reaches over {n_rows:,} rows and {n_columns:,} columns, more than is read at "
                f"once ({MAX_AREA:,} cells). Delete what stands below or beside the list, or split "
                "it into several files"
            )
        return ""


class Titles(Part):
    """Takes the sheets of the workbook: their titles and how their parts are called for."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(name, part)
        self.called: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if plain(tag) == "sheet":
            call = next((v for k, v in attributes.items() if plain(k) == "id"), "")
            self.called[attributes.get("name", "")] = call


class Relations(Part):
    """Takes which part answers to which call."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(name, part)
        self.answers: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if plain(tag) == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self.answers[attributes.get("Id", "")] = path


def plain(tag: str) -> str:
    """Return a name without its prefix."""
    return tag.rpartition(":")[2]
