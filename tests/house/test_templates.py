"""Every page part is used, and every one that is asked for is there."""

import re
from pathlib import Path

from tests.house import sources

PAGES = "src/caseward/interfaces"
ASKED_FOR = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg))["']""")
# Asked for by Django itself, by name.
BY_DJANGO = re.compile(r"^(?:40[0-9]|500)\.html$|^django/forms/")


def templates(root: Path) -> dict[str, str]:
    """Return every template by the name it is asked for, with its path."""
    found = {}
    for folder in sorted((root / PAGES).rglob("templates")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path.relative_to(root).as_posix()
    return found


def asked_for(root: Path) -> set[str]:
    """Return the name of every template that Python or another template asks for."""
    texts = [source.text for source in sources.python_files(root, "src")]
    texts += [(root / path).read_text(encoding="utf-8") for path in templates(root).values()]
    return {name for text in texts for name in ASKED_FOR.findall(text)}


def unused(root: Path) -> list[str]:
    """Return every template that nothing asks for."""
    wanted = asked_for(root)
    return [
        path
        for name, path in templates(root).items()
        if name not in wanted and not BY_DJANGO.match(name)
    ]


def test_every_template_is_used() -> None:
    """A template that nothing asks for is removed."""
    assert unused(sources.ROOT) == []


def test_control_templates(tmp_path: Path) -> None:
    """The check goes red on a template that nothing asks for."""
    sources.plant(tmp_path, f"{PAGES}/web/tasks/templates/tasks/my_tasks.html", "{# used #}")
    sources.plant(tmp_path, f"{PAGES}/web/tasks/templates/tasks/old.html", "")
    sources.plant(tmp_path, f"{PAGES}/web/tasks/views.py", 'PAGE = "tasks/my_tasks.html"')
    assert unused(tmp_path) == [f"{PAGES}/web/tasks/templates/tasks/old.html"]
