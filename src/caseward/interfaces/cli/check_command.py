"""`caseward check [PATH]`: law files read strictly, worked through by their examples, proved sound."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseward.interfaces import shipped
from caseward.interfaces.cli import exits, law_cache

if TYPE_CHECKING:
    from caseward.rules.checking.messages import Message, Report
    from caseward.rules.engine.rulebook import Rulebook

VERSION = 1


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=Path,
        help="a folder of law files, or one file (the shipped law)",
    )
    parser.add_argument("--calendar", metavar="FILE", type=Path, help="another calendar file")
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    try:
        texts = shipped.law_texts(options.path, calendar=options.calendar)
        law = law_cache.parsed(texts)
    except shipped.LawFolderError as error:
        raise exits.Stop(str(error), exits.LAW) from error
    except law_cache.LawNotRead as error:
        if not options.json:
            raise
        print(_as_json({"errors": [_read_wrong(problem) for problem in error.problems]}))
        return exits.LAW
    rulebook = _rulebook(law, is_shipped=options.path is None)
    n_examples, wrong = _examples(texts, rulebook)
    report = _report(rulebook, only=[procedure.id for procedure in law.procedures])
    n_steps = sum(len(edition.steps) for p in law.procedures for edition in p.editions)
    counts = {"procedures": len(law.procedures), "steps": n_steps, "examples": n_examples}
    if options.json:
        print(_as_json({**counts, "wrong": wrong, **_told(report)}))
    else:
        _print(report, wrong, counts)
    return exits.LAW if wrong or report.errors else exits.OK


def _rulebook(law: law_cache.ParsedLaw, *, is_shipped: bool) -> "Rulebook":
    """Return the files with, for a folder that does not bring its own, the national law beside them."""
    from caseward.rules.engine.rulebook import Rulebook

    own = {procedure.id for procedure in law.procedures}
    beside = () if is_shipped else law_cache.parsed(shipped.law_texts()).procedures
    return Rulebook(
        vocabulary=law.vocabulary,
        procedures=(*law.procedures, *(p for p in beside if p.is_national and p.id not in own)),
        calendar=law.calendar,
        settings=law.settings,
    )


def _examples(texts: shipped.LawTexts, rulebook: "Rulebook") -> tuple[int, list[dict[str, str]]]:
    """Run every worked example; return how many there are and which come out otherwise."""
    from caseward.rules.engine import worked
    from caseward.rules.procedures import examples
    from caseward.rules.texts.problems import LawFileError

    number = 0
    wrong: list[dict[str, str]] = []
    for path, text in texts.examples.items():
        try:
            read = examples.read_examples(text, path=path)
        except LawFileError as error:
            raise exits.Stop(str(error), exits.LAW) from error
        number += len(read)
        wrong += [
            {"file": path, "example": example.name, "says": str(mismatch)}
            for example in read
            for mismatch in worked.check_example(example, rulebook)
        ]
    return number, wrong


def _report(rulebook: "Rulebook", *, only: list[str]) -> "Report":
    from caseward.interfaces.cli import progress
    from caseward.rules.checking import check

    with progress.bar() as tell:
        return check.checked(rulebook, only=only, tell=tell)


# --- telling ---------------------------------------------------------------------------------------


def _print(report: "Report", wrong: list[dict[str, str]], counts: dict[str, int]) -> None:
    for heading, messages in (("Errors", report.errors), ("Findings", report.findings)):
        if messages:
            print(f"{heading}:")
            print("\n".join(f"  {message}" for message in messages))
    for row in wrong:
        print(f"{row['file']}: {row['example']}: {row['says']}")
    print(
        f"{counts['procedures']} procedures, {counts['steps']} steps: "
        f"{_number(len(report.errors), 'error')}, {_number(len(report.findings), 'finding')}."
    )
    print(
        f"{counts['examples']} worked examples: "
        + (f"{len(wrong)} answers differ." if wrong else "every example comes out as worked.")
    )


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _as_json(answer: dict[str, Any]) -> str:
    return json.dumps({"version": VERSION, **answer}, ensure_ascii=False, indent=1)


def _read_wrong(problem: Any) -> dict[str, Any]:
    return {"rule": "read", "file": problem.path, "line": problem.line, "says": problem.sentence}


def _told(report: "Report") -> dict[str, Any]:
    return {
        "errors": [_message(one) for one in report.errors],
        "findings": [_message(one) for one in report.findings],
        "not_compared": [_message(one) for one in report.not_compared],
        "looked_at": {
            "situations": report.n_situations,
            "days": report.n_days,
            "as_far_as_the_bound": list(report.cut_short),
        },
    }


def _message(message: "Message") -> dict[str, Any]:
    looser = message.looser
    answer: dict[str, Any] = {
        "rule": message.rule,
        "file": message.path,
        "line": message.line,
        "says": message.sentence,
        "procedure": message.procedure,
        "edition": message.edition_from.isoformat() if message.edition_from else None,
        "step": message.step or None,
        "limit": message.limit or None,
        "story": list(message.story),
    }
    if looser is not None:
        answer["looser"] = {
            "than": f"national.{looser.national_step}",
            "states": [dict(cube) for cube in looser.states],
            "where": list(looser.words),
            "local": looser.local_clock,
            "national": looser.national_clock,
            "counted_from": looser.counted_from.isoformat(),
            "local_due": looser.local_due_on.isoformat(),
            "national_due": looser.national_due_on.isoformat(),
            "days": looser.n_days,
            "of_days": looser.of_days,
        }
    return answer
