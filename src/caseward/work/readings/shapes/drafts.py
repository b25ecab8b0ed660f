"""What somebody began to record and has not saved: on its form, and on their own list."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """Something that the asker began to record and has not saved; shown to nobody else."""

    child_id: str
    child_name: str
    kind: str
    title: str
    words: str
    entry: str = ""
    task_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """What the asker typed into a form before, and the version of it that the form hands back."""

    texts: Mapping[str, str]
    version: str
    words: str
