"""What adopting would change is shown before, settled after child by child, and is the same (S5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from caseward.interfaces import shipped
from caseward.record.access.models import ReadLog
from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act
from caseward.rules.engine import what_if
from caseward.rules.engine.tasks import Evaluation
from caseward.work import entries
from caseward.work.casework import adopt, authority_changes, join_records
from caseward.work.casework.authority_changes import AuthorityChange
from caseward.work.entries import settling
from caseward.work.readings import child_page, tasks_of
from caseward.work.tasks import queries as tasks
from tests.builders.stores import DISCHARGE, REVIEWS, Store, a_store, on
from tests.integration.cli.asking import caseward
from tests.integration.cli.test_store_commands import _quiet_about_what_tests_change

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("_quiet_about_what_tests_change"),
]
__all__ = ["_quiet_about_what_tests_change"]


def some_children(day: str = "2026-01-05") -> Store:
    """Return a store with four children: three in a discharge begun on different days, one not."""
    store = a_store("2025-12-04", law=(DISCHARGE, REVIEWS))
    for name, began in (("Early", "2025-11-20"), ("Late", "2025-11-03"), ("Last", "2025-12-04")):
        store = store.with_child(f"Child {name}", started_on="2025-01-06")
        store.record("looked_after.began", "2025-01-06", reason="S")
        store.record("looked_after_review.held", began, outcome="discharge_supported")
        store.record("review_decision.ratified", began)
    return store.with_child("Child Apart", started_on="2025-01-06").on(day)


def closure(act: Act) -> AuthorityChange:
    """A day in December on which offices close."""
    return authority_changes.closures(act, {on("2025-12-05"): "Offices closed"})


def setting(act: Act) -> AuthorityChange:
    """Another number for a setting of the discharge, from a day that has come."""
    return authority_changes.setting(act, "lac_forwarding_days", 2, since=on("2025-12-01"))


def calendar(act: Act) -> AuthorityChange:
    """A calendar in which 2025 has one bank holiday more."""
    texts = shipped.law_texts()
    line = '  "2025-12-25"'
    assert line in texts.calendar
    text = texts.calendar.replace(line, f'  "2025-12-08": "A day more"\n{line}', 1)
    return authority_changes.calendar(act, text, path=texts.calendar_path)


def edition(act: Act) -> AuthorityChange:
    """A text of the discharge whose meeting is due five working days sooner."""
    text = shipped.law_texts().procedures[DISCHARGE]
    assert "count: 15" in text
    return authority_changes.procedure(
        act,
        text.replace("count: 15", "count: 10", 1),
        path=DISCHARGE,
        adopted_from=on("2015-01-01"),
    )


@pytest.fixture(params=[closure, calendar, edition], ids=lambda change: change.__name__)
def change(request: pytest.FixtureRequest) -> Callable[[Act], AuthorityChange]:
    """Each sort of thing that the authority adopts or declares."""
    made: Callable[[Act], AuthorityChange] = request.param
    return made


@dataclass
class Stood:
    """What stood of each child before."""

    evaluations: dict[str, Evaluation]

    def now_differs(self, today: date) -> dict[str, str]:
        """Return the digest of what has changed for each child for whom anything has."""
        found = {}
        for child, before in self.evaluations.items():
            difference = what_if.difference(before, tasks.evaluation_of(child), today)
            if not difference.is_empty:
                found[child] = difference.digest
        return found


def stood(store: Store) -> Stood:
    """Return what stands of every child, settled."""
    entries.settle_behind(on=store.today)
    return Stood({child: tasks.evaluation_of(child) for child in store.children.values()})


def test_what_was_foreseen_is_what_settling_makes(
    change: Callable[[Act], AuthorityChange],
) -> None:
    """Child by child the same difference, for those foreseen and for nobody else."""
    store = some_children()
    act = store.act()
    before = stood(store)
    ready = change(act)
    head = queries.head()
    foreseen = adopt.preview(act, ready)
    assert queries.head() == head
    assert before.now_differs(store.today) == {}
    adopt.adopt(act, ready)
    assert entries.n_behind(on=store.today) == len(store.children)
    assert entries.settle_behind(on=store.today) == 0
    assert {one.child: one.digest for one in foreseen} == before.now_differs(store.today)
    assert 0 < len(foreseen) < len(store.children)


def test_late_ones_come_first_and_are_counted() -> None:
    """By what would be late, and then by what falls due first."""
    store = some_children()
    foreseen = adopt.preview(store.act(), edition(store.act()))
    assert [bool(one.n_late) for one in foreseen] == sorted(
        (bool(one.n_late) for one in foreseen), reverse=True
    )
    assert foreseen[0].child == store.children["Child Late"]
    assert foreseen[0].n_late > 0


def test_what_is_dated_ahead_is_foreseen_on_its_day() -> None:
    """A setting in force from a later day changes nothing till then, and is shown as of then."""
    store = some_children("2025-12-10")
    ready = authority_changes.setting(store.act(), "deemed_receipt", 4, since=on("2026-02-02"))
    assert ready.from_on == on("2026-02-02")
    adopt.adopt(store.act(), ready)
    stood(store)
    assert entries.n_behind(on=on("2026-02-01")) == 0
    assert entries.n_behind(on=on("2026-02-02")) == len(store.children)


def test_control_foreseeing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A foreseeing that leaves a child out is told apart from what settling makes."""
    store = some_children()
    act = store.act()
    before = stood(store)
    monkeypatch.setattr(tasks, "every_child", lambda: (store.children["Child Apart"],))
    foreseen = adopt.preview(act, closure(act))
    adopt.adopt(act, closure(act))
    entries.settle_behind(on=store.today)
    assert {one.child: one.digest for one in foreseen} != before.now_differs(store.today)


