"""`caseward head`: sign where the record ends and print it; keep a copy off this machine."""

import argparse
import json
from dataclasses import asdict

from caseward.interfaces import clock
from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store()
    from caseward.record.ledger import heads, keeping

    head = heads.write(keeping.folders(), at=clock.now())
    if options.json:
        print(json.dumps({"version": 1, "head": asdict(head)}, indent=1))
    else:
        print(head.text, end="")
    return exits.OK
