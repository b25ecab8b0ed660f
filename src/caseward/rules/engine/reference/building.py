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


def _builder(frozen: type[Value], **namespace: Any) -> Any:
    return make_dataclass(
        frozen.__name__,
        [
            (one.name, one.type, field(default=one.default, default_factory=one.default_factory))
            for one in fields(frozen)  # type: ignore[arg-type]  # any dataclass will do
        ],
        namespace=namespace,
        kw_only=True,
        slots=True,
        eq=False,
        repr=False,
    )


def _closing(frozen: type[Value]) -> type[Value]:
    """Return what makes a value of the class from its fields by name, closed at once."""

    def close(value: Any) -> None:
        value.__class__ = frozen

    return _builder(frozen, __post_init__=close)  # type: ignore[no-any-return]


# A task stays open for what is said of few: most of its fifty fields stand at their defaults.
open_task: type[Task] = _builder(Task)
closed_task = _closing(Task)
receipt = _closing(Receipt)
limit_date = _closing(LimitDate)


def close(task: Any) -> Task:
    """Return the task closed: nothing is set on it any more."""
    task.__class__ = Task
    return task  # type: ignore[no-any-return]
