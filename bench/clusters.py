"""A PostgreSQL of a benchmark's own, as safe with what it is told as one in service."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgresql


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a fresh server in the folder; yield the address of its database."""
    folder.mkdir(parents=True)
    user = postgresql.unprivileged_user()
    if user is not None:
        for path in (folder.parent, folder):
            path.chmod(0o755)
        import shutil

        shutil.chown(folder, user=user)
    programs = postgresql.reachable_programs(folder, user)
    initdb = [str(programs / "initdb"), "--pgdata=cluster", "--username=postgres"]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C"]
    postgresql.run([*initdb, *options], folder=folder, user=user)
    control = [str(programs / "pg_ctl"), "--pgdata=cluster", "--log=log", "--wait"]
    said = f"-k {folder} -c listen_addresses=''"
    postgresql.run([*control, "-o", said, "start"], folder=folder, user=user)
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        postgresql.run([*control, "--mode=immediate", "stop"], folder=folder, user=user)
