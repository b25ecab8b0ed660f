"""Files of settings: read strictly, every problem told by line."""

import pytest

from caseward.rules.procedures import settings
from caseward.rules.texts.problems import LawFileError

WHOLE = """\
procedure: discharge_of_care_order
settings:
  minutes_draft_days:
    title: Working days for drafting
    default: 3
    says: The procedure is silent.
    fulfils: [W17]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(LawFileError) as caught:
        settings.read_settings({"law/settings/a.yaml": text})
    return [str(problem) for problem in caught.value.problems]


def test_a_setting_brings_its_default_until_the_authority_chooses() -> None:
    """The default holds, and the setting says whose it is and what the document says."""
    found = settings.read_settings({"a.yaml": WHOLE})
    assert settings.defaults(found) == {"minutes_draft_days": 3}
    assert found["minutes_draft_days"].procedure == "discharge_of_care_order"
    assert found["minutes_draft_days"].fulfils == ("W17",)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "sentence"),
    [
        ("    says: The", "    sais: The", 6, "“sais” is not a key of a setting."),
        ("    default: 3", "    default: [3]", 5, "“default” must be a whole number or a text."),
        ("    title: Working days for drafting\n", "", 4, "A setting has no “title”."),
        ("procedure: discharge_of_care_order\n", "", 1, "A file of settings has no “procedure”."),
    ],
)
def test_what_is_wrong_in_a_file_of_settings_is_told_where_it_stands(
    was: str, becomes: str, line: int, sentence: str
) -> None:
    """Each problem names the line and says what is wrong."""
    told = problems(WHOLE.replace(was, becomes))
    assert any(f"line {line}" in one and sentence in one for one in told), told


def test_a_setting_is_declared_once() -> None:
    """Two files may not declare the same setting."""
    with pytest.raises(LawFileError, match="declared twice"):
        settings.read_settings({"a.yaml": WHOLE, "b.yaml": WHOLE})
