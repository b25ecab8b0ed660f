"""Runs the tests once more for each mutant of a module, and says which of them no test noticed.

    python -m pytest tests/tampering -n 0 -m "not soak" -p tests.tampering.mutating --mutate FILE

The tests are collected and run once as they are; then each mutant has a process of its own, forked
from there, that runs them until one fails: quickest first, and those before it that noticed the
mutants before. Nothing is started anew, so that a mutant takes as long as the tests that it passes.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import types
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

import pytest
from django.db import connections

from tests.tampering import mutants
from tests.tampering.mutants import Mutant

# A mutant that runs for ever is noticed, by the processor's time, so that other work beside it does
# not count, or asleep by the clock. A test that takes so long is not run on mutants.
MOST_SECONDS, MOST_ASLEEP, LONG = 90, 900, 1.0
NOTICED_BY, ENDLESS = "noticed by", "never ends"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ask for the modules to mutate, which of their mutants, and where to write what was found."""
    parser.addoption("--mutate", type=Path, action="append", help="a module whose mutants to run")
    parser.addoption("--mutate-every", type=int, default=1, help="run each nth mutant alone")
    parser.addoption("--mutate-share", type=float, default=1.0, help="run this share, by lot")
    parser.addoption("--mutate-seed", type=int, default=1, help="what the lot is drawn with")
    parser.addoption(
        "--mutate-seconds", type=int, default=MOST_SECONDS, help="one that takes longer never ends"
    )
    parser.addoption("--mutate-minutes", type=float, default=0, help="begin no mutant after this")
    parser.addoption("--mutate-into", type=Path, help="a file for what was found, as JSON")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests as they are, and then once for each mutant."""
    options = session.config.option
    tests = _quickest_first(session)
    named = {test.nodeid: test for test in tests}
    saved = _stores()
    began = time.monotonic()
    survivors: list[str] = []
    n_mutants = endless = n_left = 0
    for module, mutant in _drawn(options):
        if options.mutate_minutes and time.monotonic() - began > options.mutate_minutes * 60:
            n_left += 1
            continue
        n_mutants += 1
        noticed_by = _noticed_by(mutant, module, tests, saved, most=options.mutate_seconds)
        endless += noticed_by == ENDLESS
        if noticed_by is None:
            survivors.append(f"{module.name}, {mutant}" if len(options.mutate) > 1 else str(mutant))
            print(f"\nNoticed by none: {survivors[-1]}", flush=True)
        elif noticed_by in named:
            tests.remove(named[noticed_by])
            tests.insert(0, named[noticed_by])
    print(
        f"\n{', '.join(str(one) for one in options.mutate)}: {n_mutants - len(survivors)} of "
        f"{n_mutants} mutants noticed, {endless} of them by never ending; {n_left} left for time",
        *survivors,
        sep="\n  ",
    )
    if options.mutate_into:
        said = {
            "mutants": n_mutants,
            "endless": endless,
            "left": n_left,
            "survivors": survivors,
        }
        options.mutate_into.write_text(json.dumps(said))
    return True


def _drawn(options: argparse.Namespace) -> Iterator[tuple[Path, Mutant]]:
    """Yield the mutants to run, in an order in which the time may end fairly for every module."""
    by_lot = [
        (module, number)
        for module in options.mutate
        for number in range(mutants.count_of(module))
        if number % options.mutate_every == 0
    ]
    if options.mutate_share < 1:
        chance = random.Random(options.mutate_seed)
        by_lot = chance.sample(by_lot, max(1, round(len(by_lot) * options.mutate_share)))
    for module, number in by_lot:
        yield module, mutants.nth_of(module, number)


def _quickest_first(session: pytest.Session) -> list[pytest.Item]:
    took: dict[pytest.Item, float] = {}
    for test in session.items:
        began = _worked()
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=_NoTest(test.session))
        took[test] = _worked() - began
    if session.testsfailed:
        raise session.Failed("The tests fail as they are: mutants would show nothing.")
    return sorted((test for test in took if took[test] < LONG), key=lambda test: took[test])


def _worked() -> float:
    """Return the processor's time so far, with that of the processes started: load does not count."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class _NoTest:
    """What comes after each test: nothing of it is left standing but what the whole run has."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[pytest.Session]:
        """Return what is to be left standing."""
        return [self.session]


def _stores() -> dict[Path, bytes]:
    """Close the databases that a fork must not share, and keep what is in their files."""
    connections.close_all()
    return {
        path: path.read_bytes()
        for each in connections.all()
        for path in [Path(str(each.settings_dict["NAME"]))]
        if path.is_file()
    }


def _noticed_by(
    mutant: Mutant,
    module: Path,
    tests: list[pytest.Item],
    saved: dict[Path, bytes],
    *,
    most: int,
) -> str | None:
    """Return which test notices the mutant, or that it never ends; None where nothing does."""
    for path, content in saved.items():
        path.write_bytes(content)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    child = os.fork()
    if not child:
        _run(mutant, module, tests, most=most)
    scratch = _scratch_of(child)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    told = scratch / NOTICED_BY
    said = told.read_text() if told.exists() else "something else"
    shutil.rmtree(scratch, ignore_errors=True)
    if code < 0:
        return ENDLESS
    return said if code else None


def _scratch_of(child: int) -> Path:
    return Path(os.environ["CASEWARD_TEST_SCRATCH"]) / f"mutant-{child}"


def _run(mutant: Mutant, module: Path, tests: list[pytest.Item], *, most: int) -> None:
    """Run the tests on a mutant, in a process of its own: it ends with 0 where none fails."""
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    signal.alarm(MOST_ASLEEP)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    scratch = _scratch_of(os.getpid())
    scratch.mkdir()
    try:
        put_in_place(mutant, module, scratch)
        for test in tests:
            if not _passes(test):
                (scratch / NOTICED_BY).write_text(test.nodeid)
                os._exit(1)
    except BaseException:  # noqa: BLE001 -- a mutant may break whatever it likes
        os._exit(1)
    os._exit(0)


def _passes(test: pytest.Item) -> bool:
    from _pytest.runner import runtestprotocol  # noqa: PLC0415 -- pytest gives no other way

    after = cast(pytest.Item, _NoTest(test.session))
    reports = runtestprotocol(test, log=False, nextitem=after)
    return all(report.outcome != "failed" for report in reports)


def put_in_place(mutant: Mutant, path: Path, scratch: Path) -> None:
    """Have this process run the mutant: in the modules loaded, or as the file of the program."""
    module = _module_of(path)
    if module is None:
        from tests.tampering import test_second_verifier  # noqa: PLC0415 -- collected by now

        program = scratch / path.name
        program.write_text(mutants.written(mutant))
        test_second_verifier.SCRIPT = program
        return
    fresh = types.ModuleType(module.__name__)
    fresh.__file__ = module.__file__
    exec(compile(mutant.tree, str(path), "exec"), fresh.__dict__)  # noqa: S102 -- our own module
    theirs = dict(_functions(fresh.__dict__, module.__name__))
    for name, function in _functions(vars(module), module.__name__):
        if name in theirs:
            function.__code__ = theirs[name].__code__
            function.__defaults__ = theirs[name].__defaults__
            function.__kwdefaults__ = theirs[name].__kwdefaults__
    _give_values(module, fresh)
    _forget(module)


def _forget(module: types.ModuleType) -> None:
    """Let go of answers that were kept while the module was as it is, and of laws made ready."""
    for value in vars(module).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
    made_ready = sys.modules.get("caseward.rules.engine.reference.compile")
    if made_ready is not None:
        made_ready._kept.clear()


def _module_of(path: Path) -> types.ModuleType | None:
    wanted = path.resolve()
    for module in list(sys.modules.values()):
        name = getattr(module, "__file__", None)
        if name and Path(name) == wanted:
            return module
    return None


def _functions(names: dict[str, object], module: str) -> Iterator[tuple[str, types.FunctionType]]:
    """Yield the functions that a module or a class of it makes, by their whole name."""
    for value in names.values():
        if isinstance(value, type) and value.__module__ == module:
            yield from _functions(dict(vars(value)), module)
        plain = value.fget if isinstance(value, property) else value
        plain = plain.func if isinstance(plain, cached_property) else plain
        plain = getattr(plain, "__wrapped__", plain)
        if isinstance(plain, types.FunctionType) and plain.__module__ == module:
            yield plain.__qualname__, plain


def _give_values(module: types.ModuleType, fresh: types.ModuleType) -> None:
    """Give constants that differ to the module and to whoever imported them by name."""
    for name, value in vars(fresh).items():
        old = vars(module).get(name)
        if name.startswith("__") or callable(value) or repr(value) == repr(old):
            continue
        for other in list(sys.modules.values()):
            if other.__name__.startswith(("caseward.", "tests.")) and (
                vars(other).get(name) is old
            ):
                setattr(other, name, value)
