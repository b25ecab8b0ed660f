"""Caseward refuses to start where acknowledged facts would be lost; each reason has its sentence."""

import argparse
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import checks
from django.db import connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from caseward.config import sqlite_library
from caseward.interfaces.cli import exits, serve_command, store
from caseward.record.ledger import postgresql_settings, sqlite_settings, startup, triggers
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.ledger.refusals import Refusal, Unsafe
from caseward.record.ledger.sqlite_settings import Sqlite
from tests.integration.store.writing import NOON, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__")

SAFE = (3, 51, 3)


def opened(folder: Path, *pragmas: str, mode: str | None = "IMMEDIATE") -> Sqlite:
    """Open a SQLite file of its own with the product's settings, some replaced; say how it is."""
    statements = (*sqlite_library.connection_settings(SAFE), *(f"PRAGMA {one}" for one in pragmas))
    template: dict[str, Any] = {**connections.settings["default"], "OPTIONS": {}}
    template |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "store.sqlite3")}
    template["OPTIONS"] = {"transaction_mode": mode, "init_command": "; ".join(statements)}
    wrapper = DatabaseWrapper(template, alias="default")
    try:
        return sqlite_settings.observed(wrapper)
    finally:
        wrapper.close()


def codes(seen: Sqlite) -> list[str]:
    """Return the codes of every refusal of a SQLite connection."""
    return [refusal.code for refusal in sqlite_settings.refusals(seen)]


def test_the_product_s_own_sqlite_settings_are_safe(tmp_path: Path) -> None:
    """The library that is carried and the settings that go with it give no refusal."""
    assert opened(tmp_path).version >= SAFE
    assert codes(opened(tmp_path)) == []


@pytest.mark.parametrize(
    ("pragma", "code"),
    [
        ("synchronous=NORMAL", "caseward.E003"),
        ("synchronous=OFF", "caseward.E003"),
        ("recursive_triggers=OFF", "caseward.E005"),
        ("journal_mode=MEMORY", "caseward.E002"),
        ("journal_mode=OFF", "caseward.E002"),
    ],
)
def test_a_setting_that_would_lose_facts_is_refused(tmp_path: Path, pragma: str, code: str) -> None:
    """Each is read back from the real connection, whatever the settings file promised."""
    assert code in codes(opened(tmp_path, pragma))


def test_a_rollback_journal_needs_more_than_full(tmp_path: Path) -> None:
    """Without write-ahead, FULL loses facts at a power cut and only EXTRA does not."""
    assert codes(opened(tmp_path, "journal_mode=DELETE")) == ["caseward.E003"]
    assert codes(opened(tmp_path, "journal_mode=DELETE", "synchronous=EXTRA")) == []


@pytest.mark.parametrize("mode", [None, "DEFERRED"])
def test_a_transaction_that_does_not_begin_immediate_is_refused(
    tmp_path: Path, mode: str | None
) -> None:
    """Two people saving at once would meet a locked database."""
    assert codes(opened(tmp_path, mode=mode)) == ["caseward.E004"]


