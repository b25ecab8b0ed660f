"""The return as a plain file of facts, so that it can be asked without any store."""

import csv
import io
import json

from caseward.work.exchange.ssda903 import mapping
from caseward.work.exchange.ssda903.reading import Staged

COLUMNS = ("child", "kind", "occurred_on", "keys", "fields", "id", "born_on")


def as_plain(staged: Staged) -> str:
    """Return the staged rows as CSV in the plain file's shape, a child's facts together.

    Shapes: one line an event; a child without a Header row is left out, as an import would do.
    Source: docs/reference/plain-file.md.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for child in mapping.by_child(staged):
        if child.born_on is None:
            continue
        for fact in child.facts:
            writer.writerow(
                {
                    "child": child.identifier,
                    "kind": fact.kind,
                    "occurred_on": fact.occurred_on.isoformat(),
                    "keys": json.dumps(fact.keys) if fact.keys else "",
                    "fields": json.dumps(fact.fields) if fact.fields else "",
                    "id": fact.source,
                    "born_on": child.born_on.isoformat(),
                }
            )
    return text.getvalue()
