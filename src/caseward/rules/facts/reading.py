"""Files of kinds of event become the vocabulary: what can be recorded at all (M1).

Shipped kinds and an authority's own come through here alike.
"""

import re
from collections.abc import Iterator, Mapping

from caseward.rules.facts import keys
from caseward.rules.facts.kinds import (
    Contradiction,
    EventKind,
    Field,
    Sets,
    StateKind,
    Vocabulary,
)
from caseward.rules.texts.canonical import fingerprint
from caseward.rules.texts.problems import Problems, listed, suggestion
from caseward.rules.texts.rows import Row, declared_row, scalar_text
from caseward.rules.texts.strict_yaml import Node, Scalar, Sequence, Table, as_plain, parse

_KIND_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\Z")
_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
# A law file writes these beside a kind's fields, so that no field or key may bear the name.
_WORDS_OF_LAW_FILES = frozenset({"event", "outcome", "while", "where", "enters_at"})


def read_vocabulary(texts: Mapping[str, str]) -> Vocabulary:
    """Return the kinds and states of all the files together.

    Shapes: texts, each file's text by its path; the order of files does not matter.
    Errors: LawFileError, with every problem of every file.
    Source: docs/reference/law-files.md, “Kinds of event”.
    """
    problems = Problems()
    states: dict[str, StateKind] = {}
    kinds: dict[str, EventKind] = {}
    rows: dict[str, Row] = {}
    plain: dict[str, object] = {}
    for path in sorted(texts):
        root = parse(texts[path], path=path, problems=problems)
        file = declared_row(
            keys.TABLES["kinds_file"], root, within="", path=path, problems=problems
        )
        plain[path] = as_plain(root)
        is_local = file.text("authority") is not None
        _read_states(file, states)
        _read_kinds(file, kinds, rows, is_local=is_local)
    for kind_id, kind in kinds.items():
        _check_across_files(kind, rows[kind_id], kinds, states)
    problems.raise_if_any()
    return Vocabulary(kinds=kinds, states=states, fingerprint=fingerprint(list(plain.values())))


def _read_states(file: Row, states: dict[str, StateKind]) -> None:
    held = file.inner("states", noun="the list of states")
    for state_id, node in _named(held):
        row = _row_of(file, node, "state", f"state {state_id}")
        if state_id in states:
            row.add(f"The state “{state_id}” is declared twice. Keep one of them.")
            continue
        values = _choices(row, "values")
        absent = row.text("absent") or "unknown"
        if values and absent not in {"unknown", "no", *values}:
            row.add(
                f"“absent” may be “unknown”, “no” or one of its values, not “{absent}”.",
                key="absent",
            )
        states[state_id] = StateKind(
            id=state_id,
            title=row.required("title", "Say what a person calls it."),
            values=values,
            absent=absent,
            per=row.text("per"),
        )


def _read_kinds(
    file: Row, kinds: dict[str, EventKind], rows: dict[str, Row], *, is_local: bool
) -> None:
    held = file.inner("kinds", noun="the list of kinds")
    for kind_id, node in _named(held):
        row = _row_of(file, node, "kind", f"kind {kind_id}")
        if not _KIND_ID.match(kind_id):
            row.add(
                f"“{kind_id}” is not the id of a kind. Write noun.past_participle in small "
                "letters, for example looked_after_review.held."
            )
        if kind_id in kinds:
            row.add(f"The kind “{kind_id}” is declared twice. Keep one of them.")
            continue
        kinds[kind_id] = _kind(kind_id, row, is_local=is_local)
        rows[kind_id] = row


