"""`caseward policy`: who may see and do what, as the policy module holds it."""

import argparse
import json

from caseward.interfaces import clock
from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from caseward.record.access import policy

    rows = policy.table_shown(clock.today())
    if options.json:
        print(json.dumps({"version": 1, "policy": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print("  ".join(f"{name}: {value}" for name, value in row.items()))
    return exits.OK
