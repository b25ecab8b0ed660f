"""How a kind of file declares its keys: one list serves loader, JSON Schema and documentation."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: the shape of its value, what it means, whether it must be there.

    `shape` names a shape of `shapes` in the schema module, or a table by its name.
    """

    name: str
    shape: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableOfKeys:
    """A table of a file: its noun in sentences (“a limit”), what it is for, and its keys."""

    noun: str
    purpose: str
    keys: tuple[Key, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(key.name for key in self.keys)


Tables = Mapping[str, TableOfKeys]
