"""The program that takes the store from a server that serves: `python -m tests.durability.serving JSON`.

`caseward serve` runs for real, people open pages and send forms, and what it needs goes away and comes
back: PostgreSQL ended and started (R8), or a disk filled and emptied (R5). The server runs on.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.durability import homes, mounting
from tests.durability.homes import Home
from tests.durability.pages import Answer, Person, hidden
from tests.durability.servers import Server

SAVED, SHOWN, AWAY = 302, 200, 503
SLOW, LONGEST_WAIT = 2.0, 20.0
WORDS = "She showed her drawings & asked when she may see her brother."


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is taken away, for how long, with how many people.

    "server" is PostgreSQL; all others are a folder whose disk is full: "store", "reads" and "heads" of
    the home, "temporary" for what any program puts aside, and "logs". `control` names a way in which
    the product is broken first, "" for none.
    """

    takes: str
    away_for: float
    n_people: int
    control: str = ""


@dataclass(kw_only=True)
class Report:
    """What people met: how many forms were saved before, during and after, and what went wrong.

    `back_after` is when the last of them had saved something again, `shown_after` when the first saw a
    page.
    """

    sent: int = 0
    saved: int = 0
    saved_while_away: int = 0
    away_pages: int = 0
    pages_shown_while_away: int = 0
    longest_away_page: float = 0
    shown_after: float = 0
    back_after: float = 0
    lost: int = 0
    doubled: int = 0
    slow: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Worker(threading.Thread):
    """Somebody who records one visit after another, sending each again until it is saved."""

    person: Person
    child: str
    ended: threading.Event
    goes_astray: bool = False
    """Whether pages that are not there are asked for as well, which the log is told of."""
    saved: dict[str, float] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    answers: list[tuple[float, str, Answer]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Go on until told to end; what is under way is finished first."""
        path = f"/children/{self.child}/record/visit.made/"
        while not self.ended.is_set():
            page = self._note("open", self.person.open(path))
            if page.status == SHOWN:
                self._send(path, {**hidden(page), **_visit()})
            if self.goes_astray:
                self.person.open("/nowhere/")
            time.sleep(0.1)

    def _send(self, path: str, typed: dict[str, str]) -> None:
        self.sent.add(typed["key"])
        while True:
            answer = self._note("send", self.person.send(path, typed))
            if answer.status == SHOWN and "Check before saving" in answer.text:
                typed = {**typed, "confirmed": "yes"}
            elif answer.status == SAVED:
                self.saved[typed["key"]] = time.monotonic()
                return
            elif answer.status not in (AWAY, 0):
                return
            elif answer.status == AWAY and "drawings &amp; asked" not in answer.text:
                self._note("typed text lost", answer)
            else:
                self._note("open", self.person.open(f"/children/{self.child}/"))
                time.sleep(0.3)

    def _note(self, what: str, answer: Answer) -> Answer:
        self.answers.append((time.monotonic(), what, answer))
        return answer


def main(text: str) -> None:
    """Serve, take the store away, bring it back, and print what people met."""
    told = Told(**json.loads(text))
    folder = Path(tempfile.mkdtemp(prefix="caseward-serving-"))
    folder.chmod(0o711)
    server = Server(folder=folder / "server") if told.takes == "server" else None
    home = Home(folder=folder, server=server)
    within = home.path if told.takes in homes.PARTS else folder
    disk = mounting.Disk(folder=within / told.takes) if server is None else None
    try:
        home.make()
        if disk:
            disk.mount()
        print(json.dumps(asdict(_serve(home, disk, told))))
    finally:
        if disk:
            disk.unmount()
        home.end()


def _serve(home: Home, disk: "mounting.Disk | None", told: Told) -> Report:
    worker, children = prepared(home, told.n_people)
    port = free_port()
    serving = started(home, port, control=told.control)
    try:
        people = at_work(port, worker, children, goes_astray=told.takes == "logs")
        time.sleep(1.5)
        took, returned = _take_away(home, disk, told, serving)
        _wait_for_all(people, since=returned)
        if serving.poll() is not None:
            raise RuntimeError(f"The server ended: {_last_words(home)}")
        end_work(people)
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(20)
    return _reported(home, people, took, returned)


def prepared(home: Home, n_people: int) -> tuple[str, list[str]]:
    """Make a demonstration in a home; return a social worker's id and a child's for each person.

    Each has a child of their own: two who type into one form at once would be asked about that.
    """
    homes.opened(home)
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    from tests.durability import verbs  # noqa: PLC0415 -- same

    known = verbs.an_authority()
    verbs.do("declare a demonstration", known)
    store = known.store
    for number in range(n_people):
        store = store.with_child(f"Child {number}", started_on="2025-01-06")
    connections.close_all()
    return known.worker("social_worker"), list(store.children.values())[-n_people:]


def at_work(
    port: int, worker: str, children: list[str], *, goes_astray: bool = False
) -> list[Worker]:
    """Return people who have begun to work, one at each child."""
    ended = threading.Event()
    people = [
        Worker(person=Person(port=port), child=child, ended=ended, goes_astray=goes_astray)
        for child in children
    ]
    for one in people:
        one.person.look_as(worker)
        one.start()
    return people


def end_work(people: list[Worker]) -> None:
    """Have everybody finish what is under way and stop."""
    for one in people:
        one.ended.set()
    for one in people:
        one.join(30)


def _wait_for_all(people: list[Worker], *, since: float) -> None:
    """Wait until everybody has saved something again, or far too long."""
    while time.monotonic() < since + LONGEST_WAIT:
        if all(max(one.saved.values(), default=0) > since for one in people):
            return
        time.sleep(0.05)


def _take_away(
    home: Home, disk: "mounting.Disk | None", told: Told, serving: subprocess.Popen[bytes]
) -> tuple[float, float]:
    """Take the store away for as long as was asked, and return when it went and came."""
    take: Callable[[], object]
    give: Callable[[], object]
    if home.server:
        take, give = home.server.stop, home.server.start
    else:
        if disk is None:
            raise LookupError("There is neither a server nor a disk to take away.")
        take, give = disk.fill, disk.make_room
    take()
    took = time.monotonic()
    time.sleep(told.away_for / 2)
    if told.takes == "temporary":
        # The web server puts a file aside for each process that answers: it must start another one.
        serving.send_signal(signal.SIGTTIN)
    time.sleep(told.away_for / 2)
    give()
    return took, time.monotonic()


def judge(home: Home, people: list[Worker], report: Report) -> None:
    """Hold what people were told is saved against what is there, once each."""
    from tests.durability import forking, states  # noqa: PLC0415 -- Django is set up now

    told = forking.asked(lambda: states.told(states.look()).encode())
    seen = states.read(told.decode())
    report.wrong += seen.faults
    saved = {key for one in people for key in one.saved}
    sent = {key for one in people for key in one.sent}
    recorded = [key for key in seen.keys if key in sent]
    report.sent, report.saved = len(sent), len(saved)
    report.lost = len(saved - set(recorded))
    report.doubled = len(recorded) - len(set(recorded))


def _reported(home: Home, people: list[Worker], took: float, returned: float) -> Report:
    """Hold what people were told against what is there."""
    report = Report()
    judge(home, people, report)
    # A little after it went, so that what was under way has been answered.
    gone = took + 0.2
    for at, what, answer in (each for one in people for each in one.answers):
        is_away = gone < at - answer.seconds and at < returned
        if what == "typed text lost" or answer.status not in (SAVED, SHOWN, AWAY):
            report.strange.append(f"{at - took:.1f} s: {what} {answer.status} {answer.text[:200]}")
        if is_away and answer.status == AWAY:
            report.away_pages += 1
            report.longest_away_page = max(report.longest_away_page, answer.seconds)
            if answer.seconds > SLOW:
                report.slow.append(f"{at - took:.1f} s: {what}, {answer.seconds:.1f} s")
        if is_away and what == "open" and answer.status == SHOWN:
            report.pages_shown_while_away += 1
    times = [at for one in people for at in one.saved.values()]
    report.saved_while_away = sum(gone < at < returned for at in times)
    first = [min([at for at in one.saved.values() if at > returned], default=0) for one in people]
    report.back_after = max((at - returned if at else 999) for at in first)
    answers = [(at, answer) for one in people for at, _, answer in one.answers]
    shown = [at for at, answer in answers if at > returned and answer.status == SHOWN]
    report.shown_after = min(shown, default=returned + 999) - returned
    return report


def started(home: Home, port: int, *, control: str = "") -> subprocess.Popen[bytes]:
    """Return the server of a home, once it has shown a page; its log is `logs/log` beside the home."""
    from tests.durability import breaking  # noqa: PLC0415 -- Django is set up now

    changes = {"CASEWARD_LEAST_FREE": 0, **breaking.CONTROLS[control]}
    for name in ("logs", "temporary"):
        (home.folder / name).mkdir(exist_ok=True)
    told = home.environment(
        CASEWARD_TEST_CHANGES=json.dumps(changes), TMPDIR=str(home.folder / "temporary")
    )
    with (home.folder / "logs" / "log").open("ab") as log:
        serving = subprocess.Popen(
            [sys.executable, "-m", "caseward.interfaces.cli", "serve", "--port", str(port)],
            env={**os.environ, **told},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until = time.monotonic() + 30
    while Person(port=port).open("/look-as/").status != SHOWN:
        if serving.poll() is not None or time.monotonic() > until:
            raise RuntimeError(_last_words(home))
        time.sleep(0.02)
    return serving


def _last_words(home: Home) -> str:
    return (home.folder / "logs" / "log").read_text(encoding="utf-8")[-2000:]


def _visit() -> dict[str, str]:
    """Return what is typed into the form: a visit today, the child seen."""
    from caseward.interfaces import clock  # noqa: PLC0415 -- Django is set up now

    today = clock.today()
    return {
        "occurred_on": f"{today.day}/{today.month}/{today.year}",
        "fields.seen": "yes",
        "fields.seen_alone": "yes",
        "fields.notes": WORDS,
    }


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1])
