"""Workbooks for tests, written part by part, so that a test can write what no spreadsheet would."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

COUNTED_FROM = date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DATE_STYLE = 1
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


class Raw(str):
    """The XML of a cell as it is to stand, `{}` where its place goes."""

    __slots__ = ()


Value = str | float | date | Raw | None


def workbook(sheets: Mapping[str, Iterable[Iterable[Value]]]) -> bytes:
    """Return a workbook of these sheets, each a list of rows."""
    return zipped(parts_of(sheets))


def parts_of(sheets: Mapping[str, Iterable[Iterable[Value]]]) -> dict[str, str]:
    """Return the parts of a workbook by name."""
    numbered = list(enumerate(sheets.items(), start=1))
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            + "".join(
                f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
                for n, (title, _) in numbered
            )
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" '
                f'Target="worksheets/sheet{n}.xml"/>'
                for n, _ in numbered
            )
            + f'<Relationship Id="rId0" Type="{OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": STYLES,
    } | {f"xl/worksheets/sheet{n}.xml": sheet_of(rows) for n, (_, rows) in numbered}


def sheet_of(rows: Iterable[Iterable[Value]]) -> str:
    """Return the XML of a sheet."""
    lines = [
        f'<row r="{number}">'
        + "".join(_cell(value, f"{letters(column)}{number}") for column, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def zipped(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return the parts packed; pairs may name a part twice."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in pairs:
            archive.writestr(name, part)
    return content.getvalue()


def letters(column: int) -> str:
    """Return the letters of a column from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def formula(words: str, result: str = "") -> Raw:
    """Return a cell with a formula, and its saved result if it has one."""
    return Raw(
        f'<c r="{{}}" s="{DATE_STYLE}"><f>{escape(words)}</f>'
        + (f"<v>{result}</v>" if result else "")
        + "</c>"
    )


def failed(sign: str) -> Raw:
    """Return a cell that shows an error, as `#N/A`."""
    return Raw(f'<c r="{{}}" t="e"><v>{sign}</v></c>')


def _cell(value: Value, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.format(place)
    if isinstance(value, date):
        return f'<c r="{place}" s="{DATE_STYLE}"><v>{(value - COUNTED_FROM).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
