"""`caseward demo`: fill an empty store with a small, plainly fictional authority."""

import argparse

from caseward.interfaces import clock
from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing where the store has children already"
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
        n_children = loading.load(clock.today(), tell)
    print(f"The demonstration authority is loaded: {n_children} children, all fictional.")
    return exits.OK
