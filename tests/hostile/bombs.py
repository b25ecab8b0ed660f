"""Files made to harm who reads them, each small to keep and large to read.

Every maker writes one file into a folder and returns its path. `R52` of the reliability targets names
those that concern tables, marked-up files and workbooks; the rest are of the same family.
"""

import gzip
import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.builders import workbook_files
from tests.builders.workbook_files import Value

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
CENSUS = "<Message><Children>{}</Children></Message>"
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers>"
    "<CINdetails><CINreferralDate>2022-10-06</CINreferralDate></CINdetails></Child>"
)
LIST_8: list[Value] = ["Child Unique ID", "Date Started to be Looked After"]


@dataclass(frozen=True, slots=True)
class Bomb:
    """One file: the format it is given to, how it is made, and what the refusal has to say."""

    name: str
    format: str
    make: Callable[[Path], Path]
    says: str


def _text(name: str, content: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def _census(prolog: str, inside: str = "") -> Callable[[Path], Path]:
    return _text("cin.xml", prolog + CENSUS.format(inside or CHILD.format("A1")))


def _laughs() -> str:
    doubled = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE Message [<!ENTITY l0 "lol">{doubled}]>'


def _quadratic() -> str:
    return f'<!DOCTYPE Message [<!ENTITY a "{"a" * 50_000}">]>'


def _repeated(part: bytes, *, times: int, name: str, start: bytes = b"") -> Callable[[Path], Path]:
    """Return a maker that writes without holding what it writes."""

    def make(folder: Path) -> Path:
        path = folder / name
        with path.open("wb") as file:
            file.write(start)
            for _ in range(times):
                file.write(part)
        return path

    return make


def _workbook(change: Callable[[dict[str, str]], object]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        parts = workbook_files.parts_of({"List 8": [LIST_8, ["17", "01/02/2020"]]})
        changed = change(parts)
        content = changed if isinstance(changed, bytes) else workbook_files.zipped(parts)
        path = folder / "annex.xlsx"
        path.write_bytes(content)
        return path

    return make


def _put(name: str, part: str) -> Callable[[dict[str, str]], None]:
    def change(parts: dict[str, str]) -> None:
        parts[name] = part

    return change


def _sheet(cells: str) -> str:
    return f'<worksheet xmlns="{workbook_files.MAIN}"><sheetData>{cells}</sheetData></worksheet>'


SHEET = "xl/worksheets/sheet1.xml"
DIRECTORY_ENTRY, UNPACKED_SIZE = 46, 24
"""Bytes before a name in the zip directory, and where the size it unpacks to stands in them."""
TEXTS = "xl/sharedStrings.xml"


def _many_columns(parts: dict[str, str]) -> None:
    cells = "".join(f'<c r="{workbook_files.letters(n)}1"><v>1</v></c>' for n in range(1_000_000))
    parts[SHEET] = _sheet(f'<row r="1">{cells}</row>')


def _shared_text(parts: dict[str, str]) -> None:
    parts[TEXTS] = f'<sst xmlns="{workbook_files.MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000))
    parts[SHEET] = _sheet(rows)


def _lying_directory(parts: dict[str, str]) -> bytes:
    """Return a workbook whose directory says that a sheet of 20 MB has 100 bytes."""
    parts[SHEET] = _sheet("<row>" + " " * 20_000_000 + "</row>")
    content = bytearray(workbook_files.zipped(parts))
    entry = content.rfind(SHEET.encode()) - DIRECTORY_ENTRY
    struct.pack_into("<I", content, entry + UNPACKED_SIZE, 100)
    return bytes(content)


def _twice(parts: dict[str, str]) -> bytes:
    """Return a workbook with a second sheet of the same name, which another reader would show."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return workbook_files.zipped([*parts.items(), (SHEET, parts[SHEET])])


def _zip(entries: Callable[[zipfile.ZipFile], None]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "return.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            entries(archive)
        return path

    return make


def _nested(archive: zipfile.ZipFile) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("header.csv", HEADER)
    archive.writestr("header.csv", HEADER)
    archive.writestr("more.zip", content.getvalue())


def _slip(archive: zipfile.ZipFile) -> None:
    archive.writestr("header.csv", HEADER)
    archive.writestr("../../episodes.csv", HEADER)


def _ratio(archive: zipfile.ZipFile) -> None:
    archive.writestr("header.csv", HEADER + "0" * 60_000_000)


def _noise(folder: Path) -> Path:
    path = folder / "header.csv"
    path.write_bytes(random.Random(7).randbytes(200_000))
    return path


ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(300_000))

BOMBS = (
    # Entities, in the four ways.
    Bomb("laughs", "cin", _census(_laughs(), CHILD.format("&l9;")), "document type or entities"),
    Bomb("quadratic", "cin", _census(_quadratic(), CHILD.format("&a;" * 5_000)), "document type or entities"),
    Bomb("outside", "cin", _census('<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>', CHILD.format("&x;")), "document type or entities"),
    Bomb("parameter", "cin", _census('<!DOCTYPE Message [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'), "document type or entities"),
    Bomb("return_laughs", "ssda903", _text("903.xml", _laughs() + "<EXPSSDA903><CHILD>&l9;</CHILD></EXPSSDA903>"), "document type or entities"),
    Bomb("xinclude", "cin", _census("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'), "asks for another file"),
    Bomb("deep", "cin", _census("", "<Child>" * 60_000), "not well-formed"),
    Bomb("attributes", "cin", _census("", f"<Child {ATTRIBUTES}/>"), "not well-formed|holds more|more memory"),
    Bomb("one_child", "cin", _repeated(b"<Section47/>", times=2_000_000, name="cin.xml", start=b"<Message><Children><Child><CINdetails>"), "one element holds more than"),
    Bomb("one_text", "cin", _repeated(b"x" * 1_000_000, times=40, name="cin.xml", start=b"<Message><Children><Child><LAchildID>"), "not well-formed|longer than|line"),
    Bomb("surrogates", "cin", _census("", CHILD.format("&#xD800;")), "not well-formed"),
    Bomb("utf_7", "cin", _census('<?xml version="1.0" encoding="UTF-7"?>'), "encoded as utf-7"),
    Bomb("utf_32", "cin", _text("cin.xml", CENSUS.format("").encode("utf-32")), "UTF-16|encoded as"),
    Bomb("marks_mixed", "cin", _text("cin.xml", b"\xef\xbb\xbf" + b'<?xml version="1.0" encoding="UTF-16"?><Message/>'), "encoded as utf-16"),
    # Tables.
    Bomb("long_line", "ssda903", _repeated(b"a" * 1_000_000, times=50, name="header.csv", start=HEADER.encode()), "line"),
    Bomb("many_columns", "ssda903", _text("header.csv", "CHILD,DOB,UPN" + "," * 1_000_000 + "\n"), "line"),
    Bomb("open_quote", "ssda903", _repeated(b'"1001\n', times=400_000, name="header.csv", start=HEADER.encode() + b'"'), "well-formed|longer than any line"),
    Bomb("zero_bytes", "ssda903", _text("header.csv", HEADER.encode() + b"1001,F,01/05/2012\x00,,,,\n"), "zero bytes|NUL"),
    Bomb("utf_16", "ssda903", _text("header.csv", HEADER.encode("utf-16")), "UTF-16"),
    Bomb("table_marks_mixed", "ssda903", _text("header.csv", b"\xef\xbb\xbf" + HEADER.encode("utf-16-le")), "UTF-16|zero bytes|NUL"),
    Bomb("table_surrogates", "ssda903", _text("header.csv", HEADER.encode() + b"10\xed\xa0\x80,F,01/05/2012,,,,\n"), "UTF-8"),
    Bomb("compressed", "ssda903", _text("header.csv", gzip.compress(HEADER.encode() * 10_000)), "compressed|archive|UTF-8"),
    Bomb("noise", "ssda903", _noise, "UTF-16|UTF-8|zero bytes|NUL"),
    # Zip files.
    Bomb("zip_ratio", "ssda903", _zip(_ratio), "unpack|times"),
    Bomb("zip_nested", "ssda903", _zip(_nested), "another archive|inside|more.zip"),
    Bomb("zip_slip", "ssda903", _zip(_slip), r"\.\./|out of"),
    # Workbooks.
    Bomb("sheet_columns", "annex_a", _workbook(_many_columns), "column|a cell in"),
    Bomb("sheet_reach", "annex_a", _workbook(_put(SHEET, _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AZ1048576"><v>1</v></c></row>'))), "more than is read at once"),
    Bomb("sheet_lies", "annex_a", _workbook(_put(SHEET, _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="9999999"><c r="A9999999"><v>1</v></c></row>').replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>'))), "a sheet ends with row"),
    Bomb("shared_text", "annex_a", _workbook(_shared_text), "characters of text"),
    Bomb("long_text", "annex_a", _workbook(_put(TEXTS, f'<sst xmlns="{workbook_files.MAIN}"><si><t>{"x" * 40_000}</t></si></sst>')), "longer than a spreadsheet can hold"),
    Bomb("sheet_laughs", "annex_a", _workbook(_put(SHEET, _laughs().replace("Message", "worksheet") + _sheet("<row><c><v>&l9;</v></c></row>"))), "document type"),
    Bomb("part_laughs", "annex_a", _workbook(_put("xl/theme/theme1.xml", _laughs() + "<Message>&l9;</Message>")), "document type"),
    Bomb("sheet_ratio", "annex_a", _workbook(_put(SHEET, _sheet("<row>" + " " * 60_000_000 + "</row>"))), "unpack|times"),
    Bomb("directory_lies", "annex_a", _workbook(_lying_directory), "damaged|directory|unpack"),
    Bomb("part_twice", "annex_a", _workbook(_twice), "twice|2 times"),
)  # fmt: skip

GIGABYTE = Bomb(
    "gigabyte_line",
    "ssda903",
    _repeated(b"a" * 1_000_000, times=1_000, name="header.csv", start=HEADER.encode()),
    "line",
)
"""A line of a gigabyte, written when it is asked for."""
