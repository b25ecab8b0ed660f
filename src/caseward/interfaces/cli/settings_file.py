"""The file behind `--settings`: what an authority has chosen, for work without a store.

One JSON object. `adopted` says which procedures are used and from which day, `first_day` the day on
which the children came into Caseward, `closures` the days on which the offices are closed; every
other name is a setting that a law file speaks of.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from caseward.interfaces.cli import exits
from caseward.rules.engine.rulebook import Adoption
from caseward.rules.texts.problems import suggestion

OWN = ("adopted", "first_day", "closures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the file says; `adopted` None: every procedure, from its first edition on."""

    values: Mapping[str, int | str] = field(default_factory=dict)
    adopted: tuple[Adoption, ...] | None = None
    first_day: date | None = None
    closures: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the loaded law knows, so that a misspelt name is told and not read past."""

    procedures: frozenset[str]
    settings: frozenset[str]


def known(*, procedures: Iterable[str], declared: Iterable[str], texts: Iterable[str]) -> Known:
    """Return the names of the law: settings are those declared and those that its texts speak of."""
    spoken = (name for text in texts for name in re.findall(r"\bsetting\.([a-z][a-z0-9_]*)", text))
    return Known(procedures=frozenset(procedures), settings=frozenset((*declared, *spoken)))


def read(path: Path, names: Known) -> Chosen:
    """Return what the file says.

    Errors: exits.Stop with the file, the name and what to write instead.
    """
    said = _object(path)
    unknown = sorted(set(said) - set(OWN) - names.settings)
    if unknown:
        close = suggestion(unknown[0], names.settings | set(OWN))
        raise _wrong(path, f"no law file speaks of a setting “{unknown[0]}”.{close}")
    values = {name: value for name, value in said.items() if name not in OWN}
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise _wrong(path, f"“{name}” must be a whole number or a text.")
    first_day = said.get("first_day")
    return Chosen(
        values=values,
        adopted=_adopted(path, said["adopted"], names) if "adopted" in said else None,
        first_day=None if first_day is None else _day(path, "first_day", first_day),
        closures=_closures(path, said.get("closures", {})),
    )


def _object(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_once(path))
    except OSError as error:
        raise exits.Stop(f"{path} cannot be read: {error.strerror}.", exits.LAW) from error
    except ValueError as error:
        raise _wrong(path, f"it is not JSON ({error}).") from error
    if not isinstance(said, dict):
        raise _wrong(path, "it must be one JSON object: names of settings with their values.")
    return said


def _once(path: Path) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise _wrong(path, f"“{twice[0]}” stands there twice. Keep one of them.")
        return dict(pairs)

    return take


def _adopted(path: Path, said: Any, names: Known) -> tuple[Adoption, ...]:
    if not isinstance(said, dict):
        raise _wrong(path, "“adopted” must name procedures, each with its day.")
    for procedure in said:
        if procedure not in names.procedures:
            close = suggestion(procedure, names.procedures)
            raise _wrong(path, f"“adopted” names “{procedure}”, which is no procedure.{close}")
    return tuple(
        Adoption(procedure=procedure, adopted_from=_day(path, f"adopted.{procedure}", day))
        for procedure, day in said.items()
    )


def _closures(path: Path, said: Any) -> dict[date, str]:
    if not isinstance(said, dict):
        raise _wrong(path, "“closures” must name days, each with its reason.")
    return {_day(path, "closures", day): str(reason) for day, reason in said.items()}


def _day(path: Path, name: str, said: Any) -> date:
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError) as error:
        raise _wrong(path, f"“{name}”: {said!r} is not a date like 2026-03-31.") from error


def _wrong(path: Path, sentence: str) -> exits.Stop:
    return exits.Stop(f"{path}: {sentence}", exits.LAW)
