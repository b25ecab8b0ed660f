"""Runs every benchmark and prints one table; ends with 1 if anything lies over its limit."""

import sys

from bench import calendar_peers, engine, lists, plain_file, volume
from caseward.interfaces import shipped
from caseward.interfaces.cli import law_cache
from caseward.rules.engine.rulebook import Rulebook


def main() -> int:
    """Run the benchmarks on the shipped law."""
    law = law_cache.parsed(shipped.law_texts())
    rulebook = Rulebook(
        vocabulary=law.vocabulary,
        procedures=law.procedures,
        calendar=law.calendar,
        settings=law.settings,
    )
    rows = [
        *calendar_peers.rows(law.calendar),
        *engine.rows(rulebook),
        *plain_file.rows(),
        *volume.rows(),
        *lists.rows(),
    ]
    print(f"\n{'':66}{'measured':>12}{'limit':>24}{'ratio':>9}")
    for row in rows:
        print(row.line())
    return int(any(row.limit is not None and row.value > row.limit for row in rows))


sys.exit(main())
