"""Reads the command line and calls the one command that it names."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from caseward import __version__
from caseward.interfaces.cli import exits

COMMANDS = {
    "serve": "run the web pages",
    "demo": "load a demonstration authority, plainly fictional",
    "adopt": "put law, closure days or settings to use; `--preview` shows what that would change",
    "maintenance": "have pages read only for a while, and let saving go on again",
    "settle": "bring every child up to what the authority has adopted, late ones first",
    "check": "check law files and their worked examples",
    "compare": "hold two procedures, editions or authorities beside each other",
    "tasks": "what is due, from a plain file of facts or from the store",
    "explain": "how a date was worked out",
    "forecast": "how a procedure would go on from here",
    "import": "take in files of another system, every row accounted for",
    "verify": "check that the record was not changed outside Caseward",
    "export": "write the whole record as plain lines, to be checked without Caseward",
    "head": "print the signed head of the record",
    "digest": "print the digest of the record, as it is or as it stood",
    "routes": "list the pages and the rule that each is under",
    "policy": "list who may see and do what",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = next((word for word in words if not word.startswith("-")), "")
    parser, _ = _parsers(name)
    options = parser.parse_args(words)
    if not options.command:
        parser.print_help()
        return exits.USAGE
    try:
        return int(options.run(options) or exits.OK)
    except exits.Stop as stop:
        print(stop.sentence, file=sys.stderr)
        return stop.code
    except BrokenPipeError:
        return exits.OK
    except KeyboardInterrupt:
        print("Stopped. Nothing was half-done.", file=sys.stderr)
        return exits.FAULT


def parser_of(command: str) -> argparse.ArgumentParser:
    """Return one command's own parser, for the page that describes it."""
    return _parsers(command)[1][command]


def _parsers(name: str) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser and each command's; only the named command's own options are loaded."""
    parser = argparse.ArgumentParser(
        prog="caseward",
        description="Caseward keeps every child's plan moving.",
        epilog="Exit codes: "
        + "; ".join(f"{code} {meaning}" for code, meaning in exits.MEANINGS.items())
        + ".",
    )
    parser.add_argument("--version", action="version", version=f"caseward {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command, says in COMMANDS.items():
        sub = commands.add_parser(command, help=says, description=says[0].upper() + says[1:] + ".")
        if command == name:
            module = import_module(f"caseward.interfaces.cli.{command}_command")
            module.add_options(sub)
            sub.set_defaults(run=module.run)
    return parser, dict(commands.choices)
