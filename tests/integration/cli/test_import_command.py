"""`caseward import`: zips, reports, trials, cancelling, going on with what a page began."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

from caseward.interfaces import clock
from caseward.record.ledger import queries
from caseward.record.people import queries as people
from caseward.work.exchange.imports import formats, runs
from caseward.work.imports import queries as imports
from tests.builders import importing, stores, toy_format
from tests.integration.cli.asking import caseward

pytestmark = pytest.mark.django_db(databases="__all__")
ROOT = Path(__file__).parents[3]
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The toy format is one that there is; and the tests' own settings are silent about themselves."""
    monkeypatch.setitem(formats.MODULES, "toy", "tests.builders.toy_format")
    silenced = ["templates.E002", "caseward.E007"]
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, *silenced]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a child, a fact and a row that is refused with a formula in its reason."""
    rows = toy_format.rows(
        toy_format.child(), toy_format.fact("r:1"), {"refuse": f"{FORMULA} is no code."}
    )
    return importing.put(rows, tmp_path / "export")


def test_a_zip_from_another_system(tmp_path: Path, files: Path) -> None:
    """A zip of the folder says what the folder says, with the system's name and numbers."""
    stores.a_store()
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(files / toy_format.NAME, toy_format.NAME)
    said = caseward("import", path, "--scheme", "theirs", "--system", "Their System")
    assert said.code == 0, said.err
    assert said.out.endswith("1 new child, 4 entries recorded.\n")
    assert people.outside_children("theirs").keys() == {"1"}
    refresh = imports.latest_refresh()
    assert refresh is not None
    assert refresh.system == "Their System"


@pytest.mark.parametrize("ending", [".csv", ".json", ".txt"])
def test_the_report_as_a_file(tmp_path: Path, files: Path, ending: str) -> None:
    """Every row's outcome, and no cell that a spreadsheet would take for a formula."""
    stores.a_store()
    path = tmp_path / f"report{ending}"
    assert caseward("import", files, "--trial", "--report", path).code == 0
    text = path.read_text("utf-8-sig")
    assert FORMULA in text
    if ending == ".csv":
        (row,) = [row for row in csv.DictReader(text.splitlines()) if row["outcome"] == "refused"]
        assert row["reason"].startswith("'=")
    if ending == ".json":
        assert json.loads(text)["totals"][0]["read"] == 3
    if ending == ".txt":
        assert "rows.toy: 3 read = 2 accepted + 0 duplicate" in text


