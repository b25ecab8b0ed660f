"""Each rule of the store has a broken store that its spec test finds."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.store import breaking

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
HERE = Path(__file__).parent


def spec_test(number: str) -> Callable[[], None]:
    """Return the one spec test of a number."""
    found: list[Callable[[], None]] = []
    for path in sorted(HERE.glob("test_S*.py")):
        module = importlib.import_module(f"tests.integration.store.spec.{path.stem}")
        found += [test for name, test in vars(module).items() if name.startswith(f"test_{number}_")]
    assert len(found) == 1, f"{number} has {len(found)} spec tests"
    return found[0]


@pytest.mark.parametrize("error", breaking.errors(), ids=lambda error: error.number)
def test_a_broken_store_turns_its_spec_test_red(error: breaking.Error) -> None:
    """The spec test fails on the store with the error in it, whatever way it fails."""
    test = spec_test(error.number)
    with breaking.broken(error), pytest.raises(BaseException):  # noqa: B017 -- see above
        test()
