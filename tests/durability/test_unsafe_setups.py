"""Caseward does not start where facts could be lost or shown, and says why in a sentence (R7).

Every set-up is made for real, on a home of its own, and `caseward serve` is started on it.
"""

import re

import pytest

from tests.durability import proving, unsafe_setups
from tests.installed import ROOT

pytestmark = pytest.mark.usefixtures("own_store")

REFUSED = 6
FEWEST = {"sqlite": 35, "postgresql": 30}
PAGE = ROOT / "docs/reference/what-it-refuses-to-start-on.md"


def test_every_unsafe_set_up_is_refused_and_a_safe_one_starts(own_store: str) -> None:
    """Each unsafe one ends with the exit code of the store and its own sentence, and serves nothing."""
    starts = proving.report("starting", at_most=120, database=own_store)["starts"]
    safe = [start for start in starts if not start["says"]]
    unsafe = [start for start in starts if start["says"]]
    assert [start for start in safe if start["code"] or "has started" not in start["said"]] == []
    assert [
        start
        for start in unsafe
        if start["code"] != REFUSED
        or start["says"] not in start["said"]
        or "Traceback" in start["said"]
    ] == []
    assert len(safe) == len(unsafe_setups.SAFE)
    assert len(unsafe) >= FEWEST[own_store]


def test_the_page_lists_every_refusal() -> None:
    """Each code that the product gives stands on the page, and no other."""
    given = {
        code
        for path in (ROOT / "src/caseward/record/ledger").glob("*.py")
        for code in re.findall(r'"caseward\.(E\d{3})"', path.read_text(encoding="utf-8"))
    }
    listed = re.findall(r"^\| (E\d{3}) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(given) == sorted(listed)
    assert len(given) >= 25
