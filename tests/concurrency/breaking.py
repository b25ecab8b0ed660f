"""Broken builds: what a writer's process is without one of its safeguards, to see the proofs go red."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction


def breaking(what: str) -> None:
    """Break this process's product in one way; "" leaves it whole."""
    if what:
        _WAYS[what]()


def _put(module: object, name: str, value: Any) -> None:
    setattr(module, name, value)


def _locks() -> None:
    """Take neither the key's lock nor the one to append."""
    from caseward.record.ledger import locks  # noqa: PLC0415

    def nothing(*_arguments: object) -> None:
        """Take no lock."""

    _put(locks, "take_key", nothing)
    _put(locks, "take_append", nothing)


def _key() -> None:
    """Do not look whether the key was answered before: each time is taken as another."""
    from caseward.work.casework import record_event  # noqa: PLC0415

    whole = record_event.record

    def each_time_anew(act: Any, *arguments: Any, **named: Any) -> Any:
        return whole(replace(act, key=f"{act.key}~{secrets.token_hex(4)}"), *arguments, **named)

    _put(record_event, "record", each_time_anew)


def _version() -> None:
    """Do not look whether the entry changed since the page was made."""
    from caseward.work.entries import checking  # noqa: PLC0415

    _put(checking, "refuse_changed", lambda *_: None)


def _forgets() -> None:
    """Answer before it is saved, and then now and then save nothing."""
    from caseward.work.casework import record_event  # noqa: PLC0415

    whole = record_event.record
    turns = iter(range(1 << 30))

    def forgetful(*arguments: Any, **named: Any) -> Any:
        with transaction.atomic():
            taken = whole(*arguments, **named)
            transaction.set_rollback(next(turns) % 4 == 0)
        return taken

    _put(record_event, "record", forgetful)


_WAYS: dict[str, Callable[[], None]] = {
    "locks": _locks,
    "key": _key,
    "version": _version,
    "forgets": _forgets,
}
