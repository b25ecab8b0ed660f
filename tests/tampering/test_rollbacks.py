"""R15: a store put back to an earlier state is found by the heads kept in two places outside it."""

import os
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction
from pytest_django import Settings

from caseward.interfaces.jobs import once_a_minute
from caseward.record.ledger import heads, keeping, models, startup, verification
from caseward.record.ledger.acts import StreamRef
from caseward.work.casework import adopt
from tests.builders import stores
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, hours, record

pytestmark = pytest.mark.django_db(databases="__all__")
COUNTS = [10, pytest.param(100, marks=pytest.mark.soak)]
N_ACTS, MINUTES_APART = 60, 3


def a_day(folders: list[Path]) -> list[StreamRef]:
    """Record acts some minutes apart, keeping heads as the door does after each; return children."""
    children = [a_child() for _ in range(5)]
    keeper = keeping.Keeper()
    for number in range(N_ACTS):
        at = NOON + hours(number * MINUTES_APART / 60)
        record(a_fact(children[number % 5]), act=an_act(at=at))
        keeper.act_taken(folders, at=at)
    return children


@pytest.mark.parametrize("count", COUNTS)
def test_every_rollback_is_found(count: int, tmp_path: Path) -> None:
    """Put back to any moment more than ten minutes old, left so or written on: cut off or made anew.

    Either place alone tells of it, and names the first entry that is gone, or that is another.
    """
    folders = [tmp_path / "here", tmp_path / "elsewhere"]
    children = a_day(folders)
    key = heads.public_text(heads.signing_key(folders[0]))
    kept = heads.read_all(folders[1])
    assert kept == heads.read_all(folders[0])
    assert verification.verify(kept, public_key=key).is_whole
    assert models.Entry.objects.count() - kept[-1].position <= 10 // MINUTES_APART
    chance = random.Random(count)
    missed = []
    for number in range(count):
        to, goes_on = chance.randrange(1, kept[-1].position), number % 2 == 0
        with transaction.atomic():
            tampering.cut_tail(N_ACTS - to)
            if goes_on:
                for _ in range(chance.randrange(1, 2 * (N_ACTS - to) + 1)):
                    record(a_fact(chance.choice(children)), act=an_act(at=NOON + hours(9)))
            report = verification.verify(kept, public_key=key)
            kinds = {fault.kind for fault in report.faults}
            if not kinds or not kinds <= {"cut off", "made anew"}:
                missed.append((to, goes_on, kinds))
            if not all(fault.stream for fault in report.faults):
                missed.append((to, goes_on, kinds))
            if not goes_on:
                assert {fault.position for fault in report.faults} == {to + 1}
            transaction.set_rollback(True)
    print(f"{count} rollbacks, {len(missed)} missed")
    assert missed == []


def test_control_rollbacks(tmp_path: Path) -> None:
    """What no head has seen can be cut off unseen: the proof would notice a head that is missing."""
    folders = [tmp_path / "here", tmp_path / "elsewhere"]
    a_day(folders)
    kept = heads.read_all(folders[1])
    early = [head for head in kept if head.position <= N_ACTS // 2]
    key = kept[-1].public_key
    tampering.cut_tail(N_ACTS // 2)
    assert verification.verify(early, public_key=key).is_whole
    assert not verification.verify(kept, public_key=key).is_whole


def test_the_store_is_not_served_while_its_heads_know_more(tmp_path: Path) -> None:
    """What was put back is noticed before anybody records on it; a store that moved on is well."""
    a_day([tmp_path])
    assert list(startup.head_refusals(tmp_path)) == []
    tampering.cut_tail(N_ACTS // 2)
    assert len(list(startup.head_refusals(tmp_path))) == 1


def test_heads_are_signed_as_acts_are_taken_in(
    tmp_path: Path, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    """The door signs once an act is committed, in both places, and again ten minutes later."""
    settings.CASEWARD_HOME = tmp_path / "home"
    settings.CASEWARD_HEADS = (tmp_path / "share",)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "_keeper", keeping.Keeper())
        store = stores.an_empty_authority()
        with django_capture_on_commit_callbacks(execute=True):
            adopt.set_setting(store.act(), "authority_name", "Test", since=store.today)
            adopt.set_setting(store.act(), "authority_name", "Tested", since=store.today)
        with django_capture_on_commit_callbacks(execute=True):
            adopt.set_first_day(store.on("2026-03-03").act(), store.today)
    first, second = heads.read_all(tmp_path / "share")
    assert (first, second) == heads.read_all(tmp_path / "home" / "heads")
    assert second.position == models.Entry.objects.count() == first.position + 1


def test_a_head_that_cannot_be_signed_does_not_undo_the_act(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full or missing disk is told in the log, and what was recorded stays recorded."""
    record(a_fact(a_child()))
    (tmp_path / "no folder").write_text("")
    keeping.Keeper().act_taken([tmp_path / "no folder"], at=NOON)
    assert "The head of the record could not be signed" in caplog.text
    assert models.Entry.objects.count() == 1


@pytest.mark.parametrize(
    "problem", [OSError(28, "No space left on device"), OperationalError("gone"), ValueError("key")]
)
def test_a_head_that_could_not_be_signed_is_owed(
    problem: Exception, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The very next act signs it, or the next look, though the head before is not yet old."""
    keeper = keeping.Keeper()
    for sign in (keeper.act_taken, keeper.look):
        record(a_fact(a_child()))
        keeper.act_taken([tmp_path], at=NOON, is_large=True)
        record(a_fact(a_child()))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(heads, "write", raising(problem))
            keeper.act_taken([tmp_path], at=NOON + hours(0.01), is_large=True)
        assert str(problem) in caplog.text
        caplog.clear()
        sign([tmp_path], at=NOON + hours(0.02))
        newest = heads.read_newest(tmp_path)
        assert newest is not None
        assert newest.position == models.Entry.objects.count()
        assert not keeper.is_owed


def test_nothing_half_written_is_left_where_heads_are_kept(tmp_path: Path) -> None:
    """A disk that fails while a head or its key is written leaves no part of them behind."""
    record(a_fact(a_child()))
    for kept in ([], ["signing-key.pem"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", raising(OSError(28, "No space left on device")))
            with pytest.raises(OSError, match="No space"):
                heads.write([tmp_path], at=NOON)
        assert [path.name for path in tmp_path.iterdir()] == kept
        heads.signing_key(tmp_path)


def raising(problem: Exception) -> Callable[..., None]:
    """Return something that fails so, whatever it is called with."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise problem

    return fail


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_the_quiet_after_the_last_act_is_signed_too(tmp_path: Path, settings: Settings) -> None:
    """Beside the pages the head is signed when it is due, and once."""
    settings.CASEWARD_HOME, settings.CASEWARD_HEADS = tmp_path, ()
    record(a_fact(a_child()))
    stop = threading.Event()
    looking = threading.Thread(target=once_a_minute.go_on, args=(stop,), kwargs={"every": 0.01})
    looking.start()
    for _ in range(500):
        if heads.read_newest(tmp_path / "heads"):
            break
        stop.wait(0.01)
    stop.set()
    looking.join(10)
    (signed,) = heads.read_all(tmp_path / "heads")
    assert signed.position == 1
