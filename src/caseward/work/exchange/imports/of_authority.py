"""Which local authority the files are of: those of another are refused, unless the person says so.

The first import of a scheme that is brought in, and whose files name their authority, settles which
authority this store's imports are of.
"""

import sqlite3
from collections.abc import Mapping

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports import operations as register
from caseward.work.imports import queries
from caseward.work.imports.kept import OF_AUTHORITY, Run

OTHER = "other_authority"
"""The option by which a person says that files of another authority are meant."""


def keep(staging: sqlite3.Connection, found: Run) -> None:
    """Hold the authority that the files name against this store's, and keep it with the run.

    Errors: ImportRefused where it is another, or the files are of several.
    """
    told: dict[str, str] = dict(staging.execute("SELECT file, code FROM authority ORDER BY 1"))
    if found.options.get(OTHER):
        # What is meant to be another's says nothing of whose this store is.
        register.keep_authority(found.run, "")
        return
    _refuse_several(told)
    code = next(iter(told.values()), "")
    _refuse_other(code, scheme=found.scheme)
    register.keep_authority(found.run, code)


def hold_again(found: Run) -> None:
    """Hold the authority of a run that was checked against what was brought in since.

    Errors: ImportRefused.
    """
    if not found.options.get(OTHER):
        _refuse_other(str(found.options.get(OF_AUTHORITY) or ""), scheme=found.scheme)


def _refuse_other(code: str, *, scheme: str) -> None:
    ours = queries.authority_of(scheme)
    if code and ours and code != ours:
        raise ImportRefused(
            f"This file is of local authority {code}, and this store's imports are of {ours}. Choose "
            f"the file of {ours}. Where the other authority's is meant, import it again and say so: "
            "“Yes, of another authority” on the page, --other-authority on the command line. "
            "Nothing has been imported."
        )


def _refuse_several(told: Mapping[str, str]) -> None:
    if len(set(told.values())) > 1:
        shown = ", ".join(f"{file} of {code}" for file, code in told.items())
        raise ImportRefused(
            f"These files are of several local authorities ({shown}). Import those of your own alone. "
            "Nothing has been imported."
        )
