"""The program that strikes verbs at their write points: `python -m tests.durability.striking JSON`.

A process that is killed leaves the same files wherever they lie, so they lie in memory, where thousands
of points are quick; how long a restart takes from a disk is measured by `restarting`.
"""

import gc
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.durability import homes
from tests.durability.homes import Home
from tests.durability.servers import Server

if TYPE_CHECKING:
    from tests.durability.points import Whose


@dataclass(frozen=True, kw_only=True)
class Told:
    """What to strike: which database, fault and whom in turn; all verbs where none is named.

    `control` names a way in which the product is broken first, "" for none; `among` a folder of the
    home whose files alone are struck.
    """

    database: str
    n_points: int
    fault: str = "kill"
    whose: "tuple[Whose, ...]" = ("actor",)
    verbs: tuple[str, ...] = ()
    seed: str = "1"
    """Which points chance chooses; where it is empty they are the last ones."""
    control: str = ""
    among: str = ""


def main(text: str) -> None:
    """Make a home, strike each verb that was asked for, and print the report as JSON."""
    told = Told(**json.loads(text))
    folder = Path(tempfile.mkdtemp(prefix="caseward-points-", dir=homes.in_memory()))
    # The database's own user must reach the folder of its server inside this one.
    folder.chmod(0o711)
    server = Server(folder=folder / "server") if told.database == "postgresql" else None
    home = Home(folder=folder, server=server)
    try:
        print(json.dumps(_strike(home, told)))
    finally:
        home.end()


def _strike(home: Home, told: Told) -> dict[str, Any]:
    home.make()
    homes.opened(home)
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from tests.durability import points, verbs  # noqa: PLC0415 -- same

    known = verbs.an_authority()
    connections.close_all()
    home.keep()
    if told.control:
        points.CONTROLS[told.control]()
    # What is here already is never collected, so that forked processes share it.
    gc.freeze()
    report = points.Report()
    chance = random.Random(told.seed) if told.seed else None
    began = time.monotonic()
    for whose, name in product(told.whose, told.verbs or verbs.VERBS):
        trial = points.Trial(
            home=home, known=known, fault=told.fault, whose=whose, among=told.among, report=report
        )
        trial.verb(name, n_points=told.n_points, chance=chance)
        said = f"{whose}, {name}: {report.points} points, {len(report.wrong)} wrong so far"
        print(said, file=sys.stderr, flush=True)
    return {**asdict(report), "seconds": round(time.monotonic() - began, 1)}


if __name__ == "__main__":
    main(sys.argv[1])