def _kind(kind_id: str, row: Row, *, is_local: bool) -> EventKind:
    title = row.required("title", "Say what a person calls it.")
    return EventKind(
        id=kind_id,
        title=title,
        noun=row.text("noun") or title,
        group=row.text("group") or "",
        hint=row.text("hint") or "",
        fields=_fields(row),
        keys=_field_names(row, row.texts("keys"), "key"),
        outcomes=_choices(row, "outcomes"),
        recorded_by=row.texts("recorded_by"),
        follows=row.text("follows"),
        not_by_author_of=row.text("not_by_author_of"),
        sets=tuple(_sets(row, node) for node in row.parts("sets")),
        plans=row.flag("plans"),
        before_birth=row.flag("before_birth") if "before_birth" in row else True,
        after_death=row.flag("after_death"),
        is_safety=row.flag("is_safety"),
        sends=row.flag("sends"),
        about_siblings=row.flag("about_siblings"),
        has_time=row.flag("has_time"),
        lasts=row.flag("lasts"),
        contradictions=tuple(_contradiction(row, node) for node in row.parts("contradicts")),
        is_local=is_local,
    )


def _fields(kind: Row) -> tuple[Field, ...]:
    named = list(_named(kind.inner("fields", noun="the fields")))
    _field_names(kind, [name for name, _ in named], "field")
    return tuple(_field(kind, name, node) for name, node in named)


def _field(kind: Row, name: str, node: Node) -> Field:
    row = _row_of(kind, node, "field", f"{kind.within}, field {name}")
    field_type = row.word("type", keys.FIELD_TYPES, "text")
    choices = _choices(row, "choices")
    if field_type == "choice" and not choices:
        row.add("A field of type choice needs its “choices”.")
    if choices and field_type != "choice":
        row.add(
            f"“choices” belong to a field of type choice, and this one is {field_type}.",
            key="choices",
        )
    return Field(
        name=name,
        title=row.required("title", "Write the label that a person reads."),
        type=field_type,  # type: ignore[arg-type]
        choices=choices,
        required=row.flag("required"),
        hint=row.text("hint") or "",
        sensitivity=row.word("sensitivity", keys.SENSITIVITIES, "ordinary"),  # type: ignore[arg-type]
    )


def _sets(kind: Row, node: Node) -> Sets:
    row = _row_of(kind, node, "set", kind.within)
    if ("when_field" in row) != ("when_values" in row):
        row.add("“when_field” and “when_values” go together: write both or neither.")
    value = scalar_text(row.node("value")) if row.node("value") is not None else "yes"  # type: ignore[arg-type]
    return Sets(
        state=row.required("state", "Name the state that begins or ends."),
        value=value or "yes",
        ends=row.flag("ends"),
        outcomes=row.texts("outcomes"),
        when_field=row.text("when_field"),
        when_values=row.texts("when_values"),
    )


def _contradiction(kind: Row, node: Node) -> Contradiction:
    row = _row_of(kind, node, "contradiction", kind.within)
    held = row.inner("fields", noun="“fields” of a contradiction")
    return Contradiction(
        fields={} if held is None else {name: held.texts(name) for name in held.names},
        sentence=row.required("says", "Write what the person recording is asked."),
    )


def _check_across_files(
    kind: EventKind, row: Row, kinds: Mapping[str, EventKind], states: Mapping[str, StateKind]
) -> None:
    for key, named in (("follows", kind.follows), ("not_by_author_of", kind.not_by_author_of)):
        if named is not None and named not in kinds:
            row.add(
                f"“{key}” names the kind “{named}”, which is not declared."
                + suggestion(named, kinds),
                key=key,
            )
    for contradiction in kind.contradictions:
        for sentence in _wrong_in_contradiction(kind, contradiction):
            row.add(sentence, key="contradicts")
    for sets in kind.sets:
        state = states.get(sets.state)
        if state is None:
            if sets.state:
                row.add(
                    f"“sets” names the state “{sets.state}”, which is not declared."
                    + suggestion(sets.state, states),
                    key="sets",
                )
            continue
        for sentence in _wrong_in_set(kind, sets, state):
            row.add(sentence, key="sets")


