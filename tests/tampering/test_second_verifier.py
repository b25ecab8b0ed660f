"""R16: a second verifier, of other code, that reads an export only, agrees with the first."""

import ast
import importlib.util
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction

from caseward.record.ledger import heads, models, triggers, verification
from tests.integration.cli.asking import caseward
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, record
from tests.tampering.test_clean_stores import a_random_ledger

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_the_record.py"
COUNTS = [20, pytest.param(1_000, marks=pytest.mark.soak)]
COLUMNS = {
    "ledger_entry": ("position", (
        "entry_id", "seq", "recorded_at", "commitment", "previous_hash", "hash", "store_hash",
    )),
    "ledger_payload": ("position", ("salt", "text", "kind", "occurred_on", "occasion", "source")),
    "ledger_act": ("act_id", ("key", "by", "at", "via", "why", "input_digest", "answer", "hash")),
    "ledger_stream": ("number", ("public_id", "seq", "head_hash")),
}  # fmt: skip


def second_verifier() -> Any:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("check_the_record", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- ways to change a ledger at random ----------------------------------------------------------
def _changed(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 7])
    text = str(value)
    if len(text) > 18 and text[4] == "-" and text[10] in " T":
        return f"{text[:18]}{(int(text[18]) + 1) % 10}{text[19:]}"
    if len(text) == 10 and text[4] == "-":
        return f"{text[:9]}{(int(text[9]) + 1) % 9 + 1}"
    at = chance.randrange(len(text) + 1)
    return f"{text[:at]}{chance.choice('0a~')}{text[at + 1 :]}"


