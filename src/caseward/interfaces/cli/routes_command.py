"""`caseward routes`: every page, its address and the rule of the policy that it is under."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from caseward.interfaces.cli import exits


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import store

    store.open_store(needs_tables=False)
    rows = [*_listed()]
    if options.json:
        print(json.dumps({"version": 1, "routes": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['name']:32} {row['rule']:28} /{row['path']}")
    return exits.OK


def _listed() -> Iterator[dict[str, str]]:
    """Yield every named page; a page without a rule is never served, so it says so here."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: list[Any], before: str) -> Iterator[dict[str, str]]:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                rule = getattr(pattern.callback, "rule", "") or "none: never served"
                yield {"name": pattern.name or "", "path": path, "rule": rule}
            else:
                yield from walk(pattern.url_patterns, path)

    yield from walk(get_resolver().url_patterns, "")
