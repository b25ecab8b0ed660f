"""The children whom the asker may see, found by words, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import date

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import child_stream
from caseward.record.people import models, search
from caseward.record.people import queries as people
from caseward.rules.facts import record as records
from caseward.rules.facts import states
from caseward.rules.facts.entries import Record
from caseward.work.readings import banner, grouping, holders, law, lines, looks, owed
from caseward.work.readings import words as said
from caseward.work.readings.holders import Holders
from caseward.work.readings.lines import Told
from caseward.work.readings.looks import Asked
from caseward.work.readings.owed import Owed
from caseward.work.readings.shapes import ChildLine, ChildrenList

ALLOCATED = "social_worker"


def page(
    asker: Asker,
    *,
    as_of: date,
    words: str = "",
    page: int = 1,
    per_page: int = 25,
) -> ChildrenList:
    """Return one page of the children whom these words may mean, sorted by name.

    A date of birth, and a number in another system, find their child too.
    """
    asked = looks.ask(asker, as_of=as_of)
    rows = search.children(policy.visible_to(asker), words)
    n_all = rows.count()
    n_pages = max(1, -(-n_all // per_page))
    number = min(max(page, 1), n_pages)
    shown = list(rows[(number - 1) * per_page : number * per_page])
    looks.bring_up_to_date(asked, [child.id for child in shown])
    answer = ChildrenList(
        banner=banner.page(asker, as_of=as_of),
        words=words,
        lines=_lines(asked, shown),
        n_all=n_all,
        page=number,
        n_pages=n_pages,
        empty_words=_empty_words(words) if not n_all else "",
    )
    looks.write_log(asked, "children", [child.id for child in shown], page_number=str(number))
    return answer


def _lines(asked: Asked, shown: Sequence[models.Child]) -> tuple[ChildLine, ...]:
    ids = [child.id for child in shown]
    open_tasks: dict[str, list[Owed]] = {}
    for each in owed.of_children(asked, ids):
        open_tasks.setdefault(each.child, []).append(each)
    held = holders.on_day(asked.as_of, ids)
    numbers = people.outside_ids_of(ids)
    told = Told(
        rulebook=asked.rulebook, as_of=asked.as_of, held=held, names={}, facts={}, asker=asked.asker
    )
    known = _records(ids)
    return tuple(
        _line(asked, child, told, open_tasks.get(child.id, []), numbers, known[child.id])
        for child in shown
    )


def _records(ids: Sequence[str]) -> dict[str, Record]:
    streams = {child_stream(child): child for child in ids}
    written = ledger.entries_of_all(streams)
    return {
        child: records.as_known(written.get(stream, ()), child=child)
        for stream, child in streams.items()
    }


def _line(
    asked: Asked,
    child: models.Child,
    told: Told,
    open_tasks: Sequence[Owed],
    numbers: Mapping[str, str],
    record: Record,
) -> ChildLine:
    places = grouping.placed(open_tasks, asked.rulebook, as_of=asked.as_of)
    dated = [each for each in open_tasks if each.expected_on is not None and each.is_bound]
    first = min(dated, key=lambda each: (each.expected_on or date.max, each.key), default=None)
    return ChildLine(
        child_id=child.id,
        name=looks.called(child),
        age_words=said.age(child.born_on, child.expected_on, as_of=asked.as_of),
        status_words=_status(asked, child, record),
        allocated=_allocated(told.held, child.id),
        outside_id=numbers.get(child.id, ""),
        n_late=len(places["late"]),
        next_words=_next(told, first),
        next_due_on=first.expected_on if first else None,
    )


def _status(asked: Asked, child: models.Child, record: Record) -> str:
    """Return the one thing to know of a child in a list: died, closed, or under which status."""
    as_of = asked.as_of
    if child.died_on is not None and child.died_on <= as_of:
        return f"Died {said.short_day(child.died_on)}"
    if child.closed_on is not None and child.closed_on <= as_of:
        return f"Record closed {said.short_day(child.closed_on)}"
    if child.born_on is None:
        return "Not born yet"
    states_of = asked.vocabulary.states
    if states.value_on(record, asked.vocabulary, "looked_after", as_of) != "yes":
        return "Not looked after"
    status = states.value_on(record, asked.vocabulary, "legal_status", as_of)
    title = states_of["legal_status"].values.get(status) if "legal_status" in states_of else None
    return title or "Looked after, legal status not recorded"


def _allocated(held: Holders, child: str) -> str:
    names = held.names_of(child, (ALLOCATED,))
    return said.listed(names) or "Nobody allocated"


def _next(told: Told, first: Owed | None) -> str:
    if first is None:
        return "Nothing with a date"
    task = owed.read([first])[first.task_id]
    what = law.what_is_to_be_done(told.rulebook, task)
    return f"{what}. {lines.due_words(told, task, lines.standing_of(told, task))}"


def _empty_words(typed: str) -> str:
    if typed:
        return f"No child that you may see is called “{typed}”. Look for part of the name only."
    return "There is no child here that you may see."
