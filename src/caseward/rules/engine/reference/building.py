"""Frozen values that are made by the thousand, at the price of ordinary ones.

A frozen dataclass is filled by passing its own prohibition once for every field; for a task of
fifty fields that costs more than working out what stands in them. So the engine fills an open
twin, which has the same fields in the same places, and closes it: what leaves here is one of the
frozen class like any other.
"""

from dataclasses import field, fields, make_dataclass
from typing import Any, TypeVar

from caseward.rules.engine.tasks import LimitDate, Receipt, Task

Value = TypeVar("Value")


def _builder(frozen: type[Value]) -> type[Value]:
    """Return what makes values of a frozen dataclass with slots, given the same fields by name."""

    def close(value: Any) -> None:
        value.__class__ = frozen

    twin: Any = make_dataclass(
        frozen.__name__,
        [
            (one.name, one.type, field(default=one.default, default_factory=one.default_factory))
            for one in fields(frozen)  # type: ignore[arg-type]  # any dataclass will do
        ],
        namespace={"__post_init__": close},
        kw_only=True,
        slots=True,
        eq=False,
        repr=False,
    )
    return twin  # type: ignore[no-any-return]


task = _builder(Task)
receipt = _builder(Receipt)
limit_date = _builder(LimitDate)
