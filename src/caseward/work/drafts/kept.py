"""A draft as a value: whose it is, what it is about, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The form that was typed into, and by whom.

    `entry` is the entry that the form corrects and `task` the task that it was opened for, each
    empty where there is none.
    """

    worker: str
    child: str
    kind: str
    entry: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The draft of a form as the form had seen it when it was typed into ("" for none)."""

    about: About
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed, by the form's names for its fields.

    `version` changes with what it says and with nothing else: a form hands it back, and so shows
    what it had seen when it was typed into. `form` is the key of the form that wrote it last.
    """

    about: About
    texts: Mapping[str, str]
    version: str
    form: str
    began_at: datetime
    changed_at: datetime
