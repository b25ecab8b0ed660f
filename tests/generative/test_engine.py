"""Random ledgers over random small procedures: what must be true of every answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from caseward.rules.engine import reference, status
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Evaluation, LimitDate, Task
from caseward.rules.facts import reading as facts_reading
from caseward.rules.facts import record
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures import reading as procedures_reading
from tests.builders import calendars
from tests.builders.random_ledgers import CHILDREN, FIRST_DAY, Ledger, ledgers
from tests.builders.small_procedures import SECOND_EDITION, SmallProcedure, small_procedures
from tests.spec.specs import KINDS

LATEST = date(2026, 12, 31)
SHARE = 0.05
FEATURES = (
    "correction",
    "withdrawn fact",
    "re-arranged meeting",
    "cancelled meeting",
    "delay",
    "reopened episode",
    "edition change",
    "unknown state",
    "occasion over several children",
)
DAYS = st.integers(0, 200).map(lambda n: FIRST_DAY + timedelta(days=n))
CHANCES = st.randoms(use_true_random=False)
MANY = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass
class Met:
    """Counts what the ledgers of this run held."""

    ledgers: int = 0
    with_feature: Counter[str] = field(default_factory=Counter)


MET = Met()


@pytest.fixture(scope="module", autouse=True)
def shares(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print how many ledgers held each sort of thing, and fail where one was rare."""
    yield
    if not MET.ledgers:
        return
    found = {feature: MET.with_feature[feature] / MET.ledgers for feature in FEATURES}
    told = ", ".join(f"{feature} {share:.0%}" for feature, share in found.items())
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{MET.ledgers} random ledgers: {told}")
    assert [feature for feature, share in found.items() if share < SHARE] == []


def evaluate(
    entries: tuple[Entry, ...],
    law: SmallProcedure,
    as_of: date,
    *,
    position: int | None = None,
    child: str = CHILDREN[0],
) -> Evaluation:
    """Evaluate one child's entries under the small procedure."""
    known = record.as_known(entries, child=child, position=position)
    return reference.evaluate(known, rulebook(law), as_of=as_of)


def count(ledger: Ledger, law: SmallProcedure, evaluation: Evaluation) -> None:
    """Count what a ledger holds; what only shows in the answer is read from it."""
    MET.ledgers += 1
    found = set(ledger.features - {"reopened episode"})
    if any(episode.number > 1 for episode in evaluation.episodes):
        found.add("reopened episode")
    if any(task.cannot_tell for task in evaluation.tasks):
        found.add("unknown state")
    editions = {task.receipt.edition_from for task in evaluation.tasks}
    if law.has_second_edition and editions >= {SECOND_EDITION, date(2025, 1, 1)}:
        found.add("edition change")
    MET.with_feature.update(found)


@MANY
@given(small_procedures(), ledgers(), DAYS, CHANCES)
def test_the_order_of_recording_changes_nothing(
    law: SmallProcedure, ledger: Ledger, as_of: date, chance: Random
) -> None:
    """Any order of recording gives the same answer, if corrections and delays keep theirs."""
    before = evaluate(ledger.entries, law, as_of)
    count(ledger, law, before)
    assert evaluate(reordered(ledger.entries, chance), law, as_of) == before


@MANY
@given(small_procedures(), ledgers(), DAYS, CHANCES)
def test_later_facts_never_change_what_was_known(
    law: SmallProcedure, ledger: Ledger, as_of: date, chance: Random
) -> None:
    """The answer as known at a position is the answer that was given then."""
    position = chance.randint(1, len(ledger.entries))
    then = evaluate(ledger.entries[:position], law, as_of)
    assert evaluate(ledger.entries, law, as_of, position=position) == then


@MANY
@given(small_procedures(), ledgers(), DAYS, st.integers(1, 120))
def test_a_settled_row_stays_right_overnight(
    law: SmallProcedure, ledger: Ledger, as_of: date, days: int
) -> None:
    """Without a new fact, what is worked out on a day answers for a later day as that day's does."""
    entries = tuple(entry for entry in ledger.entries if entry.occurred_on <= as_of)
    later = as_of + timedelta(days=days)
    first, then = (evaluate(entries, law, day) for day in (as_of, later))
    count(ledger, law, then)
    assert standings(first, law, later) == standings(then, law, later)


@MANY
@given(small_procedures(), ledgers(), DAYS)
def test_what_happens_later_has_not_happened(
    law: SmallProcedure, ledger: Ledger, as_of: date
) -> None:
    """As of a day, the answer is that of the record without what happened after the day."""
    assume(not any(entry.corrects or entry.withdraws for entry in ledger.entries))
    happened = tuple(entry for entry in ledger.entries if entry.occurred_on <= as_of)
    assert evaluate(ledger.entries, law, as_of).tasks == evaluate(happened, law, as_of).tasks


