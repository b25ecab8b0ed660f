"""`caseward explain FILE CHILD STEP`: how a date was worked out, in words, from a plain file."""

import argparse
import json

from caseward.interfaces.cli import exits, plain_facts


def add_options(parser: argparse.ArgumentParser) -> None:
    plain_facts.add_options(parser)
    plain_facts.add_child(parser)
    parser.add_argument("step", metavar="STEP", help="the step, for example W5.meeting")
    parser.add_argument("--json", action="store_true", help="machine-readable")


def run(options: argparse.Namespace) -> int:
    from caseward.rules.engine import explain, reference

    asked = plain_facts.asked(options)
    record = plain_facts.record_of(asked, options)
    evaluation = reference.evaluate(record, asked.rulebook, as_of=asked.as_of)
    tasks = [
        task
        for task in evaluation.tasks
        if task.step == options.step and task.opened_on <= asked.as_of
    ]
    if not tasks:
        steps = sorted({task.step for task in evaluation.tasks})
        raise exits.Stop(
            f"The step {options.step} does not fall on the child {options.child} by "
            f"{asked.as_of}. Steps that do: {', '.join(steps) or 'none'}.",
            exits.FACTS,
        )
    explanations = [
        explain.explain(task, record, asked.rulebook, as_of=asked.as_of) for task in tasks
    ]
    if options.json:
        rows = [
            {"key": task.key, "step": task.step, "sentences": list(said.sentences)}
            for task, said in zip(tasks, explanations, strict=True)
        ]
        print(json.dumps({"version": 1, "explanations": rows}, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(said.sentences) for said in explanations))
    return exits.OK