def _wrong_in_contradiction(kind: EventKind, contradiction: Contradiction) -> Iterator[str]:
    if len(contradiction.fields) < 2:  # noqa: PLR2004 - one answer contradicts nothing
        yield "“contradicts” must name at least two fields."
    for name, wanted in contradiction.fields.items():
        field = kind.find_field(name)
        if field is None:
            yield f"“contradicts” names the field “{name}”, which this kind does not have." + (
                suggestion(name, [one.name for one in kind.fields])
            )
            continue
        known = ("yes", "no") if field.type == "yes_no" else tuple(field.choices)
        for value in wanted:
            if known and value not in known:
                yield (
                    f"“contradicts” gives “{name}” the value “{value}”; it may be {listed(known)}."
                )


def _wrong_in_set(kind: EventKind, sets: Sets, state: StateKind) -> list[str]:
    wrong = [
        f"“sets” names the outcome “{outcome}”, which this kind does not have."
        f"{suggestion(outcome, kind.outcomes)}"
        for outcome in sets.outcomes
        if outcome not in kind.outcomes
    ]
    if sets.when_field is not None and not _has_field(kind, sets.when_field):
        wrong.append(f"“when_field” names “{sets.when_field}”, which this kind does not have.")
    source, _, name = sets.value.partition(".")
    if source == "field" and not _has_field(kind, name):
        wrong.append(
            f"“sets” takes its value from the field “{name}”, which this kind does not have."
        )
    elif source == "key" and name not in kind.keys:
        wrong.append(
            f"“sets” takes its value from the key “{name}”, which this kind does not have."
        )
    elif state.values and not sets.ends:
        wrong += _values_the_state_lacks(kind, sets, state)
    if state.per is not None and state.per not in kind.keys:
        wrong.append(
            f"The state “{state.id}” is kept apart by “{state.per}”, which must be one "
            "of the keys of this kind."
        )
    return wrong


def _values_the_state_lacks(kind: EventKind, sets: Sets, state: StateKind) -> list[str]:
    source, _, name = sets.value.partition(".")
    field = kind.find_field(name) if source == "field" else None
    given: tuple[str, ...]
    if sets.value == "outcome":
        given = sets.outcomes or tuple(kind.outcomes)
    elif field is not None:
        given = tuple(field.choices)
    else:
        given = () if source == "key" else (sets.value,)
    allowed = {"yes", "no", *state.values}
    return [
        f"“sets” gives the state “{state.id}” the value “{value}”; it may be "
        f"{listed(state.values)}."
        for value in given
        if value not in allowed
    ]


def _has_field(kind: EventKind, name: str) -> bool:
    return kind.find_field(name) is not None


def _field_names(row: Row, names: tuple[str, ...] | list[str], noun: str) -> tuple[str, ...]:
    for name in names:
        if not _WORD.match(name):
            row.add(f"“{name}” is not a name for a {noun}. Use small letters, digits and _.")
        elif name in _WORDS_OF_LAW_FILES:
            row.add(f"A {noun} may not be called “{name}”: law files use the word themselves.")
    return tuple(names)


def _choices(row: Row, key: str) -> dict[str, str]:
    """Codes with their words; a plain list uses the code as its words."""
    node = row.node(key)
    if node is None:
        return {}
    if isinstance(node, Sequence):
        codes = row.texts(key)
        return {code: code.replace("_", " ").capitalize() for code in codes}
    held = row.at(node, noun=f"“{key}”")
    return {code: held.text(code) or code for code in held.names}


def _named(held: Row | None) -> list[tuple[str, Node]]:
    return [] if held is None else list(held.table.rows.items())


def _row_of(parent: Row, node: Node, table: str, within: str) -> Row:
    if isinstance(node, Scalar) and node.value is None:
        node = Table({}, node.line, {})
    return declared_row(
        keys.TABLES[table], node, within=within, path=parent.path, problems=parent.problems
    )
