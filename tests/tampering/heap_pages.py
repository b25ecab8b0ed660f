"""Takes rows off the pages of a PostgreSQL table's file and puts others on, as bytes."""

from pathlib import Path

PAGE = 8_192
HEADER = 24
LOWER, UPPER = 12, 14
NORMAL = 1
# Where a row's own columns begin is in the last byte of its header.
STARTS_AT = 22


def remove(path: Path, marker: bytes) -> None:
    """Blank the pointer to each row that holds these bytes."""
    content = bytearray(path.read_bytes())
    for pointer, start, length in _rows(content):
        if marker in content[start : start + length]:
            content[pointer : pointer + 4] = bytes(4)
    path.write_bytes(content)


def insert(path: Path, like: bytes, swaps: dict[bytes, bytes], position: int) -> None:
    """Add a row in the free space of the page that holds the one it is like."""
    content = bytearray(path.read_bytes())
    start, length = next(
        (start, length)
        for _, start, length in _rows(content)
        if like in content[start : start + length]
    )
    row = bytearray(content[start : start + length])
    for old, new in swaps.items():
        row = row.replace(old, new)
    columns = row[STARTS_AT]
    row[columns : columns + 8] = position.to_bytes(8, "little")
    page = start // PAGE * PAGE
    lower, upper = _number(content, page + LOWER), _number(content, page + UPPER)
    at = (upper - length) // 8 * 8
    if at < lower + 4:
        raise ValueError(f"The page has no room for {length} bytes more.")
    content[page + at : page + at + length] = row
    pointer = at | NORMAL << 15 | length << 17
    content[page + lower : page + lower + 4] = pointer.to_bytes(4, "little")
    content[page + LOWER : page + LOWER + 2] = (lower + 4).to_bytes(2, "little")
    content[page + UPPER : page + UPPER + 2] = at.to_bytes(2, "little")
    # A row's own address is kept in it: page and number, counted from one.
    address = page + at + 12
    content[address : address + 4] = _block(page // PAGE)
    content[address + 4 : address + 6] = ((lower - HEADER) // 4 + 1).to_bytes(2, "little")
    path.write_bytes(content)


def _rows(content: bytearray) -> list[tuple[int, int, int]]:
    """Return where each row's pointer is, where the row begins, and how long it is."""
    found = []
    for page in range(0, len(content), PAGE):
        for pointer in range(page + HEADER, page + _number(content, page + LOWER), 4):
            value = int.from_bytes(content[pointer : pointer + 4], "little")
            if value >> 15 & 3 == NORMAL:
                found.append((pointer, page + (value & 0x7FFF), value >> 17))
    return found


def _number(content: bytearray, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "little")


def _block(number: int) -> bytes:
    return (number >> 16).to_bytes(2, "little") + (number & 0xFFFF).to_bytes(2, "little")