@pytest.mark.parametrize(
    ("version", "is_refused"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_a_sqlite_with_the_write_ahead_fault_is_refused_in_that_mode(
    version: tuple[int, ...], *, is_refused: bool
) -> None:
    """The fault lies between 3.7.0 and 3.51.2, save two older lines that were mended."""
    safe = Sqlite(
        alias="default",
        version=version,
        journal_mode="wal",
        synchronous=2,
        recursive_triggers=True,
        transaction_mode="IMMEDIATE",
        file_system="ext4",
    )
    rollback = replace(safe, journal_mode="delete", synchronous=3)
    assert codes(safe) == (["caseward.E001"] if is_refused else [])
    assert codes(rollback) == []


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_store_on_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    """The nearest mount above the file says what it lies on; links are followed."""
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    mounts = f"root / ext4 rw 0 0\nserver {tmp_path}/share {kind} rw 0 0\n"
    found = sqlite_settings.file_system_of(str(tmp_path / "link" / "store.sqlite3"), mounts)
    assert found == kind
    assert sqlite_settings.file_system_of(str(tmp_path / "other"), mounts) == "ext4"
    moved = replace(opened(tmp_path), file_system=kind)
    assert codes(moved) == ["caseward.E006"]


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes"])
def test_a_postgresql_that_would_lose_facts_is_refused(name: str) -> None:
    """Each of the three that trade safety for speed is named."""
    (refusal,) = postgresql_settings.setting_refusals({"fsync": "on", name: "off"})
    assert f"{name}=off" in refusal.what


def test_atomic_requests_are_refused() -> None:
    """Every page would hold the write lock, and the read log could be rolled back."""
    databases = {"default": {"ATOMIC_REQUESTS": True}, "reads": {}}
    (refusal,) = startup.settings_refusals(databases, debug=False, is_demonstration=False)
    assert refusal.code == "caseward.E008"


def test_debug_is_refused_outside_a_demonstration() -> None:
    """A fault would show children's records in the browser."""
    (refusal,) = startup.settings_refusals({}, debug=True, is_demonstration=False)
    assert refusal.code == "caseward.E009"
    assert list(startup.settings_refusals({}, debug=True, is_demonstration=True)) == []


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.4", "::", "localhost.example"])  # noqa: S104 -- refused
def test_a_demonstration_is_served_to_this_machine_alone(address: str) -> None:
    """Anybody can be anybody in it, so no other address will do."""
    (refusal,) = startup.bind_refusals(address, is_demonstration=True)
    assert address in refusal.what
    assert list(startup.bind_refusals(address, is_demonstration=False)) == []
    assert list(startup.bind_refusals("127.0.0.1", is_demonstration=True)) == []


def test_the_store_itself_says_that_it_is_a_demonstration() -> None:
    """No setting has to: the refusal stands on the entry in the store."""
    record(a_fact(AUTHORITY, "demonstration.declared"))
    with pytest.raises(Unsafe, match=r"it would be served on 10\.0\.0\.4"):
        startup.refuse_unsafe(bind="10.0.0.4", at=NOON)


def test_serving_ends_before_it_began_where_it_is_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    """`caseward serve` says why and starts no server."""
    record(a_fact(AUTHORITY, "demonstration.declared"))
    monkeypatch.setattr(settings, "CASEWARD_BIND", "10.0.0.4")
    monkeypatch.setattr(store, "open_store", lambda: None)
    monkeypatch.setattr(os, "execv", lambda *_words: pytest.fail("A server was started."))
    with pytest.raises(exits.Stop, match="Caseward does not start"):
        serve_command.run(argparse.Namespace(port=8000))


def test_a_ledger_without_its_guards_is_refused() -> None:
    """A store whose tables can be changed does not open."""
    assert list(startup.guard_refusals(connection)) == []
    with transaction.atomic():
        triggers.lift(connection)
        (refusal,) = startup.guard_refusals(connection)
        transaction.set_rollback(True)
    assert "ledger_entry_update_guard" in refusal.what


def test_the_refusals_are_checks_of_django_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """`migrate` and `check --database` meet them, with the reason and what to do apart."""
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    (error,) = [check for check in found if check.id == "caseward.E008"]
    assert error.is_serious()
    assert error.hint == "Take ATOMIC_REQUESTS out."


def test_every_refusal_says_what_why_and_what_to_do(tmp_path: Path) -> None:
    """Three sentences each, for somebody who has never seen the setting."""
    seen = opened(tmp_path, "synchronous=OFF", "recursive_triggers=OFF", mode=None)
    found: list[Refusal] = [
        *sqlite_settings.refusals(seen),
        *postgresql_settings.setting_refusals({"fsync": "off"}),
        *startup.bind_refusals("10.0.0.4", is_demonstration=True),
    ]
    assert len(found) == 5
    for refusal in found:
        parts = (refusal.what, refusal.why, refusal.what_to_do)
        assert all(part.endswith(".") and len(part) > 15 for part in parts)
        assert refusal.sentence == " ".join(parts)
