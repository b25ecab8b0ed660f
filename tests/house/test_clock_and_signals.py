"""Only interfaces/clock.py reads the clock; nothing is done by signal; nothing is left unfinished."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import sources

CLOCK = "src/caseward/interfaces/clock.py"
READS_CLOCK = frozenset({"now", "utcnow", "today", "localdate", "localtime"})
CLOCK_OWNERS = frozenset({"datetime", "date", "timezone", "dt"})
FORBIDDEN_IMPORTS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
DATABASE_CLOCK = frozenset({"auto_now", "auto_now_add"})
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|# *stub")


def broken_habits(root: Path) -> list[str]:
    """Return every place that reads a clock, uses a signal or is marked as unfinished."""
    found = []
    for source in sources.python_files(root, "src"):
        for node in ast.walk(source.tree):
            fault = _fault(node)
            if fault and not (source.path == CLOCK and fault == "reads the clock"):
                found.append(f"{source.path}:{getattr(node, 'lineno', 0)} {fault}")
        for number, line in enumerate(source.text.splitlines(), 1):
            if UNFINISHED.search(line):
                found.append(f"{source.path}:{number} is unfinished")
    return found


def _fault(node: ast.AST) -> str:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _import_fault(node)
    if isinstance(node, ast.keyword) and node.arg in DATABASE_CLOCK:
        return "lets the database's row choose the moment"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if node.func.attr in READS_CLOCK and name in CLOCK_OWNERS:
            return "reads the clock"
        if (name, node.func.attr) == ("time", "time"):
            return "reads the clock"
    return ""


def _import_fault(node: ast.Import | ast.ImportFrom) -> str:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    names = [f"{module}.{name.name}".lstrip(".") for name in node.names] + [module]
    if any(name.startswith(FORBIDDEN_IMPORTS) for name in names):
        return "uses a signal"
    if "django.db.models.functions.Now" in names:
        return "lets the database choose the moment"
    return ""


def test_only_the_clock_reads_the_clock_and_nothing_is_left_unfinished() -> None:
    """No clock below interfaces/clock.py, no signals, no unfinished markers."""
    assert broken_habits(sources.ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = datetime.now(tz=UTC)",
        "x = date.today()",
        "x = timezone.now()",
        "x = time.time()",
        "x = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.db.models.functions import Now",
        "x = 1  # TODO later",
        "raise NotImplementedError",
    ],
)
def test_control_habits(tmp_path: Path, line: str) -> None:
    """The check goes red on every way to read a clock, use a signal or leave a thing undone."""
    assert broken_habits(sources.plant(tmp_path, "src/caseward/a.py", line)) != []
