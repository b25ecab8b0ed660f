"""Timing a call several times, and a row of the table that comes of it."""

import hashlib
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what was measured, in which unit, beside which limit."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    def line(self) -> str:
        """Return the line as it is printed; the ratio is value over limit."""
        shown = f"{self.what:66}{self.value:12,.2f} {self.unit}"
        if self.limit is None:
            return shown
        ratio = self.value / self.limit
        verdict = "within" if ratio <= 1 else "OVER"
        return f"{shown:92}{self.limit:10,.2f}{ratio:8.2f}x  {verdict}"


def seconds(call: Callable[[], object], *, runs: int = 5) -> float:
    """Return the median processor time of a call, after one that is not counted.

    Processor time, since what is measured here waits for nothing and other work on the machine
    must not count.
    """
    call()
    timed = []
    for _ in range(runs):
        began = time.process_time()
        call()
        timed.append(time.process_time() - began)
    return statistics.median(timed)


def percentile(values: list[float], per_cent: int) -> float:
    """Return the value below which so many per cent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)]


def digest(answer: Any) -> str:
    """Return a short digest of an answer that JSON can hold."""
    text = json.dumps(answer, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
