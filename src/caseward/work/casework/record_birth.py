"""Recording a birth: it fixes name and date, and what hung on the expected date moves (B2, M42)."""

from datetime import date, time

from caseward.record.ledger.acts import Act
from caseward.work.casework import record_event
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Taken


def record(
    act: Act,
    child: str,
    born_on: date,
    *,
    name: str = "",
    family_name: str = "",
    at: time | None = None,
    confirmed: bool = False,
    preview_digest: str | None = None,
) -> Taken:
    """Record that the child was born on a day, under a name if one was given.

    Brothers' and sisters' records say so by the same act (M37).
    """
    fields = {"name": name, "family_name": family_name}
    return record_event.record(
        act,
        WhatHappened(
            kind="child.born",
            occurred_on=born_on,
            children=(child,),
            time=at,
            fields={key: value for key, value in fields.items() if value},
        ),
        confirmed=confirmed,
        preview_digest=preview_digest,
    )