def test_a_report_that_cannot_be_written(tmp_path: Path, files: Path) -> None:
    """The import itself stands, and it is said that only the report is missing."""
    stores.a_store()
    said = caseward("import", files, "--report", tmp_path / "nowhere" / "report.csv")
    assert said.code == 5
    assert "The import itself is not affected." in said.err
    assert people.outside_children(importing.SCHEME).keys() == {"1"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "Name what is to be imported"),
        (("--run", "x"), 2, "Say --check or --confirm"),
        (("--run", "x", "--check"), 5, "There is no import x."),
        (("{files}", "--format", "no such"), 5, "There is no format “no such”. It may be ssd"),
        (("{files}", "--scheme", "a:b"), 5, "cannot be the name of a scheme"),
        (("{files}", "--option", "x"), 2, "Write --option as NAME=VALUE"),
        (("{nothing}",), 5, "There are no files here"),
        (("{other}",), 5, "of no format that Caseward knows by their names (notes.csv)"),
    ],
)
def test_words_that_cannot_be(
    tmp_path: Path, files: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    """What was wrong and what to do, with the exit code of its family; nothing is in."""
    stores.a_store()
    before = queries.head()
    nothing, other = tmp_path / "nothing", tmp_path / "other"
    nothing.mkdir()
    importing.put({"notes.csv": b"a,b\n"}, other)
    given = [word.format(files=files, nothing=nothing, other=other) for word in words]
    said = caseward("import", *given)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert queries.head() == before


def test_going_on_with_what_a_page_began(files: Path, settings: Settings) -> None:
    """Checked and confirmed by commands of their own, as the person who pressed the button."""
    store = stores.a_store().with_worker("system_administrator", everywhere=True)
    home = Path(settings.CASEWARD_HOME)
    run = runs.start(store.act(by="system_administrator"), [files], home=home)
    before = queries.head()
    assert caseward("import", "--run", run, "--check").code == 0
    assert queries.head() == before
    who = store.workers["system_administrator"]
    said = caseward("import", "--run", run, "--confirm", "--by", who)
    assert said.code == 0, said.err
    found = imports.run(run)
    assert found is not None
    assert (found.phase, found.by) == ("done", who)
    assert queries.head().position == before.position + 4


@pytest.mark.parametrize("word", ["--check", "--confirm"])
def test_an_import_that_is_in_says_so(files: Path, settings: Settings, word: str) -> None:
    """When it came in and by whom stands before its report, and nothing is in twice."""
    store = stores.a_store().with_worker("system_administrator", everywhere=True)
    home = Path(settings.CASEWARD_HOME)
    run = runs.start(store.act(by="system_administrator"), [files], home=home)
    who = store.workers["system_administrator"]
    assert "already" not in caseward("import", "--run", run, "--confirm", "--by", who).err
    before, found = queries.head(), imports.run(run)
    assert found is not None
    assert found.ended_at is not None
    said = caseward("import", "--run", run, word)
    assert said.code == 0, said.err
    when = f"{found.ended_at.astimezone(clock.LONDON):%d/%m/%Y at %H:%M}"
    assert f"brought in already, on {when} by Worker System Administrator." in said.err
    assert queries.head() == before


def test_nobody_unknown_brings_an_import_in(files: Path, settings: Settings) -> None:
    """A name for --by that nobody here has is refused before anything is in."""
    store = stores.a_store().with_worker("system_administrator", everywhere=True)
    home = Path(settings.CASEWARD_HOME)
    run = runs.start(store.act(by="system_administrator"), [files], home=home)
    before = queries.head()
    said = caseward("import", "--run", run, "--confirm", "--by", "nobody")
    assert (said.code, queries.head()) == (2, before)
    assert "Nobody is registered here under “nobody”" in said.err


def test_ctrl_c_cancels(tmp_path: Path) -> None:
    """Interrupted at the keyboard while it reads: a sentence, its exit code, and nothing in."""
    rows = toy_format.rows(toy_format.child(), {"do": "go on for ever"})
    folder = importing.put(rows, tmp_path / "export")
    script = (
        "import sys; from caseward.work.exchange.imports import formats; "
        "formats.MODULES['toy'] = 'tests.builders.toy_format'; "
        "from caseward.interfaces.cli import program; sys.exit(program.main(sys.argv[1:]))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "CASEWARD_HOME": str(tmp_path / "home"),
        "CASEWARD_DEMONSTRATION": "yes",
    }
    start = [sys.executable, "-c", script]
    subprocess.run([*start, "adopt"], env=environment, check=True, capture_output=True)
    running = subprocess.Popen(
        [*start, "import", str(folder)], env=environment, stderr=subprocess.PIPE, text=True
    )
    for _ in range(600):
        if list((tmp_path / "home" / "imports").glob("*/staging.sqlite3")):
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (
        5, "The import was cancelled. Nothing has been imported.\n",
    )  # fmt: skip
    assert list((tmp_path / "home" / "imports").glob("*")) == [
        tmp_path / "home" / "imports" / "lock"
    ]


def test_a_census_of_another_authority_must_be_said_to_be_meant(tmp_path: Path) -> None:
    """The refusal names both codes and the option; with the option the file comes in."""
    stores.a_store()
    said = {}
    for code, number in (("330", "A1"), ("201", "B1")):
        path = tmp_path / f"{code}.xml"
        path.write_text(
            f"<Message><Header><Source><LEA>{code}</LEA></Source></Header><Children><Child>"
            f"<ChildIdentifiers><LAchildID>{number}</LAchildID><PersonBirthDate>2015-03-27"
            "</PersonBirthDate><Sex>F</Sex></ChildIdentifiers></Child></Children></Message>",
            "utf-8",
        )
        said[code] = caseward("import", path)
    assert said["330"].code == 0, said["330"].err
    assert said["201"].code == 5
    assert "of local authority 201, and this store's imports are of 330" in said["201"].err
    assert "--other-authority" in said["201"].err
    meant = caseward("import", tmp_path / "201.xml", "--other-authority")
    assert meant.code == 0, meant.err
    assert people.outside_children(importing.SCHEME).keys() == {"A1", "B1"}
