"""One small authority's store, kept as it was made, and brought back as often as it is broken."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.durability import tracing
from tests.durability.servers import TEMPLATE, USED, Server

MEMORY = Path("/dev/shm")  # noqa: S108 -- a disk in memory, not a folder of passing files
PARTS = ("store", "reads", "heads")


@dataclass(kw_only=True)
class Home:
    """A home, with a PostgreSQL where the store is kept there; made once and brought back."""

    folder: Path
    server: Server | None = None

    @property
    def path(self) -> Path:
        """Return what CASEWARD_HOME is set to."""
        return self.folder / "home"

    @property
    def counts(self) -> tracing.Counts:
        """Return what counts of a process that acts: its files, and what it sends to a server."""
        return tracing.under(self.path, and_sockets=self.server is not None)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment that a process on this home needs."""
        names = {
            "CASEWARD_HOME": str(self.path),
            "CASEWARD_DEMONSTRATION": "yes",
            "DJANGO_SETTINGS_MODULE": "tests.durability.settings",
        }
        if self.server:
            names["CASEWARD_DATABASE"] = self.server.address()
        return {**names, **more}

    def make(self) -> None:
        """Make an empty home, and an empty database where there is a server."""
        self.path.mkdir(mode=0o700, parents=True)
        if self.server:
            self.server.make()
            self.server.start()
            self.server.run(f"CREATE DATABASE {USED}", database="postgres")

    def keep(self) -> None:
        """Keep the store as it is now, to be brought back; nobody may be using it."""
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        for part in PARTS:
            shutil.copytree(self.path / part, kept / part)
        if self.server:
            self.server.copy(of=USED, to=TEMPLATE)

    def bring_back(self, *, database: bool = True) -> None:
        """Put what was kept in the place of what there is; nobody may be using it."""
        for part in PARTS:
            shutil.rmtree(self.path / part, ignore_errors=True)
            shutil.copytree(self.folder / "kept" / part, self.path / part)
        if self.server and database:
            self.server.copy(of=TEMPLATE, to=USED)

    def end(self) -> None:
        """End the server, if there is one, and remove everything."""
        if self.server:
            self.server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def in_memory() -> Path | None:
    """Return the folder of a disk in memory, for homes that are made and broken thousands of times.

    A home may hold the programs of its server, so they must be let run there.
    """
    is_there = MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return MEMORY if is_there else None


def opened(home: Home, *, makes_tables: bool = True, **changes: Any) -> None:
    """Set up Django on a home in this process; a program's first deed."""
    import json  # noqa: PLC0415 -- the environment must be named before Django is loaded

    import django  # noqa: PLC0415

    if home.server:
        # One connection and no threads: which call is the nth must not hang on chance.
        changes.setdefault("DATABASES.default.OPTIONS.pool", False)
    os.environ |= home.environment(CASEWARD_TEST_CHANGES=json.dumps(changes))
    django.setup()
    if not makes_tables:
        return
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
