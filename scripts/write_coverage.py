"""Write the page of what answers each duty: its steps, pages, commands, roles and papers, with tests.

    python scripts/write_coverage.py

Steps come from the law files, with the worked examples that ask for them by name; everything else
from `tests/law/coverage.yaml`. A test fails while a duty is answered by nothing and not listed as
missing, while something named is not there, and while the written page differs from this.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from caseward.interfaces import shipped  # noqa: E402
from caseward.interfaces.cli import program  # noqa: E402
from caseward.rules.facts import reading as facts  # noqa: E402
from caseward.rules.procedures import examples, reading  # noqa: E402
from caseward.rules.procedures.model import Procedure, Step  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "coverage.md"
BINDINGS = ROOT / "tests" / "law" / "coverage.yaml"
SORTS = ("page", "command", "role", "paper", "letter", "rule", "record")

# The ids of the duties, family by family, so that none can be dropped from the list of duties.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "W": tuple(f"W{n}" for n in range(1, 27)),
    "L": tuple(f"L{n}" for n in range(1, 12)),
    "C": tuple(f"C{n}" for n in range(1, 16)),
    "P": (*(f"P{n}" for n in range(1, 33)), "P4a"),
    "X": tuple(f"X{n}" for n in range(1, 10)),
    "B": tuple(f"B{n}" for n in range(1, 11)),
}
TITLES = {
    "W": "Discharge of a care order by Discharge Meeting",
    "L": "Discharge of a care order by legal planning meetings",
    "C": "Ending a child protection plan",
    "P": "Care planning and care proceedings",
    "X": "Independent oversight",
    "B": "Beyond the documents",
    "N": "The national layer",
}
_FAMILY = re.compile(r"([A-Z])[0-9.]+[a-z]?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBound:
    """A step that carries out a duty, and the worked examples that ask for it by name."""

    procedure: str
    step: str
    duty: str
    owner: tuple[str, ...]
    examples: tuple[str, ...]
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A page, command, role, paper, letter, rule or record that answers a duty, and its test."""

    sort: str
    name: str
    test: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One duty: what answers it, and what is still missing."""

    id: str
    title: str
    steps: tuple[StepBound, ...] = ()
    bound: tuple[Bound, ...] = ()
    missing: str = ""


@dataclass(slots=True)
class Told:
    """The file of bindings as read, and what is wrong in it."""

    bound: dict[str, list[Bound]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def covered() -> tuple[Covered, ...]:
    """Return every duty with what answers it, in the order of the list of duties."""
    told = read(BINDINGS.read_text("utf-8"))
    steps = _steps()
    return tuple(
        Covered(
            id=duty,
            title=title,
            steps=tuple(steps.get(duty, ())),
            bound=tuple(told.bound.get(duty, ())),
            missing=told.missing.get(duty, ""),
        )
        for duty, title in duties().items()
    )


def duties() -> dict[str, str]:
    """Return the titles of the duties by id."""
    text = (shipped.LAW / "duties.yaml").read_text("utf-8")
    found: dict[str, str] = yaml.safe_load(text)["duties"]
    return found


def read(text: str) -> Told:
    """Return the bindings that a file states; a row that is not one is told."""
    told = Told()
    for duty, rows in (yaml.safe_load(text) or {}).items():
        for row in rows:
            if set(row) == {"missing"}:
                told.missing[duty] = row["missing"]
                continue
            sorts = [sort for sort in SORTS if sort in row]
            if len(sorts) != 1 or "test" not in row or set(row) - {sorts[0], "test", "says"}:
                told.problems.append(f"{duty}: {row} is not one binding with one test.")
                continue
            told.bound.setdefault(duty, []).append(
                Bound(
                    sort=sorts[0],
                    name=row[sorts[0]],
                    test=row["test"],
                    says=row.get("says", ""),
                )
            )
    return told


def problems(found: Sequence[Covered], told: Told) -> list[str]:
    """Return a sentence for each duty that nothing answers, and for each name that is not there."""
    known = {one.id for one in found}
    said = list(told.problems)
    said += [
        f"{duty} is not in the list of duties."
        for family in FAMILIES.values()
        for duty in family
        if duty not in known
    ]
    said += [
        f"{duty} is bound and not in the list of duties."
        for duty in (*told.bound, *told.missing)
        if duty not in known
    ]
    for one in found:
        if not one.steps and not one.bound and not one.missing:
            said.append(f"{one.id} ({one.title}) is answered by nothing and not listed as missing.")
        said += [
            f"{one.id}: no worked example asks for the step {step.procedure} {step.step} by name."
            for step in one.steps
            if not step.examples
        ]
        said += [f"{one.id}: {sentence}" for bound in one.bound for sentence in _absent(bound)]
    return said


def _absent(bound: Bound) -> Iterator[str]:
    if not test_exists(bound.test):
        yield f"there is no test {bound.test}."
    if bound.sort == "page" and bound.name not in _pages():
        yield f"there is no page {bound.name}."
    if bound.sort == "command" and bound.name not in program.COMMANDS:
        yield f"there is no command {bound.name}."
    if bound.sort == "role" and bound.name not in _roles():
        yield f"there is no role {bound.name}."
    if bound.sort == "record" and bound.name not in facts.read_vocabulary(_texts().kinds).kinds:
        yield f"there is no kind of event {bound.name}."


def test_exists(name: str) -> bool:
    """Return whether a test of this name (`path::function`) is in the tree."""
    path, _, function = name.partition("::")
    file = ROOT / path
    if not function or not file.is_file():
        return False
    return function in {
        node.name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


# --- what the product has ---------------------------------------------------------------------


def _texts() -> shipped.LawTexts:
    return shipped.law_texts()


def _procedures() -> tuple[Procedure, ...]:
    vocabulary = facts.read_vocabulary(_texts().kinds)
    return tuple(
        reading.read_procedure(text, path=path, vocabulary=vocabulary)
        for path, text in _texts().procedures.items()
    )


def _steps() -> dict[str, list[StepBound]]:
    asked = _asked_for()
    found: dict[str, list[StepBound]] = {}
    for procedure in _procedures():
        for step in procedure.editions[-1].steps:
            bound = StepBound(
                procedure=procedure.id,
                step=step.id,
                duty=step.duty,
                owner=tuple(dict.fromkeys(role for row in step.owner for role in row.roles)),
                examples=tuple(asked.get((procedure.id, step.id), ())),
                is_verified=step.source is not None and step.source.verified,
            )
            for duty in _fulfilled(step):
                found.setdefault(duty, []).append(bound)
    return found


def _fulfilled(step: Step) -> dict[str, None]:
    return dict.fromkeys((*step.fulfils, *(duty for row in step.every for duty in row.fulfils)))


def _asked_for() -> dict[tuple[str, str], list[str]]:
    """Which worked examples expect a task of which step; one that expects none does not count."""
    found: dict[tuple[str, str], list[str]] = {}
    for path, text in _texts().examples.items():
        for example in examples.read_examples(text, path=path):
            for row in example.expectations:
                names = found.setdefault((row.procedure or example.procedure, row.step), [])
                if not row.is_absent and example.name not in names:
                    names.append(example.name)
    return found


def _pages() -> frozenset[str]:
    """The names of the pages as their `urls.py` give them: `children:page`."""
    found = set()
    for path in (ROOT / "src" / "caseward" / "interfaces" / "web").rglob("urls.py"):
        text = path.read_text("utf-8")
        name = re.search(r'app_name = "(\w+)"', text)
        found |= {
            f"{name.group(1)}:{each}" if name else each
            for each in re.findall(r'name="(\w+)"', text)
        }
    return frozenset(found)


def _roles() -> frozenset[str]:
    return frozenset(yaml.safe_load((shipped.LAW / "roles.yaml").read_text("utf-8"))["roles"])


# --- the page ---------------------------------------------------------------------------------

_HEAD = """\
# What answers each duty

