"""The stories as the engine reads them, without a store: each child's entries and tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.interfaces.cli.demonstration import stories
from caseward.interfaces.cli.demonstration.chance import Chance
from caseward.interfaces.cli.demonstration.deeds import Fact, MadeSiblings, Recorded
from caseward.interfaces.cli.demonstration.telling import Child, Telling
from caseward.rules.engine import reference
from caseward.rules.engine.rulebook import Adoption, Rulebook
from caseward.rules.engine.tasks import Evaluation
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Entry, Record
from caseward.rules.procedures.model import Edition, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One child's record and what the engine says of it."""

    child: Child
    record: Record
    evaluation: Evaluation


@cache
def law() -> law_cache.ParsedLaw:
    """Return the shipped law."""
    return law_cache.parsed(shipped.law_texts())


@cache
def told_on(today: date) -> Telling:
    """Return all the stories, told on a day."""
    told = Telling(
        today=today, calendar=law().calendar, vocabulary=law().vocabulary, chance=Chance(seed=1)
    )
    stories.tell(told, n_children=stories.N_CHILDREN)
    return told


@cache
def read_on(today: date) -> tuple[Read, ...]:
    """Return every child of the stories as the engine reads them on a day."""
    told = told_on(today)
    entries = {child.word: list(_opening(child)) for child in told.children.values()}
    for place, deed in enumerate(told.deeds, start=1000):
        match deed.what:
            case Recorded(children=words, facts=facts, each=each):
                for word in words:
                    for number, fact in enumerate(facts):
                        made = _entry(word, fact, f"{place}-{number}", place)
                        entries[word].append(_differing(made, each.get(word, {})))
            case MadeSiblings(child=one, sibling=other, same_household=is_together):
                for word, sibling in ((one, other), (other, one)):
                    entries[word].append(_sibling(told, word, sibling, place, is_together, deed.on))
    for number, pair in enumerate(told.siblings, start=5):
        for word, other in ((pair.child, pair.sibling), (pair.sibling, pair.child)):
            on = told.children[word].known_on
            entries[word].append(_sibling(told, word, other, number, pair.same_household, on))
    used = _rulebook(told)
    answer = []
    for word, child in told.children.items():
        record = records.as_known(entries[word], child=word)
        evaluation = reference.evaluate(record, used, as_of=today)
        answer.append(Read(child=child, record=record, evaluation=evaluation))
    return tuple(answer)


def editions() -> Iterator[tuple[Procedure, Edition]]:
    """Yield every shipped procedure with its latest edition."""
    for procedure in law().procedures:
        yield procedure, procedure.editions[-1]


def _opening(child: Child) -> Iterator[Entry]:
    kind, on = ("birth.expected", child.known_on)
    fields: dict[str, Any] = {}
    if child.expected_on is not None:
        fields = {"expected_on": child.expected_on.isoformat()}
    elif child.born_on is not None:
        kind, on = "child.born", child.born_on
    yield _entry(child.word, Fact(kind=kind, on=on, fields=fields), "birth", 1)
    for role, worker in (("social_worker", child.worker), ("iro", child.iro)):
        held = Fact(kind="role.held", on=child.known_on, fields={"role": role, "worker": worker})
        yield _entry(child.word, held, f"role {role}", 2)
    for number, fact in enumerate(child.history):
        yield _entry(child.word, fact, f"history-{number}", 3)
    for number, fact in enumerate(child.refreshed):
        yield _entry(child.word, fact, f"refreshed-{number}", 4)


def _entry(word: str, fact: Fact, name: str, position: int) -> Entry:
    return Entry(
        entry_id=f"{word}:{name}",
        child=word,
        kind=fact.kind,
        occurred_on=fact.on,
        time=fact.time,
        position=position,
        outcome=fact.outcome,
        keys=fact.keys,
        fields=fact.fields,
        until=fact.until,
    )


def _differing(entry: Entry, each: Any) -> Entry:
    keys = {name.removeprefix("keys."): value for name, value in each.items() if "." in name}
    return Entry(
        entry_id=entry.entry_id, child=entry.child, kind=entry.kind, time=entry.time,
        occurred_on=entry.occurred_on, position=entry.position, outcome=entry.outcome,
        keys={**entry.keys, **keys}, fields=entry.fields, until=entry.until,
    )  # fmt: skip


def _sibling(
    told: Telling,
    word: str,
    other: str,
    place: int,
    is_together: bool,
    on: date,
) -> Entry:
    born_on = told.children[other].born_on
    fields = {"same_household": "yes" if is_together else "no"}
    if born_on is not None:
        fields["born_on"] = born_on.isoformat()
    fact = Fact(kind="sibling.recorded", on=on, keys={"sibling": other}, fields=fields)
    return _entry(word, fact, f"{place}-sibling-{other}", place)


def _rulebook(told: Telling) -> Rulebook:
    local = [procedure.id for procedure in law().procedures if not procedure.is_national]
    used_from = {**dict.fromkeys(local, told.began_on), **stories.used_later(told)}
    adopted = [
        Adoption(
            procedure=procedure.id,
            adopted_from=used_from.get(procedure.id, procedure.editions[0].in_force_from),
        )
        for procedure in law().procedures
    ]
    return Rulebook(
        vocabulary=law().vocabulary,
        procedures=law().procedures,
        calendar=law().calendar,
        settings=law().settings,
        adopted=tuple(adopted),
        first_day=told.began_on,
    )
