"""The program that cuts the power: `python -m tests.durability.cutting JSON` (R3).

One process does acts and is followed call by call; then the disk is put together as a cut at any
moment could have left it, and the store on it is opened and held against what was told as done.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from bisect import bisect_left
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.durability import homes, tracing
from tests.durability.disks import Disk
from tests.durability.homes import Home
from tests.durability.tracing import Call

# Acts that each stand by themselves, a look and two heads among them.
ACTS = (
    "record an event", "write the read log", "sign a head", "register a child",
    "record for two children", "register a person", "adopt a calendar", "record siblings",
    "record a birth", "hold a role", "bring in an import", "involve a person", "correct",
    "bring in a staged import", "say that somebody is away",
)  # fmt: skip
# Every so many acts the connections are closed, which copies the log back into the database.
CLOSES_EVERY = 5
SETTINGS = {
    "as it comes": (),
    "a rollback journal": ("journal_mode=DELETE", "synchronous=EXTRA"),
    "NORMAL": ("synchronous=NORMAL",),
    "a rollback journal with FULL": ("journal_mode=DELETE", "synchronous=FULL"),
}
SAFE = ("as it comes", "a rollback journal")


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many states, with which settings of SQLite; `during` is "acts" or "migrating"."""

    n_states: int
    settings: str = "as it comes"
    during: str = "acts"
    seed: str = "1"


@dataclass(kw_only=True)
class Report:
    """What the states gave; `lost` has lost what was told as done, `half` is no whole state."""

    states: int = 0
    calls: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    longest_restart: float = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The disk at the beginning, the calls that were made, and at which of them an act was told.

    `seen` are the states of the store before the first act and after each.
    """

    folder: Path
    calls: tuple[Call, ...]
    told_at: tuple[int, ...]
    seen: tuple[Any, ...]


def main(text: str) -> None:
    """Record, cut as often as was asked for, and print the report."""
    told = Told(**json.loads(text))
    folder = Path(tempfile.mkdtemp(prefix="caseward-cuts-", dir=homes.in_memory()))
    home = Home(folder=folder)
    began = time.monotonic()
    try:
        home.make()
        pragmas = "".join(f"; PRAGMA {one}" for one in SETTINGS[told.settings])
        # A short log is copied back often: more moments at which two files change.
        pragmas += "; PRAGMA wal_autocheckpoint=60"
        changes = {"+DATABASES.default.OPTIONS.init_command": pragmas,
                   "+DATABASES.reads.OPTIONS.init_command": pragmas}  # fmt: skip
        homes.opened(home, makes_tables=told.during == "acts", **changes)
        report = _cut_acts(home, told) if told.during == "acts" else _cut_migrating(home, told)
    finally:
        home.end()
    print(json.dumps({**asdict(report), "seconds": round(time.monotonic() - began, 1)}))


def _cut_acts(home: Home, told: Told) -> Report:
    recording = _record_acts(home)
    report = Report(calls=len(recording.calls))
    chance = random.Random(told.seed)
    moments = sorted(chance.choices(range(len(recording.calls) + 1), k=told.n_states))
    disk = Disk.of(recording.folder)
    taken = 0
    for moment in moments:
        for call in recording.calls[taken:moment]:
            disk.take(call)
        taken = moment
        _lay_out(home, recording.folder, disk, chance)
        n_told = bisect_left(recording.told_at, moment + 1)
        _judge(report, recording, moment, n_told, is_safe=told.settings in SAFE)
    return report


def _judge(
    report: Report, recording: Recording, moment: int, n_told: int, *, is_safe: bool
) -> None:
    """Open the store as it is laid out and hold it against what was told by then."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from tests.durability import states  # noqa: PLC0415 -- same

    report.states += 1
    began = time.monotonic()
    where = f"cut before call {moment} of {len(recording.calls)}, {n_told} acts told"
    try:
        # A control's settings are refused at a start, so its store is only read.
        seen = states.opened() if is_safe else states.look()
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the store does not open
        report.corrupt += 1
        report.wrong.append(f"{where}: {type(problem).__name__} {problem}")
        return
    finally:
        connections.close_all()
        report.longest_restart = max(report.longest_restart, time.monotonic() - began)
    if seen.faults:
        report.corrupt += 1
        report.wrong.append(f"{where}: {'; '.join(seen.faults)}")
    at = [number for number, whole in enumerate(recording.seen) if not seen.differs(whole)]
    if not at:
        report.half += 1
        nearest = min((seen.differs(whole) for whole in recording.seen), key=len)
        report.wrong.append(f"{where}: {nearest}")
    elif max(at) < n_told or seen.n_heads < recording.seen[n_told].n_heads:
        report.lost += 1
        report.wrong.append(f"{where}: only {max(at)} acts and {seen.n_heads} heads are there")


