"""Law files become procedures: strictly, and with everything wrong told at once.

A sentence names the file, the line and the step, says what is wrong and what to write instead.
What needs several files (a limit against the national one) is the checker's.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures import keys, reading_limits, reading_steps, reading_triggers
from caseward.rules.procedures.model import Edition, Hold, Procedure, Source, Step
from caseward.rules.procedures.scope import Scope
from caseward.rules.texts.canonical import fingerprint
from caseward.rules.texts.problems import LawFileError, Problems, suggestion
from caseward.rules.texts.rows import Row
from caseward.rules.texts.strict_yaml import Sequence, Table, as_plain, parse

__all__ = ["LawFileError", "read_procedure"]

NATIONAL = "national"
_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")


def read_procedure(text: str, *, path: str, vocabulary: Vocabulary) -> Procedure:
    """Return the procedure that the text of a law file states.

    Shapes: text, the whole file; path, its name in error sentences.
    Errors: LawFileError with every problem of the file, each with its line and a sentence.
    Source: docs/reference/law-files.md.
    """
    problems = Problems()
    root = parse(text, path=path, problems=problems)
    scope = Scope(vocabulary, path=path, problems=problems)
    file = scope.row(root, "procedure", within="")
    procedure = _procedure(scope, file)
    problems.raise_if_any()
    return procedure


def _procedure(scope: Scope, file: Row) -> Procedure:
    source = _document(scope, file)
    authority = file.required("authority", f"Name the authority, or “{NATIONAL}”.")
    editions = _editions(scope, file)
    return Procedure(
        id=_id(file),
        title=file.required("title", "Say what people call the procedure."),
        authority=authority,
        is_national=authority == NATIONAL,
        editions=editions,
        key=_key(scope, file),
        source=source,
        papers=_free(file, "papers"),
        letters=_free(file, "letters"),
        path=scope.path,
    )


def _id(file: Row) -> str:
    procedure = file.required("procedure", "Give it an id, for example discharge_of_care_order.")
    if procedure and not _WORD.match(procedure):
        file.add(
            f"“{procedure}” is not an id of a procedure. Use small letters, digits and _.",
            key="procedure",
        )
    return procedure


def _document(scope: Scope, row: Row) -> Source | None:
    if row.node("source") is None:
        row.add("The file has no “source”. Name the document that its duties stand in.")
        return None
    found = reading_limits.source(scope, row, inherited=None)
    if found is not None and not found.document and found.section:
        # A text alone is the document's name: there is no other to inherit.
        found = Source(document=found.section, verified=found.verified)
    scope.document = found.document if found is not None else ""
    if not scope.document:
        row.add("“source” names no “document”.", key="source")
    return found


def _key(scope: Scope, file: Row) -> str | None:
    key = file.text("key")
    known = {name for kind in scope.vocabulary.kinds.values() for name in kind.keys}
    if key is not None and key not in known:
        file.add(
            f"“key” names “{key}”, which is a key of no kind of event.{suggestion(key, known)}",
            key="key",
        )
    return key


def _free(file: Row, key: str) -> Mapping[str, Any]:
    node = file.node(key)
    if node is None:
        return {}
    if not isinstance(node, Table):
        file.add(f"“{key}” must be names with what is said of each.", key=key)
        return {}
    return cast("Mapping[str, Any]", as_plain(node))


# --- editions -------------------------------------------------------------------------------------


def _editions(scope: Scope, file: Row) -> tuple[Edition, ...]:
    nodes = file.parts("editions")
    if not nodes:
        file.add("The file has no “editions”. Write at least one, with in_force_from and steps.")
    rows = [scope.row(node, "edition", within="") for node in nodes]
    for row in rows:
        scope.note_local_states(row.parts("steps"))
    # The file's own head is part of every edition's text: an inherited source or another key
    # changes what the edition means.
    head = {key: as_plain(node) for key, node in file.table.rows.items() if key != "editions"}
    editions = tuple(_edition(scope, row, head) for row in rows)
    _check_order(rows, editions)
    _check_ids_across(rows, editions)
    return editions


def _edition(scope: Scope, row: Row, head: Mapping[str, Any]) -> Edition:
    in_force_from = row.date("in_force_from")
    if "in_force_from" not in row:
        row.add('The edition has no “in_force_from”. Write the day in quotes: "2010-04-01".')
    row.within = f"the edition of {in_force_from}" if in_force_from else "an edition"
    inherited, scope.document = scope.document, _own_document(scope, row) or scope.document
    scope.mentions.clear()
    steps = _steps(scope, row)
    edition = Edition(
        in_force_from=in_force_from or date.max,
        fingerprint=fingerprint({"head": head, "edition": as_plain(row.table)}),
        opens=tuple(
            reading_triggers.opening(scope, node, row.within) for node in row.parts("opens")
        ),
        closes=reading_triggers.triggers(scope, row, "closes"),
        steps=steps,
        hold=_hold(scope, row),
        transition=cast("Any", row.word("transition", keys.TRANSITIONS, "occurrence")),
        ended=_ended(row),
        line=row.line,
    )
    if not edition.opens:
        row.add("The edition has no “opens”: nothing would ever open an episode.")
    _check_mentions(scope, steps)
    _check_started(row, edition)
    scope.document = inherited
    return edition


def _own_document(scope: Scope, row: Row) -> str:
    if row.node("source") is None:
        return ""
    found = reading_limits.source(scope, row, inherited=None)
    return found.document if found is not None else ""


def _steps(scope: Scope, row: Row) -> tuple[Step, ...]:
    node = row.node("steps")
    if not isinstance(node, Sequence):
        # An edition may say steps: []: it knows the episode and asks for nothing.
        row.add("The edition has no “steps”. Write steps: [] if it asks for nothing.")
        return ()
    seen: dict[str, int] = {}
    steps = []
    for part in node.parts:
        step = reading_steps.step(scope, part)
        if step.id in seen:
            row.add(
                f"The step id “{step.id}” is used twice (first on line {seen[step.id]}).",
                line=step.line,
            )
        elif step.id:
            seen[step.id] = step.line
        steps.append(step)
    return tuple(steps)


def _hold(scope: Scope, row: Row) -> Hold | None:
    node = row.node("hold")
    if node is None:
        return None
    held = scope.row(node, "hold", within=f"the hold of {row.within}")
    begins = reading_triggers.triggers(scope, held, "begins")
    ends = reading_triggers.triggers(scope, held, "ends")
    if not begins or not ends:
        held.add("A hold needs “begins” and “ends”.")
    withdraws, blocks = held.texts("withdraws"), held.texts("blocks")
    for kind in blocks:
        scope.kind(kind, held, key="blocks")
    known = {
        outcome
        for trigger in ends
        for kind_id in reading_triggers.kinds_of(trigger)
        for outcome in getattr(scope.vocabulary.kinds.get(kind_id), "outcomes", ())
    }
    for outcome in withdraws:
        if outcome not in known:
            held.add(
                f"“withdraws” names “{outcome}”, which is no outcome of the decision."
                f"{suggestion(outcome, known)}",
                key="withdraws",
            )
    return Hold(begins=begins, ends=ends, withdraws=withdraws, blocks=blocks)


def _ended(row: Row) -> dict[str, str | None]:
    held = row.inner("ended", noun="“ended”")
    return {} if held is None else {old: held.text(old) for old in held.names}


# --- what only the whole edition or file shows ----------------------------------------------------


def _check_mentions(scope: Scope, steps: tuple[Step, ...]) -> None:
    ids = {step.id for step in steps}
    for row, key, step_id in scope.mentions:
        if step_id in ids or (key == "merges" and step_id.startswith(f"{NATIONAL}.")):
            continue
        what = "neither a step nor a kind of event" if key == "needs" else "not a step"
        row.add(
            f"“{key}” names “{step_id}”, which is {what} of this edition."
            f"{suggestion(step_id, ids)}",
            key=key,
        )


def _check_started(row: Row, edition: Edition) -> None:
    """A step without a trigger of its own must be somebody's next, or an opener's entry."""
    started = {opening.enters_at for opening in edition.opens}
    for step in edition.steps:
        for outcome in step.outcomes.values():
            started.update(outcome.next)
    for step in edition.steps:
        if step.starts_when is None and step.id not in started:
            row.add(
                f"Nothing starts the step {step.id}. Add “starts_when”, or name it in another "
                "step's “next” or an opener's “enters_at”.",
                line=step.line,
            )


def _check_order(rows: list[Row], editions: tuple[Edition, ...]) -> None:
    for row, before, after in zip(rows[1:], editions, editions[1:], strict=False):
        if date.max in (before.in_force_from, after.in_force_from):
            continue
        if after.in_force_from == before.in_force_from:
            row.add(
                "Two editions are in force from the same day. Give one of them its own.",
                key="in_force_from",
            )
        elif after.in_force_from < before.in_force_from:
            row.add("The editions are out of order. Put the oldest first.", key="in_force_from")


def _check_ids_across(rows: list[Row], editions: tuple[Edition, ...]) -> None:
    """An id that an edition dropped is never used again, and `ended` speaks of dropped ones."""
    dropped: set[str] = set()
    previous: set[str] = set()
    for row, edition in zip(rows, editions, strict=True):
        ids = {step.id for step in edition.steps}
        for step in edition.steps:
            if step.id in dropped:
                row.add(
                    f"The step id “{step.id}” was used by an earlier edition and dropped. An id is "
                    "never used again: give the step a new one.",
                    line=step.line,
                )
        for old, new in edition.ended.items():
            if old not in previous or old in ids:
                row.add(
                    f"“ended” names “{old}”, which is not a step that this edition drops.",
                    key="ended",
                )
            if new is not None and new not in ids:
                row.add(
                    f"“ended” names “{new}”, which is not a step of this edition."
                    f"{suggestion(new, ids)}",
                    key="ended",
                )
        dropped |= previous - ids
        previous = ids
