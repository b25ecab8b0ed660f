"""`caseward adopt`: put the shipped national law, and local procedures that are named, to use."""

import argparse
from datetime import date

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import exits, law_cache


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "procedures", metavar="PROCEDURE", nargs="*", help="local procedures to use, by their id"
    )
    parser.add_argument(
        "--from",
        dest="from_on",
        metavar="D",
        type=date.fromisoformat,
        help="the day from which the local ones are used (today)",
    )


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store(make=True)
    from caseward.interfaces.cli import adopting

    texts = shipped.law_texts()
    law = law_cache.parsed(texts)
    local = {procedure.id for procedure in law.procedures if not procedure.is_national}
    unknown = sorted(set(options.procedures) - local)
    if unknown:
        raise exits.Stop(
            f"There is no local procedure {', '.join(unknown)}. There are: "
            f"{', '.join(sorted(local))}.",
            exits.LAW,
        )
    from_on = options.from_on or clock.today()
    chosen = adopting.Adopting(
        texts=texts, law=law, used_from=dict.fromkeys(options.procedures, from_on)
    )
    with store.refusals_told():
        adopted = adopting.adopt_all(chosen, lambda: store.act(why="Adopted from the command line"))
    print(f"In use: {', '.join(adopted)}.")
    return exits.OK
