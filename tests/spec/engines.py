"""The engine under test: the rules as they are, or a fresh copy with one deliberate error."""

import importlib
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

RULES = "caseward.rules"
WRONG_ENGINES = Path(__file__).parent / "wrong_engines"
MODULES = (
    "calendars.reading",
    "engine.explain",
    "engine.gates",
    "engine.reference",
    "engine.reference.forecast",
    "engine.rulebook",
    "engine.status",
    "engine.what_if",
    "facts.entries",
    "facts.reading",
    "facts.record",
    "procedures.reading",
)


@dataclass(frozen=True)
class Engine:
    """One loaded copy of the rules; modules are asked for by their name within the rules."""

    name: str
    modules: Mapping[str, ModuleType]

    def __getitem__(self, module: str) -> ModuleType:
        """Return a module, for example `engine["facts.record"]`."""
        return self.modules[module]


@dataclass(frozen=True, kw_only=True)
class WrongEngine:
    """One small deliberate change of source that makes a rule untrue."""

    number: str
    module: str
    old: str
    new: str
    error: str

    def source(self, text: str) -> str:
        """Return the module's source with the error in it."""
        found = text.count(self.old)
        if found != 1:
            message = f"{self.number}: `old` occurs {found} times in {self.module}, not once"
            raise LookupError(message)
        return text.replace(self.old, self.new)


@cache
def reference() -> Engine:
    """Return the reference engine, read through the real loader."""
    return Engine("reference", _imported())


def with_error(error: WrongEngine) -> Engine:
    """Return a fresh copy of the rules with the error in it; the loaded rules stay untouched."""
    with _apart_from_the_loaded_rules():
        finder = _ErrorFinder(error)
        sys.meta_path.insert(0, finder)
        try:
            modules = _imported()
            importlib.import_module(error.module)
        finally:
            sys.meta_path.remove(finder)
    if not finder.has_been_used:
        message = f"{error.number}: {error.module} is no module of the rules"
        raise LookupError(message)
    return Engine(error.number, modules)


def wrong_engines() -> list[WrongEngine]:
    """Return every wrong engine, by number."""
    return [
        WrongEngine(number=path.stem, **tomllib.loads(path.read_text("utf-8")))
        for path in sorted(WRONG_ENGINES.glob("M*.toml"))
    ]


def _imported() -> dict[str, ModuleType]:
    return {name: importlib.import_module(f"{RULES}.{name}") for name in MODULES}


@contextmanager
def _apart_from_the_loaded_rules() -> Iterator[None]:
    package = importlib.import_module("caseward")
    rules = importlib.import_module(RULES)
    loaded = {name: module for name, module in sys.modules.items() if _is_of_the_rules(name)}
    for name in loaded:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in [name for name in sys.modules if _is_of_the_rules(name)]:
            del sys.modules[name]
        sys.modules.update(loaded)
        package.rules = rules  # type: ignore[attr-defined]  # importing set it to the copy


def _is_of_the_rules(name: str) -> bool:
    return name == RULES or name.startswith(f"{RULES}.")


class _ErrorFinder(MetaPathFinder):
    def __init__(self, error: WrongEngine) -> None:
        self.error = error
        self.has_been_used = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.error.module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None:
            return None
        self.has_been_used = True
        spec.loader = _ErrorLoader(fullname, spec.origin, self.error)
        return spec


class _ErrorLoader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, error: WrongEngine) -> None:
        super().__init__(fullname, path)
        self.error = error

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - as importlib calls it
        source = Path(self.path).read_text("utf-8")
        return compile(self.error.source(source), self.path, "exec", dont_inherit=True)
