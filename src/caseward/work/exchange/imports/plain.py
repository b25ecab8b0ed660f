"""An import as a plain file of facts, so that it can be asked without any store."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from typing import TextIO

from caseward.work.exchange.imports.staging import ACCEPTED

COLUMNS = (
    "child", "kind", "occurred_on", "time", "outcome", "keys", "until", "fields", "id", "born_on",
)  # fmt: skip
_FACTS = """SELECT fact.child, kind, occurred_on, coalesce(time, ''), coalesce(outcome, ''), keys,
coalesce(until, ''), fields, source, known.born_on
FROM fact JOIN known ON known.identifier = fact.child
WHERE stream = 'child' AND fact.verdict = ? AND fact.row NOT IN (SELECT row FROM refusal)
AND source NOT LIKE 'child:%' ORDER BY fact.child, occurred_on, n"""


def write(staging: sqlite3.Connection, out: TextIO) -> int:
    """Write what was compared with an empty record in the plain file's shape; return how many lines.

    Shapes: one line an event, a child's together, under the numbers that the files have; children
    not born yet have no `born_on`. What opens a record in a store is left out.
    Source: docs/reference/plain-file.md.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, line in enumerate(_lines(staging), start=1):  # noqa: B007 -- the last count is told
        writer.writerow(line)
    return count


def _lines(staging: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    for child, kind, on, at, outcome, keys, until, fields, source, born_on in staging.execute(
        _FACTS, (ACCEPTED,)
    ):
        said = (_said(keys), until, _said(fields))
        birth = "" if born_on.startswith("expected") else born_on
        yield (child, kind, on, at, outcome, *said, source, birth)


def _said(words: str) -> str:
    return json.dumps(json.loads(words)) if words != "{}" else ""
