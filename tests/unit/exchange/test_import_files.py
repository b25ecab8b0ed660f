"""What files may be: each sort of bad one is refused by a sentence, before any parser, within bounds."""

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from caseward.work.exchange.imports import limits, zip_directory
from caseward.work.exchange.imports.values import ImportRefused

GOOD = b"CHILD,DOB\n1,01/05/2012\n"


def refusal(path: Path, *more: Path) -> str:
    """Return the sentence with which the files are refused."""
    into = path.parent / "unpacked"
    with pytest.raises(ImportRefused) as refused:
        limits.look([path, *more], into=into)
    assert str(refused.value).endswith("Nothing has been imported.")
    return str(refused.value)


def zipped(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    """Write a zip file of these entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, compress_type=zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"x", "which silently drops every row after the 65,536th"),
        ("a.xlsb", b"x", "is a binary workbook"),
        ("a.csv.gz", b"x", "is an archive"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel workbook, or one locked"),
        ("a.csv", b"PK\x03\x04....", "is a zip file or a workbook, whatever its name says"),
        ("a.csv", GOOD.decode().encode("utf-16"), "is saved as UTF-16"),
        ("a.csv", GOOD.decode().encode("utf-16-le"), "is saved as UTF-16"),
        ("a.xml", "<a/>".encode("utf-16"), "is saved as UTF-16"),
        ("a.csv", GOOD * 3 + b"2,\x00\n", "a.csv holds zero bytes (line 7)"),
        ("a.csv", GOOD + "2,é\n".encode("latin-1"), "a.csv, line 3: a character is not UTF-8"),
        ("a.csv", GOOD + "é".encode()[:1], "a.csv, line 3: a character is not UTF-8"),
        ("a.csv", GOOD + b"x" * 2_500_000, "a.csv, line 3, is longer than 1,000,000 bytes"),
        ("a.xlsx", b"no zip at all", "a.xlsx is damaged or not a file of its sort"),
    ],
)
def test_a_file_that_would_be_read_wrongly_is_refused(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    """By its name, its first bytes or the make of its text: what, where and what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    assert sentence in refusal(path)


@pytest.mark.parametrize(
    "content",
    [GOOD, b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD * 60_000, GOOD[:-1]],
)
def test_ordinary_text_passes(tmp_path: Path, content: bytes) -> None:
    """With or without a mark at the start, with either line end, long or short."""
    (tmp_path / "a.csv").write_bytes(content)
    looked = limits.look([tmp_path / "a.csv"], into=tmp_path / "unpacked")
    assert looked.sizes == {"a.csv": len(content)}
    assert len(looked.fingerprints["a.csv"]) == 64


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    """Hidden files and folders inside are passed over; an empty folder is refused."""
    for name in ("b.csv", "a.csv", ".hidden"):
        (tmp_path / name).write_bytes(GOOD)
    (tmp_path / "inside").mkdir()
    assert list(limits.look([tmp_path], into=tmp_path / "unpacked").files) == ["a.csv", "b.csv"]
    assert "There are no files here" in refusal(tmp_path / "inside")
    assert "is not there" in refusal(tmp_path / "nowhere")


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """One would hide the other."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_bytes(GOOD)
    assert "two files named a.csv" in refusal(tmp_path / "one", tmp_path / "two")


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes or files than any export has."""
    (tmp_path / "a.csv").write_bytes(GOOD)
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    assert "that an import may be" in refusal(tmp_path / "a.csv")
    monkeypatch.setattr(limits, "MOST_FILES", 0)
    assert "more than the 0 of any export" in refusal(tmp_path / "a.csv")


# --- zip files ------------------------------------------------------------------------------------
def test_a_zip_file_is_its_files(tmp_path: Path) -> None:
    """Unpacked into the run's own folder, by their own names, whatever folder they are in."""
    path = zipped(tmp_path / "export.zip", ("out/a.csv", GOOD), ("__MACOSX/._a.csv", b"x"))
    looked = limits.look([path], into=tmp_path / "unpacked")
    assert {name: place.read_bytes() for name, place in looked.files.items()} == {"a.csv": GOOD}
    assert all(place.parent == tmp_path / "unpacked" for place in looked.files.values())


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("a.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([("a.csv", bytes(20_000_000))], "more than 200 times its size"),
        ([("b.zip", GOOD)], "b.zip in it is an archive itself"),
        ([("../a.csv", GOOD)], "would be written outside its folder"),
        ([("/etc/a.csv", GOOD)], "would be written outside its folder"),
        ([("c:/a.csv", GOOD)], "would be written outside its folder"),
        ([("..\\a.csv", GOOD)], "would be written outside its folder"),
        ([(_link(), b"/etc/passwd")], "would be written outside its folder"),
        ([("x/a.csv", GOOD), ("y/A.csv", GOOD)], "is in it 2 times"),
        ([(f"{n}.csv", GOOD) for n in range(1_001)], "it holds 1,001 files"),
        ([("a.csv", "é".encode("latin-1"))], "a character is not UTF-8"),
    ],
)
def test_a_zip_file_is_judged_by_its_directory(
    tmp_path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]], sentence: str
) -> None:
    """What unpacks to too much, leads out, is an archive or comes twice is refused."""
    assert sentence in refusal(zipped(tmp_path / "export.zip", *entries))
    assert not list((tmp_path / "unpacked").glob("*.csv"))


