"""The published specification of the Standard Safeguarding Dataset, where it lies beside the project."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ssd_spec"
N_TABLES = 46
"""How many tables it declares: what is skipped where it is not there."""
IS_THERE = FOLDER.is_dir()
ABSENT = f"the dataset's specification is not there: its {N_TABLES} tables were not tried"

_CODE = re.compile(r"^([A-Z]{1,4}\d{0,2}[A-Z]?)\s+[-–]\s+(.+)$")


@dataclass(frozen=True, slots=True)
class SpecField:
    """One field of a table: its name, what its cells hold, and what the guidance says of it."""

    name: str
    type: str
    is_key: bool
    guidance: str


@cache
def tables() -> dict[str, tuple[SpecField, ...]]:
    """Return the fields of every table, in the order of the specification."""
    found = {}
    for path in sorted(FOLDER.glob("ssd_*.yml")):
        for node in yaml.safe_load(path.read_text("utf-8"))["nodes"]:
            found[node["name"]] = tuple(
                SpecField(
                    field["name"],
                    str(field["type"]).casefold(),
                    bool(field.get("primary_key")),
                    field.get("guidance") or "",
                )
                for field in node["fields"]
            )
    return found


@cache
def codes(table: str, field: str) -> dict[str, str]:
    """Return the codes that a field's guidance lists, each with its words."""
    (wanted,) = [one for one in tables()[table] if one.name == field]
    found = {}
    for line in re.split(r"\n|(?=Code [Ss]et )", wanted.guidance):
        listed = re.match(r"(?:Code [Ss]et )?(.+)$", line.strip())
        match = _CODE.match(listed.group(1)) if listed else None
        if match and match.group(1) not in found:
            found[match.group(1)] = match.group(2).strip().rstrip(".")
    return found


_ENDS = re.compile(
    r" Use Code | Further detail|: | e\.g\. |\. | \((?=see|must|where|inc|not|S\d|Atte|View|Text|non-)"
)


def words(table: str, field: str) -> dict[str, str]:
    """Return the codes of a field with their words alone, without what the guidance adds to them."""
    return {code: _ENDS.split(said)[0].strip() for code, said in codes(table, field).items()}
