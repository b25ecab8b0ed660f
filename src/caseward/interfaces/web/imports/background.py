"""The import's own process: begun by a page, it goes on when the page is closed."""

import subprocess
import sys
import threading


def start(run: str, *words: str) -> None:
    """Let `caseward import --run RUN` go on with an import, in a process that nobody waits for.

    It finds the store as this process does, by the environment; what goes wrong is in the log.
    """
    process = subprocess.Popen(  # noqa: S603 -- our own program, an id of ours and fixed words
        [sys.executable, "-m", "caseward.interfaces.cli", "import", "--run", run, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody must hear of its end, or it stays in the machine's list for ever.
    threading.Thread(target=process.wait, daemon=True).start()
