"""The program that strikes verbs at their write points: `python -m tests.durability.striking JSON`."""

import gc
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.durability import homes
from tests.durability.homes import Home
from tests.durability.servers import Server

if TYPE_CHECKING:
    from tests.durability.points import Whose


@dataclass(frozen=True, kw_only=True)
class Told:
    """What to strike: which database, fault and whom; all verbs where none is named.

    `control` names a way in which the product is broken first, "" for none.
    """

    database: str
    n_points: int
    fault: str = "kill"
    whose: "Whose" = "actor"
    verbs: tuple[str, ...] = ()
    seed: str = "1"
    control: str = ""


def main(text: str) -> None:
    """Make a home, strike each verb that was asked for, and print the report as JSON."""
    told = Told(**json.loads(text))
    folder = Path(tempfile.mkdtemp(prefix="caseward-points-"))
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
    trial = points.Trial(home=home, known=known, fault=told.fault, whose=told.whose)
    chance = random.Random(told.seed)
    began = time.monotonic()
    for name in told.verbs or verbs.VERBS:
        trial.verb(name, n_points=told.n_points, chance=chance)
        said = (
            f"{name}: {trial.report.by_verb[name]} points, {len(trial.report.wrong)} wrong so far"
        )
        print(said, file=sys.stderr, flush=True)
    return {**asdict(trial.report), "seconds": round(time.monotonic() - began, 1)}


if __name__ == "__main__":
    main(sys.argv[1])
