"""What a law file may speak of while it is read: kinds, states, steps; and what is wrong in it."""

from collections.abc import Collection, Iterable

from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.rules.procedures import keys
from caseward.rules.texts.problems import Problems, listed, suggestion
from caseward.rules.texts.rows import Row, declared_row
from caseward.rules.texts.strict_yaml import Node, Table

PLANNED = ".planned"
BUILT_IN_ANCHORS = ("episode_opened", "birth")


class Scope:
    """The vocabulary, the file's own states and the steps that it mentions.

    Steps are mentioned before they are all read, so mentions are kept and asked at the end.
    """

    def __init__(self, vocabulary: Vocabulary, *, path: str, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.path = path
        self.problems = problems
        self.document = ""
        self.local_states: set[str] = set()
        self.mentions: list[tuple[Row, str, str]] = []
        self.field_names: frozenset[str] = frozenset(
            name
            for kind in vocabulary.kinds.values()
            for name in (*kind.keys, *(field.name for field in kind.fields))
        )

    def row(self, node: Node, table: str, *, within: str) -> Row:
        """Return a declared table of the file as a row, unknown keys told."""
        return declared_row(
            keys.TABLES[table], node, within=within, path=self.path, problems=self.problems
        )

    def free_row(self, node: Node, noun: str, *, within: str) -> Row:
        """Return a table whose keys are looked at by its reader."""
        return Row(node, noun=noun, within=within, path=self.path, problems=self.problems)

    def note_local_states(self, steps: Iterable[Node]) -> None:
        """Take note of the states that steps of this file begin (X3)."""
        for step in steps:
            begins = step.rows.get("begins") if isinstance(step, Table) else None
            if isinstance(begins, Table):
                state = self.row(begins, "begins", within="").text("state")
                if state:
                    self.local_states.add(state)

    def kind(self, kind_id: str, row: Row, *, key: str | None = None) -> EventKind | None:
        """Return the kind of event, or None after telling that there is none."""
        found = self.vocabulary.kinds.get(kind_id)
        if found is None and kind_id:
            row.add(
                f"“{kind_id}” is not a kind of event."
                f"{suggestion(kind_id, self.vocabulary.kinds) or ' Declare it in a file of kinds.'}",
                key=key,
            )
        return found

    def anchor(self, name: str, row: Row, *, key: str, allowed: Collection[str] = ()) -> None:
        """Tell when the name is neither a kind of event nor one of the built-in anchors."""
        if name not in allowed and name not in BUILT_IN_ANCHORS and not self.is_planned(name):
            self.kind(name, row, key=key)

    def is_planned(self, name: str) -> bool:
        """Say whether the name is the planned day of a declared meeting."""
        return (
            name.endswith(PLANNED)
            and f"{name.removesuffix(PLANNED)}.arranged" in self.vocabulary.kinds
        )

    def state(self, state_id: str, values: Collection[str], row: Row) -> None:
        """Tell when the state, or one of its values, is not declared."""
        if not state_id or state_id in self.local_states:
            return
        known = self.vocabulary.states
        state = known.get(state_id)
        if state is None:
            everything = {*known, *self.local_states}
            row.add(
                f"“{state_id}” is not a state."
                f"{suggestion(state_id, everything) or ' Declare it in a file of kinds.'}",
                key="state",
            )
            return
        allowed = {"yes", "no", *state.values}
        for value in values:
            if state.values and value not in allowed:
                row.add(
                    f"The state “{state_id}” cannot be “{value}”; it may be "
                    f"{listed(state.values)}.",
                    key="is" if "is" in row else "in",
                )

    def outcomes(self, kind: EventKind | None, outcomes: Iterable[str], row: Row, key: str) -> None:
        """Tell each outcome that the kind does not have."""
        if kind is None:
            return
        for outcome in outcomes:
            if outcome not in kind.outcomes:
                has = (
                    f"It may be {listed(kind.outcomes)}."
                    if kind.outcomes
                    else "It has no outcomes."
                )
                row.add(f"“{outcome}” is not an outcome of {kind.id}. {has}", key=key)

    def mention(self, row: Row, key: str, step_id: str) -> None:
        """Remember that the file speaks of a step, to be asked when all are read."""
        if step_id:
            self.mentions.append((row, key, step_id))
