"""Tables written as text: a row of headings, then a row for each thing, cells between bars."""

from collections.abc import Iterable, Sequence
from textwrap import dedent

Row = dict[str, str]


def read(text: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the headings and the rows of a table written as text."""
    lines = [line for line in dedent(text).splitlines() if line.strip()]
    headings = tuple(_cells(lines[0]))
    rows = []
    for line in lines[1:]:
        cells = _cells(line)
        if len(cells) != len(headings):
            message = f"{len(cells)} cells under {len(headings)} headings: {line.strip()}"
            raise ValueError(message)
        rows.append(dict(zip(headings, cells, strict=True)))
    return headings, rows


def written(headings: Sequence[str], rows: Iterable[Row]) -> str:
    """Return the table as aligned text."""
    lines = [list(headings), *([row.get(name, "") for name in headings] for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(headings))]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown(headings: Sequence[str], rows: Iterable[Row]) -> str:
    """Return the table in Markdown."""
    lines = [" | ".join(headings), " | ".join("---" for _ in headings)]
    lines += [" | ".join(row.get(name, "") for name in headings) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
