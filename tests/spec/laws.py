"""Small law texts completed to whole law files."""

from textwrap import dedent, indent

import yaml

DOCUMENT = "The rulebook's example"


def edition(body: str, in_force_from: str) -> str:
    """Return one edition, with a duty, an owner and a source for each step that states none."""
    node = yaml.compose(dedent(body), Loader=yaml.BaseLoader)
    if not isinstance(node, yaml.MappingNode):
        message = "a law is written as keys: opens, closes, steps"
        raise TypeError(message)
    steps = _value(node, "steps")
    for step in steps.value if steps is not None else ():
        _complete(step)
    text = yaml.serialize(node, Dumper=yaml.dumper.BaseDumper, width=1000)
    return f'- in_force_from: "{in_force_from}"\n{indent(text, "  ")}'


def law_file(
    procedure: str, editions: list[str], *, authority: str = "national", key: str | None = None
) -> str:
    """Return the whole file of a procedure."""
    heading = [
        f"procedure: {procedure}",
        f"title: {procedure.replace('_', ' ').capitalize()}",
        f"authority: {authority}",
        *([f"key: {key}"] if key else []),
        f"source: {{document: {DOCUMENT!r}}}",
        "editions:",
    ]
    return "\n".join([*heading, *(indent(text, "  ") for text in editions)])


def _complete(step: yaml.MappingNode) -> None:
    name = _value(step, "id")
    _default(step, "duty", f"Do what {name.value if name is not None else 'it'} asks.")
    _default(step, "source", "§1")
    if _value(step, "window") is None:
        _default(step, "owner", "worker")


def _default(step: yaml.MappingNode, key: str, value: str) -> None:
    if _value(step, key) is None:
        tag = "tag:yaml.org,2002:str"
        pair = (yaml.ScalarNode(tag, key), yaml.ScalarNode(tag, value, style='"'))
        step.value.append(pair)


def _value(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)
