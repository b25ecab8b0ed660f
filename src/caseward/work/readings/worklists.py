"""A worklist: mine, a team's, a role's, nobody's or everybody's, narrowed as the address says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from caseward.record.access.askers import Asker
from caseward.work.readings import banner, choices, grouping, listed, looks, sources
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes import Choices, CountLine, LinesUnder, TaskLine, Worklist
from caseward.work.readings.sources import Choice
from caseward.work.worklists import queries
from caseward.work.worklists.places import IN_ORDER, Place
from caseward.work.worklists.queries import MOST_COUNTED, Found, Spot

A_PAGE = 50
# A file of more lines than this is no list to work from; it says so in its last line.
MOST_IN_A_FILE = 5_000
_AT_ONCE = 500
_PARTS_OF_A_SPOT = 4


def page(
    asker: Asker, *, as_of: date, choice: Choice, after: str = "", limit: int = A_PAGE
) -> Worklist:
    """Return one page of a list, in its order, with the counts of the whole of it.

    Shapes: `after` is the end of the page before, as its `Worklist` said; mistyped, it is the start.
    """
    asked = looks.ask(asker, as_of=as_of)
    rows = sources.of(asked, choice)
    spot = _spot(after)
    read = queries.read(rows, as_of=as_of, among=_among(choice), after=spot, limit=limit + 1)
    found = read.rows
    shown = found[:limit]
    made = listed.lines_of(asked, (each.task_id for each in shown))
    chosen = choices.of(asked, choice, page="worklist")
    looks.write_log(asked, "worklist", {line.child_id for line in made.values()}, **said_of(choice))
    return Worklist(
        banner=banner.page(asker, as_of=as_of),
        title=choices.title(chosen, choice),
        choices=chosen,
        groups=tuple(_groups(shown, made)),
        counts=_counts(read.counts, choice),
        after=_written(shown[-1]) if len(found) > limit else "",
        is_first=spot is None,
        empty_words="" if shown else _empty_words(chosen, choice, is_first=spot is None),
        notes=tuple(_notes(asked, choice)),
    )


def every_line(asker: Asker, *, as_of: date, choice: Choice) -> Iterator[TaskLine]:
    """Yield the lines of a whole list for a file, at most so many.

    The read log is written for some hundreds of lines before the first of them leaves.
    """
    asked = looks.ask(asker, as_of=as_of)
    rows = sources.of(asked, choice)
    spot: Spot | None = None
    for _ in range(MOST_IN_A_FILE // _AT_ONCE):
        found = queries.page(rows, as_of=as_of, among=_among(choice), after=spot, limit=_AT_ONCE)
        if not found:
            return
        made = listed.lines_of(asked, (each.task_id for each in found))
        children = {line.child_id for line in made.values()}
        looks.write_log(asked, "worklist_file", children, **said_of(choice))
        for each in _each_task_once(found):
            if each.task_id in made:
                yield made[each.task_id]
        spot = _past(found[-1])


def count_words(number: int) -> str:
    """Return a count as a page says it: beyond a thousand nobody needs the number."""
    return f"more than {MOST_COUNTED:,}" if number > MOST_COUNTED else f"{number:,}"


def _groups(shown: Sequence[Found], made: dict[str, TaskLine]) -> Iterator[LinesUnder]:
    by_place: dict[Place, list[TaskLine]] = {}
    for each in _each_task_once(shown):
        if each.task_id in made:
            by_place.setdefault(each.place, []).append(made[each.task_id])
    for place, found in by_place.items():
        yield LinesUnder(code=place, heading=grouping.HEADINGS[place], lines=tuple(found))


def _each_task_once(found: Iterable[Found]) -> Iterator[Found]:
    """Leave out the second row of a task that two roles of one person's owe: one thing to do."""
    seen = set()
    for each in found:
        if each.task_id not in seen:
            seen.add(each.task_id)
            yield each


def _counts(counts: Mapping[Place, int], choice: Choice) -> tuple[CountLine, ...]:
    return tuple(
        CountLine(
            code=place,
            heading=grouping.HEADINGS[place],
            n_words=count_words(number),
            is_chosen=choice.when == place,
        )
        for place, number in counts.items()
        if number
    )


def _among(choice: Choice) -> tuple[Place, ...]:
    wanted = choices.PLACES_OF.get(choice.when, ())
    return wanted or tuple(place for place in IN_ORDER if choice.when in ("", place))


def _written(last: Found) -> str:
    at = _past(last)
    return f"{at.rank}~{at.list_on.isoformat()}~{at.opened_on.isoformat()}~{at.id}"


def _past(last: Found) -> Spot:
    """Return the spot after a task's last row: a role's second row of it is not listed again."""
    return Spot(last.at.rank, last.at.list_on, last.at.opened_on, f"{last.task_id}:9")


def _spot(after: str) -> Spot | None:
    parts = after.split("~")
    if len(parts) != _PARTS_OF_A_SPOT or not parts[0].isdecimal():
        return None
    rank = int(parts[0][:2])
    try:
        return Spot(rank, date.fromisoformat(parts[1]), date.fromisoformat(parts[2]), parts[3])
    except ValueError:
        return None


def said_of(choice: Choice) -> dict[str, str]:
    """Return what was asked for, in codes: never a name or a word that was typed."""
    return {
        "whose": choice.whose,
        "team": choice.team,
        "role": choice.role,
        "when": choice.when,
        "step": choice.step,
        "child": choice.child,
        "on": choice.on.isoformat() if choice.on else "",
        "by_name": "yes" if choice.words else "",
    }


def _notes(asked: Asked, choice: Choice) -> Iterator[str]:
    if choice.words and not choice.child:
        n_called = len(sources.children_called(asked, choice.words))
        if n_called == sources.MOST_CHILDREN:
            yield (
                f"More than {sources.MOST_CHILDREN} children have such a name: only the first "
                "of them by family name are looked at here. Type more of the name."
            )


def _empty_words(chosen: Choices, choice: Choice, *, is_first: bool) -> str:
    if not is_first:
        return "There is nothing further on this list."
    if choice.is_narrowed:
        return "Nothing on this list is as you narrowed it."
    if choice.whose == "unallocated":
        return "Somebody is allocated to everything that is to be done."
    if choice.whose == "uncovered":
        return "Somebody is there, or stands in, for all that is to be done."
    if choice.whose == "role" and not choice.role:
        return "Choose a role to see what is to be done by those who hold it."
    if choice.whose == "team" and not choice.team and not any(t.is_chosen for t in chosen.teams):
        return "You are in no team. Choose one to see its tasks."
    return "Nothing is to be done on this list."