def test_settling_stopped_in_the_middle_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One child a transaction, the earliest date first; each carries how far it is settled."""
    store = some_children()
    stood(store)
    adopt.adopt(store.act(), closure(store.act()))
    order: list[str] = []
    again = settling._settle_again

    def stopped_at_the_third(child: str, rules: entries.Rules) -> None:
        if len(order) == 2:
            raise KeyboardInterrupt
        order.append(child)
        again(child, rules)

    with monkeypatch.context() as patch:
        patch.setattr(settling, "_settle_again", stopped_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            entries.settle_behind(on=store.today)
    assert entries.n_behind(on=store.today) == 2
    assert order[0] == store.children["Child Late"]
    position = entries.rules_at(on=store.today).to.position
    settled = tasks.settled_to(store.children.values())
    assert {child for child, to in settled.items() if to.position == position} == set(order)
    assert entries.settle_behind(on=store.today) == 0


def test_a_page_of_a_child_that_is_behind_settles_it_alone() -> None:
    """Nobody waits for the job: the page shows the new date, and the others stay behind."""
    store = some_children()
    stood(store)
    adopt.adopt(store.act(), closure(store.act()))
    page = child_page.page(store.asker("iro"), store.children["Child Last"], as_of=store.today)
    line = next(one for group in page.tasks for one in group.lines if one.step == "W5.meeting")
    assert line.due_on == on("2025-12-30")
    assert entries.n_behind(on=store.today) == len(store.children) - 1


def test_a_later_joining_changes_no_past() -> None:
    """As known before two records were joined, each stands alone (M39, M4)."""
    store = some_children().on("2026-01-05")
    one, other = store.children["Child Late"], store.children["Child Apart"]
    store.record("looked_after_review.held", "2026-01-05", children=(other,),
                 outcome="discharge_supported")  # fmt: skip
    asker, known_at = store.asker("iro"), store.act().at

    def told() -> list[tuple[str, str]]:
        answers = tasks_of.answer(asker, [one, other], as_of=store.today, known_at=known_at)
        return [(child, task.key) for child, task, _ in answers]

    before = told()
    assert {child for child, _ in before} == {one, other}
    join_records.join(store.on("2026-01-06").act(), other, one)
    assert told() == before


def test_the_command_shows_what_would_change_and_records_nothing(tmp_path: Path) -> None:
    """Counts first, then the children by name, late ones first; who looked is written down."""
    store = some_children("2026-03-02")
    stood(store)
    head = queries.head()
    said = caseward("adopt", "--closure", "2025-12-05", "Offices closed", "--preview")
    assert (said.code, said.err) == (0, "")
    first, *lines = said.out.splitlines()
    assert first.startswith("On 2026-03-02 it would change something for ")
    assert lines[0].startswith("Child ")
    assert " changed" in lines[0]
    assert queries.head() == head
    assert ReadLog.objects.filter(page="what_adopting_changes").count() == 1


def test_the_commands_adopt_and_settle() -> None:
    """Adopting says how many are behind; settling brings them up, some or all at a time."""
    store = some_children("2026-03-02")
    stood(store)
    said = caseward("adopt", "--setting", "deemed_receipt", "4", "--from", "2026-01-01")
    assert said.code == 0, said.err
    assert said.out.startswith("Adopted. 4 children follow it once they are read")
    assert caseward("settle", "--at-most", 1).out == "Settled: 1. Still behind: 3.\n"
    assert caseward("settle").out == "Settled: 3. Still behind: 0.\n"
    assert entries.rulebook_at(on=store.today).settings["deemed_receipt"] == 4


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--preview"], 2, "name it by --closure"),
        (["x", "--closure", "2026-01-01", "Closed"], 2, "other things one at a time"),
        (["--closure", "1/1/2026", "Closed"], 2, "is not a day. Write it like 2026-12-24"),
        (["--file", "/nowhere.yaml"], 3, "/nowhere.yaml cannot be read"),
    ],
)
def test_what_the_command_does_not_understand(words: list[str], code: int, says: str) -> None:
    """Each is told in a sentence, and nothing is adopted."""
    some_children("2026-03-02")
    head = queries.head()
    said = caseward("adopt", *words)
    assert said.code == code
    assert says in said.err
    assert queries.head() == head
