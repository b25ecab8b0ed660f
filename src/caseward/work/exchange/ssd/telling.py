"""The other system's due dates, kept as its opinion."""

from collections.abc import Iterator, Mapping

from caseward.work.exchange.imports.values import Fact
from caseward.work.exchange.ssd.tables import Row


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
