"""What a person may say that a column holds, from the kinds of entry that the authority uses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseward.rules.facts.kinds import EventKind, Field, Vocabulary
from caseward.work.exchange.tracker import days
from caseward.work.exchange.tracker.columns import Column, Use, folded

USES: Mapping[str, str] = {
    "aside": "Leave it aside",
    "number": "The child’s number in the other system",
    "name": "The child’s name",
    "born_on": "The date of birth",
    "expected_on": "The day the birth is expected",
    "event": "The day on which something happened",
    "meeting": "The day of a meeting: held if it is past, planned if it lies ahead",
    "planned": "The day for which a meeting is planned",
    "detail": "An outcome or a detail of another column’s entry",
    "note": "Words to keep as a note",
}
DETAIL = "detail"
OUTCOME = "outcome"
_OWN_GROUPS = frozenset({"Running the procedure", "Another system"})
_READABLE = frozenset({"text", "long_text", "date", "yes_no", "choice", "number"})
_HEADINGS: tuple[tuple[str, str], ...] = (
    (r"\b(?:dob|d\.o\.b|date of birth|born)\b", "born_on"),
    (r"\b(?:edd|expected date|due date of birth)\b", "expected_on"),
    (r"\b(?:id|ids|number|no|ref|mosaic|lcs|liquidlogic|eclipse|azeus|pid)\b", "number"),
    (r"^(?:child'?s? )?(?:full )?name$|^child(?: name)?$|^name of child$", "name"),
    (r"\b(?:comments?|notes?|update|actions?|remarks?)\b", "note"),
    (r"\b(?:outcome|result|decision|how)\b", "detail"),
    (r"\b(?:planned|booked|next)\b.*\b(?:meeting|date|conference|review)\b", "planned"),
    (r"\b(?:date|sent|held|meeting|issued|started|ended|began|conference|review|panel|lpm)\b", "event"),
)  # fmt: skip
# What trackers call a thing that no title of a kind is called; a heading that asks for another act
# of the same thing (when it was received, requested) is none of these.
_CALLED: tuple[tuple[str, str], ...] = (
    (r"\b(?:plo|pre-?proceedings) letter\b|\bletter before proceedings\b|\blbp\b", "letter_before_proceedings.sent"),
    (r"\blpm\b|\blegal planning meeting\b", "legal_planning_meeting.held"),
)  # fmt: skip
_ANOTHER_ACT = re.compile(
    r"\b(?:received|served|request\w*|ask\w*|arrang\w*|planned|booked|next|minutes|decision|end\w*)\b"
)
_OF_DAYS = frozenset({"born_on", "expected_on", "planned", "event"})
_DATE = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}\b|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that may be chosen; `group` is the heading under which a list shows it."""

    code: str
    words: str
    group: str = ""


def guessed(heading: str, samples: Sequence[str]) -> str:
    """Return what a column may hold, by its heading and its first cells: a person says what it does.

    Where every cell is a day the column holds days, whatever its heading; where none is, it holds none.
    A cell that says "nothing yet" (tbc) speaks for neither.
    """
    plain, told = folded(heading), [cell for cell in samples if not days.is_empty(cell)]
    has_days = bool(told) and all(_DATE.match(cell) for cell in told)
    for pattern, use in _HEADINGS:
        is_of_days = use in _OF_DAYS
        if re.search(pattern, plain) and (not told or is_of_days == has_days):
            return use
    return "event" if has_days else "aside"


