"""What an act changes, in sentences: made from the difference of two evaluations (M36)."""

from collections.abc import Iterator, Mapping
from datetime import date

from caseward.rules.engine.tasks import Episode, Role, Task
from caseward.rules.engine.what_if import Changed, Difference, EpisodeChanged
from caseward.work.readings import holders, law, lines, looks, naming, words
from caseward.work.readings.lines import STATUS_WORDS, Fact, Told
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import Change, ChangeCode
from caseward.work.tasks import canonical

# What must be seen before it is saved: it ends, voids or moves something.
GRAVE = frozenset({"closes", "ends", "moves", "voids", "holds"})
# A right to act, and a row that only follows its meeting, is nothing that an act "starts".
TOLD_WHEN_OPENED = frozenset({Role.STEP})


def of(told: Told, differences: Mapping[str, Difference]) -> tuple[Change, ...]:
    """Return every change, child by child: episodes first, then what ends, moves, is met, starts."""
    return tuple(
        change
        for child, difference in differences.items()
        for change in (
            *_episodes(told, child, difference),
            *_tasks(told, child, difference),
        )
    )


def told_of(asked: Asked, differences: Mapping[str, Difference], facts: Mapping[str, Fact]) -> Told:
    """Return what the sentences are made with; `facts` are the act's own entries."""
    tasks = [
        task
        for difference in differences.values()
        for task in (
            *difference.opened,
            *difference.gone,
            *(end for each in difference.changed for end in (each.before, each.after)),
        )
    ]
    return Told(
        rulebook=asked.rulebook,
        as_of=asked.as_of,
        held=holders.on_day(asked.as_of, differences),
        names=looks.names_of(differences),
        facts={**looks.facts_behind(tasks), **facts},
        asker=asked.asker,
        people=naming.people_of(asked, tasks),
    )


def are_grave(found: tuple[Change, ...]) -> bool:
    """Return whether one of the changes must be seen before it is saved."""
    return any(change.code in GRAVE for change in found)


def _episodes(told: Told, child: str, difference: Difference) -> Iterator[Change]:
    for episode in difference.episodes_opened:
        yield _of_child(told, child, "opens", f"{_title(told, episode)} begins.")
    for episode in difference.episodes_gone:
        yield _of_child(told, child, "voids", f"{_title(told, episode)} no longer began.")
    for changed in difference.episodes_changed:
        yield from _episode(told, child, changed)


def _episode(told: Told, child: str, changed: EpisodeChanged) -> Iterator[Change]:
    title = _title(told, changed.after)
    before, after = changed.before, changed.after
    was_open, is_open = (one.is_open_on(told.as_of) for one in (before, after))
    if was_open and not is_open and after.closed_on is not None:
        ended = f"{title} ends on {words.day(after.closed_on)}."
        yield _of_child(told, child, "closes", ended)
    elif is_open and not was_open:
        yield _of_child(told, child, "reopens", f"{title} is open again.")
    elif before.opened_on != after.opened_on:
        began = f"{title} began on {words.day(after.opened_on)}."
        yield _of_child(told, child, "moves", began)
    if len(after.again) > len(before.again):
        yield _of_child(told, child, "opens", f"{title}: noted that it was decided again.")
    if len(after.held) > len(before.held):
        yield _of_child(
            told,
            child,
            "holds",
            f"{title} is put on hold until a manager decides: nothing may be filed, issued or sent.",
        )
    elif _is_held(before) and not _is_held(after):
        yield _of_child(told, child, "reopens", f"{title} is no longer on hold.")


def _tasks(told: Told, child: str, difference: Difference) -> Iterator[Change]:
    found = [change for each in difference.changed for change in _changed(told, child, each)]
    for code in ("ends", "voids", "reopens", "moves", "meets"):
        if code == "voids":
            for task in difference.gone:
                if task.role in TOLD_WHEN_OPENED and _stands(told, task):
                    yield _of_task(told, child, "voids", task, "no longer arises")
        yield from (change for change in found if change.code == code)
    for task in difference.opened:
        if task.role in TOLD_WHEN_OPENED:
            yield from _opened(told, child, task)


