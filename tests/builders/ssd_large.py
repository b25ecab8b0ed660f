"""A dataset of any number of rows, written and read in a process of its own, to measure it.

`python -m tests.builders.ssd_large FOLDER N` reads the folder's files after writing them and prints as JSON
how many rows and facts were told, the most memory held (MB) and the seconds of processor time.
"""

import json
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from caseward.work.exchange.ssd import format as ssd

TODAY = date(2026, 11, 24)
FIRST_DAY = date(2021, 1, 4)
ROWS_A_CHILD = 60
HEADINGS = {
    "ssd_person": "pers_person_id,pers_dob,pers_sex",
    "ssd_cla_episodes": "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,"
    "clae_cla_episode_start_reason,clae_cla_id,clae_entered_care_date",
    "ssd_cp_plans": "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date",
    "ssd_cla_visits": "clav_cla_visit_id,clav_cla_id,clav_cla_visit_date,clav_cla_visit_seen",
    "ssd_cp_visits": "cppv_cp_visit_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen",
    "ssd_cla_reviews": "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date",
}


class Counting:
    """A sink that counts, so that what is held is the reader's."""

    def __init__(self) -> None:
        self.told = dict.fromkeys(("read", "child", "fact", "refuse", "duplicate"), 0)

    def read(self, *_: Any) -> None:
        self.told["read"] += 1

    def child(self, *_: Any) -> None:
        self.told["child"] += 1

    def fact(self, *_: Any) -> None:
        self.told["fact"] += 1

    def refuse(self, *_: Any, **__: Any) -> None:
        self.told["refuse"] += 1

    def duplicate(self, *_: Any) -> None:
        self.told["duplicate"] += 1

    def note(self, *_: Any) -> None:
        """Say nothing."""

    def progress(self, *_: Any) -> None:
        """Say nothing."""


def write(folder: Path, n_rows: int) -> dict[str, Path]:
    """Write about so many rows, two in five of them visits to looked-after children."""
    n_children = max(1, n_rows // ROWS_A_CHILD)
    rows: dict[str, Iterable[str]] = {
        "ssd_person": (f"{n},2012-03-04 00:00:00,M" for n in range(n_children)),
        "ssd_cla_episodes": (f"E{n},{n},{FIRST_DAY},S,C{n},{FIRST_DAY}" for n in range(n_children)),
        "ssd_cp_plans": (f"K{n},{n},{FIRST_DAY}" for n in range(n_children)),
        "ssd_cla_visits": (f"V{n},C{n % n_children},{_day(n)},Y" for n in range(n_rows * 2 // 5)),
        "ssd_cp_visits": (f"V{n},K{n % n_children},{_day(n)},Y" for n in range(n_rows * 2 // 5)),
        "ssd_cla_reviews": (
            f"R{n},C{n % n_children},{_day(n)},{_day(n + 1)}" for n in range(n_rows * 3 // 20)
        ),
    }
    files = {}
    for table, told in rows.items():
        path = folder / f"{table}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEADINGS[table] + "\n")
            file.writelines(f"{row}\n" for row in told)
        files[path.name] = path
    return files


def most_held() -> float:
    """Return the most megabytes that this program held.

    What the system counts for a process begins with what its parent held when it was started.
    """
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _day(n: int) -> date:
    return FIRST_DAY + timedelta(days=n % 2_000)


def _measure(folder: Path, n_rows: int) -> dict[str, float]:
    files, sink = write(folder, n_rows), Counting()
    before = time.process_time()
    ssd.read(files, sink, today=TODAY, options={})
    seconds = time.process_time() - before
    held = most_held()
    return {**sink.told, "megabytes": held, "seconds": round(seconds, 2)}


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), int(sys.argv[2]))))
