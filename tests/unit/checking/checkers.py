"""The checker as it is, or a fresh copy of the rules with one deliberate error in it."""

import importlib
import sys
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from tests.spec import engines
from tests.spec.engines import WrongEngine

RULES = "caseward.rules"


@dataclass(frozen=True)
class Checker:
    """One loaded copy of the checker with what reads its texts."""

    check: ModuleType
    reading: ModuleType
    facts: ModuleType
    calendars: ModuleType
    rulebook: ModuleType


@cache
def right() -> Checker:
    """Return the checker as it is."""
    return _imported()


def with_error(module: str, old: str, new: str) -> Checker:
    """Return a copy in which a line of the checker is otherwise; the loaded rules stay untouched."""
    error = WrongEngine(
        number="checker", module=f"{RULES}.checking.{module}", old=old, new=new, error=""
    )
    with engines._apart_from_the_loaded_rules():
        finder = engines._ErrorFinder(error)
        sys.meta_path.insert(0, finder)
        try:
            checker = _imported()
        finally:
            sys.meta_path.remove(finder)
    assert finder.has_been_used, f"{module} is no module of the checker"
    return checker


def _imported() -> Checker:
    return Checker(
        check=importlib.import_module(f"{RULES}.checking.check"),
        reading=importlib.import_module(f"{RULES}.procedures.reading"),
        facts=importlib.import_module(f"{RULES}.facts.reading"),
        calendars=importlib.import_module(f"{RULES}.calendars.reading"),
        rulebook=importlib.import_module(f"{RULES}.engine.rulebook"),
    )