def _changed(told: Told, child: str, changed: Changed) -> Iterator[Change]:
    before, after = changed.before, changed.after
    if after.role is Role.WINDOW:
        return
    if not _is_met(told, before) and _is_met(told, after) and after.met_on is not None:
        yield _of_task(told, child, "meets", after, f"done {words.day(after.met_on)}")
    elif _is_met(told, before) and not _is_met(told, after):
        yield _of_task(told, child, "reopens", after, "is to do again")
    elif not _has_ended(told, before) and _has_ended(told, after):
        why = words.lower_first(STATUS_WORDS[after.ending]) if after.ending else "ends"
        reason = lines.ended_reason(told, after)
        because = f": {reason}" if reason else ""
        yield _of_task(told, child, "ends", after, f"{why}{because}")
    elif _has_ended(told, before) and not _has_ended(told, after):
        yield _of_task(told, child, "reopens", after, "is to do again")
    elif before.due_on != after.due_on and _stands(told, after):
        yield _moved(told, child, before, after)


def _moved(told: Told, child: str, before: Task, after: Task) -> Change:
    if after.due_on is None:
        return _of_task(told, child, "moves", after, "no longer has a date", before=before.due_on)
    if before.due_on is None:
        said = f"now has a date: due {words.day(after.due_on)}"
        return _of_task(told, child, "starts", after, said)
    late = _late_already(told, after)
    said = f"due {words.day(after.due_on)}, was {words.short_day(before.due_on)}{late}"
    return _of_task(told, child, "moves", after, said, before=before.due_on)


def _opened(told: Told, child: str, task: Task) -> Iterator[Change]:
    if _is_met(told, task):
        met_on = f"done {words.day(task.met_on)}" if task.met_on else "done"
        yield _of_task(told, child, "meets", task, met_on)
    elif not _has_ended(told, task):
        due = _by_when(told, task)
        who = words.listed(holders.titles(task.owner), "or")
        yield _of_task(told, child, "starts", task, f"{due}, {words.lower_first(who)}".rstrip(", "))


def _by_when(told: Told, task: Task) -> str:
    if task.due_on is not None:
        return f"due {words.day(task.due_on)}{_late_already(told, task)}"
    if task.expected_on is not None:
        return f"usually by {words.day(task.expected_on)}"
    return "no date yet" if task.waits_for else "no time limit"


def _late_already(told: Told, task: Task) -> str:
    """A day that leaves no time is said at once, not found late the next morning (M21)."""
    is_past = task.due_on is not None and task.due_on < told.as_of
    return ", which is past: late from the start" if is_past else ""


def _of_task(
    told: Told, child: str, code: ChangeCode, task: Task, said: str, *, before: date | None = None
) -> Change:
    what = naming.of_two(law.what_is_to_be_done(told.rulebook, task), lines.about_words(told, task))
    return Change(
        code=code,
        child_id=child,
        child_name=told.names.get(child, ""),
        task_id=canonical.id_of(task.key),
        words=f"{what}: {said}.",
        what=what,
        said=said,
        whole_id=canonical.id_of(task.parent) if task.parent else "",
        before=before,
        after=task.due_on,
    )


def _of_child(told: Told, child: str, code: ChangeCode, said: str) -> Change:
    return Change(
        code=code,
        child_id=child,
        child_name=told.names.get(child, ""),
        task_id="",
        words=said,
    )


def _title(told: Told, episode: Episode) -> str:
    return law.procedure_title(told.rulebook, episode.procedure)


def _is_held(episode: Episode) -> bool:
    return any(span.until is None for span in episode.held)


def _is_met(told: Told, task: Task) -> bool:
    return task.met_on is not None and task.met_on <= told.as_of


def _has_ended(told: Told, task: Task) -> bool:
    return task.ended_on is not None and task.ended_on <= told.as_of


def _stands(told: Told, task: Task) -> bool:
    return not _is_met(told, task) and not _has_ended(told, task)
