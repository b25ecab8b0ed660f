"""What the door looks at before it takes anything in: permission, vocabulary, conflict, gates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from caseward.record.access import askers, policy
from caseward.record.ledger import queries
from caseward.record.ledger.acts import Act, NewEntry, StreamRef
from caseward.record.people import holding
from caseward.record.people import kinds as people_kinds
from caseward.record.people import queries as people
from caseward.rules.engine import gates
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts import checks
from caseward.rules.facts.entries import Entry, Record
from caseward.rules.facts.kinds import EventKind
from caseward.work.entries import changing, rulebooks
from caseward.work.entries.answers import Override, Problem
from caseward.work.entries.errors import Changed, NotPermitted, OnHold, Refused
from caseward.work.entries.rulebooks import Rules
from caseward.work.entries.settling import Weighed

SYSTEM = "system:"
ABSENCES = frozenset({"absence.begun", "absence.ended"})
IMPORT = "import"
"""The door of what other systems' files bring: who may use it may bring in every kind."""


class Touched(Protocol):
    """A child touched by an act, as it stood before it."""

    @property
    def before(self) -> Weighed: ...


def refuse_unpermitted(
    act: Act, new_entries: Sequence[NewEntry], *, seqs: Mapping[StreamRef, int]
) -> None:
    """Refuse an act whose doer's roles do not allow one of its entries; policy decides.

    A record that is being opened is nobody's yet, so that only the role is asked; who may open it
    may also say in the same act that they are responsible for it until another is.
    """
    kinds = [(_kind(new, on=act.today), new.stream) for new in new_entries]
    if act.by.startswith(SYSTEM):
        return
    asker = askers.asker_for(act.by, at=act.at, today=act.today)
    if act.via == IMPORT:
        _refuse_importing(asker)
        return
    own_absence = {new.kind for new in new_entries if _is_own_absence(new, act)}
    opened = {new.stream for new in new_entries if new.kind == "child.registered"}
    others = {new.stream for new in new_entries if _gives_it_to_another(new, act)}
    known = {stream for _, stream in kinds if stream.kind == "child" and seqs.get(stream)}
    # Asked once for each child, however many kinds of entry the act brings.
    seen = {stream for stream in known if policy.may_see_child(asker, stream.id)}
    for kind, stream in {(kind.id, stream): (kind, stream) for kind, stream in kinds}.values():
        is_new = not seqs.get(stream)
        if kind.id == "role.held" and is_new and stream in opened - others:
            continue
        if kind.id in own_absence - _of_others(new_entries, act):
            continue
        holds_role = bool(set(kind.recorded_by) & set(asker.roles))
        if not (holds_role and (stream.kind != "child" or is_new or stream in seen)):
            raise NotPermitted(
                f"Your roles do not allow you to record “{kind.title}” here.",
                "Ask somebody whose role it is, or your manager.",
            )


def _refuse_importing(asker: askers.Asker) -> None:
    if not policy.may_import(asker):
        raise NotPermitted(
            "Your roles do not allow you to bring in files of another system.",
            "Ask the system administrator or the policy lead to bring them in.",
        )


def _is_own_absence(new: NewEntry, act: Act) -> bool:
    """Whoever is away, or back, may say so themselves, whatever their roles (B6)."""
    return new.kind in ABSENCES and new.fields.get("worker") == act.by


def _of_others(new_entries: Iterable[NewEntry], act: Act) -> set[str]:
    return {new.kind for new in new_entries if not _is_own_absence(new, act)}


def _gives_it_to_another(new: NewEntry, act: Act) -> bool:
    return new.kind == "role.held" and new.fields.get("worker") != act.by


def problems(
    draft: Entry, record: Record, rulebook: Rulebook, *, today: date
) -> tuple[Problem, ...]:
    """Return what is wrong with a draft, or unusual, given the child's record.

    Fields are named as forms name them: "fields.<name>", "keys.<name>", or the entry's own.
    """
    vocabulary = rulebook.vocabulary
    kind = vocabulary.kinds.get(draft.kind)
    found = checks.problems(
        draft, record, vocabulary, today=today, why_not=rulebook.calendar.why_not
    )
    said = tuple(
        Problem(
            field=_form_name(one.field, kind),
            sentence=one.sentence,
            kind=one.kind,
            child=record.child,
        )
        for one in found
    )
    fault = holding.fault_of(draft.kind, draft.fields)
    if not fault:
        return said
    return (*said, Problem(field="fields.team", sentence=fault, kind="refused", child=record.child))


