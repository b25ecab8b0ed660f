"""Every setting that the environment gives is in the reference, and the reverse."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import sources

READ = re.compile(r"environ(?:\.get\(|\[|\.setdefault\()\s*[\"'](CASEWARD_\w+)[\"']")
DOCUMENTED = re.compile(r"^\| `(CASEWARD_\w+)`", re.MULTILINE)
REFERENCE = "docs/reference/settings.md"


def settings_read(root: Path) -> set[str]:
    """Return the name of every environment variable that the product reads."""
    return {
        name for source in sources.python_files(root, "src") for name in READ.findall(source.text)
    }


def settings_documented(root: Path) -> set[str]:
    """Return the name of every environment variable in the reference."""
    return set(DOCUMENTED.findall((root / REFERENCE).read_text(encoding="utf-8")))


def start(tmp_path: Path, **environment: str) -> str:
    """Load the settings in a fresh process and return what it says where it refuses."""
    loaded = subprocess.run(
        [sys.executable, "-c", "from caseward.config import settings"],
        env={
            "PYTHONPATH": str(sources.ROOT / "src"),
            "PATH": os.environ["PATH"],
            "CASEWARD_HOME": str(tmp_path / "home"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return loaded.stderr


def test_every_setting_is_documented() -> None:
    """The settings read and the settings documented are the same."""
    assert settings_read(sources.ROOT) == settings_documented(sources.ROOT)


def test_control_settings(tmp_path: Path) -> None:
    """The check sees a setting that is read and not documented."""
    sources.plant(tmp_path, "src/a.py", 'x = os.environ.get("CASEWARD_SECRET_DOOR")')
    sources.plant(tmp_path, REFERENCE, "| `CASEWARD_HOME` | where it keeps things |")
    assert settings_read(tmp_path) == {"CASEWARD_SECRET_DOOR"}
    assert settings_documented(tmp_path) == {"CASEWARD_HOME"}


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "CASEWARD_SECRET_KEY is not set"),
        ({"CASEWARD_SECRET_KEY": "short"}, "shorter than 50 characters"),
        (
            {"CASEWARD_DEMONSTRATION": "yes", "CASEWARD_DATABASE": "mysql://a/b"},
            "must be a PostgreSQL address",
        ),
        (
            {"CASEWARD_DEMONSTRATION": "yes", "CASEWARD_DRAFT_DAYS": "0"},
            "CASEWARD_DRAFT_DAYS is '0', which is no number of days.",
        ),
        (
            {"CASEWARD_DEMONSTRATION": "yes", "CASEWARD_DRAFT_DAYS": "a month"},
            "Set it to a whole number from 1 up, or leave it out for 30.",
        ),
    ],
)
def test_unsafe_settings_are_refused(
    tmp_path: Path, environment: dict[str, str], says: str
) -> None:
    """Without its secret, on a database not supported, or keeping drafts for no number of days."""
    assert says in start(tmp_path, **environment)


def test_a_demonstration_makes_its_own_secret(tmp_path: Path) -> None:
    """A demonstration starts with nothing set, and keeps its secret readable by its owner alone."""
    assert start(tmp_path, CASEWARD_DEMONSTRATION="yes") == ""
    secret = tmp_path / "home" / "secret-key"
    assert len(secret.read_text(encoding="utf-8")) >= 50
    assert secret.stat().st_mode & 0o077 == 0
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_a_real_installation_passes_the_deployment_checks(tmp_path: Path) -> None:
    """With its secret and its names set, Django's own deployment checks find nothing."""
    command = "from caseward.config import manage; manage.main()"
    checked = subprocess.run(
        [sys.executable, "-c", command, "check", "--deploy", "--fail-level", "WARNING"],
        env={
            "PYTHONPATH": str(sources.ROOT / "src"),
            "PATH": os.environ["PATH"],
            "CASEWARD_HOME": str(tmp_path / "home"),
            "CASEWARD_HOSTS": "caseward.example.org",
            "CASEWARD_SECRET_KEY": "".join(f"{number:x}" for number in range(7, 90)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_real_store_never_becomes_a_demonstration(tmp_path: Path) -> None:
    """A home with a store in it and no mark refuses to be opened as a demonstration."""
    store = tmp_path / "home" / "store"
    store.mkdir(parents=True)
    (store / "store.sqlite3").touch()
    assert "holds a store that is not a demonstration" in start(
        tmp_path, CASEWARD_DEMONSTRATION="yes"
    )


def test_a_demonstration_stays_one(tmp_path: Path) -> None:
    """A home once marked needs nothing set to be opened as the demonstration it is."""
    assert start(tmp_path, CASEWARD_DEMONSTRATION="yes") == ""
    (tmp_path / "home" / "store" / "store.sqlite3").touch()
    assert start(tmp_path) == ""
