"""`caseward routes`: every page, its address and the rule of the policy that it is under."""

import argparse
import json

from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from caseward.interfaces.web import routes

    rows = routes.listed()
    if options.json:
        print(json.dumps({"version": 1, "routes": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['name']:32} {row['rule']:28} /{row['path']}")
    return exits.OK
