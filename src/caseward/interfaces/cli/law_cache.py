"""Law parsed once a version: the parsed values are kept by the fingerprint of their texts.

Parsing YAML takes longer than everything else that `caseward tasks` does on a small file. The cache
lies in the user's own cache folder, readable by nobody else; a damaged or foreign file in it is
ignored and made again.
"""

import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from caseward import __version__
from caseward.interfaces import shipped
from caseward.interfaces.cli import exits
from caseward.rules.calendars.days import Calendar
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Procedure
from caseward.rules.texts.problems import TextProblem


class LawNotRead(exits.Stop):
    """Law files that cannot be taken as they stand; `problems` are all of them."""

    def __init__(self, problems: Sequence[TextProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems), exits.LAW)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedLaw:
    """The vocabulary, procedures and calendar of one set of texts."""

    vocabulary: Vocabulary
    procedures: tuple[Procedure, ...]
    calendar: Calendar
    settings: dict[str, Any]


def parsed(texts: shipped.LawTexts) -> ParsedLaw:
    """Return the texts as values, from the cache where they are there.

    Errors: LawNotRead with every problem found, each with its file and line.
    """
    path = _folder() / f"{_key(texts)}.pickle"
    cached = _load(path)
    if cached is not None:
        return cached
    answer = _parse(texts)
    _keep(path, answer)
    return answer


def _key(texts: shipped.LawTexts) -> str:
    """Return a key that changes with the texts and with the code that reads them."""
    digest = sha256(f"{__version__} {texts.fingerprint}".encode())
    rules = Path(__file__).resolve().parents[2] / "rules"
    for path in sorted(rules.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "caseward"


def _load(path: Path) -> ParsedLaw | None:
    """Return the cached law; only a file that is ours alone is ever unpickled."""
    try:
        stat = path.stat()
        if stat.st_uid != os.getuid() or stat.st_mode & 0o077:
            return None
        answer = pickle.loads(path.read_bytes())  # noqa: S301  (our own file, checked above)
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError, TypeError,
            ValueError, LookupError):  # fmt: skip
        # What unpickling raises depends on where the file is damaged.
        return None
    return answer if isinstance(answer, ParsedLaw) else None


def _keep(path: Path, law: ParsedLaw) -> None:
    """Write the cache; a folder that cannot be written costs time only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("*.pickle"), key=lambda p: p.stat().st_mtime)[:-8]:
            old.unlink(missing_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            pickle.dump(law, file, protocol=pickle.HIGHEST_PROTOCOL)
        fresh.replace(path)
    except OSError:
        return


def _parse(texts: shipped.LawTexts) -> ParsedLaw:
    from caseward.rules.calendars import reading as calendars
    from caseward.rules.facts import reading as facts
    from caseward.rules.procedures import reading as procedures
    from caseward.rules.procedures import settings as declared
    from caseward.rules.texts.problems import LawFileError

    try:
        vocabulary = facts.read_vocabulary(texts.kinds)
        calendar = calendars.read_calendar(texts.calendar, path=texts.calendar_path)
        settings = declared.defaults(declared.read_settings(texts.settings))
    except LawFileError as error:
        raise LawNotRead(error.problems) from error
    read: list[Procedure] = []
    problems: list[TextProblem] = []
    for path, text in texts.procedures.items():
        try:
            read.append(procedures.read_procedure(text, path=path, vocabulary=vocabulary))
        except LawFileError as error:
            problems.extend(error.problems)
    if problems:
        raise LawNotRead(problems)
    return ParsedLaw(
        vocabulary=vocabulary, procedures=tuple(read), calendar=calendar, settings=settings
    )