<!-- Written by scripts/write_coverage.py. Do not edit. -->

Every duty by its id, with the steps, pages, commands, roles, papers and records that answer it, and
for each the worked example or test that exercises it. What is not built yet is listed as missing.

"""


def page() -> str:
    """Return the whole page."""
    found = covered()
    return (
        _HEAD
        + _summary(found)
        + "".join(
            _family(letter, [one for one in found if family_of(one.id) == letter])
            for letter in TITLES
        )
    )


def family_of(duty: str) -> str:
    """Return the letter of a duty's family."""
    matched = _FAMILY.match(duty)
    return matched.group(1) if matched else ""


def _summary(found: Sequence[Covered]) -> str:
    rows = [
        f"| {TITLES[letter]} | {len(of)} | {sum(bool(o.steps or o.bound) for o in of)} "
        f"| {', '.join(o.id for o in of if o.missing) or '–'} |\n"
        for letter in TITLES
        if (of := [one for one in found if family_of(one.id) == letter])
    ]
    return (
        "| duties | all | answered | something missing in |\n| --- | --- | --- | --- |\n"
        + "".join(rows)
        + "\n"
    )


def _family(letter: str, found: Sequence[Covered]) -> str:
    if not found:
        return ""
    return f"## {letter} · {TITLES[letter]}\n\n" + "".join(_duty(one) for one in found)


def _duty(one: Covered) -> str:
    lines = [f"### {one.id} · {one.title}\n\n"]
    for step in one.steps:
        unverified = "" if step.is_verified else " (not verified)"
        lines.append(
            f"- step `{step.procedure}` `{step.step}`{unverified}: {step.duty} "
            f"Owed by {', '.join(step.owner) or 'nobody: a right'}. "
            f"Examples: {'; '.join(step.examples) or 'none'}.\n"
        )
    for bound in one.bound:
        says = f": {bound.says}" if bound.says else ""
        lines.append(f"- {bound.sort} `{bound.name}`{says}. Test: `{bound.test}`.\n")
    if one.missing:
        lines.append(f"- **missing**: {one.missing}\n")
    return "".join([*lines, "\n"])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
