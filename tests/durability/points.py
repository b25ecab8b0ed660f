"""A fault at one write point of one verb: what was told, what is there afterwards, and whether the
same act again comes out right.

Started by the tests as a program on a fresh home, with what to do told in JSON; prints a report.
"""

import errno
import logging
import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
)

from caseward.record.ledger import heads, keeping
from tests.durability import forking, states, tracing, verbs
from tests.durability.homes import Home
from tests.durability.states import Seen
from tests.durability.verbs import Authority

Whose = Literal["actor", "backend", "server"]
"""Who is struck at its nth call: who acts, the database's process for it, or all of the server."""

FAULTS: Mapping[str, int] = {"kill": tracing.KILL, "ENOSPC": errno.ENOSPC, "EIO": errno.EIO}
DONE, DONE_LATER, REFUSED = b"done ", b"later ", b"refused "
# Said in the log beside an act that was told as done.
UNSIGNED = b"unsigned "
LONGEST_RETURN = 10.0


@dataclass(kw_only=True)
class Report:
    """What the points of a run gave; `wrong` says of each that went wrong what and where.

    `late_heads` were signed only when next due, because the disk or the server failed when they were
    to be. `longest_opening` is the part of a restart that is Caseward's own, without its server's.
    """

    points: int = 0
    struck: int = 0
    told: int = 0
    lost: int = 0
    half: int = 0
    faulty: int = 0
    not_again: int = 0
    late_heads: int = 0
    longest_restart: float = 0
    longest_opening: float = 0
    longest_return: float = 0
    by_verb: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Trial:
    """One home on which verbs are struck by a fault at one point after another.

    `among`: only files of this folder are counted. `again_every`: after every so many points the same
    act is done again, and must come out right.
    """

    home: Home
    known: Authority
    fault: str = "kill"
    whose: Whose = "actor"
    among: str = ""
    again_every: int = 5
    report: Report = field(default_factory=Report)
    _doubled: Seen | None = field(default=None, init=False)
    """The store when what is no act, and so has no key to be known by, was done twice."""

    @property
    def _outlives(self) -> bool:
        """Return whether whoever acts lives on after the fault."""
        return self.fault != "kill" or self.whose != "actor"

    def verb(self, name: str, *, n_points: int, chance: random.Random | None) -> None:
        """Strike a verb at its points: all, so many chosen by chance, or without chance the last.

        The last ones lie about the commit and the answer, where a broken build shows itself.
        """
        self.home.bring_back()
        before = self._look()
        found, told = self._act(name, at=0)
        after = self._look()
        if not before.lacks(after) or not told.startswith(DONE):
            raise LookupError(
                f"'{name}' writes nothing here, so there is nothing to strike: {told!r}"
            )
        if self.fault != "kill" and name in verbs.NOT_ACTS:
            # Asked for again because the answer never came, a page is noted as shown twice.
            self._act(name, at=0)
            self._doubled = self._look()
        allowed = (before, *self._between(name), after)
        chosen = list(range(1, found + 1))[-n_points:]
        if chance is not None:
            chosen = sorted(chance.sample(range(1, found + 1), min(found, n_points)))
        self.report.by_verb[f"{self.whose}: {name}"] = len(chosen)
        is_as_before = False
        for at in chosen:
            self.home.bring_back(database=not is_as_before)
            is_as_before = self._strike(name, at, allowed)

    def _between(self, name: str) -> list[Seen]:
        """Return the whole states that a store may be left in on the way through a verb."""
        found = []
        for bring in verbs.between(name, self.known):
            self.home.bring_back()
            connections.close_all()
            forking.start(lambda _tell, bring=bring: bring()).ended()  # type: ignore[misc]  # bound now
            found.append(self._look())
        return found

    def _strike(self, name: str, at: int, allowed: Sequence[Seen]) -> bool:
        """Strike at one point; return whether the store is then known to be as it was before."""
        met, told = self._act(name, at=at)
        seen = self._look(is_restart=True)
        report = self.report
        report.longest_restart = max(report.longest_restart, seen.waited + seen.opened_in)
        report.longest_opening = max(report.longest_opening, seen.opened_in)
        report.points += 1
        report.struck += met >= at
        is_told = told.startswith((DONE, DONE_LATER)) or DONE_LATER in told
        report.told += is_told
        self._judge(f"{name}, point {at}", seen, allowed, is_told=is_told)
        if self._outlives:
            self._judge_heads(name, f"{name}, point {at}", told, seen, allowed)
        if self.fault != "kill":
            self._count_answer(f"{name}, point {at}", told)
        elif report.points % self.again_every == 0:
            self._do_again(name, f"{name}, point {at}", allowed[-1])
            return False
        return not seen.differs(allowed[0])

    def _judge(self, where: str, seen: Seen, allowed: Sequence[Seen], *, is_told: bool) -> None:
        """Hold the store against the whole states there are, of which the last one is the act's."""
        report, before, after = self.report, allowed[0], allowed[-1]
        # Whoever acts and lives on may still sign a head that is missing: see `_judge_heads`.
        lacking = seen.differs(after) if self._outlives else seen.lacks(after)
        is_doubled = self._doubled is not None and not seen.differs(self._doubled)
        if is_told and lacking and not is_doubled:
            report.lost += 1
            report.wrong.append(f"{where}: told as done, and lost: {lacking}")
        elif not is_doubled and all(seen.differs(state) for state in allowed):
            report.half += 1
            report.wrong.append(f"{where}: half done: {seen.differs(before)}")
        if seen.faults:
            report.faulty += 1
            report.wrong.append(f"{where}: {'; '.join(seen.faults)}")

    def _judge_heads(
        self, name: str, where: str, told: bytes, seen: Seen, allowed: Sequence[Seen]
    ) -> None:
        """Hold that a head that could not be signed was told of, and is signed when next due."""
        n_heads = allowed[-1].n_heads
        if n_heads == allowed[0].n_heads:
            return
        faults = []
        if told.startswith(DONE) and seen.n_heads < n_heads:
            self.report.late_heads += 1
            if UNSIGNED not in told:
                faults.append("a head is missing, and nobody was told")
        at = verbs.act(name).at + heads.EVERY
        said = forking.asked(lambda: "; ".join(states.unsigned(at=at)).encode()).decode()
        faults += [said] if said else []
        self.report.faulty += bool(faults)
        self.report.wrong += [f"{where}: {fault}" for fault in faults]

    def _count_answer(self, where: str, told: bytes) -> None:
        """Count how a fault that was no end was answered, and that the next try came out right."""
        answer = told.split()[1 if told.startswith(REFUSED) else 0].decode() if told else "nothing"
        self.report.answers[answer] = self.report.answers.get(answer, 0) + 1
        _, is_later, more = told.partition(DONE_LATER)
        if is_later:
            took = float(more.split()[0])
            self.report.longest_return = max(self.report.longest_return, took)
        elif not told.startswith(DONE):
            self.report.not_again += 1
            last_words = told.decode()[-300:]
            self.report.wrong.append(f"{where}: could not be done afterwards: {last_words}")

    def _do_again(self, name: str, where: str, after: Seen) -> None:
        """Do the very same act again: it is done now, or told to have been done before."""
        _, told = self._act(name, at=0)
        differs = "" if name in verbs.NOT_ACTS else self._look().differs(after)
        if not told.startswith(DONE) or differs:
            self.report.not_again += 1
            self.report.wrong.append(f"{where}: done again: {differs} {told.decode()}")

    def _look(self, *, is_restart: bool = False) -> Seen:
        """Open the store in a fresh process, the server started if need be; return what it holds."""
        reading = states.opened if is_restart else states.look
        for attempt in range(4):
            began = time.monotonic()
            if self.home.server:
                self.home.server.settle()
            took = time.monotonic() - began
            try:
                told = forking.asked(lambda: states.told(reading()).encode()).decode()
                return states.read(told, waited=took)
            except forking.AskedInVain as problem:
                # A server whose process was killed may end the others a moment after it answered.
                if attempt == 3 or "OperationalError" not in str(problem):
                    raise
        raise AssertionError("The last attempt returns.")

    def _act(self, name: str, *, at: int) -> tuple[int, bytes]:
        """Do a verb, struck at a point (0: none); return how many points were met and the answer."""
        connections.close_all()
        met = 0

        def decide(call: tracing.Call) -> int:
            nonlocal met
            if self.among and self.among not in Path(call.path).parts:
                return tracing.GO_ON
            met += 1
            if met != at:
                return tracing.GO_ON
            if self.whose == "server" and self.home.server:
                self.home.server.kill()
            return FAULTS[self.fault]

        if self.whose != "actor" and self.home.server:
            told = self._watching_backend(name, decide)
            return met, told
        deed = forking.start(lambda tell: self._body(name, tell), is_followed=True)
        tracing.take_on(deed.process)
        tracing.follow(deed.process, decide, counts=self.home.counts)
        return met, deed.told()

    def _watching_backend(self, name: str, decide: tracing.Decide) -> bytes:
        """Do a verb while the database's own process for it is followed."""
        go, start = os.pipe()

        def body(tell: forking.Tell) -> None:
            connection.ensure_connection()
            tell(f"{connection.connection.info.backend_pid}\n".encode())
            os.read(go, 1)
            self._body(name, tell)

        deed = forking.start(body)
        backend = int(deed.line())
        tracing.attach(backend)
        os.write(start, b"!")
        for end in (go, start):
            os.close(end)
        server = self.home.server
        counts = tracing.under(server.cluster, and_sockets=True) if server else self.home.counts
        tracing.follow(backend, decide, counts=counts)
        return deed.ended()

    def _body(self, name: str, tell: forking.Tell) -> None:
        """Do the verb and tell of it; after a fault that was no end, try it again without restart."""
        heard = _Heard()
        keeping.log.addHandler(heard)
        try:
            verbs.do(name, self.known)
        except Exception as problem:
            if self.fault == "kill":
                raise
            tell(REFUSED + type(problem).__name__.encode() + b" ")
            tell(DONE_LATER + f"{self._try_again(name):.2f} ".encode())
        else:
            tell(DONE)
        if heard.is_told:
            tell(UNSIGNED)
        connections.close_all()

    def _try_again(self, name: str) -> float:
        """Try again as the next request does, and return after how many seconds it was done.

        A disk of one's own can be written again at once. A server that could not write its log ends
        all its processes and reads the log first: that may take a while, and no more.
        """
        began = time.monotonic()
        while True:
            close_old_connections()
            try:
                verbs.do(name, self.known)
            except (OperationalError, InterfaceError):
                if self.home.server is None or time.monotonic() - began > LONGEST_RETURN:
                    raise
                time.sleep(0.02)
            else:
                return time.monotonic() - began


