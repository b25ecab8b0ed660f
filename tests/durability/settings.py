"""The product's own settings, with what a proof changes of them.

CASEWARD_TEST_CHANGES is a JSON object of dotted names: {"DATABASES.default.OPTIONS.timeout": 5}.
A name with + before it has its value put behind the one that is there.
"""

import json
import os
from typing import Any

from caseward.config.settings import *  # noqa: F403 -- these are the product's settings

_here: dict[str, Any] = globals()


def _change(name: str, value: Any) -> None:
    *way, last = name.removeprefix("+").split(".")
    place = _here
    for part in way:
        place = place[part]
    place[last] = place[last] + value if name.startswith("+") else value


for _name, _value in json.loads(os.environ.get("CASEWARD_TEST_CHANGES", "{}")).items():
    _change(_name, _value)
