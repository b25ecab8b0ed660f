"""`caseward settle`: bring every child up to what the authority has adopted, late ones first.

One child a transaction: stopped at any moment it goes on from there when run again. Pages need not
wait for it: whoever reads a child that is behind settles it.
"""

import argparse

from caseward.interfaces import clock
from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at-most", metavar="N", type=int, help="stop after so many children (all)"
    )


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import progress, store

    store.open_store()
    from caseward.work import entries

    today = clock.today()
    with store.refusals_told(), progress.bar() as tell:
        n_behind = entries.n_behind(on=today)
        wanted = n_behind if options.at_most is None else min(options.at_most, n_behind)
        count = progress.counted(tell, "Settling", wanted)
        n_left = entries.settle_behind(on=today, at_most=options.at_most, progress=count)
    print(f"Settled: {wanted:,}. Still behind: {n_left:,}.")
    return exits.OK
