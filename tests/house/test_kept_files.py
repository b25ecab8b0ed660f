"""Nothing in the repository names one machine, a package index, or carries third-party files."""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import sources

# Quoted folder names inside our own tree ("/work/readings/") are not a machine's.
MACHINE_PATHS = re.compile(r"(?<![\w.*/\"])/(?:work|home|root|Users)/[A-Za-z0-9_]")
PACKAGE_INDEX = re.compile(
    r"(?:registry\.npmjs|pypi\.(?:org|python)|files\.python"
    r"hosted)|--(?:extra-)?index-"
    r"url"
    r'|"resolved": *"http|registry *= *http|find-links *='
)
THIRD_PARTY = re.compile(r"\.(?:min\.(?:js|css)|woff2?|ttf|otf)$")
TEXT_ENDINGS = frozenset(
    ".py .toml .txt .md .yaml .yml .json .jsonl .csv .sh .mjs .js .css .html .svg .cfg .in .xml".split()
)


def foreign(root: Path, paths: Iterable[str]) -> list[str]:
    """Return every kept line that names a machine's path or an index, and every foreign file."""
    found = []
    for path in paths:
        if THIRD_PARTY.search(path):
            found.append(f"{path} is a third party's file: install it, never keep it")
        if Path(path).suffix not in TEXT_ENDINGS and Path(path).suffix:
            continue
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(line) or PACKAGE_INDEX.search(line):
                found.append(f"{path}:{number} names a path of one machine or a package index")
    return found


def test_nothing_kept_names_a_machine_or_an_index() -> None:
    """Paths of one machine, package-index addresses and third-party files stay out."""
    assert foreign(sources.ROOT, sources.kept_files(sources.ROOT)) == []


def test_every_dependency_gives_its_reason() -> None:
    """Each dependency stands on a line of its own that ends with the reason for it."""
    text = (sources.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert without_reason(text) == []


def without_reason(text: str) -> list[str]:
    """Return every line of a pyproject.toml that names a dependency without a reason after it."""
    project = tomllib.loads(text)
    names = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in project["dependency-groups"].values():
        names += group
    return [
        line.strip()
        for name in names
        for line in text.splitlines()
        if f'"{name}"' in line and not re.search(r"#\s*\w+", line.split(f'"{name}"')[1])
    ]


def test_requirements_are_pinned_by_hash() -> None:
    """Every requirement has one version and at least one hash."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (sources.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert pins
        assert [line for line in pins if "==" not in line or "--hash=sha256:" not in line] == []


def test_front_end_packages_are_pinned_and_free() -> None:
    """The front-end lock gives each package one version, its checksum and a free licence."""
    lock = json.loads((sources.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: said for name, said in lock["packages"].items() if name}
    assert packages
    for name, said in packages.items():
        assert said["integrity"].startswith("sha512-"), name
        assert said["license"] in {"MIT", "0BSD", "OFL-1.1"}, name
        assert "resolved" not in said, name


def test_the_version_is_said_once() -> None:
    """pyproject.toml takes the version from the package, and publiccode.yml says the same."""
    project = tomllib.loads((sources.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    said = re.search(
        r'^__version__ = "(.+)"$',
        (sources.ROOT / "src/caseward/__init__.py").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert said is not None
    publiccode = (sources.ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f'softwareVersion: "{said[1]}"' in publiccode
    changes = (sources.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {said[1]}" in changes


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", f"see {'/'}home/somebody/caseward"),
        ("a.sh", f"cd {'/'}work/main"),
        ("requirements.txt", f"--index-{'url'} https://example.org/simple"),
        ("package-lock.json", f'"resolved": "{"http"}s://example.org/a.tgz"'),
        ("static/vendor.min.js", ""),
    ],
)
def test_control_kept_files(tmp_path: Path, path: str, text: str) -> None:
    """The check goes red on each sort of line or file that must stay out."""
    assert foreign(sources.plant(tmp_path, path, text), [path]) != []


def test_control_reasons() -> None:
    """The check goes red on a dependency that gives no reason."""
    planted = """
    [build-system]
    requires = ["setuptools>=77"]  # packs it
    [project]
    dependencies = [
        "left-pad>=1.0",
        "django>=5.2",  # pages
    ]
    [dependency-groups]
    dev = ["pytest>=9"]
    """
    assert without_reason(planted) == ['"left-pad>=1.0",', 'dev = ["pytest>=9"]']
