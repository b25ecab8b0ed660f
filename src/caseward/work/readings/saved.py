"""What was recorded, what it changed, and until when one press takes it back."""

from collections.abc import Iterator
from datetime import date, datetime

from caseward.record.access.askers import Asker
from caseward.record.ledger import queries
from caseward.record.ledger.queries import Recorded
from caseward.work import entries
from caseward.work.casework import withdraw_entry
from caseward.work.readings import alike, banner, changes, law, lines, looks, words
from caseward.work.readings.errors import NotFound
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import Saved


def page(asker: Asker, act_id: str, *, at: datetime) -> Saved:
    """Return what an act recorded of children whom the asker may see.

    Errors: NotFound where there is no such act, or it was about somebody they may not see.
    """
    recorded = [one for one in queries.of_act(act_id) if one.stream.kind == "child"]
    if not recorded:
        raise NotFound("There is nothing here that you may see.", "Open the child's page.")
    asked = looks.ask(asker, as_of=asker.today)
    children = tuple(dict.fromkeys(one.stream.id for one in recorded))
    looks.allowed_child(asker, children[0])
    seen = [child for child in children if looks.may_see(asker, child)]
    answer = _saved(asked, act_id, recorded, seen, at=at)
    looks.write_log(asked, "saved", seen)
    return answer


def _saved(
    asked: Asked, act_id: str, recorded: list[Recorded], seen: list[str], *, at: datetime
) -> Saved:
    names = looks.names_of(seen)
    first = recorded[0]
    changed = entries.what_changed(act_id)
    is_undone = withdraw_entry.is_undone(recorded)
    differences = {child: changed[child] for child in seen if child in changed}
    told = changes.told_of(asked, differences, _facts(recorded))
    found = changes.of(told, differences)
    until = withdraw_entry.undo_until(first.act.at)
    is_own = at <= until and first.act.by == asked.asker.worker
    may_undo = is_own and not is_undone and not any(one.entry.withdraws for one in recorded)
    kind = asked.vocabulary.kinds.get(first.entry.kind)
    title = kind.title if kind is not None else first.entry.kind
    return Saved(
        banner=banner.page(asked.asker, as_of=asked.as_of),
        act_id=act_id,
        child_id=seen[0],
        child_name=names[seen[0]],
        title=title,
        words=_words(title, first, [names[child] for child in seen]),
        entry_ids=tuple(one.entry.entry_id for one in recorded if one.stream.id in seen),
        changes=found,
        groups=alike.together(found),
        notes=tuple(_still_owed(asked, told, recorded, seen)) if not is_undone else (),
        undo_until=until if may_undo else None,
        is_undone=is_undone,
        undo_words=f"You can undo this until {words.clock_time(until)}." if may_undo else "",
    )


def _facts(recorded: list[Recorded]) -> dict[str, tuple[str, date]]:
    """Return kind and day by entry id; a correction gives the day of what it corrects."""
    return {
        one.entry.corrects or one.entry.entry_id: (one.entry.kind, one.entry.occurred_on)
        for one in recorded
        if one.entry.withdraws is None
    }


def _words(title: str, first: Recorded, names: list[str]) -> str:
    on = words.day(first.entry.occurred_on)
    about = words.listed(names)
    if first.entry.withdraws:
        return f"{title}, {on}: withdrawn from the record of {about}."
    if first.entry.corrects:
        return f"{title}, {on}: corrected on the record of {about}."
    return f"{title}, {on}: recorded for {about}."


def _still_owed(
    asked: Asked, told: Told, recorded: list[Recorded], seen: list[str]
) -> Iterator[str]:
    """Yield what was recorded and yet did not do: a visit at which the child was not seen."""
    written = {one.entry.corrects or one.entry.entry_id for one in recorded}
    for child in seen:
        for task in looks.evaluations_of(asked, [child])[child].tasks:
            standing = lines.standing_of(told, task)
            if written & set(task.attempts) and lines.is_open(standing):
                what = law.what_is_to_be_done(told.rulebook, task)
                about = f"{told.names[child]}: " if len(seen) > 1 else ""
                due = lines.due_words(told, task, standing)
                yield f"{about}{what} is still to do. {due}."