class _Heard(logging.Handler):
    """Hears whether the log tells of a head that could not be signed."""

    is_told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        self.is_told |= "could not be signed" in record.getMessage()


Breaking = Callable[[], None]


def answer_early() -> None:
    """Break the product for a control: what is done is told before it is settled and committed."""
    from caseward.work.entries import taking  # noqa: PLC0415 -- the control alone reaches in

    settle = taking._settle

    def tell_and_settle(*arguments: object) -> None:
        forking.tell_now(DONE)
        settle(*arguments)  # type: ignore[arg-type]  # passed on as they came

    taking._settle = tell_and_settle  # type: ignore[assignment]  # the control


def commit_between() -> None:
    """Break the product for a control: facts in one transaction, what follows in another."""
    from caseward.work.entries import taking  # noqa: PLC0415 -- the control alone reaches in

    settle = taking._settle

    def commit_and_settle(*arguments: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")
            cursor.execute("BEGIN")
        settle(*arguments)  # type: ignore[arg-type]  # passed on as they came

    taking._settle = commit_and_settle  # type: ignore[assignment]  # the control


def say_nothing() -> None:
    """Break the product for a control: a head that could not be signed is told to nobody."""
    keeping.log_unsigned = lambda problem: None  # noqa: ARG005 -- the control


def never_sign_later() -> None:
    """Break the product for a control: what could not be signed is not signed when next due."""
    keeping.sign_if_due = lambda **_: None


CONTROLS: Mapping[str, Breaking] = {
    "answers before it commits": answer_early,
    "two transactions for one act": commit_between,
    "is silent of a head that could not be signed": say_nothing,
    "signs no head later": never_sign_later,
}
