"""`caseward check [PATH]`: read law files strictly and run the worked examples beside them."""

import argparse
import json
from pathlib import Path

from caseward.interfaces import shipped
from caseward.interfaces.cli import exits, law_cache


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", nargs="?", type=Path, help="a folder of law files (the shipped law)"
    )
    parser.add_argument("--calendar", metavar="FILE", type=Path, help="another calendar file")
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.rules.engine import worked
    from caseward.rules.engine.rulebook import Rulebook
    from caseward.rules.procedures import examples
    from caseward.rules.texts.problems import LawFileError

    try:
        texts = shipped.law_texts(options.path, calendar=options.calendar)
    except shipped.LawFolderError as error:
        raise exits.Stop(str(error), exits.LAW) from error
    law = law_cache.parsed(texts)
    rulebook = Rulebook(
        vocabulary=law.vocabulary,
        procedures=law.procedures,
        calendar=law.calendar,
        settings=law.settings,
    )
    n_examples, wrong = 0, []
    for path, text in texts.examples.items():
        try:
            read = examples.read_examples(text, path=path)
        except LawFileError as error:
            raise exits.Stop(str(error), exits.LAW) from error
        for example in read:
            n_examples += 1
            wrong += [
                {"file": path, "example": example.name, "says": str(mismatch)}
                for mismatch in worked.check_example(example, rulebook)
            ]
    n_steps = sum(len(edition.steps) for p in law.procedures for edition in p.editions)
    if options.json:
        print(
            json.dumps(
                {
                    "version": 1,
                    "procedures": len(law.procedures),
                    "steps": n_steps,
                    "examples": n_examples,
                    "wrong": wrong,
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for row in wrong:
            print(f"{row['file']}: {row['example']}: {row['says']}")
        print(
            f"{len(law.procedures)} procedures, {n_steps} steps, {n_examples} worked examples: "
            + (f"{len(wrong)} answers differ." if wrong else "every example comes out as worked.")
        )
    return exits.LAW if wrong else exits.OK
