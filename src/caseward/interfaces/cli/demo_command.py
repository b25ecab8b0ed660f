"""`caseward demo`: fill an empty store with a made-up authority, the same for the same seed and day."""

import argparse
import os
import shutil
from pathlib import Path

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

AT_MOST = 1_000
PARTS = ("store", "reads", "heads", "imports")
"""The folders of a home that loading writes into."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing where the store has children already"
    )
    parser.add_argument(
        "--children",
        metavar="N",
        type=_count,
        default=40,
        help="how many children (40); beyond those of the stories, another system's extracts",
    )
    parser.add_argument(
        "--extracts",
        metavar="FOLDER",
        type=Path,
        help="keep the other system's extracts here (Standard Safeguarding Dataset folders)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=int,
        default=1,
        help="another seed, other names and days; the same seed and day, the same record (1)",
    )


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import progress, store

    store.open_store(make=True, as_demonstration=True)
    begun = store.home() / "demonstration-begun"
    if begun.exists():
        _clear_away(begun)
        store.open_store(make=True, as_demonstration=True)
    if store.has_children():
        if options.if_empty:
            return exits.OK
        raise exits.Stop(
            "The store holds children already. The demonstration goes into an empty store only: "
            "name another folder in CASEWARD_HOME.",
            exits.STORE,
        )
    from caseward.interfaces.cli.demonstration import loading

    # A demonstration broken off would look loaded at the next start.
    begun.touch()
    with progress.bar() as tell:
        n_children = loading.load(
            clock.today(),
            tell,
            n_children=options.children,
            seed=options.seed,
            extracts=options.extracts,
        )
    begun.unlink()
    print(f"The demonstration authority is loaded: {n_children} children, all fictional.")
    return exits.OK


def _clear_away(begun: Path) -> None:
    """Take away a demonstration whose loading was broken off: nobody can have used it yet."""
    if os.environ.get("CASEWARD_DATABASE"):
        raise exits.Stop(
            "The loading of the demonstration was broken off, so that part of it is missing. Empty "
            f"its database, remove {begun}, and start again.",
            exits.STORE,
        )
    from django.db import connections

    connections.close_all()
    for part in PARTS:
        for path in (begun.parent / part).glob("*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= AT_MOST:
        raise argparse.ArgumentTypeError(f"name a number of children from 1 to {AT_MOST}")
    return number
