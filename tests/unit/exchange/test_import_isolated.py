"""A reader that fills the memory, never ends or dies harms nothing: its end is told in a sentence."""

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from caseward.work.exchange.imports import isolated, run_folders, staging
from caseward.work.exchange.imports.isolated import Caps, Job, ReaderFault
from caseward.work.exchange.imports.run_folders import Cancelled
from caseward.work.exchange.imports.values import Fact, ImportRefused, Place
from tests.builders import importing, toy_format


def job(tmp_path: Path, *rows: dict[str, object], caps: Caps | None = None) -> Job:
    """Return the job of reading these rows of the toy format."""
    files = importing.put(toy_format.rows(*rows), tmp_path / "files")
    run = tmp_path / "run"
    run.mkdir(exist_ok=True)
    return Job(
        module="tests.builders.toy_format",
        files={toy_format.NAME: files / toy_format.NAME},
        today=date(2026, 3, 2),
        folder=run,
        caps=caps or Caps(),
    )


def test_what_is_read_is_staged(tmp_path: Path) -> None:
    """The rows that the reader told are in the staging file, and how far it came was told."""
    told: list[tuple[int, int]] = []
    wanted = job(tmp_path, toy_format.child(), toy_format.fact("r:1"), {"refuse": "No."})
    isolated.read(wanted, progress=lambda done, of: told.append((done, of)))
    opened = staging.connect(wanted.staging)
    assert opened.execute("SELECT count(*) FROM row").fetchone() == (3,)
    assert opened.execute("SELECT code, reason FROM refusal").fetchall() == [("code", "No.")]
    opened.close()
    assert all(done <= of == 3 for done, of in told)


@pytest.mark.parametrize(
    ("do", "caps", "sentence"),
    [
        ("fill the memory", Caps(memory=256 * 1024 * 1024), "need more memory to read than"),
        ("go on for ever", Caps(worked=1), "took longer than 1 seconds and was stopped"),
        ("go on for ever", Caps(waited=0.5), "seconds and was stopped"),
        ("die", Caps(), "broke off (code -11)"),
        ("refuse", Caps(), "The file is not what it says."),
    ],
)
def test_a_reader_that_comes_to_a_bad_end(
    tmp_path: Path, do: str, caps: Caps, sentence: str
) -> None:
    """Each end has its sentence, nothing staged is left, and it does not take long."""
    began = time.monotonic()
    wanted = job(tmp_path, toy_format.child(), {"do": do}, caps=caps)
    with pytest.raises(ImportRefused) as refused:
        isolated.read(wanted)
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("Nothing has been imported.")
    assert not wanted.staging.exists()
    assert time.monotonic() - began < 15


def test_a_wrong_reader_is_a_fault(tmp_path: Path) -> None:
    """What the reader itself got wrong is no fault of the file, and is told to whoever mends it."""
    with pytest.raises(ReaderFault, match="the reader of the toy format is wrong"):
        isolated.read(job(tmp_path, {"do": "raise"}))


def test_a_reader_is_stopped_when_asked(tmp_path: Path) -> None:
    """Somebody cancels while it reads: it is stopped within moments."""
    wanted = job(tmp_path, {"do": "go on for ever"})
    threading.Timer(0.5, lambda: run_folders.ask_to_stop(wanted.folder)).start()
    with pytest.raises(Cancelled, match="The import was cancelled"):
        isolated.read(wanted)
    assert not wanted.staging.exists()


def _twice(out: staging.Staging, place: Place) -> None:
    out.read(place)
    out.read(place)


def _refused_unread(out: staging.Staging, place: Place) -> None:
    out.refuse(place, "", "code", "No.")


def _duplicate_unread(out: staging.Staging, place: Place) -> None:
    out.duplicate(place, "row 1")


def _fact_unread(out: staging.Staging, place: Place) -> None:
    out.fact(Fact(kind="x.y", occurred_on=date(2026, 1, 1), child="1", source="r", place=place))


@pytest.mark.parametrize("told", [_twice, _refused_unread, _duplicate_unread, _fact_unread])
def test_a_place_is_told_once_and_first(
    tmp_path: Path, told: Callable[[staging.Staging, Place], None]
) -> None:
    """A reader that tells a row twice, or speaks of one that it never told, is wrong."""
    with pytest.raises(ValueError, match=r"told twice|never read"):
        _tell(tmp_path, told)


def _tell(tmp_path: Path, told: Callable[[staging.Staging, Place], None]) -> None:
    with staging.Staging(tmp_path / "staging.sqlite3") as out:
        told(out, Place("a.csv", 2))
