"""What somebody decides about that changed after their page was made: a meeting, or a task (S7)."""

from collections.abc import Iterable, Mapping, Sequence

from caseward.record.ledger import queries
from caseward.record.ledger.acts import NewEntry
from caseward.record.ledger.queries import Recorded
from caseward.rules.engine.tasks import Task
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.work.entries import rulebooks, settling
from caseward.work.entries.errors import ChangedMeanwhile

# What is said of a meeting before it is held; that it was held is a fact, which conflicts with none.
_MEETING_WORDS = ("arranged", "rearranged", "cancelled")


def is_decision(kind: EventKind, vocabulary: Vocabulary) -> bool:
    """Return whether recording the kind decides about a meeting or a task that may have changed."""
    return bool(_noun_of(kind.id, vocabulary) or _task_fields(kind))


def refuse(new_entries: Sequence[NewEntry], expected: Mapping[str, int]) -> None:
    """Refuse what decides about a meeting or a task that changed since the page was made.

    Shapes: expected, by child, the seq that the child's record had when the page was made; other
    names in it are left alone. A fact that decides about neither conflicts with nothing.
    Errors: ChangedMeanwhile, naming what was recorded meanwhile.
    """
    for new in new_entries:
        seen = expected.get(new.stream.id)
        if seen is None:
            continue
        since = queries.since(new.stream, seen)
        vocabulary = rulebooks.rulebook_at(on=new.occurred_on).vocabulary
        kind = vocabulary.kinds.get(new.kind)
        if not since or kind is None:
            continue
        if noun := _noun_of(kind.id, vocabulary):
            if changed := [one for one in since if _is_of(one, noun, new.keys.get("meeting"))]:
                raise _changed(new, "meeting", since, changed)
        elif _has_moved(new, kind, seen):
            raise _changed(new, "task", since, since)


def _noun_of(kind: str, vocabulary: Vocabulary) -> str:
    noun, _, word = kind.rpartition(".")
    return noun if word in _MEETING_WORDS and f"{noun}.held" in vocabulary.kinds else ""


def _task_fields(kind: EventKind) -> list[str]:
    return [field.name for field in kind.fields if field.type == "task"]


def _is_of(one: Recorded, noun: str, meeting: str | None) -> bool:
    """An entry that names no meeting may be of this one, and is shown rather than overlooked."""
    other = one.entry.keys.get("meeting")
    return one.entry.kind.rpartition(".")[0] == noun and (
        meeting is None or other is None or other == meeting
    )


def _has_moved(new: NewEntry, kind: EventKind, seen: int) -> bool:
    """Return whether a task that the entry names stands otherwise than when the page was made."""
    wanted = {str(new.fields[name]) for name in _task_fields(kind) if new.fields.get(name)}
    if not wanted:
        return False
    rulebook = rulebooks.rulebook_at(on=new.occurred_on)
    position = max(
        (one.entry.position for one in queries.recorded(new.stream) if one.seq <= seen), default=0
    )
    then = settling.weigh_stored(new.stream.id, rulebook, position=position)
    now = settling.weigh_stored(new.stream.id, rulebook)
    return _standing(then.evaluation.tasks, wanted) != _standing(now.evaluation.tasks, wanted)


def _standing(tasks: Iterable[Task], wanted: set[str]) -> dict[str, tuple[object, ...]]:
    return {
        task.key: (task.due_on, task.met_on, task.ended_on, task.planned_on, task.taken_by)
        for task in tasks
        if task.key in wanted
    }


def _changed(
    new: NewEntry, what: str, since: Sequence[Recorded], changed: Sequence[Recorded]
) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        child=new.stream.id,
        what=what,
        now_seq=since[-1].seq,
        entry_ids=tuple(
            one.entry.corrects or one.entry.withdraws or one.entry.entry_id for one in changed
        ),
    )
