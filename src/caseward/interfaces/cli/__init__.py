"""The command line: `caseward COMMAND`. One file a command, found by name, imported when asked.

Nothing is imported that a command does not need, so that the commands on plain files start at once
and without any set-up. Machine-readable answers stand behind `--json`; each family of error has its
own exit code (`exits`).
"""

from caseward.interfaces.cli.program import main

__all__ = ["main"]
