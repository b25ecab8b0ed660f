"""The page of the command line is what the commands declare."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from caseward.interfaces.cli import exits, program

SCRIPT = Path(__file__).parents[3] / "scripts" / "write_command_line.py"


@pytest.fixture
def script() -> ModuleType:
    """The script that writes the page."""
    spec = importlib.util.spec_from_file_location("write_command_line", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_written_page_is_current(script: ModuleType) -> None:
    """The page that is kept is what the script writes now."""
    assert script.PAGE.read_text("utf-8") == script.page(), (
        "Run scripts/write_command_line.py and keep what it writes."
    )


def test_every_command_and_option_stands_there(script: ModuleType) -> None:
    """Each command, each of its options with a sentence, and each exit code is described."""
    page = script.page()
    for command in program.COMMANDS:
        assert f"## `caseward {command}`" in page
        for option in script._shown(program.parser_of(command)):
            assert option.help, f"{command}: {option.dest} says nothing of itself"
    for code, meaning in exits.MEANINGS.items():
        assert f"| {code} | {meaning} |" in page


def test_exit_codes_tell_families_apart() -> None:
    """Each family of error has a code of its own, and each code a meaning."""
    codes = [value for name, value in vars(exits).items() if name.isupper() and name != "MEANINGS"]
    assert len(codes) == len(set(codes)) == 8
    assert set(codes) == set(exits.MEANINGS)
