"""`caseward demo`: fill an empty store with a made-up authority, the same for the same seed and day."""

import argparse

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

AT_MOST = 1_000


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing where the store has children already"
    )
    parser.add_argument(
        "--children", metavar="N", type=_count, default=40, help="how many children (40)"
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
    if store.has_children():
        if options.if_empty:
            return exits.OK
        raise exits.Stop(
            "The store holds children already. The demonstration goes into an empty store only: "
            "name another folder in CASEWARD_HOME.",
            exits.STORE,
        )
    from django.db import transaction

    from caseward.interfaces.cli.demonstration import loading

    # Whole or not there: a demonstration broken off would look loaded at the next start.
    with progress.bar() as tell, transaction.atomic():
        n_children = loading.load(
            clock.today(), tell, n_children=options.children, seed=options.seed
        )
    print(f"The demonstration authority is loaded: {n_children} children, all fictional.")
    return exits.OK


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= AT_MOST:
        raise argparse.ArgumentTypeError(f"name a number of children from 1 to {AT_MOST}")
    return number
