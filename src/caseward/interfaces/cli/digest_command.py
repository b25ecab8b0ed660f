"""`caseward digest [--as-of T]`: one line that is equal exactly where two records are equal."""

import argparse

from caseward.interfaces.cli import exits, plain_facts


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar="T",
        type=plain_facts.moment,
        help="as the record stood then: a date (its end) or a moment",
    )


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from caseward.record.ledger import queries, verification

    position = None if options.as_of is None else queries.position_at(options.as_of)
    print(verification.digest(position))
    return exits.OK
