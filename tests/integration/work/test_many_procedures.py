"""A child in many procedures at once: what presses is shown, the rest is folded under its title."""

from dataclasses import replace
from datetime import timedelta

import pytest

from caseward.interfaces.govuk.templatetags import duties, govuk
from caseward.work.readings import child_page
from caseward.work.readings.shapes import ChildPage
from tests.builders.stores import a_store

pytestmark = pytest.mark.django_db(databases="__all__")

NATIONAL = (
    "law/national/looked_after_reviews.yaml",
    "law/national/looked_after_visits.yaml",
    "law/national/health.yaml",
    "law/national/education.yaml",
    "law/national/independent_oversight.yaml",
)


def in_care() -> ChildPage:
    """Return the page of a child a few weeks in care, under every procedure of a child in care."""
    store = a_store("2025-12-04", law=NATIONAL).with_child(started_on="2025-01-06")
    store.record("looked_after.began", "2025-10-01")
    store.record("placement.began", "2025-10-01", keys={"placement": "p1"}, type="U1")
    return child_page.page(store.asker("social_worker"), store.child, as_of=store.today)


def test_what_presses_is_shown_and_the_rest_folded_each_once() -> None:
    """Every busy procedure is on the page once: shown, or behind its title with its next day."""
    page = in_care()
    shown = duties.pressing(page.episodes, page)
    folded = duties.further(page.episodes, page)
    busy = govuk.busy(page.episodes, page.tasks)
    assert len(busy) > 3
    assert {each.key for each in busy} == {each.key for each in (*shown, *folded)}
    assert len(busy) == len(shown) + len(folded)
    far = page.banner.as_of + timedelta(weeks=4)
    for episode in folded:
        lines = duties.dated(govuk.still_open(govuk.of_episode(page.tasks, episode)))
        days = [line.due_on or line.expected_on for line in lines]
        assert all(day is not None and day > far for day in days)
        assert duties.next_words(episode, page).startswith("next " if lines else "no date yet")


def test_a_few_procedures_are_all_shown() -> None:
    """Three or fewer need no folding, however far off their dates are."""
    page = in_care()
    few = replace(page, episodes=tuple(govuk.busy(page.episodes, page.tasks)[:3]))
    assert duties.pressing(few.episodes, few) == list(few.episodes)
    assert duties.further(few.episodes, few) == []


def test_of_many_blocks_what_came_round_again_shows_once() -> None:
    """A long strip shows each duty by its latest time; a short one shows all of them."""
    page = in_care()
    line = next(line for group in page.tasks for line in group.lines)
    again = [replace(line, task_id=str(number)) for number in range(13)]
    assert [each.task_id for each in govuk.latest_steps(again)] == ["12"]
    assert govuk.latest_steps(again[:12]) == again[:12]
