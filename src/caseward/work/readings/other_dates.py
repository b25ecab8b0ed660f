"""Counting against another system: its due dates beside ours, and why they differ (C, N2).

What another system told is its opinion (`other_system_date.told`); here it is set beside the first
date of our own task for the same duty. Only children whom the asker may see are counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.rules.engine import law_words, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Event
from caseward.rules.procedures.conditions import Span
from caseward.rules.procedures.model import Limit, Step
from caseward.work import entries
from caseward.work.readings import banner, counted_otherwise, law, looks
from caseward.work.readings.counted_otherwise import Compared, Ours, Pattern, Told, Way
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes.other_dates import (
    DateBeside,
    DutyCounted,
    OtherDates,
    RuleOfTheirs,
)
from caseward.work.tasks import canonical
from caseward.work.tasks import queries as tasks

TOLD = "other_system_date.told"
PER_PAGE = 50


def page(
    asker: Asker, *, as_of: date, duty: str = "", only_unexplained: bool = False, page: int = 1
) -> OtherDates:
    """Return how the other system's dates stand to ours, of the children whom the asker may see.

    Errors: NotAllowed for somebody without a worker.
    """
    asked = looks.ask(asker, as_of=as_of)
    compared = _compared(asked)
    titles = _titles(asked)
    apart = [
        one
        for one in compared
        if one.verdict in ("earlier", "later")
        and duty in ("", one.told.duty)
        and not (only_unexplained and one.way is not None)
    ]
    apart.sort(key=lambda one: (-abs(one.days), one.told.due_on, one.told.child))
    n_pages = max(1, -(-len(apart) // PER_PAGE))
    number = min(max(page, 1), n_pages)
    shown = apart[(number - 1) * PER_PAGE : number * PER_PAGE]
    answer = OtherDates(
        banner=banner.page(asker, as_of=as_of),
        duties=tuple(_duties(compared, titles)),
        rules=tuple(_rule(one, titles) for one in counted_otherwise.patterns(compared)),
        lines=tuple(_lines(shown, titles)),
        n_lines=len(apart),
        page=number,
        n_pages=n_pages,
        chosen_duty=duty,
        only_unexplained=only_unexplained,
    )
    looks.write_log(asked, "other_dates", {one.told.child for one in shown}, duty=duty)
    return answer


def _compared(asked: Asked) -> tuple[Compared, ...]:
    seen = set(policy.visible_to(asked.asker).values_list("id", flat=True).order_by("id"))
    duties = _steps_by_duty(asked.rulebook)
    kinds = (TOLD, *(f"{duty}.held" for duty in _titles(asked)))
    told = [one for one in _told(asked, kinds) if one.child in seen]
    children = sorted({one.child for one in told})
    looks.bring_up_to_date(asked, children)
    return counted_otherwise.compare(
        told, _ours(children, duties, asked.rulebook), asked.rulebook.calendar
    )


def _titles(asked: Asked) -> Mapping[str, str]:
    """Return the duties that another system's date may be of, with their titles."""
    kind = asked.vocabulary.kinds.get(TOLD)
    field = kind.find_field("duty") if kind is not None else None
    return field.choices if field is not None else {}


def _told(asked: Asked, kinds: Iterable[str]) -> Iterator[Told]:
    """Yield every date told that stands, with the day of the meeting it was for, if it was held."""
    joined = entries.joined_at(asked.position)
    found: dict[str, list[Entry]] = defaultdict(list)
    for stream, some in ledger.each_stream("child", position=asked.position, kinds=kinds):
        found[joined.main_of(stream.id)] += some
    for child, every in found.items():
        known = records.as_known(every, child=child, joined=joined.members_of(child))
        held = {
            (event.kind, event.keys.get("meeting", "")): event.occurred_on
            for event in known.events
            if event.kind != TOLD
        }
        yield from (_of_event(event, held) for event in known.events if event.kind == TOLD)


