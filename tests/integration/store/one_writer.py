"""One of several processes that write at once; started by `test_processes`.

Told by JSON: the database, the children, how many acts; whether to be broken (no locks).
"""

import json
import os
import random
import sys
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(told: str, number: int) -> None:
    """Write so many acts over two children each, and print what was answered and refused."""
    import django  # noqa: PLC0415 -- the settings must be named first
    from django.conf import settings  # noqa: PLC0415

    given = json.loads(told)
    settings.DATABASES["default"] |= given["database"]
    if given.get("broken"):
        settings.DATABASES["default"]["OPTIONS"].pop("transaction_mode", None)
        settings.DATABASES["default"]["OPTIONS"].pop("timeout", None)
    django.setup()
    if given.get("broken"):
        _take_no_locks()
    from django.db import Error  # noqa: PLC0415

    chance = random.Random(number)
    answered: dict[str, list[int]] = {}
    refused: list[str] = []
    for turn in range(given["n_acts"]):
        is_shared = turn % 3 == 0
        key = f"shared {turn} {number // 2}" if is_shared else f"{number} {turn}"
        chosen = given["children"][:2] if is_shared else chance.sample(given["children"], 2)
        try:
            answered[key] = _record(key, chosen)
        except Error as problem:
            refused.append(str(problem))
    print(json.dumps({"answered": answered, "refused": refused}))


def _record(key: str, children: list[str]) -> list[int]:
    from caseward.record.ledger.acts import child_stream  # noqa: PLC0415
    from tests.integration.store import writing  # noqa: PLC0415

    act = writing.an_act(key=key, at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    facts = [writing.a_fact(child_stream(child)) for child in children]
    return [entry.position for entry in writing.record(*facts, act=act).entries]


def _take_no_locks() -> None:
    from caseward.record.ledger import locks  # noqa: PLC0415

    def nothing(*_arguments: object) -> None:
        """Take no lock."""

    setattr(locks, "take_key", nothing)  # noqa: B010 -- put in the place of the real one
    setattr(locks, "take_append", nothing)  # noqa: B010 -- same


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
