"""A rule that was not read in its source says so on every page, and in every file, with its date."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from caseward.work.casework import adopt
from caseward.work.readings import child_page
from tests.builders.stores import REVIEWS, Store, a_store
from tests.integration.work.test_routes_hide import looking_as
from tests.strictness import FrozenClock

pytestmark = pytest.mark.django_db(databases="__all__")

MARK = "Rule not verified"


def in_care() -> Store:
    """Return a store with a child who has just come into care: review verified, health not."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    store = a_store(law=(REVIEWS, "law/national/health.yaml"))
    adopt.declare_demonstration(store.act())
    store = store.with_child()
    store.record("looked_after.began", reason="S")
    return store


def text_of(client: Client, path: str) -> str:
    """Return what a page or a file says."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/worklists/?whose=all",
        "/worklists/calendar/?whose=all",
        "/children/{child}/",
        "/children/{child}/procedures/health/",
    ],
)
def test_a_date_of_a_rule_that_was_not_read_is_marked(path: str, frozen_clock: FrozenClock) -> None:
    """The mark stands on each page that shows the first health assessment's date."""
    store = in_care()
    own = looking_as(store.workers["social_worker"])
    text = text_of(own, path.format(child=store.child))
    assert "First health assessment" in text
    assert MARK in text


def test_the_file_of_a_worklist_marks_the_line_and_no_other(frozen_clock: FrozenClock) -> None:
    """A line of the file says that its rule was not verified; the review's line does not."""
    store = in_care()
    own = looking_as(store.workers["social_worker"])
    rows = text_of(own, "/worklists/file/?whose=all").splitlines()
    (health,) = [row for row in rows if "First health assessment" in row]
    assert health.endswith('"Not verified"')
    reviews = [row for row in rows if '"Looked-after review"' in row]
    assert [row.endswith('""') for row in reviews] == [True]


def test_how_a_date_was_worked_out_says_it_and_names_the_source(
    frozen_clock: FrozenClock,
) -> None:
    """The page says of the rule that it was not checked, and of a verified one that it was."""
    store = in_care()
    own = looking_as(store.workers["social_worker"])
    page = child_page.page(store.asker("social_worker"), store.child, as_of=store.today)
    lines = {line.step: line for group in page.tasks for line in group.lines}
    said = {
        step: text_of(own, f"/children/{store.child}/dates/{lines[step].task_id}/")
        for step in ("health_first", "review")
    }
    assert "This rule has not been checked against its source." in said["health_first"]
    assert "Not yet checked against the source" in said["health_first"]
    assert "has not been checked" not in said["review"]
    assert "Checked against the source" in said["review"]
