"""The process that tries files on the import, as the tests ask it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


class Trials:
    """The process that tries files, asked one after another."""

    def __init__(self) -> None:
        places = [*filter(None, sys.path), str(Path.cwd())]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.trial"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(places)},
        )

    def of(self, format_code: str, path: Path) -> dict[str, Any]:
        """Return what the import said of a file, how long it took and what it held."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"format": format_code, "path": str(path)}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=10)
