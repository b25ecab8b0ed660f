"""Every verb that writes, each with something to do on one small authority.

Each is done under a key of its own and makes its ids from it, so that doing it again, or in another
copy of the same store, gives the very same rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from caseward.interfaces import shipped
from caseward.record.access import askers, read_log
from caseward.record.ledger import heads, queries
from caseward.record.ledger.acts import Act, NewEntry, StreamRef, child_stream
from caseward.work import entries
from caseward.work.casework import (
    adopt,
    agree_delay,
    allocate,
    correct_entry,
    decide_overdue,
    discard_draft,
    give_up_task,
    hold_role,
    import_facts,
    involve_person,
    join_records,
    keep_draft,
    record_birth,
    record_event,
    register_child,
    say_away,
    take_task,
    withdraw_entry,
)
from caseward.work.casework.agree_delay import NewDelay
from caseward.work.casework.involve_person import Involvement, NewPerson, WayToReach
from caseward.work.casework.register_child import NewChild
from caseward.work.drafts.kept import About
from caseward.work.tasks.models import TaskRow
from tests.builders.stores import DISCHARGE, REVIEWS, Store, a_store, an_act, on

DAY = date(2025, 12, 8)
REVIEW = "looked_after_review.held"
PLACEMENTS = "law/national/placements.yaml"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The authority that every verb is done in, with the things that verbs name."""

    store: Store
    child: str
    sibling: str
    unborn: str
    person: str
    review: queries.Recorded
    visit_act: str
    task: str
    draft: About

    def worker(self, role: str) -> str:
        """Return the worker who holds a role."""
        return self.store.workers[role]


def an_authority() -> Authority:
    """Make the authority in an empty store: three children, a discharge under way."""
    store = a_store(DAY, law=(DISCHARGE, REVIEWS))
    for name, expected_on in (("Unborn One", "2026-03-01"), ("Child Two", None)):
        store = store.with_child(name, expected_on=expected_on, started_on="2025-01-06")
    store = store.with_child("Child One", started_on="2025-01-06")
    reviewed = store.record(REVIEW, "2025-12-04", outcome="discharge_supported")
    store.record("review_decision.ratified", "2025-12-05")
    visited = store.record("visit.made", "2025-12-06", seen="yes", by="social_worker")
    person, _ = involve_person.register_person(store.act(), NewPerson(name="Parent One"))
    involve_person.involve(
        store.act(), store.child, person, Involvement(relationship="mother", since=DAY)
    )
    # Declared last and settled by nobody yet, so that settling on reading has something to do.
    adopt.declare_closure(store.act(), {date(2025, 12, 22): "Offices closed"})
    (review,) = queries.of_act(reviewed.act_id)
    worker = store.workers["social_worker"]
    draft = About(worker=worker, child=store.child, kind="looked_after_review.held")
    keep_draft.keep(store.act(by="social_worker"), draft, {"fields.notes": "To be thrown away."})
    return Authority(
        store=store,
        child=store.child,
        sibling=store.children["Child Two"],
        unborn=store.children["Unborn One"],
        person=person,
        review=review,
        visit_act=visited.act_id,
        draft=draft,
        task=TaskRow.objects.get(child=store.child, step="W5.meeting").id,
    )


def act(name: str, *, by: str = "system:tests", why: str = "") -> Act:
    """Return the act of a verb: always under the same key, at the same moment."""
    return an_act(by=by, day=DAY, why=why, key=f"point {name}")


Verb = Callable[[Authority, Act], object]


def _event(known: Authority, doing: Act) -> object:
    what = known.store.what("discharge_meeting.arranged", DAY, planned_on="2025-12-22")
    return record_event.record(doing, what, confirmed=True)


def _occasion(known: Authority, doing: Act) -> object:
    both = (known.child, known.sibling)
    what = known.store.what("visit.made", DAY, children=both, seen="yes")
    return record_event.record(doing, what, confirmed=True)


def _correct(known: Authority, doing: Act) -> object:
    what = known.store.what(REVIEW, "2025-12-03", outcome="discharge_supported")
    return correct_entry.correct(
        doing, known.child, known.review.entry.entry_id, what,
        expected_seq=known.review.seq, confirmed=True,
    )  # fmt: skip


def _withdraw(known: Authority, doing: Act) -> object:
    entry = known.review.entry.entry_id
    return withdraw_entry.withdraw(doing, known.child, entry, expected_seq=known.review.seq)


def _undo(known: Authority, doing: Act) -> object:
    return withdraw_entry.undo(doing, known.visit_act)


def _child(_known: Authority, doing: Act) -> object:
    return register_child.register(doing, NewChild(name="Child New", born_on=date(2020, 1, 1)))


