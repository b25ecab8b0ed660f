"""Rows held against each other and against the children known already.

A row about a child whom neither Header nor the store knows, with another date of birth than theirs,
or about care before birth, is refused: it may belong to another child.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from caseward.work.exchange.ssda903.reading import Row, Staged
from caseward.work.exchange.ssda903.report import Code, RefusedRow


def agreed(staged: Staged, known: Mapping[str, date | None]) -> Staged:
    """Return the staged rows with those refused that do not agree about the child.

    Shapes: known, date of birth by identifier, of the children that the store has already.
    """
    headers, refused = [], []
    born: dict[str, date | None] = dict(known)
    for row in staged.rows["Header"]:
        problem = _other_child(row, known)
        if problem is not None:
            refused.append(problem)
            continue
        headers.append(row)
        born[row.child] = row.dates["DOB"]
    rows = {**staged.rows, "Header": tuple(headers)}
    for table in ("Episodes", "Reviews"):
        kept = []
        for row in staged.rows.get(table, ()):
            problem = next(_problems(row, born), None)
            if problem is None:
                kept.append(row)
            else:
                refused.append(problem)
        rows[table] = tuple(kept)
    return replace(staged, rows=rows, refused=(*staged.refused, *refused))


def _other_child(row: Row, known: Mapping[str, date | None]) -> RefusedRow | None:
    recorded = known.get(row.child)
    if recorded is None or recorded == row.dates["DOB"]:
        return None
    return _refused(
        row,
        "DOB",
        "changed",
        f"The record of this child says born {recorded:%d/%m/%Y}. Correct one of the two: "
        "they may be different children.",
    )


def _problems(row: Row, born: Mapping[str, date | None]) -> Iterator[RefusedRow]:
    if row.child not in born:
        yield _refused(
            row, "CHILD", "unknown_child", "Header has no such child, and none is recorded."
        )
        return
    born_on = born[row.child]
    if born_on is None:
        return
    said = row.dates.get("DOB")
    if said is not None and said != born_on:
        yield _refused(
            row,
            "DOB",
            "other_child",
            f"The date of birth is not the one in Header ({born_on:%d/%m/%Y}): the row may belong "
            "to another child.",
        )
    column = "DECOM" if row.table == "Episodes" else "REVIEW"
    if row.dates[column] < born_on:
        yield _refused(
            row, column, "before_birth", f"The child was not born until {born_on:%d/%m/%Y}."
        )


def _refused(row: Row, column: str, code: Code, reason: str) -> RefusedRow:
    return RefusedRow(file=row.file, row=row.number, column=column, code=code, reason=reason)
