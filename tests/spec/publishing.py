"""The rulebook: every spec test replayed and printed, in the order of the numbers.

`python -m tests.spec.publishing` writes `docs/reference/rulebook.md`; a test holds the committed
file equal to what would be written.
"""

from pathlib import Path

from tests.spec import rules, tables
from tests.spec.specs import KINDS, Block, Spec

RULEBOOK = Path(__file__).parents[2] / "docs" / "reference" / "rulebook.md"
INTRODUCTION = """\
# The rulebook

What the engine means, rule by rule. Each rule is a sentence with an example: a small law, the facts
that were recorded, and the tasks that follow. The examples are the project's own tests: this page
is written from them, and every engine is held to them.

In the tables a day is a date, an empty cell means that there is none, and a task that is not listed
is not there. Each step is owed by a `worker` and carries a source, where the example does not say
otherwise; the kinds of event are [at the end](#the-kinds-of-event-in-these-examples).
"""


def rulebook() -> str:
    """Return the whole page."""
    pages = [INTRODUCTION]
    number = ""
    for rule in rules.all_rules():
        if rule.number != number:
            number = rule.number
            pages.append(f"## {number}\n")
        pages.append(_rule(rule))
    kinds = KINDS.read_text("utf-8").strip()
    pages.append(f"## The kinds of event in these examples\n\n```yaml\n{kinds}\n```\n")
    return "\n".join(pages)


def _rule(rule: rules.Rule) -> str:
    spec = Spec(None)
    rule.test(spec)
    parts = [f"### {rule.lettered} · {rule.title}", f"**{rule.sentence}**"]
    parts += [_block(block) for block in spec.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if block.law:
        return f"{block.says}:\n\n```yaml\n{block.law}\n```"
    if block.headings:
        return f"{block.says}:\n\n{tables.markdown(block.headings, block.rows)}"
    return block.says


if __name__ == "__main__":
    RULEBOOK.write_text(rulebook(), "utf-8")
