"""Write the reference of law files and the schemas for editors, from what the loader declares.

    python scripts/write_law_reference.py

A test fails while the written pages differ from what this would write.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from caseward.rules.facts import keys as fact_keys  # noqa: E402
from caseward.rules.procedures import (  # noqa: E402
    example_keys,
    keys,
    reading_conditions,
    reading_triggers,
    schema,
)
from caseward.rules.procedures import settings as setting_keys  # noqa: E402
from caseward.rules.texts.keys import TableOfKeys, Tables  # noqa: E402

REFERENCE = ROOT / "docs" / "reference"

EXAMPLE = """\
procedure: leaving_a_plan
title: Leaving a child protection plan
authority: somewhere
source: {document: Leaving a plan}
editions:
  - in_force_from: "2020-01-01"
    opens: [review_conference.held]
    closes: [child_protection_plan.ended]
    steps:
      - id: letter
        duty: Tell the people involved that the plan has ended.
        owner: social_worker
        starts_when: {event: review_conference.held, outcome: plan_ended}
        met_by: letter.sent
        limits: [{count: 5, unit: working_days, force: must}]
        source: "§3"
"""

_HEAD = f"""\
# Law files

<!-- Written by scripts/write_law_reference.py from the loader's own declarations. Do not edit. -->

A law file states one procedure: what opens it, who must do what by when, what shows that it is
done, and where each duty comes from. It holds no code. A person who knows the procedure can read
it aloud.

```yaml
{EXAMPLE}```

## How a file is read

- **Strictly.** A key that is not listed here is an error, and so is a key written twice. Every
  problem of a file is told at once, with its line, the step and what to write instead.
- **YAML 1.2 words only.** `true` and `false` are the only flags; `yes`, `no`, `on` and `off` are
  text. A date stands in quotes. Numbers are whole. Aliases (`*`) and tags (`!`) are refused.
- **A list of one** may be written without its brackets, wherever a key takes a list of words,
  triggers or limits.
- **A setting** of the authority, `setting.<name>`, may stand for a count, a unit, a deemed rule or
  a value of a state.
- **A fingerprint** is made of what each edition says together with the head of the file. Comments,
  layout and the order of keys leave it as it is; any word or number changes it.

