"""The file of what was typed here: to be keyed again by people, or loaded by a program."""

import json

from caseward.work.exchange import safe_csv
from caseward.work.readings.shapes.typed_here import TypedHere, TypedLine

COLUMNS = (
    "child_number", "number_system", "child_name", "born_on", "state", "kind", "what", "occurred_on",
    "time", "until", "outcome", "outcome_words", "details", "fields", "recorded_by", "recorded_at",
    "entry",
)  # fmt: skip


def as_csv(page: TypedHere) -> str:
    """Return one row an entry: `details` for people, codes and `fields` (JSON) for programs.

    `state` is new, corrected or withdrawn. What the asker may not read is left out of both.
    """
    return safe_csv.text(COLUMNS, (_row(line) for group in page.workers for line in group.lines))


def _row(line: TypedLine) -> tuple[object, ...]:
    details = "; ".join(f"{field.title}: {field.words}" for field in line.fields)
    return (
        line.number,
        line.scheme,
        line.child_name,
        line.born_on,
        line.state,
        line.kind,
        line.title,
        line.occurred_on,
        line.time_words,
        line.until,
        line.outcome,
        line.outcome_words,
        details,
        json.dumps(dict(line.values), ensure_ascii=False, sort_keys=True),
        line.recorded_by,
        line.recorded_at.isoformat(timespec="minutes"),
        line.entry_id,
    )