def _birth(known: Authority, doing: Act) -> object:
    return record_birth.record(doing, known.unborn, DAY, name="Child Born", confirmed=True)


def _siblings(known: Authority, doing: Act) -> object:
    return involve_person.record_siblings(doing, known.child, known.sibling, same_household=True)


def _join(known: Authority, doing: Act) -> object:
    return join_records.join(doing, known.sibling, known.child)


def _delay(known: Authority, doing: Act) -> object:
    delay = NewDelay(
        new_date=on("2026-01-12"), reason="school_holidays", agreed_by=known.worker("team_manager")
    )
    return agree_delay.agree(doing, known.child, known.task, delay, confirmed=True)


def _give_up(known: Authority, doing: Act) -> object:
    return give_up_task.give_up(
        doing, known.child, known.task, reason="The family moved away.",
        decided_by=known.worker("team_manager"), confirmed=True,
    )  # fmt: skip


def _decide_overdue(known: Authority, doing: Act) -> object:
    overdue = decide_overdue.Overdue(child=known.child, task_id=known.task)
    return decide_overdue.decide(doing, [overdue], "kept")


def _away(known: Authority, doing: Act) -> object:
    worker = known.worker("social_worker")
    return say_away.begin(doing, worker, since=DAY, back_on=date(2025, 12, 20), reason="leave")


def _take(known: Authority, doing: Act) -> object:
    return take_task.take(doing, known.child, known.task, worker=known.worker("iro"))


def _person(_known: Authority, doing: Act) -> object:
    way = WayToReach(way="phone", address="0000 000", is_safe=True)
    return involve_person.register_person(doing, NewPerson(name="Parent New", ways=(way,)))


def _involve(known: Authority, doing: Act) -> object:
    told = Involvement(relationship="mother", since=DAY, responsibility="birth")
    return involve_person.involve(doing, known.sibling, known.person, told)


def _no_longer_involved(known: Authority, doing: Act) -> object:
    return involve_person.end(doing, known.child, known.person, on=DAY)


def _allocate(known: Authority, doing: Act) -> object:
    worker = known.worker("social_worker")
    return allocate.allocate(doing, known.child, worker, role="co_worker", since=DAY)


def _end_role(known: Authority, doing: Act) -> object:
    worker = known.worker("social_worker")
    return allocate.end(doing, known.child, "social_worker", worker=worker, on=DAY)


def _worker(_known: Authority, doing: Act) -> object:
    return hold_role.register_worker(doing, "Worker New")


def _team(_known: Authority, doing: Act) -> object:
    return hold_role.register_team(doing, "Team New")


def _hold(known: Authority, doing: Act) -> object:
    return hold_role.hold(doing, known.worker("iro"), "iro_service_manager", since=DAY)


def _end_hold(known: Authority, doing: Act) -> object:
    return hold_role.end(doing, known.worker("iro"), "iro", on=DAY, team=known.store.team)


def _closure(_known: Authority, doing: Act) -> object:
    return adopt.declare_closure(doing, {date(2025, 12, 29): "Offices closed"})


def _setting(_known: Authority, doing: Act) -> object:
    return adopt.set_setting(doing, "deemed_receipt", "second_working_day", since=DAY)


def _first_day(_known: Authority, doing: Act) -> object:
    return adopt.set_first_day(doing, date(2025, 1, 6))


def _procedure(_known: Authority, doing: Act) -> object:
    text = shipped.law_texts().procedures[PLACEMENTS]
    return adopt.adopt_procedure(doing, text, path=PLACEMENTS, adopted_from=DAY)


def _kinds(_known: Authority, doing: Act) -> object:
    return adopt.adopt_kinds(doing, shipped.law_texts().kinds)


def _settings(_known: Authority, doing: Act) -> object:
    return adopt.adopt_settings(doing, shipped.law_texts().settings)


def _calendar(_known: Authority, doing: Act) -> object:
    texts = shipped.law_texts()
    return adopt.adopt_calendar(doing, texts.calendar, path=texts.calendar_path)


def _demonstration(_known: Authority, doing: Act) -> object:
    return adopt.declare_demonstration(doing)


def _import(_known: Authority, doing: Act) -> object:
    return bring_in(doing, n_children=15)


def bring_in(doing: Act, *, n_children: int) -> object:
    """Bring in an import of so many children, each with three entries."""
    return import_facts.bring_in(doing, _batches(n_children))


def _staged_import(_known: Authority, doing: Act) -> object:
    """Make an import ready in a file of its own, then bring it in: the writer is held for that."""
    folder = Path(settings.CASEWARD_HOME) / "imports" / "struck"
    return entries.bring_in(
        doing, entries.stage_many(doing, _batches(15, first=100), folder=folder)
    )


