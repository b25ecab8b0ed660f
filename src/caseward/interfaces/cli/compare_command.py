"""`caseward compare ONE OTHER`: two procedures, editions or authorities beside each other, in words."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from caseward.interfaces import clock, shipped
from caseward.interfaces.cli import exits, law_cache

if TYPE_CHECKING:
    from caseward.rules.engine.comparing.values import Comparison, Difference, StepPair, StepSaid
    from caseward.rules.engine.rulebook import Rulebook
    from caseward.rules.procedures.correspondences import Correspondence
    from caseward.rules.procedures.model import Procedure

NATIONAL = "national"


def add_options(parser: argparse.ArgumentParser) -> None:
    says = "a procedure, a procedure on a day (NAME@2026-01-31), or an authority"
    parser.add_argument("one", metavar="ONE", help=says)
    parser.add_argument("other", metavar="OTHER", help="the same, to hold beside it")
    parser.add_argument("--law", metavar="DIR", type=Path, help="a folder of law files")
    parser.add_argument("--all", action="store_true", help="tell also what both say alike")
    parser.add_argument("--json", action="store_true", help="machine-readable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one word of the command line stands for: one procedure on a day, or an authority's."""

    word: str
    on: date
    procedures: tuple["Procedure", ...]
    is_authority: bool


def run(options: argparse.Namespace) -> int:
    from caseward.rules.engine.rulebook import Rulebook
    from caseward.rules.procedures import correspondences

    try:
        texts = shipped.law_texts(options.law)
    except shipped.LawFolderError as error:
        raise exits.Stop(str(error), exits.LAW) from error
    law = law_cache.parsed(texts)
    rulebook = Rulebook(
        vocabulary=law.vocabulary,
        procedures=law.procedures,
        calendar=law.calendar,
        settings=law.settings,
    )
    one, other = (_named(word, rulebook) for word in (options.one, options.other))
    if one.is_authority != other.is_authority:
        raise exits.Stop(
            f"{one.word} and {other.word} are not of one sort. Name two procedures, or two "
            "authorities.",
            exits.USAGE,
        )
    path, text = shipped.correspondences()
    known = correspondences.read_correspondences(text, path=path)
    found = list(_compared(one, other, rulebook, known))
    alone = _alone(one, other, found)
    if options.json:
        rows = [asdict(comparison) for comparison in found]
        answer = {"version": 1, "comparisons": rows, "only_one": alone[0], "only_other": alone[1]}
        print(json.dumps(answer, ensure_ascii=False, indent=1, default=str))
    else:
        print("\n".join(_lines(one, other, found, alone, is_all=options.all)))
    return exits.OK


def _named(word: str, rulebook: "Rulebook") -> Named:
    name, at, day = word.partition("@")
    try:
        on = date.fromisoformat(day) if at else clock.today()
    except ValueError as error:
        raise exits.Stop(
            f"“{day}” is not a date. Write the day after the @ as year-month-day.", exits.USAGE
        ) from error
    exact = tuple(p for p in rulebook.procedures if p.id == name)
    of_authority = tuple(p for p in rulebook.procedures if _authority(p) == name)
    if not exact and not of_authority:
        authorities = sorted({_authority(p) for p in rulebook.procedures})
        raise exits.Stop(
            f"There is no procedure and no authority “{name}”. Procedures: "
            f"{', '.join(sorted(p.id for p in rulebook.procedures))}. Authorities: "
            f"{', '.join(authorities)}.",
            exits.USAGE,
        )
    return Named(word=word, on=on, procedures=exact or of_authority, is_authority=not exact)


def _authority(procedure: "Procedure") -> str:
    return NATIONAL if procedure.is_national else procedure.authority


def _compared(
    one: Named, other: Named, rulebook: "Rulebook", known: "tuple[Correspondence, ...]"
) -> "Iterator[Comparison]":
    from caseward.rules.engine import comparing

    answering = {
        pair for each in known for pair in ((each.one, each.other), (each.other, each.one))
    }
    for mine in one.procedures:
        for theirs in other.procedures:
            if one.is_authority and mine.id != theirs.id and (mine.id, theirs.id) not in answering:
                continue
            found = comparing.compare(
                mine, theirs, rulebook, on=one.on, other_on=other.on, correspondences=known
            )
            if found is None:
                late = mine if mine.edition_on(one.on) is None else theirs
                raise exits.Stop(
                    f"{late.title} was not in force on that day: its first edition is of "
                    f"{late.editions[0].in_force_from}.",
                    exits.USAGE,
                )
            yield found


def _alone(one: Named, other: Named, found: "list[Comparison]") -> tuple[list[str], list[str]]:
    """The titles of procedures that the other authority has nothing to hold beside."""
    seen = {c.one.procedure for c in found}, {c.other.procedure for c in found}
    return (
        [p.title for p in one.procedures if p.id not in seen[0]],
        [p.title for p in other.procedures if p.id not in seen[1]],
    )


# --- in words ---------------------------------------------------------------------------------


def _lines(
    one: Named,
    other: Named,
    found: "list[Comparison]",
    alone: tuple[list[str], list[str]],
    *,
    is_all: bool,
) -> Iterator[str]:
    for comparison in found:
        yield from _comparison(comparison, is_all=is_all)
        yield ""
    for named, titles in zip((one, other), alone, strict=True):
        if titles:
            yield f"Only {named.word} has:"
            yield from (f"  {title}" for title in titles)


def _comparison(comparison: "Comparison", *, is_all: bool) -> Iterator[str]:
    sides = (comparison.one, comparison.other)
    for mark, side in zip(("1", "2"), sides, strict=True):
        yield f"{mark}  {side.title} ({side.authority}, edition of {side.edition_from}; {side.source})"
    if comparison.is_same:
        yield "Nothing differs."
        return
    for difference in comparison.whole:
        yield from ("", difference.what)
        yield from _both(difference)
    for pair in comparison.pairs:
        if pair.differences or is_all:
            yield from _pair(pair)
    for mark, steps in (("1", comparison.only_one), ("2", comparison.only_other)):
        if steps:
            yield from ("", f"Only in {mark}")
            for step in steps:
                yield from _step(step)


def _pair(pair: "StepPair") -> Iterator[str]:
    yield from ("", f"{pair.one.id} and {pair.other.id}: {pair.why}")
    if not pair.differences:
        yield "  alike"
    for difference in pair.differences:
        yield f"  {difference.what}"
        yield from (f"  {line}" for line in _both(difference))


def _both(difference: "Difference") -> Iterator[str]:
    none = ("nothing more",) if difference.both else ("nothing",)
    for mark, words in (("1", difference.one), ("2", difference.other)):
        yield from (f"  {mark}  {word}" for word in words or none)
    if difference.both:
        yield f"  both  {len(difference.both)} more alike"


def _step(step: "StepSaid") -> Iterator[str]:
    yield f"  {step.id}  {step.title}"
    yield f"      {', '.join(step.owner) or 'nobody in particular'}; {'; '.join(step.clock) or 'a right, not a duty'}"
    if step.papers:
        yield f"      papers: {'; '.join(step.papers)}"
