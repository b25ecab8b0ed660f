"""When nothing is saved for a while, and pages can still be read: maintenance (S6).

A large import begins it for itself, as does whoever runs Caseward by hand. The row is committed
before the writer is held, so that every page can say why saving waits and until when.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import Q

from caseward.record.ledger import models
from caseward.record.ledger.acts import LONDON

Name = Literal["import", "by hand"]

LEEWAY = timedelta(minutes=15)
"""So long after its end what nobody ended is still believed: then its process is taken for dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Why saving waits, and until about when if that is known."""

    why: str
    until: datetime | None


def begin(name: Name, *, why: str, until: datetime | None = None) -> None:
    """Have saving wait from now on; with an end in sight it lapses some time after that."""
    models.Maintenance.objects.update_or_create(
        name=name,
        defaults={
            "why": why,
            "until": until,
            "lapses_at": None if until is None else until + LEEWAY,
        },
    )


def end(name: Name) -> bool:
    """Let saving go on; return whether it had been waiting on this account."""
    n_removed, _ = models.Maintenance.objects.filter(name=name).delete()
    return bool(n_removed)


def standing(*, at: datetime) -> Standing | None:
    """Return why saving waits at a moment, or None; what ends last is told."""
    rows = models.Maintenance.objects.filter(Q(lapses_at=None) | Q(lapses_at__gt=at))
    found = sorted(
        rows.order_by("name").values_list("why", "until"),
        key=lambda row: (row[1] is None, row[1] or at),
    )
    if not found:
        return None
    why, until = found[-1]
    return Standing(why=why, until=until)


def stands_on(day: date) -> bool:
    """Return whether saving waits at some time from the beginning of a day on."""
    begins = datetime.combine(day, time(), tzinfo=LONDON)
    return models.Maintenance.objects.filter(Q(lapses_at=None) | Q(lapses_at__gt=begins)).exists()
