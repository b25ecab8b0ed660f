"""Files and functions stay small; what is larger is listed with its reason."""

import statistics
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.house import sources

FILE_CEILING = 400
TEST_FILE_CEILING = 600
FUNCTION_CEILING = 60
FUNCTION_MEDIAN = 10
FOLDERS = ("src", "tests", "scripts", "bench")
SIZE_EXCEPTIONS = tomllib.loads(
    (sources.ROOT / "tests/house/exceptions.toml").read_text(encoding="utf-8")
)


def too_large(root: Path, allowed: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return every file and function above its ceiling that is not allowed by name."""
    found = []
    for source in sources.python_files(root, *FOLDERS):
        ceiling = TEST_FILE_CEILING if source.path.startswith("tests/") else FILE_CEILING
        if source.n_lines > ceiling and source.path not in allowed["files"]:
            found.append(f"{source.path} has {source.n_lines} lines (ceiling {ceiling})")
        for function in sources.functions(source):
            name, lines = f"{source.path}::{function.name}", sources.length(function)
            if lines > FUNCTION_CEILING and name not in allowed["functions"]:
                found.append(f"{name} has {lines} lines (ceiling {FUNCTION_CEILING})")
    return found


def needless(root: Path, allowed: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return every allowance that nothing needs any more, or that gives no reason."""
    large = {line.split(" has ")[0] for line in too_large(root, {"files": {}, "functions": {}})}
    return [
        name
        for kind in ("files", "functions")
        for name, reason in allowed[kind].items()
        if name not in large or not reason.strip()
    ]


def median_length(root: Path) -> float:
    """Return the median length of the product's functions, docstrings left out."""
    return statistics.median(
        sources.body_length(function)
        for source in sources.python_files(root, "src")
        for function in sources.functions(source)
    )


def test_no_file_or_function_is_above_its_ceiling() -> None:
    """A file has at most 400 lines (a test file 600), a function at most 60."""
    assert too_large(sources.ROOT, SIZE_EXCEPTIONS) == []


def test_every_exception_is_needed_and_says_why() -> None:
    """The list of exceptions shrinks: a line that nothing needs is refused."""
    assert needless(sources.ROOT, SIZE_EXCEPTIONS) == []


def test_functions_are_short() -> None:
    """Half of the product's functions have fewer than ten lines."""
    assert median_length(sources.ROOT) < FUNCTION_MEDIAN


def test_control_sizes(tmp_path: Path) -> None:
    """The checks go red on a long file, a long function and a needless exception."""
    body = "def long() -> None:\n" + "    x = 1\n" * 60
    sources.plant(tmp_path, "src/long_function.py", body)
    sources.plant(tmp_path, "src/long_file.py", "x = 1\n" * 400)
    assert len(too_large(tmp_path, {"files": {}, "functions": {}})) == 2
    allowed = {"files": {"src/long_file.py": ""}, "functions": {"src/gone.py::f": "why"}}
    assert needless(tmp_path, allowed) == ["src/long_file.py", "src/gone.py::f"]
    assert median_length(tmp_path) > FUNCTION_MEDIAN
