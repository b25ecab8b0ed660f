"""What holds of a child on a day: looked after since when, legal status, placement."""

from collections.abc import Iterator

from caseward.rules.facts import states
from caseward.rules.facts.kinds import StateKind
from caseward.work.readings import words
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import StatusLine

# Shown whatever they are, in this order; every other state is shown while it holds.
ALWAYS = ("looked_after", "child_protection_plan")
WHILE_LOOKED_AFTER = ("legal_status", "placement_type")
# Told elsewhere on the page, or of the record and not of the child.
NOT_SHOWN = frozenset({"child_died"})


def of(look: ChildLook) -> tuple[StatusLine, ...]:
    """Return the states to show, those of every child first."""
    known = look.asked.vocabulary.states
    order = [name for name in (*ALWAYS, *WHILE_LOOKED_AFTER) if name in known]
    order += [name for name in sorted(known) if name not in order and name not in NOT_SHOWN]
    return tuple(line for name in order for line in _lines(look, known[name]))


def _lines(look: ChildLook, state: StateKind) -> Iterator[StatusLine]:
    if state.per is not None:
        return
    asked = look.asked
    value = states.value_on(look.record, asked.vocabulary, state.id, asked.as_of)
    span = _span_on(look, state.id)
    is_unknown = value == states.UNKNOWN
    if state.id in WHILE_LOOKED_AFTER:
        if not _is_looked_after(look):
            return
    elif state.id not in ALWAYS and (span is None or value == states.NO):
        return
    yield StatusLine(
        state=state.id,
        title=state.title,
        words=_words(state, value, span),
        value=value,
        since=span.since if span is not None and value != states.NO else None,
        is_unknown=is_unknown,
    )


def _words(state: StateKind, value: str, span: states.StateSpan | None) -> str:
    if value == states.UNKNOWN:
        return "Not recorded"
    if value == states.NO:
        return f"No, since {words.short_day(span.since)}" if span else "No"
    said = "Yes" if value == "yes" else state.values.get(value, value.replace("_", " "))
    return f"{said}, since {words.short_day(span.since)}" if span else said


def _span_on(look: ChildLook, state: str) -> states.StateSpan | None:
    day = look.asked.as_of
    for span in reversed(states.history(look.record.events, look.asked.vocabulary, state)):
        if span.since <= day and (span.until is None or day < span.until):
            return span
    return None


def _is_looked_after(look: ChildLook) -> bool:
    value = states.value_on(look.record, look.asked.vocabulary, "looked_after", look.asked.as_of)
    return value not in (states.NO, states.UNKNOWN)
