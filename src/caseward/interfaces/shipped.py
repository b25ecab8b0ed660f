"""The law files that come with the release, and an authority's own folder of them, as texts.

`rules` never touches a file and the store holds the adopted text itself, so this is the one place
that reads `caseward/law`. A release brings files; nothing changes until they are adopted (S5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LAW = Path(__file__).resolve().parent.parent / "law"
# Lists beside the procedures that are not procedures themselves.
_LISTS = frozenset({"roles.yaml", "duties.yaml", "correspondences.yaml"})


class LawFolderError(Exception):
    """The folder named does not hold law files; the sentence says what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawTexts:
    """Texts by path: kinds of event, procedures, worked examples, one calendar, settings.

    `fingerprint` is the SHA-256 over every path and text, in order.
    """

    kinds: dict[str, str]
    procedures: dict[str, str]
    examples: dict[str, str]
    settings: dict[str, str]
    calendar_path: str
    calendar: str
    fingerprint: str


def law_texts(folder: Path | None = None, *, calendar: Path | None = None) -> LawTexts:
    """Read the shipped law, or another folder laid out like it, or one law file.

    A folder without `events` uses the shipped kinds of event beside its own procedures.
    Errors: LawFolderError when there is no procedure under the folder, or the calendar is absent.
    """
    root = folder or LAW
    is_one_file = root.is_file() and root.suffix == ".yaml"
    if not (root.is_dir() or is_one_file):
        raise LawFolderError(f"{root} is not a folder. Name a folder that holds law files.")
    beside = root.parent if is_one_file else root
    kinds = _read(LAW / "events")
    if folder is not None:
        kinds |= _read(beside / "events")
    settings = _read(LAW / "settings") | (_read(beside / "settings") if folder else {})
    procedures, examples = _one_file(root) if is_one_file else _procedures(root)
    if not procedures:
        raise LawFolderError(f"There is no procedure (a .yaml file) under {root}.")
    calendar_file = calendar or LAW / "calendars" / "england_and_wales.yaml"
    if not calendar_file.is_file():
        raise LawFolderError(f"{calendar_file} is not a file. Name a calendar file.")
    calendar_text = _text(calendar_file)
    texts = [*kinds.items(), *procedures.items(), *settings.items(), ("calendar", calendar_text)]
    return LawTexts(
        kinds=kinds,
        procedures=procedures,
        examples=examples,
        settings=settings,
        calendar_path=_shown(calendar_file),
        calendar=calendar_text,
        fingerprint=_fingerprint(texts),
    )


def _procedures(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    procedures: dict[str, str] = {}
    examples: dict[str, str] = {}
    for path in _yaml_files(root):
        folder = path.relative_to(root).parts[0]
        if folder in {"events", "calendars", "settings"} or path.name in _LISTS:
            continue
        target = examples if path.name.endswith(".examples.yaml") else procedures
        target[_shown(path)] = _text(path)
    return procedures, examples


def _one_file(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """One law file, with its worked examples where they lie beside it."""
    beside = path.with_name(f"{path.stem}.examples.yaml")
    examples = {_shown(beside): _text(beside)} if beside.is_file() else {}
    return {_shown(path): _text(path)}, examples


def _read(folder: Path) -> dict[str, str]:
    return {_shown(path): _text(path) for path in _yaml_files(folder)}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise LawFolderError(f"{_shown(path)} is not UTF-8 text. Save it as UTF-8.") from error
    except OSError as error:
        raise LawFolderError(f"{_shown(path)} cannot be read: {error.strerror}.") from error


def _yaml_files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*.yaml"))) if folder.is_dir() else iter(())


def _shown(path: Path) -> str:
    """Return the path as errors show it: within the law folder where it lies there."""
    try:
        return "law/" + path.resolve().relative_to(LAW).as_posix()
    except ValueError:
        return str(path)


def _fingerprint(texts: list[tuple[str, str]]) -> str:
    digest = sha256()
    for path, text in texts:
        digest.update(f"{len(path)}:{path}{len(text)}:{text}".encode())
    return digest.hexdigest()


def correspondences() -> tuple[str, str]:
    """Return the path and the text of the release's list of steps that answer each other."""
    path = LAW / "correspondences.yaml"
    return _shown(path), _text(path)
