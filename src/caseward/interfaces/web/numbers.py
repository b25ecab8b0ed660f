"""Whole numbers that an address or a form carries: pages, and places in a stream."""

# No place in any record is a longer number; Python itself refuses to read one of thousands of digits.
_MOST_DIGITS = 18


def read(text: str) -> int:
    """Return the number that a browser sent, 0 for anything that is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0
