"""The large return that others wrote: all of it in, and its reviews due as the plain file has them.

The set is not part of the project. Where it is absent these tests are skipped and say so.
"""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection

from caseward.interfaces import shipped
from caseward.record.access import askers
from caseward.record.people import queries as people
from caseward.rules.engine import published, reference, status
from caseward.rules.engine.rulebook import Adoption, Rulebook
from caseward.rules.facts import plain as plain_file
from caseward.rules.facts import record
from caseward.work import entries
from caseward.work.exchange.imports.report import Report
from caseward.work.readings import tasks_of
from tests.builders import importing, stores
from tests.integration.exchange import returns

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(
        not returns.FOLDER.is_dir(),
        reason="NOT PROVEN HERE: the large SSDA903 return (2,675 children, 12,582 reviews) is absent",
    ),
]
AS_OF = date(2018, 3, 31)
REVIEWS = "looked_after_reviews"
SOME = 150
Rows = dict[str, list[dict[str, Any]]]
# What follows from ids that each way of keeping a record makes for itself.
OWN_IDS = {"child", "episode", "key", "trigger", "met_by", "receipt", "limits", "owner"}


def test_the_first_children() -> None:
    """The reviews of the first 150 children are due on the store as from the plain file.

    On a past day, worked out anew from the entries, and today, as they were settled.
    """
    files = returns.of_the_first(SOME, returns.the_large_return())
    report = _compare(files, AS_OF, stores.TODAY)
    assert report.children_new == SOME


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the whole set is held equal beside SQLite"
)
def test_all_children() -> None:
    """Every row of the whole set is accounted for, and every review task equal, key by key."""
    report = _compare(returns.the_large_return(), stores.TODAY)
    totals = {t.file: t for t in report.totals}
    assert [totals[name].read for name in returns.NAMES] == [2_675, 5_050, 12_582]
    assert all(t.read == t.accepted + t.duplicate + t.refused for t in report.totals)
    assert len(report.refused) == sum(t.refused for t in report.totals)
    assert len(report.duplicates) == sum(t.duplicate for t in report.totals)
    reasons = Counter((row.file, row.column, row.code) for row in report.refused)
    assert reasons == {
        ("episodes.csv", "DEC", "missing"): 353,
        ("reviews.csv", "REVIEW", "future"): 107,
        ("reviews.csv", "REVIEW", "conflict"): 12,
    }
    assert report.facts["looked_after_review.held"] == totals["reviews.csv"].accepted


def test_a_task_left_out_is_told() -> None:
    """Control: one review less in the plain file, and the two differ."""
    files = returns.of_the_first(20, returns.the_large_return())
    _import(files)
    whole = _from_the_plain_file(files, AS_OF)
    heading, _, *kept = files["reviews.csv"].splitlines(keepends=True)
    short = _from_the_plain_file(files | {"reviews.csv": b"".join([heading, *kept])}, AS_OF)
    assert _from_the_store(AS_OF) == whole
    assert _from_the_store(AS_OF) != short


def _compare(files: dict[str, bytes], *days: date) -> Report:
    """Import, and hold the two answers together on each of the days."""
    report = _import(files)
    for as_of in days:
        from_store, from_file = _from_the_store(as_of), _from_the_plain_file(files, as_of)
        assert sum(map(len, from_store.values())) > report.children_new
        assert set(from_store) == set(from_file)
        differing = [child for child in from_store if from_store[child] != from_file[child]]
        assert differing == []
    return report


def _import(files: dict[str, bytes]) -> Report:
    store = stores.a_store(law=[stores.REVIEWS])
    return importing.bring_in(store.act(), files)


def _from_the_store(as_of: date) -> Rows:
    identifiers = {
        child.child_id: identifier
        for identifier, child in people.outside_children(importing.SCHEME).items()
    }
    asker = askers.system(at=stores.an_act().at, today=stores.TODAY)
    rows: Rows = {}
    for child, task, standing in tasks_of.answer(asker, as_of=as_of):
        rows.setdefault(identifiers[child], []).append(
            _shown(published.published(task, standing, as_of=as_of))
        )
    return _in_order(rows)


def _from_the_plain_file(files: dict[str, bytes], as_of: date) -> Rows:
    rulebook = _rulebook()
    facts = importing.as_plain(files, rulebook.vocabulary, today=stores.TODAY)
    by_child: dict[str, list[Any]] = {}
    for entry in plain_file.read_plain(facts):
        by_child.setdefault(entry.child, []).append(entry)
    rows: Rows = {}
    for child, known in by_child.items():
        evaluation = reference.evaluate(record.as_known(known, child=child), rulebook, as_of=as_of)
        for task in evaluation.tasks:
            if task.opened_on <= as_of:
                standing = status.standing_on(task, as_of, rulebook.calendar)
                rows.setdefault(child, []).append(
                    _shown(published.published(task, standing, as_of=as_of))
                )
    return _in_order(rows)


def _rulebook() -> Rulebook:
    """Return what the store's authority has adopted, with the children's first day in it."""
    texts = shipped.law_texts()
    in_store = entries.rulebook_at(on=stores.TODAY)
    assert texts.procedures[stores.REVIEWS]
    return Rulebook(
        vocabulary=in_store.vocabulary,
        procedures=in_store.procedures,
        calendar=in_store.calendar,
        settings=in_store.settings,
        adopted=(Adoption(procedure=REVIEWS, adopted_from=date.fromisoformat(stores.LAW_FROM)),),
        first_day=stores.TODAY,
    )


def _shown(task: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in task.items() if name not in OWN_IDS}
    shown["triggered_on"] = task["trigger"]["on"]
    shown["n_met_by"] = len(task["met_by"])
    shown["limits"] = [
        {name: value for name, value in limit.items() if name != "counted_from_entries"}
        for limit in task["limits"]
    ]
    return shown


def _in_order(rows: Rows) -> Rows:
    for tasks in rows.values():
        tasks.sort(key=lambda task: (task["opens"], task["step"], str(task)))
    return rows
