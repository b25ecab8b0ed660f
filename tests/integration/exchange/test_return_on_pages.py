"""The large return on the pages and from the command line: the same review duties.

That the store's answers equal the plain file's in every column is held by test_large_return.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from caseward.interfaces import clock
from caseward.interfaces.cli import program
from caseward.interfaces.cli import store as opening
from caseward.record.access import askers
from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import LONDON
from caseward.record.people import queries as people
from caseward.rules.engine import published
from caseward.work import entries
from caseward.work.casework import adopt
from caseward.work.readings import tasks_of
from caseward.work.tasks import canonical
from tests.builders import importing, stores
from tests.integration.exchange import returns

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(
        not returns.FOLDER.is_dir(),
        reason="NOT PROVEN HERE: the large SSDA903 return (2,675 children, 12,582 reviews) is absent",
    ),
]
SOME = 150
ALL = int(os.environ.get("CASEWARD_SOAK_CHILDREN", "2675"))
# A line of a duty, up to the next one, and the day that stands in it.
_LINE = re.compile(r'<li id="task-([0-9a-f-]{36})"(.*?)(?=<li id="task-|</main>)', re.DOTALL)
_DAY = re.compile(r'<time datetime="(\d{4}-\d\d-\d\d)">')
DAYS = ("opens", "first_due", "due", "expected", "met")
Shown = dict[str, str | None]


def test_the_first_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the first 150 children show each review duty with the store's day, and no other."""
    _hold_together(monkeypatch, SOME)


@pytest.mark.soak
def test_all_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of all children show each review duty with the store's day, and no other."""
    _hold_together(monkeypatch, ALL)


def test_a_line_left_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a page without its last line, or with a day moved, differs from the store."""
    asker, visitor = _imported(monkeypatch, 1)
    ((child, expected),) = _in_the_store(asker).items()
    html = _page(visitor, child)
    assert _on_the_page(html) == expected
    *_, last = _LINE.finditer(html)
    assert _on_the_page(html[: last.start()] + html[last.end() :]) != expected
    day = _DAY.search(html, html.index('<li id="task-'))
    assert day is not None
    moved = html[: day.start(1)] + "1999-01-01" + html[day.end(1) :]
    assert _on_the_page(moved) != expected


def test_the_command_line_says_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`caseward tasks` says the same of the store as of the plain file of the same return."""
    _imported(monkeypatch, SOME)
    # The store is open already, with the test run's own settings, which no store may have.
    monkeypatch.setattr(opening, "open_store", lambda **_: None)
    files = returns.of_the_first(SOME, returns.the_large_return())
    facts = tmp_path / "facts.csv"
    vocabulary = entries.rulebook_at(on=stores.TODAY).vocabulary
    facts.write_text(importing.as_plain(files, vocabulary, today=stores.TODAY), "utf-8")
    words = ("--json", "--procedure", "looked_after_reviews", "--as-of", stores.TODAY)
    names = {
        child.child_id: name for name, child in people.outside_children(importing.SCHEME).items()
    }
    from_store = _said(capsys, names, "tasks", *words)
    from_file = _said(capsys, {name: name for name in names.values()}, "tasks", facts, *words)
    assert len(from_file) > SOME
    assert from_store == from_file
    facts.write_text(
        facts.read_text("utf-8").rsplit("looked_after_review.held", 1)[0].rsplit("\n", 1)[0]
    )
    assert (
        _said(capsys, {name: name for name in names.values()}, "tasks", facts, *words) != from_file
    )


def _said(
    capsys: pytest.CaptureFixture[str], names: Mapping[str, str], *words: object
) -> Counter[tuple[str, ...]]:
    """Return what a command said of each task: whose, which step, and each of its days."""
    assert program.main([str(word) for word in words]) == 0
    return Counter(
        (names[task["child"]], task["step"], *(str(task[name]) for name in DAYS))
        for task in json.loads(capsys.readouterr().out)["tasks"]
    )


def _hold_together(monkeypatch: pytest.MonkeyPatch, n_children: int) -> None:
    asker, visitor = _imported(monkeypatch, n_children)
    expected = _in_the_store(asker)
    assert len(expected) == n_children
    assert sum(map(len, expected.values())) > n_children
    differing = [
        child for child, duties in expected.items() if _on_the_page(_page(visitor, child)) != duties
    ]
    assert differing == []


def _imported(monkeypatch: pytest.MonkeyPatch, n_children: int) -> tuple[Asker, Client]:
    """Import the first children; return who asks the store, and a reader of every child's page."""
    store = stores.a_store(law=[stores.REVIEWS]).with_worker("performance", everywhere=True)
    adopt.declare_demonstration(store.act())
    importing.bring_in(store.act(), returns.of_the_first(n_children, returns.the_large_return()))
    moment = datetime.combine(stores.TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    # The folder that a release collects its files in: here they come from where they are kept.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    visitor = Client()
    visitor.post(reverse("roles:choose"), {"worker": store.workers["performance"], "key": "eyes"})
    return askers.system(at=moment, today=stores.TODAY), visitor


def _page(visitor: Client, child: str) -> str:
    answer = visitor.get(reverse("children:page", args=[child]))
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def _in_the_store(asker: Asker) -> Mapping[str, Shown]:
    """Return the day of each duty by its address, child by child, as the command line says it."""
    children = people.outside_children(importing.SCHEME).values()
    found: dict[str, Shown] = {child.child_id: {} for child in children}
    for child, task, standing in tasks_of.answer(asker, as_of=stores.TODAY):
        said = published.published(task, standing, as_of=stores.TODAY)
        found[child][canonical.id_of(said["key"])] = _day(said)
    return found


def _day(said: Mapping[str, Any]) -> str | None:
    """Return the day that a line of the duty stands under: met, else due, else usual."""
    met: list[date] | str | None = said["met"]
    return str(met or said["due"] or said["expected"] or "") or None


def _on_the_page(html: str) -> Shown:
    return dict(_lines(html))


def _lines(html: str) -> Iterator[tuple[str, str | None]]:
    for task_id, line in _LINE.findall(html):
        day = _DAY.search(line)
        yield task_id, day[1] if day else None
