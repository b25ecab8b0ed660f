"""Code sets of the dataset: a cell may hold the code, the code with its words, or the words alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from caseward.work.exchange.ssd import cells

_CODE_FIRST = re.compile(
    r"([A-Za-z]{0,6}\d{0,3}[A-Za-z]?)(?:\s*[:=–—]\s*|\s+-\s*|-\s+|\.\s+|\s+)\S"
)
_CODE_LAST = re.compile(r"\S.*[\[(]\s*([A-Za-z]{0,6}\d{0,3}[A-Za-z]?)\s*[\])]\Z")
_SECTION = re.compile(r"( under)? (section|sect|sec|s) ?\d+( \d+)?( ca| children act)?( 1989)?\Z")
_ONE_LETTER = re.compile(r"([A-Za-z])\s*[:=–—-]\s*\S")


@dataclass(frozen=True, kw_only=True)
class CodeSet:
    """Codes with the words that mean each; the first words are its title."""

    name: str
    codes: Mapping[str, tuple[str, ...]]
    local: Mapping[str, str] = field(default_factory=dict)

    def read(self, said: str) -> str | None:
        """Return the code that a cell means, None where it means none of them."""
        known = self._seen.get(said, "")
        if known != "":
            return known
        if len(self._seen) < _MOST_SEEN:
            self._seen[said] = self._read(said)
            return self._seen[said]
        return self._read(said)

    def listed(self) -> str:
        """Return the codes as a sentence names them."""
        *others, last = self.codes
        return f"{', '.join(others)} or {last}"

    def with_local(self, words: Mapping[str, str]) -> "CodeSet":
        """Return the set with an authority's own words for its codes."""
        own = {cells.folded(said): code for said, code in words.items() if code in self.codes}
        return CodeSet(name=self.name, codes=self.codes, local=own)

    @cached_property
    def _seen(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _by_upper(self) -> dict[str, str]:
        return {code.upper(): code for code in self.codes}

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """Words that two codes share mean neither."""
        found: dict[str, str] = {}
        shared = set()
        for code, all_words in self.codes.items():
            for words in all_words:
                key = cells.folded(words)
                if found.setdefault(key, code) != code:
                    shared.add(key)
        return {key: code for key, code in found.items() if key not in shared} | dict(self.local)

    def _read(self, said: str) -> str | None:
        words = cells.folded(said)
        if words in self.local:
            return self.local[words]
        if said.upper() in self._by_upper:
            return self._by_upper[said.upper()]
        for pattern in (_CODE_FIRST, _ONE_LETTER, _CODE_LAST):
            found = pattern.match(said)
            code = self._by_upper.get(found.group(1).upper()) if found else None
            # A single letter before a space may begin any sentence; it needs a sign after it.
            if code is not None and (len(code) > 1 or pattern is not _CODE_FIRST):
                return code
        return (
            self._by_words.get(words)
            or self._by_words.get(_SECTION.sub("", words))
            or self._begun_by(words)
        )

    def _begun_by(self, words: str) -> str | None:
        """Return the code whose long words the cell begins with and then adds to; the longest counts."""
        for known in self._long_words:
            if words.startswith(known + " "):
                return self._by_words[known]
        return None

    @cached_property
    def _long_words(self) -> tuple[str, ...]:
        long = (words for words in self._by_words if words.count(" ") >= _LONG)
        return tuple(sorted(long, key=len, reverse=True))


_MOST_SEEN = 10_000
_LONG = 4
"""Spaces in words that are long enough to be meant, whatever follows them."""
