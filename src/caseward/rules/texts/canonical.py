"""The one text of a value from which its fingerprint is made."""

import hashlib
import json
from typing import Any


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of the value written with sorted keys and no spare space.

    Comments, order of keys and layout of the file do not change it; any word or number does.
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