def _set_flag(content: bytes, at: int, flag: int) -> bytes:
    """Set a flag in the directory's entry: it starts with PK 1 2, the flags are 8 bytes on."""
    start = content.index(b"PK\x01\x02") + at
    (value,) = struct.unpack_from("<H", content, start)
    return content[:start] + struct.pack("<H", value | flag) + content[start + 2 :]


def _locked(content: bytes) -> bytes:
    return _set_flag(content, 8, 0x1)


def _oddly_packed(content: bytes) -> bytes:
    return _set_flag(content, 10, 14)


def _cut_off(content: bytes) -> bytes:
    return content[:-10]


def _spoilt(content: bytes) -> bytes:
    return content.replace(b"01/05/2012", b"02/05/2012")


def _larger_than_said(content: bytes) -> bytes:
    start = content.index(b"PK\x01\x02") + 24
    return content[:start] + struct.pack("<I", 5) + content[start + 4 :]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_locked, "is locked with a password"),
        (_oddly_packed, "packed in a way that is not read here"),
        (_cut_off, "is damaged or not a file of its sort"),
        (_spoilt, "a.csv in it is damaged"),
        (_larger_than_said, "a.csv in it is damaged"),
    ],
)
def test_a_damaged_zip_file(tmp_path: Path, spoil: Callable[[bytes], bytes], sentence: str) -> None:
    """Locked, oddly packed, cut off, changed or lying about its size: refused, and not half unpacked."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", GOOD)
    path.write_bytes(spoil(path.read_bytes()))
    assert sentence in refusal(path)


def test_a_workbook_is_judged_as_the_zip_it_is(tmp_path: Path) -> None:
    """A workbook whose sheet unpacks to far more than it is, is refused before a sheet is read."""
    bomb = zipped(tmp_path / "a.xlsx", ("xl/worksheets/sheet1.xml", bytes(30_000_000)))
    assert "more than 200 times its size" in refusal(bomb)
    good = zipped(tmp_path / "b.xlsx", ("xl/workbook.xml", b"<a/>"), ("xl/x/workbook.xml", b"<a/>"))
    assert list(limits.look([good], into=tmp_path / "unpacked").files) == ["b.xlsx"]


def test_control_a_bomb_would_unpack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: without the limit on how well an entry may pack, the bomb is unpacked whole."""
    monkeypatch.setattr(zip_directory, "MOST_TIMES", 1_000_000)
    path = zipped(tmp_path / "export.zip", ("a.bin", bytes(20_000_000)))
    looked = limits.look([path], into=tmp_path / "unpacked")
    assert looked.sizes == {"a.bin": 20_000_000}
