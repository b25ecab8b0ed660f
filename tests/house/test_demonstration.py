"""The demonstration stands alone: nothing else knows its stories, few places know that there is one."""

import re
from pathlib import Path

import pytest

from tests.house import sources

STORIES = "src/caseward/interfaces/cli/demonstration/"
COMMAND = "src/caseward/interfaces/cli/demo_command.py"
# A store that is a demonstration says so of itself, and lets a visitor choose whose eyes to use:
# it is declared, opened, refused to others than this machine, and shown as one. Nothing more.
MAY_KNOW = {
    "src/caseward/config/": "the setting that marks a home",
    "src/caseward/interfaces/cli/program.py": "the list of commands",
    "src/caseward/interfaces/cli/serve_command.py": "a demonstration is served to this machine only",
    "src/caseward/interfaces/cli/store.py": "a home is marked before its tables are made",
    "src/caseward/interfaces/govuk/": "every page says that the children are made up",
    "src/caseward/interfaces/web/": "choosing whose eyes to look through",
    "src/caseward/record/access/": "who looks is written down as a demonstration's visitor",
    "src/caseward/record/ledger/authority.py": "the entry that declares it",
    "src/caseward/record/ledger/startup.py": "its address is refused to others",
    "src/caseward/record/ledger/home_folders.py": "it has nothing to hide in its folders",
    "src/caseward/record/people/kinds.py": "the kind of that entry",
    "src/caseward/work/casework/": "declaring it, and choosing a role",
    "src/caseward/work/entries/rulebooks.py": "an empty store names the command",
    "src/caseward/work/readings/": "the banner, and the choice of a role",
}
WORD = re.compile(r"demonstration", re.IGNORECASE)


def story_words(root: Path) -> frozenset[str]:
    """Return the names of the stories' children and of their authority."""
    found = set()
    for source in sources.python_files(root, STORIES):
        found.update(re.findall(r'told\.child\(\s*"(\w+ \w+)"', source.text))
        found.update(re.findall(r'AUTHORITY = "([^"]+)"', source.text))
    return frozenset(found)


def mentions(root: Path) -> list[str]:
    """Return every place that speaks of the demonstration without a reason, or knows a story."""
    names = story_words(root)
    known = re.compile(
        "|".join([*sorted(names), r"cli\.demonstration", "cli import demonstration"])
    )
    found = []
    for path in sorted((root / "src").rglob("*")):
        where = path.relative_to(root).as_posix()
        if path.suffix not in (".py", ".html", ".yaml", ".js", ".css") or "vendor" in path.parts:
            continue
        if where.startswith(STORIES) or where == COMMAND:
            continue
        text = path.read_text("utf-8")
        if WORD.search(text) and not where.startswith(tuple(MAY_KNOW)):
            found.append(f"{where} speaks of the demonstration")
        if known.search(text):
            found.append(f"{where} knows a story of it")
    return found


def test_only_the_demo_command_knows_the_demonstration() -> None:
    """Nothing outside the command mentions it, save what declares, opens and shows such a store."""
    assert mentions(sources.ROOT) == []


def test_every_place_that_may_know_of_it_does() -> None:
    """The list of places shrinks: one that no longer speaks of it is taken off."""
    for where in MAY_KNOW:
        path = sources.ROOT / where
        files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
        assert any(WORD.search(each.read_text("utf-8", errors="ignore")) for each in files), (
            f"{where} does not speak of it any longer"
        )


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("src/caseward/rules/engine/a.py", "# slower on the demonstration\n", "speaks of"),
        ("src/caseward/law/events/a.yaml", "# as in the demonstration\n", "speaks of"),
        ("src/caseward/work/readings/a.py", 'FIRST = "Amber Example"\n', "knows a story"),
        (
            "src/caseward/interfaces/cli/a.py",
            "from caseward.interfaces.cli.demonstration import stories\n",
            "knows a story",
        ),
    ],
)
def test_control_mentions(tmp_path: Path, path: str, text: str, fault: str) -> None:
    """The check goes red on a rule, a law file, a page or a command that knows of it."""
    sources.plant(tmp_path, STORIES + "stories/amber.py", 'a = told.child("Amber Example")\n')
    assert mentions(tmp_path) == []
    sources.plant(tmp_path, path, text)
    assert any(fault in found for found in mentions(tmp_path))