def of_own_work(act: Act, draft: Entry, record: Record, rulebook: Rulebook) -> tuple[Problem, ...]:
    """Refuse an approval by whoever did the work; an import says what others did elsewhere (P11)."""
    kind = rulebook.vocabulary.kinds.get(draft.kind)
    if kind is None or kind.not_by_author_of is None or draft.withdraws is not None:
        return ()
    if act.via == IMPORT or act.by.startswith(SYSTEM):
        return ()
    approved = next(
        (
            event
            for event in reversed(record.events)
            if event.kind == kind.not_by_author_of
            and all(draft.keys.get(key) in (value, None) for key, value in event.keys.items())
        ),
        None,
    )
    written = queries.find(approved.entry_id) if approved is not None else None
    if written is None or written.act.by != act.by:
        return ()
    title = rulebook.vocabulary.kinds[kind.not_by_author_of].title
    return (
        Problem(
            field="",
            sentence=f"You recorded “{title}” yourself. Somebody else whose role it is has to "
            f"record “{kind.title}”.",
            kind="refused",
            child=record.child,
        ),
    )


def named(found: Sequence[Problem], *, several: bool) -> tuple[Problem, ...]:
    """Return the problems, each with the child's name where an occasion is over several."""
    if not several or not found:
        return tuple(found)
    children = people.children(each.child for each in found)
    names = {child_id: child.name for child_id, child in children.items()}
    return tuple(
        Problem(
            field=each.field,
            sentence=each.sentence,
            kind=each.kind,
            child=each.child,
            child_name=names.get(each.child, "This child"),
        )
        for each in found
    )


def refuse_changed(new_entries: Sequence[NewEntry], expected: Mapping[str, int]) -> None:
    """Refuse to correct or withdraw an entry that moved on after the page was made (S7).

    So it does what decides about a meeting or a task that moved on.
    """
    for new in new_entries:
        target = new.corrects or new.withdraws
        if target is None or target not in expected:
            continue
        now_seq = last_seq(new.stream, target)
        if now_seq != expected[target]:
            raise Changed(child=new.stream.id, entry_id=target, now_seq=now_seq)
    changing.refuse(new_entries, expected)


def last_seq(stream: StreamRef, entry_id: str) -> int:
    """Return the seq of the last entry that says, corrects or withdraws this one; 0 if none."""
    return max(
        (
            one.seq
            for one in queries.recorded(stream)
            if entry_id in (one.entry.entry_id, one.entry.corrects, one.entry.withdraws)
        ),
        default=0,
    )


def refuse_blocked(
    act: Act,
    new_entries: Sequence[NewEntry],
    touched: Mapping[str, Touched],
    rules: Rules | None,
    override: Override | None,
) -> None:
    """Refuse what is done through Caseward until its gate is met (M30, M40).

    So is everything outgoing for a child who has died, whichever procedures are used (C5). A second named person may override it with a reason, and that is an entry of its own.
    """
    if override is not None:
        for child in touched:
            _refuse_override(act, child, override)
        return
    reasons = [
        reason
        for new in new_entries
        if rules is not None and new.stream.id in touched
        for reason in _reasons(touched[new.stream.id].before, new.kind, rules.rulebook, act.today)
    ]
    if reasons:
        raise OnHold(reasons)


def _reasons(
    before: Weighed, kind: str, rulebook: Rulebook, today: date
) -> tuple[gates.Reason, ...]:
    stopped = gates.stopped_by_death(before.record, kind, rulebook.vocabulary, today)
    return (*stopped, *gates.blocked(before.evaluation, kind, rulebook, as_of=today))


def _refuse_override(act: Act, child: str, override: Override) -> None:
    """An override is another's who may see the child, and has a reason."""
    second = askers.asker_for(override.worker, at=act.at, today=act.today)
    is_another = override.worker != act.by and policy.may_see_child(second, child)
    if not is_another or not override.reason.strip():
        raise Refused([
            Problem(
                field="override",
                sentence="An override needs a second named person who may see the record, other "
                "than you, and a reason.",
                kind="refused",
            )
        ])  # fmt: skip


def _kind(new: NewEntry, *, on: date) -> EventKind:
    declared: Mapping[str, EventKind] = {
        "person": people_kinds.PERSON_KINDS,
        "authority": people_kinds.AUTHORITY_KINDS,
    }.get(new.stream.kind) or rulebooks.rulebook_at(on=on).vocabulary.kinds
    found = declared.get(new.kind)
    if found is None:
        raise Refused([
            Problem(
                field="kind",
                sentence=f"“{new.kind}” is not a kind of entry that this store knows. "
                "Choose one from the list.",
                kind="refused",
                child=new.stream.id if new.stream.kind == "child" else "",
            )
        ])  # fmt: skip
    return found


def _form_name(name: str, kind: EventKind | None) -> str:
    if kind is not None and kind.find_field(name) is not None:
        return f"fields.{name}"
    if kind is not None and name in kind.keys:
        return f"keys.{name}"
    return name
