"""What the files of an import may be, looked at before any parser sees them.

By name, by size, by their first bytes, by the zip directory, and, of text, by how its characters and
lines are made: a file that would be read wrongly, or never to its end, is refused with what to do.
"""

import codecs
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from caseward.work.exchange.imports import zip_directory
from caseward.work.exchange.imports.values import ImportRefused

MOST_BYTES = 2_000_000_000
MOST_FILES = 1_000
LONGEST_LINE = 1_000_000
AT_ONCE = 1_000_000
TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOTHING = "Nothing has been imported."
_REFUSED_BY_NAME = {
    ".xls": "is in the old Excel format, which silently drops every row after the 65,536th. Export "
    "it as CSV, or save the whole export as .xlsx where you are sure that no row is missing.",
    ".xlsb": "is a binary workbook, which is not read here. Save it as .xlsx or CSV UTF-8.",
    ".ods": "is an OpenDocument sheet, which is not read here. Save it as .xlsx or CSV UTF-8.",
    ".gz": "is an archive. Unpack it and import the folder.",
    ".7z": "is an archive of a sort that is not read here. Make a zip file, or import the folder.",
    ".rar": "is an archive of a sort that is not read here. Make a zip file, or import the folder.",
    ".tar": "is an archive of a sort that is not read here. Make a zip file, or import the folder.",
    ".pdf": "is a PDF, which holds no rows. Export it as CSV.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Files that may be read: where each lies by its name, its size and fingerprint, and notes."""

    files: Mapping[str, Path]
    sizes: Mapping[str, int]
    fingerprints: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)


def look(paths: Iterable[Path], *, into: Path) -> Looked:
    """Look at files, a folder of files, or a zip of them, and refuse what may not be read.

    `into` is an empty folder, into which a zip file is unpacked. Hidden files and folders inside the
    folder are passed over.
    Errors: ImportRefused names the file, why, and what to do.
    """
    found: dict[str, Path] = {}
    for path in _named(paths):
        if path.suffix.lower() == ".zip":
            zip_directory.judge(path, path.name)
            into.mkdir(exist_ok=True, mode=0o700)
            coming = zip_directory.unpack(path, path.name, into=into)
        else:
            coming = {_shown(path.name): path}
        for name, place in coming.items():
            if name.casefold() in {each.casefold() for each in found}:
                raise ImportRefused(
                    f"There are two files named {name}. Keep one of them. {_NOTHING}"
                )
            found[name] = place
    if not found:
        raise ImportRefused(f"There are no files here to import. {_NOTHING}")
    _refuse_sizes(found)
    fingerprints = {name: _look_at(path, name) for name, path in sorted(found.items())}
    return Looked(
        files=dict(sorted(found.items())),
        sizes={name: path.stat().st_size for name, path in found.items()},
        fingerprints=fingerprints,
    )


def _named(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            yield from (each for each in inside if each.is_file() and not each.name.startswith("."))
        elif path.is_file():
            yield path
        else:
            raise ImportRefused(
                f"{path} is not there, or is neither a file nor a folder. {_NOTHING}"
            )


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as problem:
        raise ImportRefused(f"{folder} cannot be read: {problem.strerror}. {_NOTHING}") from problem


def _shown(name: str) -> str:
    """Return a name that can be written down, whatever bytes the file system holds for it."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _refuse_sizes(found: Mapping[str, Path]) -> None:
    if len(found) > MOST_FILES:
        raise ImportRefused(
            f"There are {len(found):,} files, more than the {MOST_FILES:,} of any export. Choose the "
            f"folder of the export alone. {_NOTHING}"
        )
    size = sum(path.stat().st_size for path in found.values())
    if size > MOST_BYTES:
        raise ImportRefused(
            f"The files have {size // 1_000_000:,} MB, more than the {MOST_BYTES // 1_000_000:,} MB "
            f"that an import may be. Export fewer years at a time. {_NOTHING}"
        )


def _look_at(path: Path, name: str) -> str:
    """Look at one file from its first byte to its last; return its fingerprint."""
    ending = path_ending(name)
    if ending in _REFUSED_BY_NAME:
        raise ImportRefused(f"{name} {_REFUSED_BY_NAME[ending]} {_NOTHING}")
    try:
        with path.open("rb") as file:
            start = file.read(8)
            file.seek(0)
            _refuse_start(start, name, ending)
            if ending in WORKBOOKS:
                zip_directory.judge(path, name, is_workbook=True)
            return _looked_through(file, name, is_text=ending in TEXTS)
    except OSError as problem:
        raise ImportRefused(f"{name} cannot be read: {problem.strerror}. {_NOTHING}") from problem


def path_ending(name: str) -> str:
    """Return the ending of a name, in small letters, with its dot."""
    return Path(name).suffix.lower()


def _refuse_start(start: bytes, name: str, ending: str) -> None:
    if start == _OLD_OFFICE:
        raise ImportRefused(
            f"{name} is an old Excel workbook, or one locked with a password, whatever its name says. "
            f"Save it without a password as .xlsx, or as CSV UTF-8. {_NOTHING}"
        )
    if start.startswith(_UTF16) or (ending in (*TEXTS, ".xml") and b"\x00" in start):
        raise ImportRefused(
            f"{name} is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” (XML: as UTF-8) and "
            f"import again. {_NOTHING}"
        )
    if start.startswith(zip_directory.MAGIC) and ending not in WORKBOOKS:
        raise ImportRefused(
            f"{name} is a zip file or a workbook, whatever its name says. Give it its right ending "
            f"(.zip, .xlsx) and import again. {_NOTHING}"
        )


def _looked_through(file: BinaryIO, name: str, *, is_text: bool) -> str:
    running = hashlib.sha256()
    text = _Text(name) if is_text else None
    while part := file.read(AT_ONCE):
        running.update(part)
        if text is not None:
            text.take(part)
    if text is not None:
        text.end()
    return running.hexdigest()


class _Text:
    """Looks at text as it passes: its characters are UTF-8, none is a zero byte, no line is endless."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._row = 1
        self._since_line_end = 0

    def take(self, part: bytes, *, is_last: bool = False) -> None:
        if b"\x00" in part:
            row = self._row + part[: part.index(b"\x00")].count(b"\n")
            raise ImportRefused(
                f"{self._name} holds zero bytes (line {row}), so it is damaged or no text. Export it "
                f"again as CSV UTF-8. {_NOTHING}"
            )
        try:
            self._decoder.decode(part, final=is_last)
        except UnicodeDecodeError as problem:
            row = self._row + part[: max(problem.start, 0)].count(b"\n")
            raise ImportRefused(
                f"{self._name}, line {row}: a character is not UTF-8. Save the file as “CSV UTF-8” "
                f"and import again. {_NOTHING}"
            ) from problem
        self._measure(part)
        self._row += part.count(b"\n")

    def end(self) -> None:
        self.take(b"", is_last=True)

    def _measure(self, part: bytes) -> None:
        """A line that reaches over a whole part, or fills most of one, is no row of an export."""
        ends = [place for place in (part.find(b"\n"), part.find(b"\r")) if place >= 0]
        if self._since_line_end + min(ends, default=len(part)) > LONGEST_LINE:
            raise ImportRefused(
                f"{self._name}, line {self._row}, is longer than {LONGEST_LINE:,} bytes: the file is "
                f"damaged or not an export. Export it again. {_NOTHING}"
            )
        last = max(part.rfind(b"\n"), part.rfind(b"\r"))
        self._since_line_end = (
            len(part) - last - 1 if last >= 0 else self._since_line_end + len(part)
        )