def _edit(chance: random.Random) -> None:
    table = chance.choice(sorted(COLUMNS))
    key, columns = COLUMNS[table]
    column = chance.choice(columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {key}, "{column}" FROM {table} ORDER BY {key}')
        row, value = chance.choice(cursor.fetchall())
    tampering.run(
        f'UPDATE {table} SET "{column}" = %s WHERE {key} = %s', _changed(value, chance), row
    )


def _any_position(chance: random.Random) -> int:
    return chance.choice(list(models.Entry.objects.values_list("position", flat=True)))


def _delete(chance: random.Random) -> None:
    position = _any_position(chance)
    tampering.run("DELETE FROM ledger_payload WHERE position = %s", position)
    if chance.random() < 0.7:
        tampering.run("DELETE FROM ledger_entry WHERE position = %s", position)


def _swap(chance: random.Random) -> None:
    one, other = _any_position(chance), _any_position(chance)
    tables = chance.choice([("ledger_payload",), ("ledger_payload", "ledger_entry")])
    for old, new in ((one, 10_000), (other, one), (10_000, other)):
        for table in tables:
            tampering.run(f"UPDATE {table} SET position = %s WHERE position = %s", new, old)


def _insert(chance: random.Random) -> None:
    like = models.Entry.objects.filter(position=_any_position(chance)).values().get()
    last = models.Entry.objects.order_by("-position").values_list("position", flat=True).first()
    seq = models.Entry.objects.filter(stream_id=like["stream_id"]).count() + 1
    made_up = {**like, "position": (last or 0) + 1, "seq": seq, "entry_id": "made up"}
    models.Entry.objects.create(**made_up)


def _cut(chance: random.Random) -> None:
    last = models.Entry.objects.count()
    with transaction.atomic():
        count = chance.randint(1, last)
        tampering.run("DELETE FROM ledger_disposal WHERE of_position > %s", last - count)
        tampering.run("DELETE FROM ledger_payload WHERE position > %s", last - count)
        tampering.run("DELETE FROM ledger_entry WHERE position > %s", last - count)
        tampering.set_streams_right()


def _make_anew(chance: random.Random) -> None:
    position = _any_position(chance)
    tampering.run(
        "UPDATE ledger_payload SET text = replace(text, '2', '1') WHERE position = %s", position
    )
    tampering.hash_anew()


def _dispose(chance: random.Random) -> None:
    position, agreed = _any_position(chance), _any_position(chance)
    acts = list(models.Entry.objects.values_list("act_id", flat=True))
    tampering.run(
        "INSERT INTO ledger_disposal (of_position, entry_id, proposed_act_id, agreed_act_id)"
        " VALUES (%s, %s, %s, %s)",
        *(position, agreed, chance.choice(acts), chance.choice(acts)),
    )
    tampering.run("DELETE FROM ledger_payload WHERE position = %s", position)


def _nothing(_chance: random.Random) -> None:
    """Leave it clean: to be told whole by both."""


WAYS: tuple[Callable[[random.Random], None], ...] = (
    *(_edit,) * 6,
    *(_delete, _swap, _insert, _cut, _make_anew, _dispose, _nothing),
)


def both(folder: Path, key: str) -> tuple[set[Any], set[Any]]:
    """Return what each verifier names: positions and streams, None for what has neither."""
    report = verification.verify(heads.read_each(folder / "heads"), public_key=key)
    first: set[Any] = set()
    for fault in report.faults:
        if fault.code != "guard_missing":
            stream = fault.stream and f"{fault.stream.kind} {fault.stream.id}"
            first |= {fault.position, stream} - {None} or {None}
    out = folder / "export"
    shutil.rmtree(out, ignore_errors=True)
    said = caseward("export", out, "--heads", folder / "heads")
    assert said.code == 0, said.err
    second: set[Any] = set()
    for position, stream, _ in second_verifier().check(out, None, key):
        second |= {position, stream} - {0, ""} or {None}
    return first, second


@pytest.mark.parametrize("count", COUNTS)
def test_two_verifiers_agree(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On ledgers changed at random both say whole or both say not, and where it begins."""
    from caseward.record.access import read_log  # noqa: PLC0415 -- its writing is not wanted here

    monkeypatch.setattr(read_log, "write", lambda *_: None)
    whole, disagreed = 0, []
    for number in range(count):
        chance = random.Random(number)
        folder = tmp_path / str(number)
        with transaction.atomic():
            key = a_random_ledger(chance, folder / "heads")
            triggers.lift(connection)
            way = chance.choice(WAYS)
            try:
                with transaction.atomic():
                    way(chance)
            except Error:
                # The database itself refuses some: then the ledger is as it was.
                way = _nothing
            first, second = both(folder, key)
            whole += not first
            if not _agree(first, second):
                disagreed.append((number, way.__name__, first, second))
            transaction.set_rollback(True)
    print(f"{count:,} mutants, {whole:,} of them whole, {len(disagreed)} disagreed on")
    print(*disagreed, sep="\n")
    assert disagreed == []
    assert 0 < whole < count


def _agree(first: set[Any], second: set[Any]) -> bool:
    """Return whether both find nothing, or both something, and of one stream or at one place.

    A gap is named by what is gone, or by what follows it.
    """
    near = second | {place - 1 for place in second if isinstance(place, int)}
    return bool(first) == bool(second) and (not first or bool(first & near))


def test_an_export_is_checked_without_caseward(tmp_path: Path) -> None:
    """The script runs alone, with an interpreter that knows nothing but its own library."""
    child = a_child()
    record(a_fact(child), a_fact(child, fields={"note": "Zoë"}))
    key = heads.write([tmp_path / "heads"], at=NOON).public_key
    out = tmp_path / "out"
    assert caseward("export", out, "--heads", tmp_path / "heads").code == 0
    assert out.stat().st_mode & 0o077 == 0
    words = [sys.executable, "-I", "-S", str(SCRIPT), str(out), "--public-key"]
    told = subprocess.run([*words, key], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "Whole.\n")
    lines = (out / "entries.jsonl").read_text().replace("Zo\\\\u00eb", "Zoe")
    (out / "entries.jsonl").write_text(lines.replace("Zo\\u00eb", "Zoe"))
    told = subprocess.run([*words, key], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (
        7,
        f"Entry 2 (child {child.id}): what it says was changed.\n1 faults.\n",
    )
    again = caseward("export", out)
    assert (again.code, "is there already" in again.err) == (2, True)


def test_the_two_share_no_code() -> None:
    """The script imports nothing of ours, and nothing that is not in Python's own library."""
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_control_second_verifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first verifier that follows no chain is told apart from the second."""
    from caseward.record.ledger import chain  # noqa: PLC0415 -- to be broken

    record(a_fact(a_child()), a_fact(a_child()))
    key = heads.write([tmp_path / "heads"], at=NOON).public_key
    tampering.behind_its_back("UPDATE ledger_entry SET hash = 'x' WHERE position = 2")
    monkeypatch.setattr(chain.Chain, "follow", lambda *_: iter(()))
    monkeypatch.setattr(chain.Chain, "finish", lambda *_: iter(()))
    first, second = both(tmp_path, key)
    assert 2 in second
    assert 2 not in first