def kinds(use: str, vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """Return the kinds of entry whose day a column of this use may hold, by their group."""
    found = [
        Choice(code=kind.id, words=kind.title, group=kind.group)
        for kind in vocabulary.kinds.values()
        if kind.group not in _OWN_GROUPS and _fits(use, kind, vocabulary)
    ]
    return tuple(sorted(found, key=lambda choice: (choice.group, choice.words)))


def likely_kind(heading: str, choices: Sequence[Choice]) -> str:
    """Return the kind that trackers call so, or whose title shares most words with the heading.

    "" where none shares two.
    """
    codes, plain = {choice.code for choice in choices}, folded(heading)
    for pattern, code in _CALLED:
        if code in codes and re.search(pattern, plain) and not _ANOTHER_ACT.search(plain):
            return code
    wanted = _words(heading)
    best, most = "", 1
    for choice in choices:
        shared = len(wanted & _words(choice.words))
        if shared > most:
            best, most = choice.code, shared
    return best


def dated(column: Column, use: Use, kind: str, vocabulary: Vocabulary) -> Column:
    """Return the column as the day of a kind of entry; a meeting's knows both of its kinds."""
    declared = vocabulary.kinds[kind]
    if use == "meeting":
        planned = vocabulary.kinds[_arranged(kind)]
        return replace(
            column,
            use=use,
            kind=kind,
            planned_kind=planned.id,
            field_name=_day_field(planned),
        )
    if use == "planned":
        return replace(column, use=use, kind=kind, field_name=_day_field(declared))
    return replace(column, use=use, kind=kind)


def details(columns: Sequence[Column], vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """Return what other columns may say of the entries whose days these columns hold."""
    found: dict[str, Choice] = {}
    for column in columns:
        declared = vocabulary.kinds.get(column.kind) if column.use != "planned" else None
        if declared is not None:
            for choice in _details_of(declared):
                found.setdefault(choice.code, choice)
    return tuple(found.values())


def detail(column: Column, code: str, vocabulary: Vocabulary) -> Column:
    """Return the column as an outcome or a field of a kind; `code` is one of `details`."""
    kind, _, name = code.partition(":")
    declared = vocabulary.kinds[kind]
    if name == OUTCOME:
        return replace(column, use="outcome", kind=kind, choices=_answers(declared.outcomes))
    field = declared.find_field(name)
    return replace(
        column,
        use="field",
        kind=kind,
        field_name=name,
        field_type=field.type if field else "text",
        choices=_answers(field.choices) if field else {},
    )


def unknown_words(column: Column, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a column's cells that are none of its answers: a person says what they mean."""
    if not column.choices:
        return ()
    told = [word for word in words if not days.is_empty(word)]
    return tuple(word for word in told if folded(word) not in column.choices)


def answers(column: Column, vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """Return the answers that a column's words may stand for."""
    declared = vocabulary.kinds[column.kind]
    field = declared.find_field(column.field_name)
    choices = declared.outcomes if column.use == OUTCOME else field.choices if field else {}
    return tuple(Choice(code=code, words=title) for code, title in choices.items())


def with_words(column: Column, meant: Mapping[str, str]) -> Column:
    """Return the column with what further words mean; "" for a word that says nothing."""
    more = {folded(word): code for word, code in meant.items()}
    return replace(column, choices={**column.choices, **more})


def code_of(column: Column) -> str:
    """Return the code of what a detail's column holds, as `details` has it."""
    if column.use == "outcome":
        return f"{column.kind}:{OUTCOME}"
    return f"{column.kind}:{column.field_name}" if column.use == "field" else ""


def _details_of(kind: EventKind) -> Iterator[Choice]:
    if kind.outcomes:
        yield Choice(code=f"{kind.id}:{OUTCOME}", words="What came of it", group=kind.title)
    for field in kind.fields:
        if field.type in _READABLE and field.name != OUTCOME:
            yield Choice(code=f"{kind.id}:{field.name}", words=field.title, group=kind.title)


def _answers(choices: Mapping[str, str]) -> dict[str, str]:
    """Return the codes by the words that a cell may say: titles, and the codes themselves."""
    return {folded(code): code for code in choices} | {
        folded(title): code for code, title in choices.items()
    }


def _fits(use: str, kind: EventKind, vocabulary: Vocabulary) -> bool:
    if use == "meeting":
        return kind.id.endswith(".held") and _arranged(kind.id) in vocabulary.kinds
    if use == "planned":
        return kind.plans and bool(_day_field(kind))
    return not kind.plans and not _asks_for_a_task(kind)


def _arranged(held: str) -> str:
    return f"{held.removesuffix('.held')}.arranged"


def _day_field(kind: EventKind) -> str:
    return next((field.name for field in kind.fields if field.type == "date"), "")


def _asks_for_a_task(kind: EventKind) -> bool:
    return any(_is_task(field) for field in kind.fields)


def _is_task(field: Field) -> bool:
    return field.type == "task"


def _words(text: str) -> frozenset[str]:
    small = {"of", "the", "a", "to", "date", "and", "for", "with", "was", "on", "in", "1st", "2nd"}
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - small
