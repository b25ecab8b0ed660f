"""Takes rows off the pages of a SQLite file and puts others on, as bytes and without SQLite."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LEAF, INTERIOR = 0x0D, 0x05
POINTERS = {LEAF: 8, INTERIOR: 12}


@dataclass
class Page:
    """One page of a table, at its place in the file."""

    content: bytearray
    start: int
    size: int

    def number(self, at: int, length: int = 2) -> int:
        """Return a number of its header."""
        return int.from_bytes(self.content[self.start + at : self.start + at + length], "big")

    def put(self, at: int, value: int) -> None:
        """Write a number of two bytes."""
        self.content[self.start + at : self.start + at + 2] = value.to_bytes(2, "big")

    @property
    def kind(self) -> int:
        """Return what sort of page it is."""
        return self.content[self.start]

    @property
    def cells(self) -> list[int]:
        """Return where its cells begin."""
        first = POINTERS[self.kind]
        return [self.number(first + 2 * index) for index in range(self.number(3))]

    def cell(self, at: int) -> bytes:
        """Return a leaf's whole cell: length, row id, row."""
        length, after = _varint(self.content, self.start + at)
        _, after = _varint(self.content, after)
        return bytes(self.content[self.start + at : after + length])


def remove(path: Path, table: str, marker: bytes) -> None:
    """Take the pointer to the row that holds these bytes off its page."""
    content = bytearray(path.read_bytes())
    page, index = _find(content, _root(path, table), marker)
    kept = page.cells
    del kept[index]
    page.put(3, len(kept))
    for place, at in enumerate(kept):
        page.put(POINTERS[LEAF] + 2 * place, at)
    path.write_bytes(content)


def insert(path: Path, table: str, like: bytes, swaps: dict[bytes, bytes], position: int) -> None:
    """Add a row after the last one, in the free space of its page: row id and first column."""
    content = bytearray(path.read_bytes())
    page, index = _find(content, _root(path, table), like)
    cell = page.cell(page.cells[index])
    for old, new in swaps.items():
        cell = cell.replace(old, new)
    length, after = _varint(cell, 0)
    _, row_starts = _varint(cell, after)
    row = bytearray(cell[row_starts:])
    row[row[0]] = position
    cell = cell[:after] + bytes([position]) + bytes(row)
    count, content_starts = page.number(3), page.number(5)
    at = content_starts - len(cell)
    if at < POINTERS[LEAF] + 2 * (count + 1):
        raise ValueError(f"The page of {table} has no room for {length} bytes more.")
    content[page.start + at : page.start + content_starts] = cell
    page.put(POINTERS[LEAF] + 2 * count, at)
    page.put(3, count + 1)
    page.put(5, at)
    path.write_bytes(content)


def _root(path: Path, table: str) -> int:
    database = sqlite3.connect(path)
    found = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    (root,) = found.fetchone()
    database.close()
    return int(root)


def _find(content: bytearray, root: int, marker: bytes) -> tuple[Page, int]:
    for page in _leaves(content, root):
        for index, at in enumerate(page.cells):
            if marker in page.cell(at):
                return page, index
    raise LookupError(f"No row holds {marker!r}.")


def _leaves(content: bytearray, number: int) -> Iterator[Page]:
    size = int.from_bytes(content[16:18], "big")
    page = Page(content, (number - 1) * size, size)
    if page.kind == LEAF:
        yield page
        return
    for at in page.cells:
        yield from _leaves(content, page.number(at, 4))
    yield from _leaves(content, page.number(8, 4))


def _varint(content: bytes | bytearray, at: int) -> tuple[int, int]:
    value = 0
    while True:
        byte = content[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
