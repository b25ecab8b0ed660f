"""The set-ups that Caseward refuses to start on: each as somebody comes to it, and what it then says.

`prepare` is given the home, a copy of a real one; `changes` are settings that a local settings file
would have; `sql` is run as PostgreSQL's superuser before, and `undo` after.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

APPLICATION = "caseward_application"
OLDER = "older-copy"
SECRET = "kQ3vX8pLw2ZtR7mYc5NbH1sJd9FgUe4AoViTqExCrBnKyMzPhS6"
SAFE_VERSION = (3, 51, 3)


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """One way to set Caseward up, and a part of the sentence with which it refuses ("": none)."""

    name: str
    says: str
    on: Literal["sqlite", "postgresql", "both"] = "both"
    is_demonstration: bool = False
    prepare: Callable[[Path], None] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    clock: datetime | None = None
    has_old_library: bool = False
    sql: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    database: str = ""
    role: str = ""


def _pragmas(*statements: str) -> dict[str, str]:
    """Return the setting by which every connection begins with these statements as well."""
    return {"+DATABASES.default.OPTIONS.init_command": "".join(f"; PRAGMA {s}" for s in statements)}


def _open_home(home: Path) -> None:
    home.chmod(0o755)


def _linked(part: str, to: Callable[[Path], Path]) -> Callable[[Path], None]:
    """Return a preparation that puts a link in the place of a part of the home."""

    def prepare(home: Path) -> None:
        target = to(home)
        shutil.rmtree(home / part)
        (home / part).symlink_to(target)

    return prepare


def _open_folder(home: Path) -> Path:
    folder = home.parent / "served-by-everybody"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    return folder


def _heads_in_store(home: Path) -> Path:
    shutil.copytree(home / "heads", home / "store" / "heads")
    return home / "store" / "heads"


def _one_file(home: Path) -> None:
    (home / "reads" / "reads.sqlite3").unlink()
    (home / "reads" / "reads.sqlite3").hardlink_to(home / "store" / "store.sqlite3")


def _second_store(home: Path) -> None:
    shutil.copy(home / "store" / "store.sqlite3", home / "store" / "before-the-move.sqlite3")


def _forgotten_store(home: Path) -> None:
    (home / "store" / "store.sqlite3").write_bytes(b"SQLite format 3\0")


def _older_store(home: Path) -> None:
    shutil.rmtree(home / "store")
    shutil.copytree(home / OLDER, home / "store")


def _open_key(home: Path) -> None:
    (home / "heads" / "signing-key.pem").chmod(0o644)


def _on_share(home: Path) -> None:
    mounts = f"root / ext4 rw 0 0\nserver:/share {home} nfs4 rw 0 0\n"
    (home.parent / "mounts").write_text(mounts, encoding="utf-8")


def _sqlite(home: Path, statement: str) -> None:
    session = sqlite3.connect(home / "store" / "store.sqlite3")
    session.execute(statement)
    session.commit()
    session.close()


def _without_guard(home: Path) -> None:
    _sqlite(home, "DROP TRIGGER ledger_entry_update_guard")


LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_later', '2026-01-01')"
EARLIER = "DELETE FROM django_migrations WHERE app = 'tasks'"


def _from_later(home: Path) -> None:
    _sqlite(home, LATER)


def _from_earlier(home: Path) -> None:
    _sqlite(home, EARLIER)


def _marked(home: Path) -> None:
    (home / "demonstration").write_text("Made-up children only.\n", encoding="utf-8")


SAFE = (
    SetUp(name="as the guide says", says=""),
    SetUp(name="a demonstration on this machine", says="", is_demonstration=True),
)

OF_SETTINGS = (
    SetUp(name="no secret", says="CASEWARD_SECRET_KEY is not set", environment={"CASEWARD_SECRET_KEY": ""}),
    SetUp(name="a short secret", says="shorter than 50", environment={"CASEWARD_SECRET_KEY": "short"}),
    SetUp(name="a guessable secret", says="repeats a few characters", environment={"CASEWARD_SECRET_KEY": "secret" * 12}),
    SetUp(name="a secret made for trying out", says="made for trying things out", environment={"CASEWARD_SECRET_KEY": f"django-insecure-{SECRET}"}),
    SetUp(name="DEBUG on", says="DEBUG is on", changes={"DEBUG": True}),
    SetUp(name="any host name", says="reached under any name", environment={"CASEWARD_HOSTS": "*"}),
    SetUp(name="no host name", says="names nothing that Caseward is reached by", environment={"CASEWARD_HOSTS": ""}),
    SetUp(name="another time zone", says="The time zone is set to UTC", changes={"TIME_ZONE": "UTC"}),
    SetUp(name="every page one transaction", says="ATOMIC_REQUESTS", changes={"DATABASES.default.ATOMIC_REQUESTS": True}),
    SetUp(name="nothing committed by itself", says="AUTOCOMMIT off", changes={"DATABASES.default.AUTOCOMMIT": False}),
    SetUp(name="served without https", says="nothing in front that ends https", environment={"CASEWARD_BIND": "0.0.0.0", "CASEWARD_BEHIND_PROXY": ""}),  # noqa: S104 -- refused
    SetUp(name="a demonstration served to others", says="This is a demonstration store", is_demonstration=True, environment={"CASEWARD_BIND": "0.0.0.0"}),  # noqa: S104 -- refused
    SetUp(name="a demonstration put into a real home", says="holds a store that is not a demonstration", on="sqlite", environment={"CASEWARD_DEMONSTRATION": "yes"}),
    SetUp(name="a real store marked as a demonstration's", says="is marked as a demonstration's", prepare=_marked),
    SetUp(name="a clock that is behind", says="This machine's clock says 01/01/2020", clock=datetime(2020, 1, 1, tzinfo=UTC)),
)  # fmt: skip

OF_FOLDERS = (
    SetUp(name="a home that others may read", says="is open to other users of this machine", prepare=_open_home),
    SetUp(name="papers in an open folder", says="which is open to other users", prepare=_linked("papers", _open_folder)),
    SetUp(name="heads kept in the store's folder", says="kept in the store's own folder", prepare=_linked("heads", _heads_in_store)),
    SetUp(name="a signing key that others may read", says="The key that heads are signed with", prepare=_open_key),
    SetUp(name="a folder that cannot be written", says="Nothing can be written in", prepare=_linked("papers", lambda _home: Path("/proc/self"))),
    SetUp(name="a disk nearly full", says="MB left", changes={"CASEWARD_LEAST_FREE": 10**18}),
)  # fmt: skip

OF_SQLITE = (
    SetUp(name="an old SQLite with write-ahead", says="uses write-ahead logging on SQLite", on="sqlite", has_old_library=True,
          changes=_pragmas("journal_mode=WAL", "synchronous=FULL")),
    SetUp(name="a journal in memory", says="keeps its journal as 'memory'", on="sqlite", changes=_pragmas("journal_mode=MEMORY")),
    SetUp(name="a commit that does not wait for the disk", says="runs with synchronous=1", on="sqlite", changes=_pragmas("synchronous=NORMAL")),
    SetUp(name="a rollback journal with FULL", says="runs with synchronous=2", on="sqlite", changes=_pragmas("journal_mode=DELETE")),
    SetUp(name="deferred transactions", says="begins its transactions DEFERRED", on="sqlite", changes={"DATABASES.default.OPTIONS.transaction_mode": "DEFERRED"}),
    SetUp(name="no recursive triggers", says="recursive_triggers", on="sqlite", changes=_pragmas("recursive_triggers=OFF")),
    SetUp(name="no foreign keys", says="foreign_keys off", on="sqlite", changes=_pragmas("foreign_keys=OFF")),
    SetUp(name="no secure deletion", says="secure_delete off", on="sqlite", changes=_pragmas("secure_delete=OFF")),
    SetUp(name="passing tables in files", says="passing tables in files", on="sqlite", changes=_pragmas("temp_store=FILE")),
    SetUp(name="a trusted schema", says="trusts its schema", on="sqlite", changes=_pragmas("trusted_schema=ON")),
    SetUp(name="a network file system", says="lies on a network file system (nfs4)", on="sqlite", prepare=_on_share,
          changes={"CASEWARD_MOUNTS": "mounts"}),
    SetUp(name="store and reads in one file", says="are one file", on="sqlite", prepare=_one_file),
    SetUp(name="two stores under one home", says="before-the-move.sqlite3 is a store", on="sqlite", prepare=_second_store),
    SetUp(name="an older copy of the store", says="A head signed here says", on="sqlite", prepare=_older_store),
    SetUp(name="a guard taken off", says="ledger_entry_update_guard", on="sqlite", prepare=_without_guard),
    SetUp(name="a store of a later release", says="by a later release", on="sqlite", prepare=_from_later),
    SetUp(name="a store of an earlier release", says="those of an earlier release", on="sqlite", prepare=_from_earlier),
)  # fmt: skip


def _altered(setting: str, value: str) -> dict[str, Any]:
    return {
        "sql": (f"ALTER SYSTEM SET {setting} = {value}", "SELECT pg_reload_conf()"),
        "undo": (f"ALTER SYSTEM RESET {setting}", "SELECT pg_reload_conf()"),
    }


def _for_role(setting: str, value: str) -> dict[str, Any]:
    return {
        "sql": (f"ALTER ROLE {APPLICATION} SET {setting} = '{value}'",),
        "undo": (f"ALTER ROLE {APPLICATION} RESET {setting}",),
    }


def _granted(deed: str, table: str) -> dict[str, Any]:
    return {
        "sql": (f"GRANT {deed} ON {table} TO {APPLICATION}",),
        "undo": (f"REVOKE {deed} ON {table} FROM {APPLICATION}",),
    }


OF_POSTGRESQL = (
    SetUp(name="fsync off", says="fsync=off", on="postgresql", **_altered("fsync", "off")),
    SetUp(name="half-written pages", says="full_page_writes=off", on="postgresql", **_altered("full_page_writes", "off")),
    SetUp(name="a role that does not wait for the disk", says="synchronous_commit=off", on="postgresql", **_for_role("synchronous_commit", "off")),
    SetUp(name="another isolation level", says="isolation level 'serializable'", on="postgresql", **_for_role("default_transaction_isolation", "serializable")),
    SetUp(name="a database to read only", says="lets our role only read", on="postgresql", **_for_role("default_transaction_read_only", "on")),
    SetUp(name="an unlogged table", says="ledger_lawtext are unlogged", on="postgresql",
          sql=("ALTER TABLE ledger_lawtext SET UNLOGGED",), undo=("ALTER TABLE ledger_lawtext SET LOGGED",)),
    SetUp(name="a database of few letters", says="encoded in LATIN1", on="postgresql", database="few_letters",
          sql=("CREATE DATABASE few_letters ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",),
          undo=("DROP DATABASE few_letters WITH (FORCE)",)),
    SetUp(name="a role that may change entries", says="may UPDATE ledger_payload", on="postgresql", **_granted("UPDATE", "ledger_payload")),
    SetUp(name="a role that may empty a table", says="may TRUNCATE ledger_entry", on="postgresql", **_granted("TRUNCATE", "ledger_entry")),
    SetUp(name="a role that owns the tables", says="owns the table ledger_act", on="postgresql",
          sql=(f"ALTER TABLE ledger_act OWNER TO {APPLICATION}",),
          undo=("ALTER TABLE ledger_act OWNER TO postgres", f"GRANT SELECT, INSERT ON ledger_act TO {APPLICATION}")),
    SetUp(name="served as a superuser", says="is a superuser", on="postgresql", role="postgres"),
    SetUp(name="a database over an open network", says="on db.example without encryption", on="postgresql",
          environment={"CASEWARD_DATABASE": "postgresql://caseward:secret@db.example/caseward"}),
    SetUp(name="a guard switched off", says="ledger_payload_delete_guard", on="postgresql",
          sql=("ALTER TABLE ledger_payload DISABLE TRIGGER ledger_payload_delete_guard",),
          undo=("ALTER TABLE ledger_payload ENABLE ALWAYS TRIGGER ledger_payload_delete_guard",)),
    SetUp(name="a forgotten SQLite store", says="is set to use another one", on="postgresql", prepare=_forgotten_store),
    SetUp(name="a database of a later release", says="by a later release", on="postgresql", sql=(LATER,),
          undo=("DELETE FROM django_migrations WHERE name = '0999_later'",)),
)  # fmt: skip


def chosen(database: str) -> list[SetUp]:
    """Return the set-ups that can be made with a database on this machine, the safe ones first."""
    every = (*SAFE, *OF_SETTINGS, *OF_FOLDERS, *OF_SQLITE, *OF_POSTGRESQL)
    has_old = sqlite3.sqlite_version_info < SAFE_VERSION
    return [
        one
        for one in every
        if one.on in ("both", database) and (has_old or not one.has_old_library)
    ]


def environment(home: Path, one: SetUp) -> dict[str, str]:
    """Return the environment of a careful installation, with what the set-up changes of it."""
    names = {
        "PATH": os.environ["PATH"],
        "CASEWARD_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.durability.settings",
    }
    if one.is_demonstration:
        names["CASEWARD_DEMONSTRATION"] = "yes"
    else:
        names |= {
            "CASEWARD_SECRET_KEY": SECRET,
            "CASEWARD_HOSTS": "caseward.example",
            "CASEWARD_BEHIND_PROXY": "yes",
        }
    return {**names, **one.environment}
