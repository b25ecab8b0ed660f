"""`caseward tasks FILE`: what is due on a day, from a plain file of facts; without FILE, from the
store. One line a task for people, or the published shape behind `--json`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date

from caseward.interfaces.cli import exits, plain_facts


def add_options(parser: argparse.ArgumentParser) -> None:
    plain_facts.add_options(parser, file_is_optional=True)
    parser.add_argument("--json", action="store_true", help="the published shape, version 1")
    parser.add_argument("--procedure", metavar="ID", help="only tasks of this procedure")
    parser.add_argument("--child", metavar="ID", help="only this child's tasks")
    parser.add_argument("--all", action="store_true", help="also what is over: met, ended, missed")


def run(options: argparse.Namespace) -> int:
    rows = from_file(options) if options.file else _from_store(options)
    chosen = (row for row in rows if _is_chosen(row, options))
    if options.json:
        _print_json(chosen, options)
    else:
        _print_lines(chosen)
    return exits.OK


def from_file(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Yield every task of the file's children in the published shape, child by child."""
    from caseward.rules.engine import checked, published, reference, status

    asked = plain_facts.asked(options)
    options.as_of = asked.as_of
    _refuse_unknown(options, asked)
    for record in asked.records():
        if options.child and record.child != options.child:
            continue
        evaluation = reference.evaluate(record, asked.rulebook, as_of=asked.as_of)
        for task in evaluation.tasks:
            if task.opened_on > asked.as_of:
                continue
            standing = status.standing_on(task, asked.as_of, asked.rulebook.calendar)
            yield published.published(
                task,
                standing,
                as_of=asked.as_of,
                is_unverified=checked.is_unchecked(task, asked.rulebook),
            )


def _refuse_unknown(options: argparse.Namespace, asked: plain_facts.Asked) -> None:
    """Refuse a child or procedure that is not there: "nothing is due" would be a false answer."""
    if options.child and options.child not in asked.entries:
        raise exits.Stop(f"{options.file} says nothing of a child {options.child!r}.", exits.FACTS)
    known = sorted(procedure.id for procedure in asked.rulebook.procedures)
    if options.procedure and options.procedure not in known:
        raise exits.Stop(
            f"There is no procedure {options.procedure!r}. There are: {', '.join(known)}.",
            exits.LAW,
        )


def _from_store(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    from caseward.interfaces.cli import store

    yield from store.tasks(options)


def _is_chosen(row: dict[str, object], options: argparse.Namespace) -> bool:
    if options.procedure and row["procedure"] != options.procedure:
        return False
    if options.all or options.json:
        return True
    # A national duty that the authority's own stands for is told by that one's line (M22).
    return row["status"] in {"open", "waiting"} and not row["covered_by"]


def _print_json(rows: Iterable[dict[str, object]], options: argparse.Namespace) -> None:
    """Print one JSON document, a task a line, so that a large answer is never held whole."""
    from caseward.rules.engine.published import VERSION

    out = sys.stdout
    first = next(iter_ := iter(rows), None)
    as_of: date = options.as_of
    out.write(f'{{"version": {VERSION}, "as_of": "{as_of.isoformat()}", "tasks": [')
    if first is not None:
        out.write("\n" + json.dumps(first, ensure_ascii=False))
        for row in iter_:
            out.write(",\n" + json.dumps(row, ensure_ascii=False))
    out.write("\n]}\n")


def _print_lines(rows: Iterable[dict[str, object]]) -> None:
    n_rows = 0
    for row in rows:
        n_rows += 1
        owner = ", ".join(row["owner"]) if isinstance(row["owner"], list) else ""
        marks = [word for flag, word in _MARKS if row[flag]]
        marks += [] if row["is_listed"] else ["measured only"]
        print(
            f"{row['child']}  {row['step']}{' ' + str(row['part']) if row['part'] else ''}  "
            f"{_when(row)}  {owner}  {row['status']}{' (' + ', '.join(marks) + ')' if marks else ''}"
        )
    if not n_rows:
        print("Nothing is due.")


def _when(row: dict[str, object]) -> object:
    """Return the last day, else the usual one, else what it waits for."""
    if row["due"] or row["status"] not in {"open", "waiting"}:
        return row["due"] or "no date"
    if row["expected"]:
        return f"usually {row['expected']}"
    return f"waits for {row['waits_for']}" if row["waits_for"] else "no date"


_MARKS = (
    ("is_late", "late"),
    ("is_behind_usual", "behind the usual time"),
    ("is_delayed", "delayed"),
    ("is_projected", "projected"),
    ("is_provisional", "provisional"),
    ("is_held", "on hold"),
    ("cannot_tell", "cannot be told"),
    ("is_unverified", "rule not verified"),
)
