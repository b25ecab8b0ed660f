"""The folder that one installation keeps everything in, and the secret it signs with."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PARTS = ("store", "reads", "papers", "heads", "backups")
DEMONSTRATION_MARK = "demonstration"
# The length below which Django itself warns; and a random text of that length has twice as many.
SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 16
DAYS_OF_A_CENTURY = 36_525


def find_home() -> Path:
    """Return CASEWARD_HOME, made with its five parts (readable by its owner alone) if need be."""
    home = (
        Path(os.environ.get("CASEWARD_HOME") or Path.home() / ".caseward").expanduser().absolute()
    )
    for folder in (home, *(home / part for part in PARTS)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def is_demonstration(home: Path) -> bool:
    """Return whether this home is a demonstration's, marking an empty one that is asked to be.

    Errors: ImproperlyConfigured where CASEWARD_DEMONSTRATION asks it of a home with a real store.
    """
    mark = home / DEMONSTRATION_MARK
    if mark.exists():
        return True
    if os.environ.get("CASEWARD_DEMONSTRATION") != "yes":
        return False
    if any((home / "store").iterdir()):
        raise ImproperlyConfigured(
            f"{home} holds a store that is not a demonstration, so made-up children are not put "
            "into it. Name an empty folder in CASEWARD_HOME, or leave CASEWARD_DEMONSTRATION out."
        )
    mark.write_text("Made-up children only.\n", encoding="utf-8")
    return True


def secret_key(home: Path, *, demonstration: bool) -> str:
    """Return the signing secret: from the environment, or a demonstration's own file."""
    given = os.environ.get("CASEWARD_SECRET_KEY", "")
    if len(given) >= SHORTEST_SECRET:
        _refuse_guessable(given)
        return given
    if given:
        raise ImproperlyConfigured(
            "CASEWARD_SECRET_KEY is shorter than 50 characters. Make a long random one, for "
            "example with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if demonstration:
        return _demonstration_secret(home / "secret-key")
    raise ImproperlyConfigured(
        "CASEWARD_SECRET_KEY is not set. Set it to a long random text that you keep private; or, "
        "to try Caseward with made-up children, run `caseward demo` or set "
        "CASEWARD_DEMONSTRATION=yes."
    )


def whole_days(name: str, said: str | None, *, otherwise: int) -> int:
    """Return a setting that is a number of days, at least one.

    Errors: ImproperlyConfigured where it is anything else.
    """
    if not said:
        return otherwise
    if not said.isascii() or not said.isdecimal() or not 0 < int(said) < DAYS_OF_A_CENTURY:
        raise ImproperlyConfigured(
            f"{name} is {said!r}, which is no number of days. Set it to a whole number from 1 up, "
            f"or leave it out for {otherwise}."
        )
    return int(said)


def _refuse_guessable(secret: str) -> None:
    is_told = secret.startswith("django-insecure-")
    if is_told or len(set(secret)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(
            "CASEWARD_SECRET_KEY can be guessed: "
            + ("it is one that a program made for trying things out. " if is_told
               else "it repeats a few characters. ")
            + "Whoever guesses it can be anybody here. Make a long random one, for example with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )  # fmt: skip


def _demonstration_secret(path: Path) -> str:
    if not path.exists():
        # Written under another name first: broken off half-way, it would stop every later start.
        unnamed = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
        with os.fdopen(os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(unnamed)
        unnamed.unlink()
    return path.read_text(encoding="utf-8").strip()
