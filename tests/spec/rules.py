"""All spec tests by the number of the rule that they state."""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.spec.specs import Spec

NUMBERS = tuple(f"M{number}" for number in range(1, 43))
_NAME = re.compile(r"test_(M(\d+)([a-z]))_(\w+)\Z")


@dataclass(frozen=True, order=True)
class Rule:
    """One rule: `M10a`, what its test is called, and the test."""

    order: tuple[int, str]
    number: str
    letter: str
    name: str
    test: Callable[[Spec], None]

    @property
    def lettered(self) -> str:
        """The number with its letter, M10a."""
        return f"{self.number}{self.letter}"

    @property
    def title(self) -> str:
        """The rule in a few words."""
        return self.name.replace("_", " ").capitalize()

    @property
    def sentence(self) -> str:
        """The rule as the test's docstring states it."""
        return " ".join((self.test.__doc__ or "").split())


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule that a test of this folder states, in the order of the numbers."""
    found = []
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"tests.spec.{path.stem}")
        for name, value in vars(module).items():
            match = _NAME.match(name)
            if match is not None:
                _, number, letter, words = match.groups()
                order = (int(number), letter)
                found.append(Rule(order, f"M{number}", letter, words, value))
    return tuple(sorted(found))


def of_number(lettered: str) -> tuple[Rule, ...]:
    """Return the rules of a number with its letter."""
    return tuple(rule for rule in all_rules() if rule.lettered == lettered)
