"""`caseward forecast FILE CHILD`: how the child's procedures would go on if each step is taken on
time and each decision has its usual outcome, with everything that was assumed (M35), and when its
recurring duties (reviews, visits) come round.
"""

import argparse
import json

from caseward.interfaces.cli import exits, plain_facts


def add_options(parser: argparse.ArgumentParser) -> None:
    plain_facts.add_options(parser)
    plain_facts.add_child(parser)
    parser.add_argument("--procedure", metavar="ID", help="only this procedure")
    parser.add_argument(
        "--until",
        metavar="D",
        type=plain_facts.day,
        help="how far reviews, visits and other recurring duties are foreseen (a year; two at most)",
    )
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.rules.engine.reference import forecast

    asked = plain_facts.asked(options)
    record = plain_facts.record_of(asked, options)
    last = asked.as_of + forecast.LONGEST
    if options.until is not None and not asked.as_of <= options.until <= last:
        raise exits.Stop(
            f"A forecast from {asked.as_of} reaches from that day to {last}, not {options.until}.",
            exits.USAGE,
        )
    foreseen = forecast.forecast(record, asked.rulebook, as_of=asked.as_of, until=options.until)
    if options.json:
        print(json.dumps(forecast.published(foreseen), ensure_ascii=False, indent=1))
        return exits.OK
    for line in forecast.lines(foreseen, asked.rulebook, procedure=options.procedure):
        print(line)
    return exits.OK
