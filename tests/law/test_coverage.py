"""Every duty is answered by something that a test exercises, or is listed as missing, by its id."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "write_coverage.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the page."""
    spec = importlib.util.spec_from_file_location("write_coverage", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_duty_is_answered_or_listed_as_missing(script: ModuleType) -> None:
    """Each id has a step that a worked example asks for, or a page or record with its test."""
    told = script.read(script.BINDINGS.read_text("utf-8"))
    assert script.problems(script.covered(), told) == []


def test_the_written_page_is_current(script: ModuleType) -> None:
    """The page that is kept is what the script writes now."""
    assert script.PAGE.read_text("utf-8") == script.page(), (
        "Run scripts/write_coverage.py and keep what it writes."
    )


def test_a_duty_that_nothing_answers_is_told(script: ModuleType) -> None:
    """Control: without its steps and bindings a duty is named, whichever it is."""
    told = script.read("")
    for one in script.covered():
        bare = replace(one, steps=(), bound=(), missing="")
        (sentence,) = [
            said for said in script.problems([bare], told) if said.startswith(f"{one.id} (")
        ]
        assert "answered by nothing" in sentence


def test_a_step_without_an_example_is_told(script: ModuleType) -> None:
    """Control: a step that no worked example asks for does not count as exercised."""
    one = next(each for each in script.covered() if each.steps)
    bare = replace(one, steps=(replace(one.steps[0], examples=()),))
    assert any(
        "no worked example asks for" in said for said in script.problems([bare], script.read(""))
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{page: nowhere:at_all, test: x}", "there is no page nowhere:at_all."),
        ("{command: sing, test: x}", "there is no command sing."),
        ("{role: jester, test: x}", "there is no role jester."),
        ("{record: song.sung, test: x}", "there is no kind of event song.sung."),
        ("{page: 'children:page', test: 'tests/law/test_files.py::nothing'}", "there is no test"),
        ("{page: 'children:page'}", "is not one binding with one test."),
    ],
)
def test_a_binding_to_something_that_is_not_there_is_told(
    script: ModuleType, row: str, sentence: str
) -> None:
    """Control: each sort of name is looked up, and one that is not there is told."""
    told = script.read(f"X7: [{row}]")
    one = next(each for each in script.covered() if each.id == "X7")
    found = replace(one, steps=(), bound=tuple(told.bound.get("X7", ())))
    assert any(sentence in said for said in script.problems([found], told))


def test_an_id_dropped_from_the_list_of_duties_is_told(script: ModuleType) -> None:
    """Control: the ids of the documents are counted here too, so that none goes unseen."""
    found = [one for one in script.covered() if one.id != "P4a"]
    told = script.read("")
    assert "P4a is not in the list of duties." in script.problems(found, told)
