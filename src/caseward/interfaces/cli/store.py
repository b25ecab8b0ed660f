"""The store as the commands use it: opened with its checks, acted on by the system's own hand."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

if TYPE_CHECKING:
    from caseward.record.ledger.acts import Act

BY = "system:command_line"


def open_store(
    *,
    make: bool = False,
    as_demonstration: bool = False,
    needs_tables: bool = True,
    refuses: bool = True,
) -> None:
    """Set up Django on this installation's store and refuse one that could lose facts.

    With `make`, tables are made or brought up to date; with `as_demonstration` as well, a new home
    is marked for demonstration first, since an unmarked one needs its own secret. Without `make` a
    store that lacks tables is refused, unless the command reads none. Without `refuses` an unsafe
    store is opened as well, so that `verify` can say what is wrong with it.
    Errors: exits.Stop with a sentence for each thing that must be put right.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseward.config.settings")
    if as_demonstration:
        os.environ["CASEWARD_DEMONSTRATION"] = "yes"
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise exits.Stop(str(error), exits.STORE) from error
    from django.db import OperationalError

    try:
        if refuses:
            _refuse_unsafe()
        if make:
            _bring_up_to_date()
            _refuse_unsafe()
        if needs_tables:
            _refuse_without_tables()
    except OperationalError as error:
        raise exits.Stop(
            f"The store cannot be reached: {str(error).strip()}. Look at CASEWARD_HOME and "
            "CASEWARD_DATABASE.",
            exits.STORE,
        ) from error


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connections

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def _refuse_unsafe() -> None:
    """Run Django's checks, ours among them; any error means that the store is not opened."""
    from django.core import checks
    from django.db import connections

    found = checks.run_checks(databases=list(connections))
    errors = [problem for problem in found if problem.is_serious() and not problem.is_silenced()]
    if errors:
        said = (f"{problem.msg} {problem.hint or ''}".strip() for problem in errors)
        raise exits.Stop("The store is not opened.\n" + "\n".join(said), exits.STORE)


def _refuse_without_tables() -> None:
    """Stop where tables are missing or of an earlier release: nothing in them can be read rightly."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise exits.Stop(
                "The store has no tables yet, or those of an earlier release. Run `caseward adopt` "
                "to make it ready with the shipped law, or `caseward demo` to try Caseward out.",
                exits.STORE,
            )


def act(*, why: str) -> "Act":
    """Return a fresh act of the command line, now."""
    from caseward.record.ledger.acts import Act, new_id

    at = clock.now()
    return Act(by=BY, at=at, today=clock.day_of(at), key=new_id(), via="cli", why=why)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn what the store refuses into its sentence for the user; nothing was saved then."""
    from caseward.work.entries.errors import Refusal

    try:
        yield
    except Refusal as refusal:
        raise exits.Stop(str(refusal), exits.STORE) from refusal


def has_children() -> bool:
    """Tell whether the store holds any child."""
    from caseward.record.people import queries as people

    return bool(people.all_ids())


def home() -> Path:
    """Return the folder in which this installation keeps everything."""
    from django.conf import settings

    return Path(settings.CASEWARD_HOME)


def heads_folder() -> Path:
    """Return the folder in which this installation keeps its signed heads."""
    return home() / "heads"


def tasks(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the store's tasks in the published shape, each under the child's id in the store."""
    open_store()
    from caseward.record.access import askers
    from caseward.record.people import queries as people
    from caseward.work.readings import tasks_of

    options.as_of = options.as_of or clock.today()
    asker = askers.system(at=clock.now(), today=clock.today())
    children = [options.child] if options.child else None
    if options.child and options.child not in people.all_ids():
        raise exits.Stop(
            f"The store has no child {options.child!r}. Name a child by its id in the store.",
            exits.FACTS,
        )
    rows = tasks_of.in_published_shape(
        asker, children, as_of=options.as_of, known_at=options.known_at
    )
    with refusals_told():
        yield from rows