def _lay_out(home: Home, recorded: Path, disk: Disk, chance: random.Random) -> None:
    """Put the disk after a cut in the place of the home's folders."""
    for part in homes.PARTS:
        shutil.rmtree(home.path / part, ignore_errors=True)
        (home.path / part).mkdir(mode=0o700)
    for path, content in disk.after_cut(chance):
        place = home.path / Path(path).relative_to(home.path)
        place.write_bytes(content)
        place.chmod(0o600)


def _record_acts(home: Home) -> Recording:
    """Do the acts in a followed process, each told when it is done."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from tests.durability import forking, states, verbs  # noqa: PLC0415 -- same

    known = verbs.an_authority()
    before = states.look()
    connections.close_all()
    home.keep()
    marks = home.folder / "told"
    marks.touch()

    def body(tell: forking.Tell) -> None:
        for number, name in enumerate(ACTS, start=1):
            verbs.do(name, known)
            with marks.open("ab") as file:
                file.write(b".")
            tell(states.told(states.look()).encode() + b"\n")
            if number % CLOSES_EVERY == 0:
                connections.close_all()
        connections.close_all()

    calls, said = _followed(body, home, marks)
    kept = [call for call in calls if call.path != str(marks)]
    told_at: list[int] = []
    for place, call in enumerate(calls):
        if call.path == str(marks):
            told_at.append(place - len(told_at))
    seen = [before, *(states.read(line) for line in said.decode().splitlines())]
    if len(told_at) != len(ACTS) or len(seen) != len(ACTS) + 1:
        raise RuntimeError(f"The acts could not be recorded: {said[-500:]!r}")
    return Recording(
        folder=_brought_back(home), calls=tuple(kept), told_at=tuple(told_at), seen=tuple(seen)
    )


def _cut_migrating(home: Home, told: Told) -> Report:
    """Cut while the tables are made: made again from there, they are as they should be."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django is set up now
    from django.db import connections  # noqa: PLC0415 -- same

    from tests.durability import forking, states  # noqa: PLC0415 -- same

    def migrate() -> None:
        for alias in connections:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        connections.close_all()

    home.keep()
    calls, _ = _followed(lambda _tell: migrate(), home, home.folder / "told")
    whole = states.read(forking.asked(lambda: states.told(states.look()).encode()).decode())
    report = Report(calls=len(calls))
    chance = random.Random(told.seed)
    disk = Disk.of(_brought_back(home))
    taken = 0
    for moment in sorted(chance.choices(range(len(calls) + 1), k=told.n_states)):
        for call in calls[taken:moment]:
            disk.take(call)
        taken = moment
        _lay_out(home, home.folder, disk, chance)
        report.states += 1
        try:
            migrate()
            seen = states.opened()
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the tables were not made
            report.corrupt += 1
            report.wrong.append(f"cut before call {moment}: {type(problem).__name__} {problem}")
            continue
        finally:
            connections.close_all()
        if seen.faults or seen.differs(whole):
            report.half += 1
            report.wrong.append(f"cut before call {moment}: {seen.differs(whole)} {seen.faults}")
    return report


def _followed(body: Any, home: Home, marks: Path) -> tuple[list[Call], bytes]:
    """Run a body in a followed process; return the calls that it made, and what it told."""
    from tests.durability import forking  # noqa: PLC0415 -- Django is set up now

    calls: list[Call] = []

    def note(call: Call) -> int:
        calls.append(call)
        return tracing.GO_ON

    deed = forking.start(body, is_followed=True)
    tracing.take_on(deed.process)
    counts = tracing.under(*(home.path / part for part in homes.PARTS), marks)
    tracing.follow(deed.process, note, counts=counts, contents=True)
    return calls, deed.told()


def _brought_back(home: Home) -> Path:
    """Bring back what the home was like before, and return where it stands."""
    home.bring_back()
    return home.path


if __name__ == "__main__":
    main(sys.argv[1])
