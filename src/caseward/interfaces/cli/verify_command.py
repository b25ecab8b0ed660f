"""`caseward verify`: read the whole record, hold it against itself, against signed heads and against
what was worked out from it, and name everything that does not agree.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseward.interfaces import clock
from caseward.interfaces.cli import exits

if TYPE_CHECKING:
    from caseward.record.ledger import verification
    from caseward.record.ledger.faults import Fault


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--heads", metavar="DIR", type=Path, help="signed heads kept elsewhere")
    parser.add_argument(
        "--public-key", metavar="KEY", default="", help="the key that signed them (this store's)"
    )
    parser.add_argument(
        "--ledger-only", action="store_true", help="leave out the rows worked out from the record"
    )
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.interfaces.cli import progress

    _open()
    with progress.bar() as tell:
        report = _ledger(options, tell)
        # What was worked out from a record that is not whole would only repeat what is wrong.
        is_compared = report.is_whole and not options.ledger_only
        settled = list(_settled(tell)) if is_compared else []
    faults = [_told(fault) for fault in report.faults]
    faults += [_told_of_rows(child, what) for child, what in settled]
    _print(options, report, faults)
    return exits.NOT_INTACT if faults else exits.OK


def _open() -> None:
    """Open the store whatever it is like; one too damaged for that is told, and is not intact."""
    from django.db import DatabaseError

    from caseward.interfaces.cli import store

    try:
        store.open_store(refuses=False)
    except (DatabaseError, UnicodeError, ValueError) as problem:
        raise exits.Stop(
            f"The store is damaged so that it cannot be opened: {problem}. Keep it as it is, and "
            "restore a backup.",
            exits.NOT_INTACT,
        ) from problem


def _told(fault: "Fault") -> dict[str, Any]:
    return {
        "code": fault.code,
        "kind": fault.kind,
        "stream": f"{fault.stream.kind} {fault.stream.id}" if fault.stream else "",
        "number": fault.seq,
        "position": fault.position,
        "says": fault.sentence,
    }


def _told_of_rows(child: str, what: str) -> dict[str, Any]:
    return {
        "code": "not_as_worked_out",
        "kind": "not as worked out",
        "stream": f"child {child}",
        "number": None,
        "position": None,
        "says": f"Child {child}: {what}",
    }


def _ledger(options: argparse.Namespace, tell: Any) -> "verification.Report":
    from caseward.interfaces.cli import store
    from caseward.record.ledger import heads, stored, verification

    folder = options.heads or store.heads_folder()
    key = options.public_key or heads.public_text(heads.signing_key(store.heads_folder()))
    n_entries = stored.last_position()
    done = 0

    def count(n: int) -> None:
        nonlocal done
        done += n
        tell("Reading the record", done, n_entries)

    return verification.verify(heads.read_each(folder), public_key=key, progress=count)


def _settled(tell: Any) -> Iterator[tuple[str, str]]:
    """Yield each child, and what of it, whose rows are not what its record gives (S8).

    One that is behind what the authority adopted is not compared: it is settled when it is read.
    """
    from caseward.record.ledger import moments, stored
    from caseward.record.people import queries as people
    from caseward.work import entries

    ids = people.all_ids()
    for done, child_id in enumerate(ids, start=1):
        try:
            # Others may be writing: the record and its rows are read as they stand at one moment.
            with moments.one_moment():
                if child_id not in entries.children_behind(on=clock.today(), among=[child_id]):
                    for difference in entries.verify_child(child_id, on=clock.today()):
                        yield child_id, difference
        except stored.UNREADABLE as problem:
            yield child_id, f"its rows cannot be read: {problem}"
        tell("Working out again", done, len(ids))


def _print(
    options: argparse.Namespace, report: "verification.Report", faults: list[dict[str, Any]]
) -> None:
    if options.json:
        answer = {
            "version": 1,
            "is_whole": not faults,
            "entries": report.n_entries,
            "streams": report.n_streams,
            "acts": report.n_acts,
            "heads": report.n_heads,
            "position": report.head.position,
            "store_hash": report.head.store_hash,
            "n_faults": max(report.n_faults, len(faults)),
            "faults": faults,
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    n_faults = max(report.n_faults, len(faults))
    for fault in faults:
        print(fault["says"])
    if n_faults > len(faults):
        print(f"And {n_faults - len(faults):,} more.")
    print(
        f"{report.n_entries:,} entries in {report.n_streams:,} streams, {report.n_heads:,} signed "
        f"heads: {f'{n_faults:,} faults.' if n_faults else 'whole.'}"
    )
    if not report.n_heads:
        print(
            "No signed head was found, so a cut-off end cannot be told. "
            "Run `caseward head` and keep the copy elsewhere."
        )
