"""Sets apart what stays loaded, so that freeing memory need not look through all the law each time.

Python looks through everything it holds every few pages: with the law loaded that takes some 50 ms,
of a page that happens to come then.
"""

import gc
from collections.abc import Hashable
from functools import lru_cache

from caseward.interfaces import clock
from caseward.work import entries
from caseward.work.entries.errors import Refusal


def look() -> None:
    """Load the law in force and set it apart, once for each state of what the authority adopted."""
    try:
        rules = entries.rules_at(on=clock.today())
    except Refusal:  # Nothing is adopted yet.
        return
    _set_apart(rules.to)


@lru_cache(maxsize=1)
def _set_apart(_loaded: Hashable) -> None:
    gc.collect()
    gc.freeze()