def _batches(n_children: int, *, first: int = 0) -> list[tuple[StreamRef, list[NewEntry]]]:
    return [
        (child_stream(str(uuid5(NAMESPACE_URL, f"imported {number}"))), [
            NewEntry(
                stream=child_stream(str(uuid5(NAMESPACE_URL, f"imported {number}"))),
                kind=kind,
                occurred_on=date(2025, 1, 6) + timedelta(days=number % 15 + after),
                entry_id=str(uuid5(NAMESPACE_URL, f"imported {number} {after}")),
            )
            for kind, after in (("looked_after.began", 0), (REVIEW, 20), (REVIEW, 100))
        ])
        for number in range(first, first + n_children)
    ]  # fmt: skip


def _settle(known: Authority, doing: Act) -> None:
    entries.settle_on_reading((known.child, known.sibling), on=doing.today)


def _settle_behind(_known: Authority, doing: Act) -> int:
    return entries.settle_behind(on=doing.today)


def _rebuild(_known: Authority, doing: Act) -> object:
    return entries.rebuild(on=doing.today)


def _keep_draft(known: Authority, doing: Act) -> object:
    worker = known.worker("social_worker")
    about = About(worker=worker, child=known.child, kind="visit.made")
    return keep_draft.keep(doing, about, {"fields.notes": "Seen in the garden."})


def _discard_draft(known: Authority, doing: Act) -> None:
    discard_draft.discard(doing, known.draft)


def _look(known: Authority, doing: Act) -> object:
    asker = askers.asker_for(known.worker("iro"), at=doing.at, today=doing.today)
    return read_log.write(asker, "children:child", [known.child], asked="point")


def _head(_known: Authority, doing: Act) -> object:
    return heads.write([settings.CASEWARD_HOME / "heads"], at=doing.at)


VERBS: Mapping[str, Verb] = {
    "record an event": _event,
    "record for two children": _occasion,
    "correct": _correct,
    "withdraw": _withdraw,
    "undo": _undo,
    "register a child": _child,
    "record a birth": _birth,
    "record siblings": _siblings,
    "join two records": _join,
    "agree a delay": _delay,
    "give up a task": _give_up,
    "decide about what was overdue": _decide_overdue,
    "say that somebody is away": _away,
    "take a task": _take,
    "register a person": _person,
    "involve a person": _involve,
    "end an involvement": _no_longer_involved,
    "allocate": _allocate,
    "end an allocation": _end_role,
    "register a worker": _worker,
    "register a team": _team,
    "hold a role": _hold,
    "end a role": _end_hold,
    "declare a closure": _closure,
    "choose a setting": _setting,
    "set the first day": _first_day,
    "adopt a procedure": _procedure,
    "adopt kinds": _kinds,
    "adopt settings": _settings,
    "adopt a calendar": _calendar,
    "declare a demonstration": _demonstration,
    "bring in an import": _import,
    "bring in a staged import": _staged_import,
    "settle on reading": _settle,
    "settle those behind": _settle_behind,
    "rebuild every row": _rebuild,
    "keep a draft": _keep_draft,
    "discard a draft": _discard_draft,
    "write the read log": _look,
    "sign a head": _head,
}

# Written under a key of its own and given again to the same key; the others are not acts.
NOT_ACTS = frozenset({"write the read log", "sign a head"})
ABOUT_A_TASK = frozenset({
    "agree a delay", "give up a task", "take a task", "decide about what was overdue",
})  # fmt: skip
BY_WORKER = frozenset({"undo", "keep a draft", "discard a draft"})


def do(name: str, known: Authority) -> None:
    """Do a verb as its own act."""
    by = known.worker("social_worker") if name in BY_WORKER else "system:tests"
    VERBS[name](known, act(name, by=by, why="It was typed wrongly."))


def between(name: str, known: Authority) -> list[Callable[[], object]]:
    """Return what brings a store to each whole state that it may be left in on the way.

    Settling is done child by child, each in a transaction of its own, and before an act about a
    task: what follows from facts that stand, and no fact (S5).
    """
    if name in ABOUT_A_TASK:
        return [lambda: entries.settle_on_reading((known.child,), on=DAY)]
    if name == "settle on reading":
        first = min(known.child, known.sibling)
        return [lambda: entries.settle_on_reading((first,), on=DAY)]
    if name == "settle those behind":
        return [
            lambda: entries.settle_behind(on=DAY, at_most=1),
            lambda: entries.settle_behind(on=DAY, at_most=2),
        ]
    return []
