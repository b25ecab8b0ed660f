"""Long notes on a list: their beginning, and the whole when asked for."""

from django import template

register = template.Library()
# About four lines of a timeline at a desk; a note only a little longer is shown whole.
_SHORT, _WHOLE = 240, 320


@register.filter
def is_long(words: str) -> bool:
    """Tell whether a note is so long that a list shows its beginning only."""
    return len(words) > _WHOLE


@register.filter
def beginning(words: str) -> str:
    """Return the beginning of a note, up to a word's end."""
    return words[:_SHORT].rsplit(maxsplit=1)[0].rstrip(",;:") + " …"