@MANY
@given(small_procedures(), ledgers())
def test_keys_are_unique_and_every_date_follows_from_the_law(
    law: SmallProcedure, ledger: Ledger
) -> None:
    """No two tasks share a key, and each first date is its anchor counted on by its limit."""
    evaluation = evaluate(ledger.entries, law, LATEST)
    count(ledger, law, evaluation)
    keys = [task.key for task in evaluation.tasks]
    assert len(keys) == len(set(keys))
    for task in evaluation.tasks:
        for limit in task.limits:
            assert is_counted_by_the_law(task, limit, law), (task, limit)
        assert task.due_on is None or task.due_on in {limit.due_on for limit in task.limits}
        firsts = {limit.first_on for limit in task.limits}
        assert task.first_due_on is None or task.first_due_on in firsts


@MANY
@given(small_procedures(), ledgers(), DAYS)
def test_a_childs_answer_needs_that_childs_record_alone(
    law: SmallProcedure, ledger: Ledger, as_of: date
) -> None:
    """An occasion over several children leaves each child's answer to its own record."""
    count(ledger, law, evaluate(ledger.entries, law, as_of))
    for child in CHILDREN:
        alone = evaluate(ledger.of(child), law, as_of, child=child)
        assert evaluate(ledger.entries, law, as_of, child=child).tasks == alone.tasks


# Each rule with what it is drawn from.
RULES: tuple[tuple[Any, tuple[st.SearchStrategy[Any], ...]], ...] = (
    (test_the_order_of_recording_changes_nothing, (DAYS, CHANCES)),
    (test_later_facts_never_change_what_was_known, (DAYS, CHANCES)),
    (test_a_settled_row_stays_right_overnight, (DAYS, st.integers(1, 120))),
    (test_what_happens_later_has_not_happened, (DAYS,)),
    (test_keys_are_unique_and_every_date_follows_from_the_law, ()),
    (test_a_childs_answer_needs_that_childs_record_alone, (DAYS,)),
)


@pytest.mark.soak
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0].__name__)
def test_the_same_holds_of_many_more_ledgers(
    rule: tuple[Any, tuple[st.SearchStrategy[Any], ...]],
) -> None:
    """Each of these rules holds of thousands of ledgers drawn anew at every run."""
    test, drawn = rule
    check = given(small_procedures(), ledgers(), *drawn)(test.hypothesis.inner_test)
    settings(MANY, max_examples=3_000, derandomize=False)(check)()


def reordered(entries: tuple[Entry, ...], chance: Random) -> tuple[Entry, ...]:
    """Record the entries in another order; those whose order has a meaning keep it."""
    turned = list(entries)
    chance.shuffle(turned)
    ordered = [entry for entry in entries if is_ordered(entry)]
    places = [n for n, entry in enumerate(turned) if is_ordered(entry)]
    for place, entry in zip(places, ordered, strict=True):
        turned[place] = entry
    return tuple(replace(entry, position=n) for n, entry in enumerate(turned, start=1))


def is_ordered(entry: Entry) -> bool:
    """Say whether the order of recording has a meaning for the entry (M3)."""
    return bool(entry.corrects or entry.withdraws) or entry.kind == "delay.agreed"


def standings(evaluation: Evaluation, law: SmallProcedure, day: date) -> dict[str, Any]:
    """Return how every task that has opened by the day stands on it."""
    calendar = rulebook(law).calendar
    return {
        task.key: status.standing_on(task, day, calendar)
        for task in evaluation.tasks
        if task.opened_on <= day
    }


def is_counted_by_the_law(task: Task, limit: LimitDate, law: SmallProcedure) -> bool:
    """Say whether the first date is the anchor and a count that the law names, day by day."""
    if limit.first_on is None or limit.anchor_on is None:
        return limit.first_on is None
    days = {limit.first_on} if limit.first_on == limit.due_on else {limit.first_on, limit.due_on}
    return any(
        stepped(limit.anchor_on, number, unit, is_back=is_back) in days
        for number, unit, is_back in counts_of(task.step, law)
    )


def counts_of(step_id: str, law: SmallProcedure) -> list[tuple[Any, Any, bool]]:
    """Return the counts that the law names for a step, in any of its editions."""
    steps = [edition.step(step_id) for edition in rulebook(law).procedures[0].editions]
    found: list[tuple[Any, Any, bool]] = []
    for step in steps:
        if step is not None:
            found += [(one.count, one.unit, one.before is not None) for one in step.limits]
            found += [(row.span.count, row.span.unit, False) for row in step.every if row.span]
    return found


def stepped(day: date, number: int, unit: str, *, is_back: bool) -> date:
    """Count day by day, as slowly as one would by hand."""
    one = timedelta(days=-1 if is_back else 1)
    left = number * 7 if unit == "weeks" else number
    while left:
        day += one
        if unit != "working_days" or calendars.england_and_wales().is_working_day(day):
            left -= 1
    return day


@cache
def vocabulary() -> Vocabulary:
    """Return the kinds of event of the rulebook's examples."""
    return facts_reading.read_vocabulary({KINDS.name: KINDS.read_text("utf-8")})


@cache
def rulebook(law: SmallProcedure) -> Rulebook:
    """Return the rulebook of one small procedure."""
    procedure = procedures_reading.read_procedure(
        law.text, path="example.yaml", vocabulary=vocabulary()
    )
    return Rulebook(
        vocabulary=vocabulary(),
        procedures=(procedure,),
        calendar=calendars.england_and_wales(),
        settings={"deemed_receipt": 2},
    )