An editor that knows JSON Schema completes and checks the keys while you type: put
`# yaml-language-server: $schema=…/docs/reference/law-file.schema.json` on the first line. The
schema knows the shape of a file; whether a kind of event, state or step exists, only
`caseward check` can say.
"""

_TRIGGERS = {
    "event": "`kind` alone, or `{event: kind, outcome: …}`. Any other key must be a field or key "
    "of that kind and gives the value that it must have. `while` is a condition that must hold on "
    "that day; `where` a condition on the event.",
    "state": "`{state: …, begins: true}` or `{state: …, ends: true}`, with `is` or `in` for its "
    "value and `while` for another condition of that day.",
    "passed": "`{passed: STEP}`: the day after a step's limit went by unmet. `{passed: {count, "
    "unit, from}}`: when that time from `episode_opened`, `birth` or a kind of event is over. "
    "While `unless` is true it waits.",
    "all": "`{all: [trigger, …]}`: the day of the last of several.",
    "any": "`{any: [trigger, …]}`: any of several.",
}
_CONDITIONS = {
    "state": "`{state: s}`: the state holds. With `is` or `in`: it has that value.",
    "happened": "`{happened: kind}` in this episode's record; with `outcome`, `since` (a kind or "
    "`episode_opened`), `within: {count, unit}` back from the day asked, or from `before`.",
    "age": "`{age: {under: {count, unit}}}` or `over`; `of: child_or_sibling_on_plan`, "
    "`child_or_sibling_in_household` or `child_or_sibling` asks siblings too; `at` names the event whose day counts.",
    "setting": "`{setting: name, is: value}`: the authority's setting. `has_come: true`: the day that "
    "it holds has come; while it holds no day, it has not.",
    "field": "`{field: name, is: value}` or `in`: a field or key of the event at hand.",
    "episode": "`{episode: open}` or `closed`; `procedure` names another procedure.",
    "ordinal": "`{ordinal: first}`, `second`, `later`: which one of a recurring duty.",
    "all": "`{all: [condition, …]}`: every one of them.",
    "any": "`{any: [condition, …]}`: at least one.",
    "not": "`{not: condition}`. What is unknown stays unknown.",
    "otherwise": "`{otherwise: true}`: always.",
}
_SHAPES = {
    "text": "text",
    "texts": "text or list",
    "word": "word",
    "words": "word or list",
    "answers": "field: word or list",
    "value": "value",
    "values": "value or list",
    "flag": "true or false",
    "flag_or_default": "true or false",
    "only_true": "true",
    "date": "date in quotes",
    "date_or_none": "date in quotes, or null",
    "text_or_none": "text or null",
    "words_or_none": "word, list or null",
    "time": "time in quotes",
    "number": "whole number",
    "free": "names with anything",
    "kind": "kind of event",
    "kinds_list": "kinds of event",
    "states_list": "states",
    "step_id": "step id",
    "step_ids": "step ids",
    "needs": "step ids or kinds",
    "anchor": "anchor",
    "before": "anchor",
    "count": "whole number or setting",
    "unit": " · ".join(keys.UNITS) + " or setting",
    "unit_of_days": " · ".join(reading_conditions.UNITS_OF_DAYS) + " or setting",
    "setting_name": "setting",
    "field_values": "names with a value",
    "moves": "kind, [table](#moved_by), or list",
    "force": " · ".join(keys.FORCES),
    "how": " · ".join(keys.HOW),
    "at_once": " · ".join(keys.AT_ONCE),
    "owners": " · ".join(keys.OWNERS),
    "transition": " · ".join(keys.TRANSITIONS),
    "read_at": "kind, or first_<meeting>",
    "condition": "[condition](#conditions)",
    "ordinal_or_condition": "first · second · later, or a [condition](#conditions)",
    "trigger": "[trigger](#triggers)",
    "triggers": "[triggers](#triggers)",
    "met_by": "[event](#triggers), or list",
    "choices": "codes with their words",
    "field_type": " · ".join(fact_keys.FIELD_TYPES),
    "sensitivity": " · ".join(fact_keys.SENSITIVITIES),
    "status": " · ".join(example_keys.STATUSES),
    "role_of_task": " · ".join(example_keys.ROLES),
    "may_precede": "{back_to: kind, episode_opened, or {count, unit}}",
    "source": "text, or [table](#a-source)",
    "owner": "role, list, [by condition](#an-owner), or [rows](#a-row-of-an-owner)",
    "each": "field of the trigger, list of roles, or [table](#each)",
    "meeting": "noun, or [table](#a-meeting)",
    "ended": "old step: new step or null",
}
# Shapes that are lists, or named rows, of a table described under its own heading.
_ROWS = {
    "editions": ("list of", "an edition"),
    "openings": ("list of", "an opener"),
    "steps": ("list of", "a step"),
    "parts": ("list of", "a part"),
    "limits": ("list of", "a limit"),
    "every": ("list of", "a row of “every”"),
    "outcomes": ("by outcome:", "an outcome"),
    "hold": ("", "a hold"),
    "delay": ("", "“delay”"),
    "begins": ("", "“begins”"),
    "within": ("", "“within”"),
    "states": ("by id:", "a state"),
    "kinds": ("by id:", "a kind of event"),
    "fields": ("by name:", "a field"),
    "sets": ("list of", "a row of “sets”"),
    "contradictions": ("list of", "a row of “contradicts”"),
    "examples": ("list of", "an example"),
    "facts": ("list of", "a fact"),
    "expectations": ("list of", "a row of “expect”"),
    "settings": ("by name:", "a setting"),
}


def pages() -> dict[Path, str]:
    """Return the text of every page and schema, by its path."""
    return {
        REFERENCE / "law-files.md": "\n".join(_law_files()) + "\n",
        REFERENCE / "law-file.schema.json": _json(schema.json_schema()),
        REFERENCE / "kinds-file.schema.json": _json(schema.vocabulary_schema()),
        REFERENCE / "examples-file.schema.json": _json(schema.examples_schema()),
    }


def _law_files() -> Iterator[str]:
    yield _HEAD
    yield from _tables(keys.TABLES)
    yield "## Triggers\n\nWhat opens, closes or holds.\n"
    yield "`episode_opened` alone means the opening of the episode.\n"
    yield from _sorts(reading_triggers.SORTS, _TRIGGERS)
    yield "`met_by` is an event in the same words, without `while`.\n"
    yield "## Conditions\n"
    yield "A condition is true, false, or cannot be told: what nobody recorded is unknown.\n"
    yield from _sorts(reading_conditions.SORTS, _CONDITIONS)
    yield "## Kinds of event\n"
    yield "Kinds and states stand in files of their own, national ones and an authority's alike.\n"
    yield from _tables(fact_keys.TABLES)
    yield "## Settings\n"
    yield "What the authority may choose, with the value that holds until it does.\n"
    yield from _tables(setting_keys.TABLES)
    yield "## Worked examples\n"
    yield "`<procedure>.examples.yaml` beside a law file; `caseward check` works them out.\n"
    yield from _tables(example_keys.TABLES)


def _tables(tables: Tables) -> Iterator[str]:
    for table in tables.values():
        yield f"### {table.noun[:1].upper()}{table.noun[1:]}\n\n{table.purpose}\n"
        yield from _rows(table)
        yield ""


def _rows(table: TableOfKeys) -> Iterator[str]:
    yield "| key | holds | meaning |\n|---|---|---|"
    for key in table.keys:
        must = "**must be there** · " if key.required else ""
        yield f"| `{key.name}` | {_shape(key.shape)} | {must}{key.meaning} |".replace(
            "<", "‹"
        ).replace(">", "›")


def _shape(shape: str) -> str:
    if shape in _ROWS:
        how, noun = _ROWS[shape]
        anchor = "".join(c for c in noun.replace(" ", "-") if c.isalnum() or c in "-_")
        return f"{how} [{noun.partition(' ')[2] or noun}](#{anchor})".strip()
    return _SHAPES[shape]


def _sorts(sorts: dict[str, tuple[str, ...]], meanings: dict[str, str]) -> Iterator[str]:
    yield "| key | meaning |\n|---|---|"
    for sort in sorts:
        yield f"| `{sort}` | {meanings[sort]} |"
    yield ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
