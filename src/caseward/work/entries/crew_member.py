"""One process of a crew: reads portions from its input and answers each, until the input ends."""

import os
import pickle
import signal
import sys

from caseward.work.entries import portions


def main() -> None:
    """Read what all portions share, then work them out one by one."""
    # Whoever stops the import stops the process that leads it, and that one ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    coming = sys.stdin.buffer
    going = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Nothing that some library prints may come between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    rules, at = pickle.load(coming)  # noqa: S301 -- from the process that started this one
    while True:
        try:
            portion = pickle.load(coming)  # noqa: S301 -- same
        except EOFError:
            return
        answer = portions.made(portion, rules, at)
        pickle.dump(answer, going, protocol=pickle.HIGHEST_PROTOCOL)
        going.flush()
