"""Names say what a thing is; the words that say nothing are refused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import sources

SAYS_NOTHING = frozenset(
    "util utils helper helpers common misc base core manager service handler processor data info item".split()
)
# Words of the field or of a library, whose last part is not ours to choose.
NOT_OURS = frozenset(
    {
        # the names that Django's own classes and functions must have
        "get_context_data",
        "add_item",
        # a service of the authority: the part of it that a worker or child belongs to
        "_within_service",
        # roles, services and meetings of the field
        "district_manager", "service_manager", "team_manager", "safeguarding_team_manager",
        "iro_service_manager", "business_support_manager", "fostering_service", "core_group",
        "adoption_team_manager", "emergency_duty_service",
    }
)  # fmt: skip
STATUTE_AMERICAN = re.compile(
    r"(?i)(color|behavior|center|organiz|authoriz(?!ation)|recogniz|licens(?=ing)|normaliz|serializ)"
)
# American spellings that belong to a language or a library: attributes of CSS, HTTP and Django.
LIBRARY_SPELLINGS = frozenset(
    {"color", "normalize", "normalized", "serializer", "serialize", "center", "authorize"}
)


def last_part(name: str) -> str:
    """Return the last word of a name in either style: `task_data` and `TaskData` give `data`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return words[-1].lower() if words else ""


def names_of(source: sources.Source) -> Iterator[tuple[int, str]]:
    """Yield the file's own name, and each name it gives to a class, function or parameter."""
    stem = Path(source.path).stem
    yield 0, Path(source.path).parent.name if stem == "__init__" else stem
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg


def says_nothing(root: Path) -> list[str]:
    """Return every name of ours whose last word says nothing."""
    return [
        f"{source.path}:{line} {name}"
        for source in sources.python_files(root, "src", "tests", "scripts", "bench")
        for line, name in names_of(source)
        if last_part(name) in SAYS_NOTHING and name not in NOT_OURS
    ]


def american(root: Path) -> list[str]:
    """Return every name of ours that is not in British spelling."""
    return [
        f"{source.path}:{line} {name}"
        for source in sources.python_files(root, "src", "tests", "scripts", "bench")
        for line, name in names_of(source)
        if STATUTE_AMERICAN.search(name) and name not in LIBRARY_SPELLINGS
    ]


def test_every_name_says_what_it_is() -> None:
    """No module, class, function or parameter of ours ends in a word that says nothing."""
    assert says_nothing(sources.ROOT) == []


def test_names_are_in_british_spelling() -> None:
    """A name of ours is spelled as its readers spell it."""
    assert american(sources.ROOT) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/utils.py", ""),
        ("src/common/__init__.py", ""),
        ("src/a.py", "class TaskManager: ..."),
        ("src/a.py", "def child_info(): ..."),
        ("src/a.py", "def show(task_data): ..."),
    ],
)
def test_control_names(tmp_path: Path, path: str, text: str) -> None:
    """The check goes red on each sort of name that says nothing."""
    assert len(says_nothing(sources.plant(tmp_path, path, text))) == 1


def test_control_spelling(tmp_path: Path) -> None:
    """The check goes red on an American spelling."""
    assert american(sources.plant(tmp_path, "src/a.py", "def text_colorized(): ...")) != []
