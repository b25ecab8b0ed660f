"""The words by which a child or an adult is found: the same on every database (S10).

Each is a letter that says what sort it is, and letters a to z and digits: a word of a name (n), the
sound of one (s), a date of birth (d), a number in another system (i). So a database need only
compare them, whatever its own idea of words, accents and spelling.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date

from caseward.record.people import names

_DATES = (
    re.compile(r"\b(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\s+(?P<year>\d{4})\b"),
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# What is written one way or another for one sound, the longer first.
_SOUNDS = (
    ("eigh", "e"), ("igh", "i"), ("ough", "o"), ("augh", "a"), ("chr", "kr"), ("sch", "x"),
    ("ph", "f"), ("ck", "k"), ("ch", "x"), ("sh", "x"), ("th", "t"), ("gh", "g"), ("kn", "n"),
    ("wr", "r"), ("rh", "r"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ge", "je"), ("gi", "ji"),
    ("gy", "jy"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("oo", "u"),
)  # fmt: skip
_SILENT = str.maketrans(dict.fromkeys("aeiouyhw", ""))
_FEWEST_SOUNDS = 2


def of(*said: str, born_on: date | None = None, numbers: Iterable[str] = ()) -> str:
    """Return everything that somebody is found by, in words with a space between, each once."""
    words = [word for name in said for word in names.words_of(name)]
    found = [
        *(f"n{word}" for word in words),
        *(f"s{sound}" for word in words if (sound := sound_of(word))),
        *([f"d{born_on:%Y%m%d}"] if born_on else []),
        *(f"i{number}" for text in numbers if (number := _joined(text))),
    ]
    return " ".join(dict.fromkeys(found))


def number_of(public_id: str) -> int:
    """Return a number for an id, by which an index of words names its row: always the same one."""
    return int(hashlib.sha256(public_id.encode()).hexdigest()[:15], 16)


def asked(typed: str, *, is_alike: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return what typed words ask for: all of these, of each any one; a last "*" means "begins".

    With `is_alike` a name that sounds the same will do. Nothing that can be asked for gives ().
    """
    days: list[tuple[str, ...]] = []
    rest = typed
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            if (day := _day(match)) is not None:
                days.append((f"d{day:%Y%m%d}",))
                rest = rest.replace(match.group(0), " ")
    pieces = [_of_word(word, is_alike=is_alike) for word in names.words_of(rest)]
    return (*days, *pieces)


def whole_number(typed: str) -> str:
    """Return what was typed as one number of another system, its spaces left out."""
    joined = _joined(typed)
    return f"i{joined}" if any(letter.isdigit() for letter in joined) else ""


def sound_of(word: str) -> str:
    """Return how a word of a name sounds, roughly: Catherine and Kathryn are one; "" for too short.

    Spelling is folded, vowels are left out but a first one, and nothing is doubled.
    """
    if word.startswith("zz"):
        return ""
    sound = re.sub(r"(.)\1", r"\1", word) if word.isalpha() else ""
    for written, said in _SOUNDS:
        sound = sound.replace(written, said)
    if not sound:
        return ""
    first = "a" if sound[0] in "aeiou" else sound[0]
    rest = sound[1:].translate(_SILENT)
    found = first + rest
    return found if len(found) >= _FEWEST_SOUNDS else ""


def _of_word(word: str, *, is_alike: bool) -> tuple[str, ...]:
    found = [f"n{word}*", f"i{word}"]
    if is_alike and (sound := sound_of(word)):
        found.append(f"s{sound}")
    return tuple(found)


def _joined(text: str) -> str:
    return "".join(names.words_of(text))


def _day(match: re.Match[str]) -> date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