def _of_event(event: Event, held: Mapping[tuple[str, str], date]) -> Told:
    duty, meeting = str(event.fields["duty"]), event.keys.get("meeting", "")
    return Told(
        child=event.child,
        duty=duty,
        due_on=date.fromisoformat(str(event.fields["due_on"])),
        held_on=held.get((f"{duty}.held", meeting)) if meeting else None,
        row=str(event.fields.get("row", "")),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A step by which a duty recurs or is met."""

    procedure: str
    step: str


def _steps_by_duty(rulebook: Rulebook) -> dict[_Place, str]:
    """Return the steps that are the law's own way to ask for a meeting, by procedure and id.

    A duty is the noun of the meeting that meets it. The law's own steps are meant where it has any
    that count a time (a first conference and those after it), the authority's where it has not:
    another system counts by the law.
    """
    found: dict[str, list[tuple[bool, _Place]]] = defaultdict(list)
    for procedure in rulebook.procedures:
        for step in procedure.editions[-1].steps:
            if step.meeting is not None:
                place = _Place(procedure.id, step.id)
                is_the_laws = procedure.is_national and _counts_a_time(step)
                found[step.meeting.name].append((is_the_laws, place))
    return {
        place: duty
        for duty, places in found.items()
        for is_the_laws, place in places
        if is_the_laws or not any(other for other, _ in places)
    }


def _counts_a_time(step: Step) -> bool:
    return bool(step.every) or any(limit.count is not None for limit in step.limits)


def _ours(
    children: Iterable[str], duties: Mapping[_Place, str], rulebook: Rulebook
) -> dict[tuple[str, str], list[Ours]]:
    found: dict[tuple[str, str], list[Ours]] = defaultdict(list)
    for task in tasks.of_steps(children, [(place.procedure, place.step) for place in duties]):
        duty = duties[_Place(task.procedure, task.step)]
        bound = next((limit for limit in task.limits if limit.first_on == task.first_due_on), None)
        if task.first_due_on is None or bound is None or bound.anchor_on is None:
            continue
        found[task.child, duty].append(
            Ours(
                task_id=canonical.id_of(task.key),
                due_on=task.first_due_on,
                counted_from=bound.anchor_on,
                rule=_rule_words(task, bound.limit, rulebook),
                met_on=task.met_on,
            )
        )
    return found


def _rule_words(task: Task, limit: str, rulebook: Rulebook) -> str:
    """Return our rule in words: how much time it gives."""
    step = law.step_of(rulebook, task)
    spans: dict[str, Span | Limit | None] = {}
    if step is not None:
        spans |= {f"every:{number}": row.span for number, row in enumerate(step.every)}
        spans |= {row.id or str(number): row for number, row in enumerate(step.limits)}
    span = spans.get(limit)
    return law_words.span(span, rulebook) if span is not None and span.count else "its own date"


def _duties(compared: Iterable[Compared], titles: Mapping[str, str]) -> Iterator[DutyCounted]:
    by_duty: dict[str, list[Compared]] = defaultdict(list)
    for one in compared:
        by_duty[one.told.duty].append(one)
    for duty in (duty for duty in titles if duty in by_duty):
        verdicts = [one.verdict for one in by_duty[duty]]
        yield DutyCounted(
            duty=duty,
            title=titles[duty],
            n_told=len(verdicts),
            n_agree=verdicts.count("agree"),
            n_earlier=verdicts.count("earlier"),
            n_later=verdicts.count("later"),
            n_not_counted=verdicts.count("not_counted"),
            n_unexplained=sum(
                one.way is None and one.verdict in ("earlier", "later") for one in by_duty[duty]
            ),
        )


def _rule(found: Pattern, titles: Mapping[str, str]) -> RuleOfTheirs:
    theirs = _way_words(found.way)
    return RuleOfTheirs(
        duty=found.duty,
        duty_title=titles.get(found.duty, found.duty),
        theirs=theirs,
        ours=f"{found.rule} from the day counted from here",
        n_dates=found.n_dates,
        n_agree=found.n_agree,
        n_earlier=found.n_earlier,
        n_later=found.n_later,
        least=found.least,
        most=found.most,
        sentence=_sentence(found, theirs),
    )


def _way_words(way: Way) -> str:
    since = "the date that was due before" if way.is_from_due else "the day counted from here"
    return f"{wording.count(way.count, way.unit)} from {since}"


def _sentence(found: Pattern, theirs: str) -> str:
    dates = f"{found.n_dates:,} {'date' if found.n_dates == 1 else 'dates'}"
    if found.n_agree == found.n_dates:
        return f"{dates}: the other system gives {theirs}, which comes to our own date each time."
    apart = [
        f"{n:,} {word} than ours"
        for n, word in ((found.n_earlier, "earlier"), (found.n_later, "later"))
        if n
    ]
    return (
        f"{dates}: the other system gives {theirs}, where {found.rule} count here. "
        f"{found.n_agree:,} come to the same day, {' and '.join(apart)}, by up to "
        f"{wording.count(max(abs(found.least), abs(found.most)), 'days')}."
    )


def _lines(shown: Iterable[Compared], titles: Mapping[str, str]) -> Iterator[DateBeside]:
    compared = tuple(shown)
    names = looks.names_of({one.told.child for one in compared})
    for one in compared:
        if one.ours is None:
            continue
        yield DateBeside(
            child_id=one.told.child,
            child_name=names.get(one.told.child, ""),
            task_id=one.ours.task_id,
            duty_title=titles.get(one.told.duty, one.told.duty),
            their_due_on=one.told.due_on,
            our_due_on=one.ours.due_on,
            days=one.days,
            why=_way_words(one.way) if one.way is not None else "",
            row=one.told.row,
        )
