"""What would change (M36): the difference of two evaluations by task key, with its digest.

Saving carries the digest of the preview; when the outcome would now differ, the person sees it
before it is saved.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from caseward.rules.engine.tasks import Episode, Evaluation, Task

# How a date came about is no outcome of it; a receipt alone that differs changes nothing.
NOT_COMPARED = ("receipt",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A task that is there before and after, and the names of what differs in it."""

    key: str
    before: Task
    after: Task
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeChanged:
    """An episode that is there before and after, and differs."""

    key: str
    before: Episode
    after: Episode
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What would open, go and change, in the order of the evaluation; and its digest."""

    opened: tuple[Task, ...]
    gone: tuple[Task, ...]
    changed: tuple[Changed, ...]
    episodes_opened: tuple[Episode, ...]
    episodes_gone: tuple[Episode, ...]
    episodes_changed: tuple[EpisodeChanged, ...]
    digest: str

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all would change."""
        return not (
            self.opened
            or self.gone
            or self.changed
            or self.episodes_opened
            or self.episodes_gone
            or self.episodes_changed
        )


def difference(before: Evaluation, after: Evaluation, as_of: date) -> Difference:
    """Return the difference of two evaluations, asked on a day.

    Shapes: `opened` and `gone` are tasks of one of the two alone; `changed` of both. A row whose
    opening lies ahead of the day is no task yet and is compared when its day comes.
    """
    tasks_before = {task.key: task for task in before.tasks if task.opened_on <= as_of}
    tasks_after = {task.key: task for task in after.tasks if task.opened_on <= as_of}
    ways_before = {one.key: one for one in before.episodes if one.opened_on <= as_of}
    ways_after = {one.key: one for one in after.episodes if one.opened_on <= as_of}
    opened = tuple(task for key, task in tasks_after.items() if key not in tasks_before)
    gone = tuple(task for key, task in tasks_before.items() if key not in tasks_after)
    changed = tuple(
        Changed(key=key, before=tasks_before[key], after=task, what=what)
        for key, task in tasks_after.items()
        if key in tasks_before and (what := _differs(tasks_before[key], task))
    )
    episodes_changed = tuple(
        EpisodeChanged(key=key, before=ways_before[key], after=one, what=what)
        for key, one in ways_after.items()
        if key in ways_before and (what := _differs(ways_before[key], one))
    )
    episodes_opened = tuple(one for key, one in ways_after.items() if key not in ways_before)
    episodes_gone = tuple(one for key, one in ways_before.items() if key not in ways_after)
    return Difference(
        opened=opened,
        gone=gone,
        changed=changed,
        episodes_opened=episodes_opened,
        episodes_gone=episodes_gone,
        episodes_changed=episodes_changed,
        digest=digest_of(
            {
                "opened": opened,
                "gone": gone,
                "changed": [one.after for one in changed],
                "episodes": [
                    *episodes_opened,
                    *episodes_gone,
                    *(one.after for one in episodes_changed),
                ],
            }
        ),
    )


def digest_of(rows: Any) -> str:
    """Return the SHA-256 of rows in canonical form: keys sorted, dates as ISO text."""
    text = json.dumps(_plain(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _differs(one: object, other: object) -> tuple[str, ...]:
    names = (name for name in _names(one) if name not in NOT_COMPARED)
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def _names(row: object) -> Iterable[str]:
    return (field.name for field in fields(row)) if is_dataclass(row) else ()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: _plain(getattr(value, name)) for name in _names(value) if name not in NOT_COMPARED
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
