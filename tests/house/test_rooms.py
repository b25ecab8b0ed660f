"""What the floors' contracts cannot say: who may read two rooms, and who may write the ledger."""

import re
from pathlib import Path

from tests.house import sources

ROOM_QUERIES = re.compile(
    r"from caseward\.(?P<floor>work|record)\.(?P<room>\w+) import (?P<names>[^\n(]+|\([^)]*\))"
    r"|from caseward\.(?P<floor2>work|record)\.(?P<room2>\w+)\.queries import"
)
LEDGER_WRITING = re.compile(
    r"from caseward\.record\.ledger import [^\n]*\boperations\b"
    r"|from caseward\.record\.ledger\.operations import|import caseward\.record\.ledger\.operations"
)


def rooms_read(text: str) -> set[str]:
    """Return the work rooms whose queries a file imports."""
    found = set()
    for match in ROOM_QUERIES.finditer(text):
        floor = match["floor"] or match["floor2"]
        room = match["room"] or match["room2"]
        if floor == "work" and (match["room2"] or re.search(r"\bqueries\b", match["names"])):
            found.add(room)
    return found


def readers_of_two_rooms(root: Path) -> list[str]:
    """Return every file outside readings that reads two or more work rooms."""
    return [
        f"{source.path} reads {', '.join(sorted(rooms_read(source.text)))}"
        for source in sources.python_files(root, "src/caseward")
        if "/work/readings/" not in source.path and len(rooms_read(source.text)) > 1
    ]


def writers_of_the_ledger(root: Path) -> list[str]:
    """Return every file outside entries (and the ledger itself) that may append to the ledger."""
    return [
        source.path
        for source in sources.python_files(root, "src/caseward")
        if LEDGER_WRITING.search(source.text)
        and "/work/entries/" not in source.path
        and "/record/ledger/" not in source.path
    ]


def test_only_readings_read_two_rooms() -> None:
    """A page or answer that needs two rooms is a function in readings."""
    assert readers_of_two_rooms(sources.ROOT) == []


def test_only_entries_write_the_ledger() -> None:
    """No fact enters without its consequences: one module calls the ledger's operations."""
    assert writers_of_the_ledger(sources.ROOT) == []


def test_control_rooms(tmp_path: Path) -> None:
    """The checks go red on a verb that reads two rooms and on a page that writes the ledger."""
    two = (
        "from caseward.work.tasks import queries as tasks\n"
        "from caseward.work.worklists.queries import mine\n"
    )
    sources.plant(tmp_path, "src/caseward/work/casework/look.py", two)
    sources.plant(tmp_path, "src/caseward/work/readings/look.py", two)
    writing = "from caseward.record.ledger import acts, operations\n"
    sources.plant(tmp_path, "src/caseward/interfaces/web/look.py", writing)
    sources.plant(tmp_path, "src/caseward/work/entries/taking_in.py", writing)
    assert readers_of_two_rooms(tmp_path) == [
        "src/caseward/work/casework/look.py reads tasks, worklists"
    ]
    assert writers_of_the_ledger(tmp_path) == ["src/caseward/interfaces/web/look.py"]
