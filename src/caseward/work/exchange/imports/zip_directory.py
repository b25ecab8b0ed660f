"""A zip file is judged by its directory, before anything in it is unpacked or parsed.

Refused: what unpacks to far more than it is, another archive inside, a name that leads out of the
folder or comes twice, a link, a locked entry. What is unpacked is held to what the directory said.
"""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from caseward.work.exchange.imports.values import ImportRefused

MOST_FILES = 1_000
MOST_UNPACKED = 2_000_000_000
MOST_TIMES = 200
SMALL = 1_000_000
"""Below this an entry may pack as well as it likes."""
AT_ONCE = 1_000_000
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst")
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 0x1


def judge(path: Path, name: str, *, is_workbook: bool = False) -> None:
    """Look at the directory of a zip file (or of a workbook, which is one) and refuse a bad one.

    Errors: ImportRefused names the file, the entry and what to do.
    """
    with _opened(path, name) as archive:
        problem = next(_problems(archive, path, is_workbook=is_workbook), None)
    if problem is not None:
        raise ImportRefused(f"{name}: {problem} Nothing has been imported.")


def unpack(path: Path, name: str, *, into: Path) -> dict[str, Path]:
    """Unpack the files of a judged zip file, by their names, and return where each lies.

    Folders in it are passed over by name: a file is known by its own name alone.
    Errors: ImportRefused where an entry is not what the directory says of it.
    """
    found: dict[str, Path] = {}
    with _opened(path, name) as archive:
        for number, entry in enumerate(_wanted(archive)):
            place = into / f"{number:04}"
            try:
                _copy(archive, entry, place)
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                OSError,
                RuntimeError,
            ) as error:
                raise ImportRefused(
                    f"{name}: {entry.filename} in it is damaged ({error}). Make the zip file again. "
                    "Nothing has been imported."
                ) from error
            found[_own_name(entry)] = place
    return found


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise ImportRefused(
            f"{name} is damaged or not a file of its sort ({error}). Export it again. Nothing has "
            "been imported."
        ) from error


def _problems(archive: zipfile.ZipFile, path: Path, *, is_workbook: bool) -> Iterator[str]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        yield f"it holds {len(entries):,} files, more than the {MOST_FILES:,} of any export."
        return
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        yield (
            f"it would unpack to {unpacked // 1_000_000:,} MB, more than the "
            f"{MOST_UNPACKED // 1_000_000:,} MB that an import may be."
        )
    if sum(entry.compress_size for entry in entries) > path.stat().st_size:
        yield "its entries lie over one another, as no zip program writes them."
    for entry in entries:
        yield from _of_entry(entry, is_workbook=is_workbook)
    yield from _of_names(entries, is_workbook=is_workbook)


def _of_entry(entry: zipfile.ZipInfo, *, is_workbook: bool) -> Iterator[str]:
    name = entry.filename
    if entry.flag_bits & _LOCKED:
        yield f"{name} in it is locked with a password. Unpack it and import the folder."
    if entry.compress_type not in _READABLE:
        yield f"{name} in it is packed in a way that is not read here. Make an ordinary zip file."
    if entry.file_size > SMALL and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
        yield (
            f"{name} in it would unpack to {entry.file_size // 1_000_000:,} MB, more than "
            f"{MOST_TIMES} times its size: no export packs so well. It may be made to do harm."
        )
    if _leads_out(entry):
        yield f"{name} in it would be written outside its folder. It may be made to do harm."
    if not is_workbook and name.lower().endswith(ARCHIVES):
        yield f"{name} in it is an archive itself. Unpack it and import the folder."


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.orig_filename.replace("\\", "/"))
    has_drive = ":" in path.parts[0] if path.parts else False
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return path.is_absolute() or ".." in path.parts or has_drive or is_link


def _of_names(entries: list[zipfile.ZipInfo], *, is_workbook: bool) -> Iterator[str]:
    names = [
        entry.filename if is_workbook else _own_name(entry)
        for entry in entries
        if not entry.is_dir()
    ]
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            yield f"{name} is in it {count} times, so that one would hide the other."


def _wanted(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for entry in archive.infolist():
        own = _own_name(entry)
        if not entry.is_dir() and not own.startswith(".") and "__MACOSX/" not in entry.filename:
            yield entry


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> None:
    written = 0
    with archive.open(entry) as packed, place.open("xb") as out:
        while part := packed.read(AT_ONCE):
            written += len(part)
            if written > entry.file_size:
                raise zipfile.BadZipFile("it is larger than the directory says")
            out.write(part)
    if written != entry.file_size:
        raise zipfile.BadZipFile("it is shorter than the directory says")


def _own_name(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename.replace("\\", "/")).name
