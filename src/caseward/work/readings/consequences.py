"""What saving would do, shown before it is done where it ends, voids, moves or sends something."""

from collections.abc import Iterable

from caseward.record.access.askers import Asker
from caseward.record.ledger.acts import Act
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import EventKind
from caseward.work.casework import correct_entry, record_event, withdraw_entry
from caseward.work.casework.happenings import WhatHappened
from caseward.work.entries import Preview
from caseward.work.readings import (
    alike,
    banner,
    changes,
    form_fields,
    looks,
    record_form,
    timeline,
    words,
)
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import Consequences, FieldWords, Problem
from caseward.work.readings.values import Values

# What a death or a safety event stops is seen first, whatever else it changes.
CLOSES = frozenset({"record.closed", "child.died"})


def of_recording(asker: Asker, act: Act, what: WhatHappened) -> Consequences:
    """Return what recording it would do, for every child that it is about.

    Errors: NotFound for a child whom the asker may not see.
    """
    look = _look(asker, act, what.children)
    kind = look.asked.vocabulary.kinds.get(what.kind)
    preview = record_event.preview(act, what)
    return _answer(look, preview, kind, title=_title(kind, what.kind), summary=_said(look, what))


def of_correcting(
    asker: Asker, act: Act, child_id: str, entry_id: str, what: WhatHappened
) -> Consequences:
    """Return what correcting the entry would do."""
    look = _look(asker, act, (child_id,))
    kind = look.asked.vocabulary.kinds.get(what.kind)
    preview = correct_entry.preview(act, child_id, entry_id, what)
    title = f"Correct: {words.lower_first(_title(kind, what.kind))}"
    return _answer(look, preview, kind, title=title, summary=_said(look, what))


def of_withdrawing(asker: Asker, act: Act, child_id: str, entry_id: str) -> Consequences:
    """Return what withdrawing the entry would do; it is always shown before it is done."""
    look = _look(asker, act, (child_id,))
    chain = record_form.chain_of(look, entry_id)
    entry = chain.standing.entry
    kind = look.asked.vocabulary.kinds.get(entry.kind)
    preview = withdraw_entry.preview(act, child_id, entry_id)
    title = f"Withdraw: {words.lower_first(_title(kind, entry.kind))}"
    return _answer(look, preview, kind, title=title, summary=_fields(look, entry), is_grave=True)


def _look(asker: Asker, act: Act, children: Iterable[str]) -> ChildLook:
    """Look at the first child; the asker must be allowed to see each of the others too."""
    asked = looks.ask(asker, as_of=act.today)
    first, *others = children
    for child in others:
        looks.allowed_child(asker, child)
    return looks.look_at(asked, first)


def _answer(
    look: ChildLook,
    preview: Preview,
    kind: EventKind | None,
    *,
    title: str,
    summary: tuple[FieldWords, ...],
    is_grave: bool = False,
) -> Consequences:
    asker = look.asked.asker
    # What an act says beside, on a brother's or sister's record, is for those who may see that one.
    seen = {
        child: difference
        for child, difference in preview.differences.items()
        if looks.may_see(asker, child)
    }
    told = changes.told_of(look.asked, seen, preview.facts)
    found = changes.of(told, seen)
    sends = _sends(kind)
    looks.write_log(look.asked, "consequences", {look.child.id, *seen})
    return Consequences(
        banner=banner.page(asker, as_of=look.asked.as_of),
        child_id=look.child.id,
        child_name=looks.called(look.child),
        title=title,
        summary=summary,
        problems=tuple(
            Problem(
                field=problem.field,
                sentence=problem.sentence,
                kind=problem.kind,
                child_id=problem.child,
                child_name=problem.child_name,
            )
            for problem in preview.problems
        ),
        changes=found,
        groups=alike.together(found),
        sends_words=sends,
        must_show=is_grave or bool(sends) or changes.are_grave(found) or _closes(kind),
        digest=preview.digest,
    )


def _said(look: ChildLook, what: WhatHappened) -> tuple[FieldWords, ...]:
    own = what.each.get(look.child.id, {})
    fields = {
        **what.fields,
        **{
            name.removeprefix("fields."): value
            for name, value in own.items()
            if name.startswith("fields.")
        },
    }
    entry = Entry(
        entry_id="",
        child=look.child.id,
        kind=what.kind,
        occurred_on=what.occurred_on,
        position=0,
        time=what.time,
        outcome=own.get("outcome", what.outcome),
        fields=fields,
        until=what.until,
    )
    names = looks.names_of(what.children)
    about = words.listed(names[child] for child in what.children if child in names)
    return (FieldWords(title="About", words=about), *_fields(look, entry), *_belonging(look, what))


def _belonging(look: ChildLook, what: WhatHappened) -> tuple[FieldWords, ...]:
    kind = look.asked.vocabulary.kinds.get(what.kind)
    own = what.each.get(look.child.id, {})
    keys = dict(what.keys) | {
        name.removeprefix("keys."): str(value)
        for name, value in own.items()
        if name.startswith("keys.")
    }
    found = form_fields.belonging(look, kind, keys) if kind is not None else ()
    return tuple(FieldWords(title=title, words=said) for title, said in found)


def _fields(look: ChildLook, entry: Entry) -> tuple[FieldWords, ...]:
    kind = look.asked.vocabulary.kinds.get(entry.kind)
    at = f" at {entry.time:%H:%M}" if entry.time else ""
    said = [FieldWords(title="When", words=f"{words.day(entry.occurred_on)}{at}")]
    if entry.outcome and kind is not None:
        outcome = kind.outcomes.get(entry.outcome, entry.outcome)
        said.append(FieldWords(title="How it came out", words=outcome))
    values = Values.of(look.asked.asker, [entry])
    return (*said, *timeline.field_words(kind, entry, values, look.classes))


def _title(kind: EventKind | None, otherwise: str) -> str:
    return kind.title if kind is not None else otherwise.replace("_", " ").replace(".", " ")


def _sends(kind: EventKind | None) -> tuple[str, ...]:
    if kind is None or not kind.sends:
        return ()
    return (f"“{kind.title}” says that something was sent. Caseward itself sends nothing.",)


def _closes(kind: EventKind | None) -> bool:
    return kind is not None and kind.id in CLOSES
