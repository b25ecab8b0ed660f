"""YAML 1.2 words only, with the line of everything, and nothing allowed to pass silently.

Duplicate keys, unquoted dates, anchors and tags are problems; `yes`, `no`, `on` and `off` are
text, and only `true` and `false` are yes and no. Numbers are whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from caseward.rules.texts.problems import LawFileError, Problems

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?\Z")
_WORDS = {
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_SAID_PLAINLY = {
    "mapping values are not allowed": "a colon followed by a space stands inside a text. "
    "Put the text in quotes",
    "found a tab character": "a tab is used to indent. Use spaces",
    "found character that cannot start any token": "a text begins with a character that YAML "
    "keeps for itself (tab, @, ` or %). Use spaces to indent, or put the text in quotes",
    "did not find expected key": "a line does not follow from the one before. Look at the "
    "indentation and for a missing quote",
    "did not find expected '-' indicator": "a list ends where it should go on. Look at the "
    "indentation",
    "did not find expected ',' or '}'": "a brace { is not closed, or a comma is missing",
    "did not find expected ',' or ']'": "a bracket [ is not closed, or a comma is missing",
    "found unexpected end of stream": "a quote is opened and never closed",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, whole number, true or false, or nothing, with its line."""

    value: str | int | bool | None
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, with the line on which it begins."""

    parts: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and what they hold, with the line of the table and of each key."""

    rows: Mapping[str, "Node"]
    line: int
    key_lines: Mapping[str, int]


Node = Scalar | Sequence | Table


def parse(text: str, *, path: str, problems: Problems) -> Table:
    """Return the text as nodes; everything wrong with it as YAML goes to `problems`.

    Errors: LawFileError at once where the text is not YAML at all, is empty, or is no table of
    keys, since nothing can be read.
    """
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        problems.add(path, _line_of(error), _sentence_of(error))
        raise LawFileError(problems.found) from error
    finally:
        loader.dispose()
    table = None if root is None else _Reading(path, problems).node(root)
    if isinstance(table, Table):
        return table
    sentence = "The file is empty." if root is None else "The file must be keys with values."
    problems.add(path, 1, sentence)
    raise LawFileError(problems.found)


def as_plain(node: Node) -> Any:
    """Return the node as plain dictionaries, lists and words, without lines."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [as_plain(part) for part in node.parts]
    return {key: as_plain(value) for key, value in node.rows.items()}


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Loader(CParser):
        """The fast parser, leaving the meaning of plain words to this module."""

        def descend_resolver(self, *_: object) -> None:
            """Do nothing: no word has a meaning by its place."""

        def ascend_resolver(self) -> None:
            """Do nothing."""

        def resolve(self, *_: object) -> str:
            return "plain"

        def dispose(self) -> None:
            """Nothing is held."""

else:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """The same in Python, where the fast parser is not installed."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)

        def descend_resolver(self, *_: object) -> None:
            """Do nothing: no word has a meaning by its place."""

        def ascend_resolver(self) -> None:
            """Do nothing."""

        def resolve(self, *_: object) -> str:
            return "plain"


class _Reading:
    """One pass over the parser's nodes."""

    def __init__(self, path: str, problems: Problems) -> None:
        self._path = path
        self._problems = problems
        self._seen: dict[int, Node] = {}

    def node(self, node: yaml.Node) -> Node:
        line = node.start_mark.line + 1
        if id(node) in self._seen:
            self._add(line, "An alias (*) repeats another part of the file. Write it out instead.")
            return self._seen[id(node)]
        # What a node that holds itself would read as; replaced as soon as it is read.
        self._seen[id(node)] = Scalar(None, line)
        found = self._seen[id(node)] = self._read(node, line)
        return found

    def _read(self, node: yaml.Node, line: int) -> Node:
        if node.tag not in ("plain", "!"):
            self._add(line, f"The tag {node.tag} has no meaning here. Take it out.")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.node(part) for part in node.value), line)
        if isinstance(node, yaml.MappingNode):
            return self._table(node, line)
        raise TypeError(f"unknown sort of node {node!r}")

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Scalar:
        text = node.value
        if node.style is not None and node.style != "":
            return Scalar(text, line)
        if text in _WORDS:
            return Scalar(_WORDS[text], line)
        if _WHOLE_NUMBER.match(text):
            return Scalar(int(text), line)
        self._refuse_unquoted_date(text, line)
        return Scalar(text, line)

    def _table(self, node: yaml.MappingNode, line: int) -> Table:
        rows: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            value = self.node(value_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._add(key_line, "A key must be one word, not a list or a table.")
                continue
            key = key_node.value
            if not key_node.style:
                self._refuse_unquoted_date(key, key_line)
            if key in rows:
                self._add(
                    key_line,
                    f"“{key}” is written twice (first on line {lines[key]}). Keep one of them.",
                )
                continue
            rows[key] = value
            lines[key] = key_line
        return Table(rows, line, lines)

    def _refuse_unquoted_date(self, text: str, line: int) -> None:
        if _DATE.match(text):
            self._add(line, f'The date {text} must stand in quotes: "{text}".')

    def _add(self, line: int, sentence: str) -> None:
        self._problems.add(self._path, line, sentence)


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark is not None else 1


def _sentence_of(error: yaml.YAMLError) -> str:
    said = str(getattr(error, "problem", "") or error)
    plainly = next((ours for theirs, ours in _SAID_PLAINLY.items() if theirs in said), said)
    return f"The file cannot be read from here on: {plainly}."
