"""`caseward forecast FILE CHILD`: how the child's procedures would go on if each step is taken on
time and each decision has its usual outcome, with everything that was assumed (M35).
"""

import argparse
import json

from caseward.interfaces.cli import exits, plain_facts


def add_options(parser: argparse.ArgumentParser) -> None:
    plain_facts.add_options(parser)
    parser.add_argument("child", metavar="CHILD", help="the child as the file names it")
    parser.add_argument("--procedure", metavar="ID", help="only this procedure")
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.rules.engine.reference import forecast

    asked = plain_facts.asked(options)
    record = next((r for r in asked.records() if r.child == options.child), None)
    if record is None:
        raise exits.Stop(
            f"{options.file} says nothing of a child {options.child!r}. Name one that it has.",
            exits.FACTS,
        )
    foreseen = forecast.forecast(record, asked.rulebook, as_of=asked.as_of)
    if options.json:
        print(json.dumps(forecast.published(foreseen), ensure_ascii=False, indent=1))
        return exits.OK
    for line in forecast.lines(foreseen, asked.rulebook, procedure=options.procedure):
        print(line)
    return exits.OK
