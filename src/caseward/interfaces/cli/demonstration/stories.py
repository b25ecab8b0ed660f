"""The stories as values: what `stories.yaml` says, with its days worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from caseward.interfaces.cli.demonstration import days
from caseward.rules.calendars.days import Calendar

STORIES = Path(__file__).with_name("stories.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One fact of one child's story."""

    child: str
    kind: str
    on: date
    outcome: str | None
    keys: Mapping[str, str]
    fields: Mapping[str, str]


def read() -> dict[str, Any]:
    """Return the stories as they stand in the file."""
    # The base loader keeps every value as text: `on` is a key here, not "true".
    loaded: dict[str, Any] = yaml.load(STORIES.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return loaded


def happenings(story: Mapping[str, Any], today: date, calendar: Calendar) -> Iterator[Happening]:
    """Yield a child's facts in the order of the story; repeated ones last."""
    for fact in story.get("facts", ()):
        yield _happening(story["id"], fact, days.day(fact["on"], today, calendar), today, calendar)
    for row in story.get("repeat", ()):
        repeated = days.days_of(
            first=row["from"],
            last=row["until"],
            every=row["every"],
            today=today,
            calendar=calendar,
        )
        for on in repeated:
            yield _happening(story["id"], row, on, today, calendar)


def _happening(
    child: str, fact: Mapping[str, Any], on: date, today: date, calendar: Calendar
) -> Happening:
    fields = {
        name: days.day(value, today, calendar).isoformat() if days.is_offset(value) else value
        for name, value in fact.get("fields", {}).items()
    }
    return Happening(
        child=child,
        kind=fact["kind"],
        on=on,
        outcome=fact.get("outcome"),
        keys=fact.get("keys", {}),
        fields=fields,
    )
