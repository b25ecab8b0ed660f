"""Runs one command as a person would and keeps what it said."""

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from caseward.interfaces.cli import program

CHILD_A = """\
child,kind,occurred_on,outcome,fields,id,recorded_at,born_on
A,looked_after.began,2024-03-04,,"{""reason"": ""S""}",began,,2012-05-01
A,legal_status.began,2024-03-04,,"{""status"": ""C2""}",order,,
A,looked_after_review.held,2025-12-04,discharge_supported,,review,2025-12-05T09:00,
A,review_decision.ratified,2025-12-04,,,ratified,2025-12-09T09:00,
"""


@dataclass(frozen=True)
class Said:
    """What came back: the exit code, the answer, and what was told on the error stream."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the answer as the JSON document that it is."""
        return json.loads(self.out)


def caseward(*words: object) -> Said:
    """Run `caseward WORDS` in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = program.main([str(word) for word in words])
        except SystemExit as leaving:  # the words were not understood
            code = int(leaving.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def a_file(folder: Path, text: str | bytes = CHILD_A, *, name: str = "facts.csv") -> Path:
    """Return a file with this in it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
