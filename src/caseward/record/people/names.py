"""The keys by which names are sorted and found, the same on every database (S10).

A database compares text by its own collation, and two differ on spaces, hyphens and accents. So
the key holds only the letters a to z and digits, on which they agree.
"""

import unicodedata

BETWEEN_WORDS = "0"
# Letters that have no accent to take off.
PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l",
                       "þ": "th", "ı": "i"})  # fmt: skip


def sort_key(name: str, family_name: str = "") -> str:
    """Return the key that sorts a name by its family name, then by the whole.

    Where no family name is given the last word stands for it, both halves of a double name.
    """
    words = words_of(name)
    family = words_of(family_name) or words_of((name.split() or [""])[-1]) or words[-1:]
    return BETWEEN_WORDS.join([*family, *words])


def words_of(name: str) -> list[str]:
    """Return the words of a name folded to a to z and digits: "Siân O'Neill" is sian, oneill.

    A letter of another script becomes its number in hexadecimal after "zz", so that it still sorts
    and is found.
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    apart = "".join(" " if letter in "-/" else letter for letter in folded)
    words = ("".join(_plain(letter) for letter in word) for word in apart.split())
    return [word for word in words if word]


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() else ""
    if unicodedata.combining(letter) or not letter.isalnum():
        return ""
    return f"zz{ord(letter):x}"
