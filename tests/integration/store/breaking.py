"""Broken stores: the product with one small deliberate error, to see that a spec test goes red.

An error is a file `tests/spec/wrong_engines/S….toml`: the module, the words to replace, what to
replace them by, and what is wrong with the result. The module's source is read anew with the error
in it, and its functions take the place of the real ones until the block ends.
"""

import importlib
import inspect
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

ERRORS = Path(__file__).resolve().parents[2] / "spec" / "wrong_engines"


@dataclass(frozen=True, kw_only=True)
class Error:
    """One deliberate error, under the number of the rule that it breaks."""

    number: str
    module: str
    old: str
    new: str
    error: str


def errors() -> list[Error]:
    """Return every broken store there is, by number."""
    return [
        Error(number=path.stem, **tomllib.loads(path.read_text("utf-8")))
        for path in sorted(ERRORS.glob("S*.toml"))
    ]


@contextmanager
def broken(error: Error) -> Iterator[None]:
    """Have the error in the product until the block ends."""
    module = importlib.import_module(error.module)
    wrong = _with_error(module, error)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in vars(wrong).items():
            if not _is_of(value, wrong):
                continue
            if isinstance(value, FunctionType):
                _put_in_place(patch, getattr(module, name), value)
            elif inspect.isclass(value):
                _change_class(patch, getattr(module, name), value)
        yield


def _with_error(module: ModuleType, error: Error) -> ModuleType:
    source = inspect.getsource(module)
    found = source.count(error.old)
    if found != 1:
        message = f"{error.number}: `old` occurs {found} times in {error.module}, not once"
        raise LookupError(message)
    wrong = ModuleType(module.__name__)
    wrong.__file__ = module.__file__
    code = compile(source.replace(error.old, error.new), str(module.__file__), "exec")
    if any(_is_of(value, module) and _is_table(value) for value in vars(module).values()):
        message = f"{error.number}: {error.module} declares tables, which cannot be read twice"
        raise LookupError(message)
    exec(code, vars(wrong))  # noqa: S102 -- our own source, with our own error in it
    return wrong


def _put_in_place(patch: pytest.MonkeyPatch, real: Any, wrong: FunctionType) -> None:
    """Put the wrong function wherever the product holds the real one, a package's names too."""
    for name, module in list(sys.modules.items()):
        if name.startswith("caseward."):
            for held, value in list(vars(module).items()):
                if value is real:
                    patch.setattr(module, held, wrong)


def _is_of(value: Any, module: ModuleType) -> bool:
    return getattr(value, "__module__", None) == module.__name__


def _is_table(value: Any) -> bool:
    return inspect.isclass(value) and hasattr(value, "table_class")


def _change_class(patch: pytest.MonkeyPatch, real: type, wrong: type) -> None:
    """Give a class the wrong one's methods; other modules hold the class itself."""
    for name, value in vars(wrong).items():
        if isinstance(value, FunctionType) and name in vars(real):
            patch.setattr(real, name, value)
