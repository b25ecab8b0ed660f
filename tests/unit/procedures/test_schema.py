"""The published schemas: what the loader takes, editors take; a wrong shape is refused by both."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import caseward
from caseward.rules.procedures import schema
from caseward.rules.texts.problems import LawFileError, Problems
from caseward.rules.texts.strict_yaml import as_plain, parse
from tests.builders import law_files, worked_steps
from tests.unit.procedures.wrong_law_files import WRONG, Wrong

LAW = Path(caseward.__file__).parent / "law"
SCHEMAS = [schema.json_schema(), schema.vocabulary_schema(), schema.examples_schema()]
LAW_FILE, KINDS_FILE, EXAMPLES_FILE = (Draft202012Validator(each) for each in SCHEMAS)

SHIPPED_KINDS = sorted((LAW / "events").glob("*.yaml"))
SHIPPED = sorted([*(LAW / "national").glob("*.yaml"), *(LAW / "local").glob("*/*.yaml")])
SHIPPED_EXAMPLES = [path for path in SHIPPED if path.name.endswith(".examples.yaml")]
SHIPPED_LAW = [path for path in SHIPPED if path not in SHIPPED_EXAMPLES]


def plain(text: str) -> Any:
    """Return a text as an editor sees it: plain values, whatever the loader says of them."""
    return as_plain(parse(text, path="", problems=Problems()))


@pytest.mark.parametrize("published", SCHEMAS, ids=lambda published: published["title"])
def test_the_schemas_are_of_the_draft_they_name(published: dict[str, Any]) -> None:
    """Each schema is itself valid, in draft 2020-12."""
    Draft202012Validator.check_schema(published)
    assert published["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("path", SHIPPED_LAW, ids=lambda path: path.stem)
def test_every_shipped_law_file_is_valid(path: Path) -> None:
    """A shipped law file has no error in an editor."""
    assert list(LAW_FILE.iter_errors(plain(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", SHIPPED_EXAMPLES, ids=lambda path: path.stem)
def test_every_shipped_example_is_valid(path: Path) -> None:
    """A shipped file of worked examples has no error in an editor."""
    assert list(EXAMPLES_FILE.iter_errors(plain(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", SHIPPED_KINDS, ids=lambda path: path.stem)
def test_every_shipped_file_of_kinds_is_valid(path: Path) -> None:
    """A shipped file of kinds has no error in an editor."""
    assert list(KINDS_FILE.iter_errors(plain(path.read_text("utf-8")))) == []


def test_there_is_something_shipped_to_look_at() -> None:
    """The tests above look at files: none found would make them say nothing."""
    assert SHIPPED_LAW
    assert SHIPPED_EXAMPLES
    assert SHIPPED_KINDS


@pytest.mark.parametrize(
    "text", [worked_steps.discharge(), worked_steps.protection(), worked_steps.challenge()]
)
def test_the_worked_steps_are_valid(text: str) -> None:
    """What the loader takes, the schema takes."""
    assert list(LAW_FILE.iter_errors(plain(text))) == []
    assert list(KINDS_FILE.iter_errors(plain(worked_steps.KINDS))) == []
    assert list(KINDS_FILE.iter_errors(plain(law_files.KINDS))) == []


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_wrong_shape_is_refused_by_both(wrong: Wrong) -> None:
    """The schema refuses every file that the loader refuses for its shape, and no other."""
    try:
        shown = plain(wrong.text)
    except LawFileError:
        pytest.fail("the file is not YAML at all")
    assert LAW_FILE.is_valid(shown) == (not wrong.is_shape)
