"""Take the files that pages need out of the installed npm packages, without Crown marks or fonts.

Services that are not on GOV.UK may use its design system, but neither its typeface nor the crest.
This takes both out of the prebuilt style sheets, makes their addresses relative, copies only the
icons still asked for, and fails if a new version of a package no longer looks as expected.
"""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
OUTPUT = ROOT / "src/caseward/interfaces/govuk/static/vendor"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*GDS Transport[^}]*\}")
FONT_NOTICE = re.compile(r"/\*![^*]*Margaret Calvert[^*]*\*/")
FONT_STACK = re.compile(r"['\"]?GDS Transport['\"]?,\s*arial,\s*sans-serif")
OUR_STACK = "var(--caseward-font,system-ui,arial,sans-serif)"
CREST = re.compile(r"url\([^)]*crest[^)]*\)")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
ADDRESS = re.compile(r"url\(['\"]?/assets/images/([^)'\"]+)['\"]?\)")
FONTS = [f"{subset}-{weight}" for subset in ("latin", "latin-ext") for weight in ("400", "700")]


class UnexpectedPackageError(Exception):
    """An installed package does not look as this script expects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A prebuilt style sheet and its script, with where its icons lie and what must be found."""

    name: str
    folder: Path
    icons: Path
    font_faces: int


SHEETS = (
    Sheet(
        name="govuk-frontend",
        folder=PACKAGES / "govuk-frontend/dist/govuk",
        icons=PACKAGES / "govuk-frontend/dist/govuk/assets/images",
        font_faces=2,
    ),
    Sheet(
        name="moj-frontend",
        folder=PACKAGES / "@ministryofjustice/frontend/moj",
        icons=PACKAGES / "@ministryofjustice/frontend/moj/assets/images",
        font_faces=0,
    ),
)


def main() -> int:
    """Build everything anew; say in one sentence what is wrong where a package is not right."""
    try:
        shutil.rmtree(OUTPUT, ignore_errors=True)
        for sheet in SHEETS:
            build_sheet(sheet, OUTPUT / sheet.name)
        copy(PACKAGES / "htmx.org/dist/htmx.min.js", OUTPUT / "htmx/htmx.min.js")
        for font in FONTS:
            name = f"atkinson-hyperlegible-next-{font}-normal.woff2"
            source = PACKAGES / "@fontsource/atkinson-hyperlegible-next/files" / name
            copy(source, OUTPUT / "fonts" / name)
        return 0
    except UnexpectedPackageError as error:
        print(f"Front-end files were not built: {error}", file=sys.stderr)
        return 1


def build_sheet(sheet: Sheet, target: Path) -> None:
    """Write one package's style sheet, script and the icons that the style sheet asks for."""
    style = read(sheet.folder / f"{sheet.name}.min.css")
    cleaned = clean_style(style, name=sheet.name, font_faces=sheet.font_faces)
    for icon in sorted(set(ADDRESS.findall(style))):
        if "crest" not in icon:
            copy(sheet.icons / icon, target / "images" / icon)
    write(target / f"{sheet.name}.min.css", cleaned)
    script = SOURCE_MAP.sub("", read(sheet.folder / f"{sheet.name}.min.js"))
    if re.search(r"\bmoment\s*\(", script):
        raise UnexpectedPackageError(f"{sheet.name}'s script now needs the package 'moment'.")
    write(target / f"{sheet.name}.min.js", script)


def clean_style(style: str, *, name: str, font_faces: int) -> str:
    """Return the style sheet without typeface, crest, source map and absolute addresses."""
    style, found = FONT_FACE.subn("", style)
    if found != font_faces:
        raise UnexpectedPackageError(
            f"{name} names the GDS Transport typeface {found} times where {font_faces} were "
            "expected. Look at the new version's style sheet, then change this script."
        )
    style = FONT_NOTICE.sub("", style)
    style, replaced = FONT_STACK.subn(OUR_STACK, style)
    if not replaced:
        raise UnexpectedPackageError(f"{name}'s font stack is not 'GDS Transport, arial, …'.")
    style = CREST.sub("none", style)
    style = SOURCE_MAP.sub("", style)
    style = ADDRESS.sub(r"url(images/\1)", style)
    for forbidden in ("GDS Transport", "/assets/", "crest.svg", "Margaret Calvert"):
        if forbidden in style:
            raise UnexpectedPackageError(f"{name}'s style sheet still holds '{forbidden}'.")
    return style


def read(path: Path) -> str:
    """Return the text of an installed file, or say which package is missing."""
    if not path.exists():
        raise UnexpectedPackageError(f"{path.relative_to(ROOT)} is missing. Run `npm ci` first.")
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    """Copy an installed file as it is."""
    if not source.exists():
        raise UnexpectedPackageError(f"{source.relative_to(ROOT)} is missing. Run `npm ci` first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
