"""Limits where they stand in the law, the national step that each names, and what each counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseward.rules.checking import combinations
from caseward.rules.checking.clocks import Clock
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.conditions import SettingRef
from caseward.rules.procedures.model import Edition, Interval, Limit, Procedure, Step

NATIONAL = "national."
ONE_DAY = timedelta(days=1)
LAST_DAY = date(9999, 12, 31)
# A step of a national procedure in one edition, and the last day on which that is in force.
National = tuple[Procedure, Edition, date, Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A limit or a row of a table where it stands in the law."""

    procedure: Procedure
    edition: Edition
    until: date
    step: Step
    row: Limit | Interval
    number: int

    @property
    def label(self) -> str:
        """The limit as an evaluation names it."""
        if isinstance(self.row, Interval):
            return f"every:{self.number - len(self.step.limits)}"
        return self.row.id or str(self.number)


def all_under(rulebook: Rulebook) -> Iterator[Stated]:
    """Yield every limit of a local procedure that stands under a national step."""
    for procedure in rulebook.procedures:
        if not procedure.is_national:
            for stated in _rows(procedure):
                if stated.row.under:
                    yield stated


def _rows(procedure: Procedure) -> Iterator[Stated]:
    for edition, until in _with_ends(procedure):
        for step in edition.steps:
            rows: tuple[Limit | Interval, ...] = (*step.limits, *step.every)
            for number, row in enumerate(rows):
                yield Stated(procedure=procedure, edition=edition, until=until, step=step,
                             row=row, number=number)  # fmt: skip


def _with_ends(procedure: Procedure) -> Iterator[tuple[Edition, date]]:
    nexts = [*(edition.in_force_from for edition in procedure.editions[1:]), LAST_DAY]
    for edition, end in zip(procedure.editions, nexts, strict=True):
        yield edition, end if end == LAST_DAY else end - ONE_DAY


def named(local: Stated, rulebook: Rulebook) -> Iterator[tuple[str, Sequence[National], str]]:
    """Yield the national step that the limit names, in every edition; `.second` asks for that row."""
    name = (local.row.under or "").removeprefix(NATIONAL)
    stem, _, last = name.rpartition(".")
    for step_id, ordinal in ((name, ""), (stem, last if last in combinations.ORDINALS else "")):
        nationals = [
            (procedure, edition, until, step)
            for procedure in rulebook.procedures
            if procedure.is_national
            for edition, until in _with_ends(procedure)
            for step in edition.steps
            if step_id in (step.id, f"{procedure.id}.{step.id}")
        ]
        if nationals:
            yield name, nationals, ordinal
            return
    yield name, [], ""


def clock_of(row: Limit | Interval, rulebook: Rulebook) -> Clock | None:
    """Return what a limit or a row counts; None where it has no count of its own."""
    if isinstance(row, Interval):
        if row.span is None:
            return None
        count, unit = _set(row.span.count, rulebook), _set(row.span.unit, rulebook)
        return None if None in (count, unit) else Clock("on", int(count), str(unit))
    if row.at_once is not None:
        return Clock("at_once", at_once=row.at_once, due_by=row.due_by)
    count, unit = _set(row.count, rulebook), _set(row.unit, rulebook)
    if row.before is not None:
        count = 0 if row.count is None else count
        return None if count is None else Clock(
            "back", int(count), str(unit or "days"), row.how, due_by=row.due_by
        )  # fmt: skip
    if count is None or unit is None:
        return None
    return Clock("on", int(count), str(unit), row.how, due_by=row.due_by)


def _set(value: Any, rulebook: Rulebook) -> Any:
    return rulebook.settings.get(value.name) if isinstance(value, SettingRef) else value
