"""Reads the project's own Python, for the tests of its style."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def n_lines(self) -> int:
        """Return how many lines the file has."""
        return self.text.count("\n") + 1


def python_files(root: Path, *folders: str) -> Iterator[Source]:
    """Yield every Python file under the folders, generated migrations left out."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" in path.parts or "node_modules" in path.parts:
                continue
            yield _read(root, path)


@cache
def _read(root: Path, path: Path) -> Source:
    """Read and parse a file once, however many rules look at it."""
    text = path.read_text(encoding="utf-8")
    return Source(path=path.relative_to(root).as_posix(), text=text, tree=ast.parse(text))


def functions(source: Source) -> Iterator[Function]:
    """Yield every function and method of a file, those inside others too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Return how many lines a function has, its decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body_length(function: Function) -> int:
    """Return how many lines a function has, its docstring left out too."""
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return length(function)
    return length(function) - ((first.end_lineno or first.lineno) - first.lineno + 1)


def kept_files(root: Path) -> tuple[str, ...]:
    """Return the paths of every file that is kept in the repository or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(path for path in listed.stdout.splitlines() if (root / path).is_file()))


def plant(root: Path, path: str, text: str) -> Path:
    """Write a bad example for a control, and return the folder it was planted in."""
    planted = root / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text, encoding="utf-8")
    return root
