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
    from caseward.interfaces.cli import progress, store

    store.open_store(refuses=False)
    with progress.bar() as tell:
        report = _ledger(options, tell)
        settled = [] if options.ledger_only else list(_settled(tell))
    faults = [
        {
            "code": fault.code,
            "stream": f"{fault.stream.kind} {fault.stream.id}" if fault.stream else "",
            "position": fault.position,
            "says": fault.sentence,
        }
        for fault in report.faults
    ]
    faults += [
        {"code": "not_as_worked_out", "stream": "", "position": 0, "says": s} for s in settled
    ]
    _print(options, report, faults)
    return exits.NOT_INTACT if faults else exits.OK


def _ledger(options: argparse.Namespace, tell: Any) -> "verification.Report":
    from caseward.interfaces.cli import store
    from caseward.record.ledger import heads, queries, verification

    folder = options.heads or store.heads_folder()
    key = options.public_key or heads.public_text(heads.signing_key(store.heads_folder()))
    n_entries = queries.head().position
    done = 0

    def count(n: int) -> None:
        nonlocal done
        done += n
        tell("Reading the record", done, n_entries)

    return verification.verify(heads.read_all(folder), public_key=key, progress=count)


def _settled(tell: Any) -> Iterator[str]:
    """Yield a sentence for each child whose rows are not what its record gives (S8)."""
    from caseward.record.people import queries as people
    from caseward.work import entries

    ids = people.all_ids()
    for done, child_id in enumerate(ids, start=1):
        for difference in entries.verify_child(child_id, on=clock.today()):
            yield f"Child {child_id}: {difference}"
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
            "faults": faults,
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for fault in faults:
        print(fault["says"])
    print(
        f"{report.n_entries:,} entries in {report.n_streams:,} streams, {report.n_heads:,} signed "
        f"heads: {f'{len(faults):,} faults.' if faults else 'whole.'}"
    )
    if not report.n_heads:
        print(
            "No signed head was found, so a cut-off end cannot be told. "
            "Run `caseward head` and keep the copy elsewhere."
        )
