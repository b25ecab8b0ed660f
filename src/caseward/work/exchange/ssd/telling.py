"""What several tables say alike: the other system's due dates, and the flags of a JSON cell."""

import re
from collections.abc import Iterator, Mapping

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd.tables import Row

_FLAG = re.compile(r'"?([A-Z][A-Z0-9_]*)"?\s*:\s*"?([A-Za-z0-9]*)')


def flags(said: str) -> dict[str, str]:
    """Return the flags of a JSON cell; extracts write them with and without quotation marks.

    It is searched and not parsed, so that no depth of brackets can fell the reader.
    """
    return dict(_FLAG.findall(said))


def due_date(row: Row, column: str, duty: str, *, keys: Mapping[str, str]) -> Iterator[Fact]:
    """Yield the due date of a row as told on the day of the import, if the row gives one."""
    due_on = row.day(column)
    if due_on is not None:
        yield row.fact(
            "other_system_date.told",
            row.today,
            keys=dict(keys),
            fields={
                "duty": duty,
                "due_on": due_on.isoformat(),
                "row": f"{row.table.name} {row.identifier}",
            },
            on_sight=True,
        )
