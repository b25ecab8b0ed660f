"""What is public says what it gives; every test states its rule in one sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import sources

PUBLIC_FOLDERS = ("rules", "casework", "readings", "entries")
PUBLIC_FILES = ("operations.py", "queries.py")


def unexplained(root: Path) -> list[str]:
    """Return every package, public function and test without a docstring."""
    return [*_packages(root), *_functions(root), *_tests(root)]


def _packages(root: Path) -> Iterator[str]:
    for source in sources.python_files(root, "src"):
        if source.path.endswith("__init__.py") and not ast.get_docstring(source.tree):
            yield f"{source.path} says nothing of its package"


def _functions(root: Path) -> Iterator[str]:
    for source in sources.python_files(root, "src"):
        path = Path(source.path)
        if not set(PUBLIC_FOLDERS) & set(path.parts) and path.name not in PUBLIC_FILES:
            continue
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name} has no docstring"


def _tests(root: Path) -> Iterator[str]:
    for source in sources.python_files(root, "tests"):
        for node in sources.functions(source):
            if node.name.startswith("test_") and not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name} does not state its rule"


def test_everything_public_is_explained() -> None:
    """Packages, public functions of rules and work, and tests have a docstring."""
    assert unexplained(sources.ROOT) == []


def test_control_docstrings(tmp_path: Path) -> None:
    """The check goes red on a bare package, a bare public function and a bare test."""
    sources.plant(tmp_path, "src/caseward/rules/__init__.py", "")
    sources.plant(tmp_path, "src/caseward/rules/counting.py", "def count(): ...")
    sources.plant(tmp_path, "src/caseward/work/tasks/queries.py", "def mine(): ...")
    sources.plant(tmp_path, "tests/test_a.py", "def test_a(): ...")
    assert len(unexplained(tmp_path)) == 4
