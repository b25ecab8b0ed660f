"""What was typed here since a day: it goes back to the system that the authority keeps (B10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import LONDON, child_stream
from caseward.record.ledger.queries import Recorded
from caseward.record.people import models
from caseward.record.people import queries as people
from caseward.rules.facts import record as records
from caseward.rules.facts.kinds import EventKind
from caseward.work.imports import queries as imports
from caseward.work.readings import banner, looks, timeline
from caseward.work.readings.looks import Asked
from caseward.work.readings.shapes.typed_here import State, TypedBy, TypedHere, TypedLine
from caseward.work.readings.timeline import SYSTEM, Chain
from caseward.work.readings.values import Values

BROUGHT_IN = ("import",)
"""The doors by which facts come that the other system has sent itself."""
OWN_GROUP = "Running the procedure"
"""Kinds under this heading speak of Caseward's own tasks; no other system holds them."""
LEFT = "Somebody who has left"
REGISTERING = frozenset({"child.registered", "outside_id.recorded", "outside_id.ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A child whose record people touched: what the asker may read, who touched what."""

    asked: Asked
    child: models.Child
    scheme: str
    number: str
    classes: frozenset[str]
    values: Values
    touched: frozenset[str]


def page(
    asker: Asker, *, since: date, as_of: date, worker: str = "", at_most: int | None = None
) -> TypedHere:
    """Return what people typed here on or after a day, of children whom the asker may see.

    By worker, then by child and day, at most so many of each worker. Left out is what was typed and withdrawn again since, and what
    the other system has sent back after it was typed.
    """
    asked = looks.ask(asker, as_of=as_of)
    by_worker: dict[str, list[TypedLine]] = {}
    for typed_by, line in _lines(asked, since):
        by_worker.setdefault(typed_by, []).append(line)
    names = {each.id: each.name for each in people.workers(by_worker).values()}
    shown = {
        code: [
            replace(line, recorded_by=names.get(code, LEFT)) for line in sorted(lines, key=_order)
        ]
        for code, lines in by_worker.items()
        if worker in ("", code)
    }
    every = [line for lines in shown.values() for line in lines]
    looks.write_log(
        asked,
        "typed_here",
        {line.child_id for line in every},
        since=since.isoformat(),
        worker=worker,
    )
    return TypedHere(
        banner=banner.page(asker, as_of=as_of),
        since=since,
        workers=tuple(
            TypedBy(
                worker_id=code,
                worker_name=names.get(code, LEFT),
                n_all=len(shown[code]),
                lines=tuple(shown[code][:at_most]),
            )
            for code in sorted(shown, key=lambda code: (names.get(code, LEFT), code))
        ),
        choices=tuple(
            sorted(((code, names.get(code, LEFT)) for code in by_worker), key=lambda one: one[1])
        ),
        chosen_worker=worker,
        n_all=len(every),
        n_without_number=sum(not line.number for line in every),
    )


def _order(line: TypedLine) -> tuple[str, str, date, str]:
    return line.child_name, line.child_id, line.occurred_on, line.entry_id


def _lines(asked: Asked, since: date) -> Iterator[tuple[str, TypedLine]]:
    """Yield who typed it and the line, child by child."""
    moment = datetime.combine(since, time(), tzinfo=LONDON)
    touched: dict[str, set[str]] = {}
    for one in ledger.recorded_since(moment, not_via=BROUGHT_IN):
        # What was taken over from another system has a source, whoever pressed the button.
        if not one.act.by.startswith(SYSTEM) and not one.source:
            touched.setdefault(one.stream.id, set()).add(one.entry.entry_id)
    numbers = people.numbers_of(touched)
    visible = policy.visible_to(asked.asker)
    wanted = sorted(touched)
    for start in range(0, len(wanted), people.AT_ONCE):
        some = wanted[start : start + people.AT_ONCE]
        for child in visible.filter(pk__in=some).order_by("id"):
            scheme, number = numbers.get(child.id, ("", ""))
            yield from _of_child(asked, child, frozenset(touched[child.id]), scheme, number)


def _of_child(
    asked: Asked, child: models.Child, touched: frozenset[str], scheme: str, number: str
) -> Iterator[tuple[str, TypedLine]]:
    recorded = ledger.recorded(child_stream(child.id))
    record = records.as_known([one.entry for one in recorded], child=child.id)
    chains = [
        chain for chain in timeline.chains(recorded, record.withdrawn) if _goes_back(asked, chain)
    ]
    look = _Look(
        asked=asked,
        child=child,
        scheme=scheme,
        number=number,
        classes=policy.readable(asked.asker, child.id),
        values=Values.of(asked.asker, (chain.standing.entry for chain in chains)),
        touched=touched,
    )
    sent_back = imports.sent_back(chain.first.entry.entry_id for chain in chains)
    for chain in chains:
        last, state = _last_typed(chain, touched), _state(chain, touched)
        if last is None or state is None:
            continue
        said_at = sent_back.get(chain.first.entry.entry_id)
        if said_at is None or said_at < last.act.at:
            yield last.act.by, _line(look, chain, last, state)


def _last_typed(chain: Chain, touched: frozenset[str]) -> Recorded | None:
    """Return the last thing that a person did to the entry since the day, None where nothing."""
    steps = (chain.first, *chain.corrections, *([chain.withdrawal] if chain.withdrawal else []))
    return next((one for one in reversed(steps) if one.entry.entry_id in touched), None)


def _goes_back(asked: Asked, chain: Chain) -> bool:
    kind = asked.vocabulary.kinds.get(chain.first.entry.kind)
    return kind is not None and kind.group != OWN_GROUP and kind.id not in REGISTERING


def _state(chain: Chain, touched: frozenset[str]) -> State | None:
    """Return what the other system has to do with it; None where it never has to hear of it."""
    is_new = chain.first.entry.entry_id in touched
    if chain.withdrawal is not None:
        return None if is_new else "withdrawn"
    return "new" if is_new else "corrected"


def _line(look: _Look, chain: Chain, last: Recorded, state: State) -> TypedLine:
    entry = chain.standing.entry
    kind = look.asked.vocabulary.kinds[entry.kind]
    said = timeline.field_words(kind, entry, look.values, look.classes)
    return TypedLine(
        entry_id=chain.first.entry.entry_id,
        child_id=look.child.id,
        child_name=looks.called(look.child),
        born_on=look.child.born_on,
        number=look.number,
        scheme=look.scheme,
        state=state,
        kind=entry.kind,
        title=kind.title,
        occurred_on=entry.occurred_on,
        time_words=f"{entry.time:%H:%M}" if entry.time else "",
        until=entry.until,
        outcome=entry.outcome or "",
        outcome_words=kind.outcomes.get(entry.outcome or "", ""),
        fields=tuple(each for each in said if not each.is_hidden),
        values=_readable(kind, {**entry.keys, **entry.fields}, look.classes),
        recorded_at=last.act.at,
    )


def _readable(
    kind: EventKind, said: Mapping[str, object], classes: frozenset[str]
) -> dict[str, object]:
    """Return keys and fields as kept, without what the asker may not read."""
    return {
        name: value
        for name, value in said.items()
        if (field := kind.find_field(name)) is None or policy.may_read_field(field, classes)
    }
