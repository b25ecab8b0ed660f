"""Marked-up files (XML), one block after another: memory stays the same however long the file.

Before the parser sees a byte the whole file is searched for a document type: a file with one is
refused, so that there are no entities to expand and nothing outside the file to fetch.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from caseward.work.exchange.imports.values import ImportRefused

MAX_PARTS = 100_000
"""Elements inside one block; a real one has a few hundred."""
MAX_ATTRIBUTES = 50
"""Attributes of one element; returns and censuses use none."""
CHUNK = 1 << 20
XINCLUDE = "{http://www.w3.org/2001/XInclude}"
NOTHING = "Nothing has been imported."
ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")

Told = Callable[[int], None]
"""Called now and then with the number of bytes read of the file."""
Element = Any
"""An element of lxml, which declares no types."""


def blocks(
    path: Path,
    name: str,
    *,
    root: str,
    wanted: frozenset[str],
    around: frozenset[str] = frozenset(),
    told: Told | None = None,
) -> Iterator[Element]:
    """Yield each wanted element when it is complete, in the order of the file, and forget it after.

    Shapes: `wanted` and `around` are names without namespace; those `around` the wanted are given
    too, and are empty when they come.
    Errors: ImportRefused where the file has a document type, entities or inclusions, another root,
    a wanted element inside another, an encoding that is not read, or is not well-formed; blocks
    given before it must not be kept.
    """
    refuse_what_is_not_read(path, name)
    with path.open("rb") as stream:
        events = etree.iterparse(
            _Counted(stream, told),
            events=("end",),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _complete(events, name, root=root, wanted=wanted, around=around)
        except etree.XMLSyntaxError as error:
            raise ImportRefused(
                f"{name}, line {error.lineno:,}: the file is not well-formed or has been cut off "
                f"({error.msg}). Export it again. {NOTHING}"
            ) from error


def named(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(parent: Element, name: str) -> str:
    """Return the text of the first child of that name, without the spaces around it, or nothing."""
    for child in parent:
        if named(child) == name:
            return (child.text or "").strip()
    return ""


def children_of(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name."""
    return (child for child in parent if named(child) == name)


def refuse_what_is_not_read(path: Path, name: str) -> None:
    """Search the file before any parser sees it.

    Errors: ImportRefused for a document type, an encoding that is not read, or no XML at all.
    """
    with path.open("rb") as stream:
        start = stream.read(512)
        encoding = _encoding(start, name)
        forbidden = [sign.encode(encoding) for sign in FORBIDDEN]
        longest = max(map(len, forbidden))
        kept = b""
        stream.seek(0)
        while chunk := stream.read(CHUNK):
            searched = kept + chunk
            if any(sign in searched for sign in forbidden):
                raise ImportRefused(
                    f"{name} declares a document type or entities. A return holds none, and what "
                    f"they stand for is not fetched. Export it again. {NOTHING}"
                )
            kept = searched[-longest:]


def _encoding(start: bytes, name: str) -> str:
    """Return the codec in which the file's signs are searched for."""
    declared = DECLARED.match(start.removeprefix(b"\xef\xbb\xbf"))
    said = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if start.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        said = "utf-32"
    elif start.startswith(b"\xff\xfe<\x00"):
        return "utf-16-le"
    elif start.startswith(b"\xfe\xff\x00<"):
        return "utf-16-be"
    elif not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or b"\x00" in start:
        raise ImportRefused(f"{name} is not an XML file, or it is compressed. {NOTHING}")
    if said not in ENCODINGS:
        raise ImportRefused(
            f"{name} says that it is encoded as {said}. Save it as UTF-8 and import again. {NOTHING}"
        )
    return "ascii"


def _complete(
    events: Iterator[tuple[str, Element]],
    name: str,
    *,
    root: str,
    wanted: frozenset[str],
    around: frozenset[str],
) -> Iterator[Element]:
    n_parts = 0
    is_first = True
    for _, element in events:
        if is_first:
            _refuse_other_root(element.getroottree().getroot(), name, root)
            is_first = False
        n_parts += 1
        tag = element.tag
        if tag.startswith(XINCLUDE):
            raise ImportRefused(
                f"{name} asks for another file to be put in. A return stands by itself, and "
                f"nothing is fetched. Export it again. {NOTHING}"
            )
        if n_parts > MAX_PARTS or len(element.keys()) > MAX_ATTRIBUTES:
            raise ImportRefused(
                f"{name}, line {element.sourceline or 0:,}: one element holds more than "
                f"{MAX_PARTS:,} others or {MAX_ATTRIBUTES} attributes, more than any child's "
                f"record. {NOTHING}"
            )
        plain = tag.rpartition("}")[2]
        if plain in wanted or plain in around:
            _refuse_one_in_another(element, name, wanted)
            yield element
            _forget(element)
            n_parts = 0


def _refuse_other_root(element: Element, name: str, root: str) -> None:
    if named(element) != root:
        raise ImportRefused(
            f"{name} begins with <{named(element)[:50]}>, not with <{root}>: it is another kind of "
            f"file. {NOTHING}"
        )


def _refuse_one_in_another(element: Element, name: str, wanted: frozenset[str]) -> None:
    """Refuse what would be forgotten with the block before it and never be read."""
    outer = next((each for each in element.iterancestors() if named(each) in wanted), None)
    if outer is not None:
        raise ImportRefused(
            f"{name}, line {element.sourceline or 0:,}: <{named(element)}> stands inside "
            f"<{named(outer)}>, which no such file has. Export it again. {NOTHING}"
        )


def _forget(element: Element) -> None:
    """Empty the element and take away those before it, so that the tree does not grow."""
    element.clear()
    parent = element.getparent()
    if parent is None:
        return
    while parent[0] is not element:
        del parent[0]


class _Counted:
    """A file whose reading is told."""

    def __init__(self, stream: BinaryIO, told: Told | None) -> None:
        self._stream, self._told = stream, told

    def read(self, size: int) -> bytes:
        content = self._stream.read(size)
        if self._told is not None:
            self._told(self._stream.tell())
        return content
