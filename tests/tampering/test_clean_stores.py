"""R12: no false alarm. Ledgers written at random, through the door of the store, verify as whole."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from caseward.record.ledger import disposal, heads, models, verification
from caseward.record.ledger.acts import AUTHORITY, Act, StreamRef, person_stream
from caseward.record.ledger.faults import Fault
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, hours, record

pytestmark = pytest.mark.django_db(databases="__all__")
COUNTS = [10, pytest.param(1_000, marks=pytest.mark.soak)]
WORDS = ("", "seen", "Łódź", "“so”", "a\nb", "x" * 3_000, "\x00", "🙂", "'; DROP TABLE")


def a_random_ledger(chance: random.Random, folder: Path) -> str:
    """Write a ledger, sign some heads as it grows, and return the key they are signed with."""
    streams = [AUTHORITY, person_stream("p"), *(a_child() for _ in range(chance.randint(1, 5)))]
    written: list[tuple[StreamRef, str]] = []
    at = NOON
    for _ in range(chance.randint(1, 25)):
        # The clock may stand still, and it may go back.
        at += timedelta(microseconds=chance.choice([0, 1, 10**6, 10**9, -(10**8)]))
        act = an_act(at=at, why=chance.choice(WORDS).replace("\x00", ""))
        some = [chance.choice(streams) for _ in range(chance.randint(1, 4))]
        facts = [
            a_fact(
                stream,
                fields={"said": chance.choice(WORDS), "n": chance.randint(-5, 10**20)},
                on=(NOON + timedelta(days=chance.randint(-9_000, 0))).date(),
                occasion=chance.choice([None, "o1"]),
                source=chance.choice([None, "row 3"]),
                **_of_an_earlier(stream, written, chance),
            )
            for stream in some
        ]
        answer = record(*facts, act=act)
        written += zip(some, (entry.entry_id for entry in answer.entries), strict=True)
        if chance.random() < 0.2:
            heads.write([folder], at=at)
        if chance.random() < 0.1:
            dispose_of(chance.choice(written)[1], at_act=act)
    return heads.write([folder], at=at + hours(1)).public_key


def _of_an_earlier(
    stream: StreamRef, written: list[tuple[StreamRef, str]], chance: random.Random
) -> dict[str, str]:
    own = [entry_id for of, entry_id in written if of == stream]
    if not own or chance.random() < 0.6:
        return {}
    return {chance.choice(["corrects", "withdraws"]): chance.choice(own)}


def dispose_of(entry_id: str, *, at_act: Act) -> None:
    """Remove what an entry says, by two people's leave, unless it is gone already."""
    if not models.Payload.objects.filter(entry__entry_id=entry_id).exists():
        return
    about = {"entry": entry_id}
    (one,) = record(
        a_fact(AUTHORITY, disposal.PROPOSED, fields=about), act=an_act(by="w1", at=at_act.at)
    ).entries
    leave = {**about, "proposal": one.entry_id}
    (two,) = record(
        a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w2", at=at_act.at)
    ).entries
    disposal.carry_out(agreed_position=two.position)


@pytest.mark.parametrize("count", COUNTS)
def test_a_clean_store_is_never_accused(count: int, tmp_path: Path) -> None:
    """Whatever was recorded, corrected and disposed of, in whatever order: nothing is found."""
    accused: list[Fault] = []
    for number in range(count):
        folder = tmp_path / str(number)
        with transaction.atomic():
            key = a_random_ledger(random.Random(number), folder)
            report = verification.verify(heads.read_each(folder), public_key=key)
            accused += report.faults
            transaction.set_rollback(True)
    print(f"{count:,} clean stores, {len(accused)} accused")
    assert accused == []
