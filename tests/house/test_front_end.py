"""What pages load is built without Crown marks, and named by its content down to every import."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import build_frontend
from tests.house import sources

IMPORTED = re.compile(r'\bfrom ?"([^"]+\.js)"')
FACE = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
USE = "p{font-family:GDS Transport,arial,sans-serif}"
CREST = (
    "i{background:url(/assets/images/govuk-crest.svg)}b{background:url(/assets/images/tick.svg)}"
)


def test_typeface_crest_and_absolute_addresses_are_taken_out() -> None:
    """A built style sheet has our font stack, no crest, and icons beside it."""
    style = build_frontend.clean_style(
        f"{FACE}{USE}{CREST}/*# sourceMappingURL=a.css.map */", name="trial", font_faces=1
    )
    assert style == (
        f"p{{font-family:{build_frontend.OUR_STACK}}}"
        "i{background:none}b{background:url(images/tick.svg)}"
    )


@pytest.mark.parametrize(
    ("style", "says"),
    [
        (USE, "names the GDS Transport typeface 0 times where 1 were expected"),
        (FACE + "p{font-family:Other}", "font stack is not"),
        (FACE + USE + "u{src:url(/assets/fonts/bold.woff2)}", "still holds '/assets/'"),
    ],
)
def test_a_package_that_looks_otherwise_is_refused(style: str, says: str) -> None:
    """A new version of a package that is not as expected stops the build with a sentence."""
    with pytest.raises(build_frontend.UnexpectedPackageError, match=re.escape(says)):
        build_frontend.clean_style(style, name="trial", font_faces=1)


def test_every_script_and_what_it_imports_is_named_by_its_content(tmp_path: Path) -> None:
    """A collected script imports files that are there, under names that change with them."""
    home = tmp_path / "home"
    command = "from caseward.config import manage; manage.main()"
    subprocess.run(
        [sys.executable, "-c", command, "collectstatic", "--noinput", "--verbosity", "0"],
        env={
            "PYTHONPATH": str(sources.ROOT / "src"),
            "PATH": os.environ["PATH"],
            "CASEWARD_HOME": str(home),
            "CASEWARD_DEMONSTRATION": "yes",
        },
        check=True,
    )
    ours = [path for path in (home / "static/caseward").glob("*.js") if path.stem.count(".") == 1]
    imports = [(path, name) for path in ours for name in IMPORTED.findall(path.read_text("utf-8"))]
    assert imports
    for path, name in imports:
        assert (path.parent / name).resolve().exists(), name
        assert re.search(r"\.[0-9a-f]{12}\.js$", name), name
