"""A format made for tests: a line of JSON is a row, and says what its reader tells the core.

`{"child": {…}, "facts": [{…}], "refuse": "reason", "duplicate": "row 2"}`; a row `{"do": "…"}` makes the
reader behave badly: fill the memory, go on for ever, die, raise.
"""

import json
import os
import signal
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from caseward.work.exchange.imports.values import (
    ChildSeen,
    Fact,
    Format,
    ImportRefused,
    Place,
    Sink,
)

NAME = "rows.toy"


def recognise(names: Sequence[str]) -> bool:
    """Tell whether a file is one of this format."""
    return any(name.endswith(".toy") for name in names)


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Tell the core what each line says."""
    del today, options
    for name, path in files.items():
        with path.open("rb") as lines:
            n_lines = sum(1 for _ in lines)
        with path.open(encoding="utf-8") as rows_of_it:
            for number, line in enumerate(rows_of_it, start=1):
                _row(json.loads(line), Place(name, number), out)
                out.progress(number, n_lines)


FORMAT = Format(code="toy", title="Rows made for tests", recognise=recognise, read=read)


def rows(*said: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a file of these rows."""
    return {NAME: "".join(json.dumps(row) + "\n" for row in said).encode()}


def child(
    identifier: str = "1", *, born_on: str | None = "2012-05-01", **more: Any
) -> dict[str, Any]:
    """Return a row that names a child."""
    return {"child": {"identifier": identifier, "born_on": born_on, **more}}


def fact(
    source: str,
    *,
    child: str = "1",
    kind: str = "looked_after_review.held",
    on: str = "2024-03-28",
    **more: Any,
) -> dict[str, Any]:
    """Return a row that gives one fact."""
    return {"facts": [{"source": source, "child": child, "kind": kind, "occurred_on": on, **more}]}


def _row(said: Mapping[str, Any], place: Place, out: Sink) -> None:
    if "do" in said:
        _behave_badly(said["do"])
    out.read(place)
    if seen := said.get("child"):
        out.child(
            ChildSeen(place=place, **{**seen, **_days(seen, "born_on", "expected_on", "died_on")})
        )
    for each in said.get("facts", ()):
        at = time.fromisoformat(each["time"]) if each.get("time") else None
        out.fact(Fact(place=place, **{**each, **_days(each, "occurred_on", "until"), "time": at}))
    if "refuse" in said:
        out.refuse(place, "a column", "code", said["refuse"])
    if "duplicate" in said:
        out.duplicate(place, said["duplicate"])


def _days(said: Mapping[str, Any], *names: str) -> dict[str, date | None]:
    return {
        name: date.fromisoformat(said[name]) if said[name] else None
        for name in names
        if name in said
    }


def _behave_badly(what: str) -> None:
    if what == "fill the memory":
        held = []
        while True:
            held.append(bytes(10_000_000))
    if what == "go on for ever":
        while True:
            pass
    if what == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "refuse":
        raise ImportRefused("The file is not what it says. Nothing has been imported.")
    raise RuntimeError("the reader of the toy format is wrong")
