"""What an authority may set: each setting with its default and what the document says of it.

A setting stands in a law file as `setting.<name>`. The default is shown as an assumption wherever
the document is silent, until the authority chooses a value of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from caseward.rules.texts.keys import Key, TableOfKeys, Tables
from caseward.rules.texts.problems import Problems
from caseward.rules.texts.rows import Row, declared_row
from caseward.rules.texts.strict_yaml import Scalar, Table, parse

TABLES: Tables = {
    "settings_file": TableOfKeys(
        "a file of settings",
        "The settings that one procedure's law file speaks of.",
        (
            Key("procedure", "word", "The procedure that they belong to.", required=True),
            Key("settings", "settings", "The settings by name.", required=True),
        ),
    ),
    "setting": TableOfKeys(
        "a setting",
        "A value that the authority may choose.",
        (
            Key("title", "text", "What it is, in a few words.", required=True),
            Key("default", "value", "The value until the authority chooses.", required=True),
            Key(
                "says", "text", "What the document says of it, or that it is silent.", required=True
            ),
            Key("fulfils", "words", "Ids of the duties that it serves."),
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSetting:
    """One setting: `default` holds until the authority's own value."""

    name: str
    title: str
    default: int | str
    says: str
    procedure: str
    fulfils: tuple[str, ...] = ()


def read_settings(texts: Mapping[str, str]) -> dict[str, DeclaredSetting]:
    """Return every declared setting by name.

    Shapes: texts, each file's text by its path.
    Errors: LawFileError, with every problem of every file.
    """
    problems = Problems()
    found: dict[str, DeclaredSetting] = {}
    for path in sorted(texts):
        root = parse(texts[path], path=path, problems=problems)
        file = declared_row(TABLES["settings_file"], root, within="", path=path, problems=problems)
        _read_file(file, found)
    problems.raise_if_any()
    return found


def defaults(declared: Mapping[str, DeclaredSetting]) -> dict[str, int | str]:
    """Return the value of each setting where an authority has chosen none."""
    return {name: setting.default for name, setting in declared.items()}


def _read_file(file: Row, found: dict[str, DeclaredSetting]) -> None:
    procedure = file.required("procedure", "Name the procedure that the settings belong to.")
    node = file.node("settings")
    if not isinstance(node, Table) or not node.rows:
        file.add("The file has no “settings”.")
        return
    for name, held in node.rows.items():
        row = file.at(held, noun="a setting", within=f"setting {name}",
                      allowed=TABLES["setting"].names)  # fmt: skip
        if name in found:
            row.add(f"The setting “{name}” is declared twice. Keep one of them.")
            continue
        found[name] = DeclaredSetting(
            name=name,
            title=row.required("title", "Say what it is, in a few words."),
            default=_default(row),
            says=row.required("says", "Say what the document says of it, or that it is silent."),
            procedure=procedure,
            fulfils=row.texts("fulfils"),
        )


def _default(row: Row) -> int | str:
    node = row.node("default")
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int | str) and not isinstance(value, bool):
        return value
    row.add("“default” must be a whole number or a text.", key="default")
    return ""
