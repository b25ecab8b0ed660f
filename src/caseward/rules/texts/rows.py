"""A table of a file read key by key: what is missing, unknown or of the wrong sort is told."""

import re
from collections.abc import Collection
from datetime import date, time

from caseward.rules.texts.keys import TableOfKeys
from caseward.rules.texts.problems import Problems, listed, suggestion
from caseward.rules.texts.strict_yaml import Node, Scalar, Sequence, Table

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")


class Row:
    """One table: `noun` says what it is (“a limit”), `within` where it stands (“step W5.meeting”).

    Every reading method returns the value, or None (or an empty tuple) after telling what is
    wrong; an absent key is no problem unless it is asked for with `required`.
    """

    def __init__(
        self,
        node: Node,
        *,
        noun: str,
        within: str,
        path: str,
        problems: Problems,
        allowed: Collection[str] | None = None,
    ) -> None:
        self.noun = noun
        self.within = within
        self.path = path
        self.problems = problems
        self.line = node.line
        self.table = node if isinstance(node, Table) else Table({}, node.line, {})
        if not isinstance(node, Table):
            self.add(f"{_capital(noun)} must be keys with values (key: value).")
        elif allowed is not None:
            self._refuse_unknown(allowed)

    def __contains__(self, key: str) -> bool:
        return key in self.table.rows

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that are there."""
        return tuple(self.table.rows)

    def line_of(self, key: str) -> int:
        return self.table.key_lines.get(key, self.line)

    def add(self, sentence: str, *, key: str | None = None, line: int | None = None) -> None:
        """Tell a problem at the key's line (or the table's), saying where it stands."""
        where = f"In {self.within}: " if self.within else ""
        at = line if line is not None else self.line_of(key) if key else self.line
        self.problems.add(self.path, at, where + sentence)

    def node(self, key: str) -> Node | None:
        """Return what the key holds, or None where it is absent or empty."""
        found = self.table.rows.get(key)
        return None if isinstance(found, Scalar) and found.value is None else found

    def text(self, key: str) -> str | None:
        node = self.node(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and not isinstance(node.value, bool):
            return str(node.value)
        self.add(f"“{key}” of {self.noun} must be a text.", key=key)
        return None

    def required(self, key: str, why: str) -> str:
        """Return the text of a key that must be there; `why` says what to write."""
        value = self.text(key)
        if value is None or not value.strip():
            if key not in self or self.node(key) is None or value is not None:
                self.add(f"{_capital(self.noun)} has no “{key}”. {why}")
            return ""
        return value

    def word(self, key: str, choices: Collection[str], default: str) -> str:
        """Return one of the words that the key may hold."""
        value = self.text(key)
        if value is None:
            return default
        if value not in choices:
            self.add(f"“{key}” may be {listed(choices)}, not “{value}”.", key=key)
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        parts = node.parts if isinstance(node, Sequence) else (node,)
        found = [scalar_text(part) for part in parts]
        if any(text is None for text in found):
            self.add(f"“{key}” of {self.noun} must be a text or a list of texts.", key=key)
        return tuple(text for text in found if text is not None)

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        node = self.node(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.add(f"“{key}” may only be true or false.", key=key)
        return False

    def date(self, key: str) -> date | None:
        value = self.text(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.add(f"“{value}” is not a date. Write it as year-month-day in quotes.", key=key)
            return None

    def time(self, key: str) -> time | None:
        value = self.text(key)
        if value is None:
            return None
        if _TIME.match(value):
            return time.fromisoformat(value)
        self.add(f'“{value}” is not a time of day. Write it as "16:00", in quotes.', key=key)
        return None

    def parts(self, key: str) -> tuple[Node, ...]:
        """Return the nodes of a list; a single value counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        return node.parts if isinstance(node, Sequence) else (node,)

    def inner(self, key: str, *, noun: str, allowed: Collection[str] | None = None) -> "Row | None":
        """Return the table under a key as a row of its own, or None where it is absent."""
        node = self.node(key)
        return None if node is None else self.at(node, noun=noun, allowed=allowed)

    def at(
        self,
        node: Node,
        *,
        noun: str,
        within: str | None = None,
        allowed: Collection[str] | None = None,
    ) -> "Row":
        """Return another table of the same file as a row."""
        return Row(
            node,
            noun=noun,
            within=self.within if within is None else within,
            path=self.path,
            problems=self.problems,
            allowed=allowed,
        )

    def _refuse_unknown(self, allowed: Collection[str]) -> None:
        for key in self.table.rows:
            if key in allowed:
                continue
            hint = suggestion(key, allowed)
            if not hint and self.node(key) is None:
                hint = " If it is the rest of a text with a comma, put the text in quotes."
            self.add(f"“{key}” is not a key of {self.noun}.{hint}", key=key)


def scalar_text(node: Node) -> str | None:
    """Return a scalar as the text conditions compare: true is “yes”, 1 is “1”."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    if isinstance(node.value, bool):
        return "yes" if node.value else "no"
    return str(node.value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def declared_row(
    table: TableOfKeys, node: Node, *, within: str, path: str, problems: Problems
) -> Row:
    """Return a table of a file as a row, the keys that its kind of table does not have told."""
    return Row(
        node, noun=table.noun, within=within, path=path, problems=problems, allowed=table.names
    )
