"""Write the reference of the command line, from what the commands declare.

    python scripts/write_command_line.py

A test fails while the written page differs from what this would write.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from caseward.interfaces.cli import exits, program  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "command-line.md"

_HEAD = """\
# The command line

<!-- Written by scripts/write_command_line.py from the commands themselves. Do not edit. -->

`caseward COMMAND`. Answers go to the output, what is wrong to the error stream, in sentences.
`--json` gives an answer for programs; its keys are kept within a version.

`tasks FILE`, `explain`, `forecast`, `check` and `import --plain` work on files alone: no store, no
account, no set-up. The other commands open the store that [the settings](settings.md) name.
"""

_EXAMPLES = {
    "tasks": "caseward tasks facts.csv --as-of 2026-03-02",
    "explain": "caseward explain facts.csv A W5.meeting --as-of 2026-03-02",
    "forecast": "caseward forecast facts.csv A --as-of 2026-03-02",
    "check": "caseward check my-procedures",
    "adopt": "caseward adopt discharge_of_care_order --from 2026-04-01",
    "import": "caseward import return-2026",
    "digest": "caseward digest --as-of 2026-03-31",
}
_SEE = {
    "tasks": "[the plain file of facts](plain-file.md), [the published task](tasks.md)",
    "check": "[law files](law-files.md), [what the checker proves](checker.md)",
    "import": "[what becomes of each row](imports.md)",
}


def page() -> str:
    """Return the page as it should stand."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    yield "## Exit codes\n\n| code | meaning |\n|---|---|"
    yield from (f"| {code} | {meaning} |" for code, meaning in exits.MEANINGS.items())
    yield ""
    for command in program.COMMANDS:
        yield from _command(command)


def _command(command: str) -> Iterator[str]:
    parser = program.parser_of(command)
    yield f"## `caseward {command}`\n"
    yield f"{parser.description}\n"
    yield f"```\n{_usage(parser)}\n```\n"
    rows = [*_options(parser)]
    if rows:
        yield "| word | what it says |\n|---|---|"
        yield from rows
        yield ""
    if command in _EXAMPLES:
        yield f"For example: `{_EXAMPLES[command]}`\n"
    if command in _SEE:
        yield f"See {_SEE[command]}.\n"


def _usage(parser: argparse.ArgumentParser) -> str:
    """Return the words in order, on one line, whatever the width of the window."""
    words = [parser.prog]
    for option in _shown(parser):
        name = option.option_strings[-1] if option.option_strings else ""
        said = f"{name} {option.metavar or ''}".strip() + (" …" if option.nargs == "*" else "")
        words.append(said if option.required and option.nargs != "*" else f"[{said}]")
    return " ".join(words)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for option in _shown(parser):
        names = " ".join([*option.option_strings, str(option.metavar or "")]).strip()
        yield f"| `{names}` | {option.help} |"


def _shown(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    options = [option for option in parser._actions if option.dest != "help"]  # noqa: SLF001
    return sorted(options, key=lambda option: bool(option.option_strings))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
