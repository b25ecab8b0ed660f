"""Changes of which the same is said, told once: eleven papers that move with their meeting."""

from collections.abc import Iterable, Sequence

from caseward.work.readings import words
from caseward.work.readings.shapes import Change, ChangeGroup

# So few are read as fast one by one.
FEWEST = 3


def together(found: Iterable[Change]) -> tuple[ChangeGroup, ...]:
    """Return the changes in their order, those of one child of which the same is said as one."""
    changes = tuple(found)
    is_one_child = len({change.child_id for change in changes}) <= 1
    gathered: dict[tuple[str, ...], list[Change]] = {}
    for number, change in enumerate(changes):
        own = "" if change.said else str(number)
        gathered.setdefault((change.child_id, change.code, change.said, own), []).append(change)
    return tuple(
        group for alike in gathered.values() for group in _groups(alike, is_one_child=is_one_child)
    )


def _groups(alike: Sequence[Change], *, is_one_child: bool) -> Iterable[ChangeGroup]:
    name = "" if is_one_child else alike[0].child_name
    if len(alike) < FEWEST:
        for change in alike:
            yield ChangeGroup(words=change.words, child_name=name)
        return
    whole = _whole(alike)
    rest = [change for change in alike if change is not whole]
    many = words.count(len(rest), "part") if whole is not None else _how_many(alike)
    what = f"{whole.what}, with {many}" if whole is not None else many
    yield ChangeGroup(
        words=f"{what}: {alike[0].said}.",
        child_name=name,
        names=tuple(change.what for change in rest),
    )


def _whole(alike: Sequence[Change]) -> Change | None:
    """Return the task that all the others are parts of, if one of them is."""
    for change in alike:
        if all(other is change or other.whole_id == change.task_id for other in alike):
            return change
    return None


def _how_many(alike: Sequence[Change]) -> str:
    """Of one duty towards several, its own words lead; otherwise they are counted as tasks."""
    duties = {change.what.split(": ")[0] for change in alike}
    number = len(alike)
    return f"{duties.pop()} ({number} times)" if len(duties) == 1 else words.count(number, "task")
