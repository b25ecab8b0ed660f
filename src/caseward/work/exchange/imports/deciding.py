"""What an import leaves to people: which of two values is right, and who is believed of a kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from caseward.record.access import askers, policy, read_log
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import AUTHORITY, Act, NewEntry, StreamRef, child_stream
from caseward.record.people import kinds as people_kinds
from caseward.record.people import queries as people
from caseward.rules.facts import record
from caseward.rules.facts.entries import Event
from caseward.rules.facts.kinds import EventKind
from caseward.work import entries
from caseward.work.entries import Problem
from caseward.work.entries.errors import NotPermitted, Refused
from caseward.work.imports import operations as register
from caseward.work.imports import queries
from caseward.work.imports.kept import Believed, Decided, Question

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question as a person sees it: both values, fields that they may not read left out.

    `ours` is None where the entry was withdrawn here. `seq` is handed back when it is decided.
    """

    question: Question
    child_name: str
    kind_title: str
    theirs: Mapping[str, Any]
    ours: Mapping[str, Any] | None
    seq: int


def questions(
    asker: Asker, *, run: str = "", child: str = "", limit: int = 50, after: str = ""
) -> tuple[Shown, ...]:
    """Return open questions about children whom the asker may see, by id; who looked is logged.

    `after` names the last question of the page before.
    """
    found: list[Question] = []
    while len(found) < limit:
        some = queries.open_questions(run_id=run, child=child, limit=AT_ONCE, after=after)
        found += [one for one in some if _may_see(asker, one.child)]
        if len(some) < AT_ONCE:
            break
        after = some[-1].question
    kept = found[:limit]
    if kept:
        shown = sorted({one.child for one in kept if one.child != AUTHORITY.id})
        read_log.write(asker, "import_questions", shown)
    return tuple(_shown(asker, one) for one in kept)


def decide(
    act: Act, question_id: str, decided: Decided, *, expected_seq: int | None = None
) -> None:
    """Decide a question, once: take over what the file says, keep what stands, or record both.

    Taking it over corrects the entry here (of a withdrawn one, records it anew); the import is then
    named as where it came from. `expected_seq` is the question's `seq` as it was shown.
    Errors: NotPermitted, Changed where somebody changed the entry meanwhile, Refused.
    """
    asked = queries.question(question_id)
    if asked is None:
        raise _refused("There is no such question any more. Open the list of questions again.")
    kind = _kind(asked)
    _refuse_unpermitted(act, asked, kind)
    with transaction.atomic():
        act_id = ""
        if decided != "ours":
            new = _entry(asked, is_new=decided == "both" or _standing(asked) is None)
            expected = {} if expected_seq is None else {asked.entry: expected_seq}
            taken = entries.take_in(act, (new,), expected=expected, confirmed=True)
            act_id = taken.act_id
        if decided == "theirs":
            # Both now say the same: nothing of it is to be keyed in the other system again.
            register.note_sent_back([asked.entry], run=asked.run, at=act.at)
        if not register.decide(question_id, decided, by=act.by, at=act.at, act_id=act_id):
            raise _refused("Somebody decided this already. Open the list of questions again.")


def rules() -> Mapping[str, Believed]:
    """Return who is believed of each kind of event that has a rule."""
    return queries.rules()


def set_rule(act: Act, kind: str, believes: Believed | None) -> None:
    """Set who is believed of a kind from now on where two values differ; None: people decide.

    Errors: NotPermitted; Refused where there is no such kind.
    """
    asker = askers.asker_for(act.by, at=act.at, today=act.today) if _is_person(act) else None
    if asker is not None and not policy.may_import(asker):
        raise NotPermitted(
            "Your roles do not allow you to set rules for imports.",
            "Ask the system administrator or the policy lead.",
        )
    if kind not in entries.vocabulary_now().kinds and kind not in people_kinds.STAFF_KINDS:
        raise _refused(f"“{kind}” is not a kind of entry. Choose one from the list.")
    register.set_rule(kind, believes, by=act.by, at=act.at)


def _may_see(asker: Asker, child: str) -> bool:
    return policy.may_import(asker) if child == AUTHORITY.id else policy.may_see_child(asker, child)


def _shown(asker: Asker, asked: Question) -> Shown:
    kind = _kind(asked)
    classes = policy.readable(asker, asked.child)
    child = people.child(asked.child)
    standing = _standing(asked)
    return Shown(
        question=asked,
        child_name=child.name if child else "",
        kind_title=kind.title if kind else asked.kind,
        theirs=_readable(asked.theirs, kind, classes),
        ours=None if standing is None else _readable(_said(standing), kind, classes),
        seq=_seq(asked),
    )


def _readable(
    said: Mapping[str, Any], kind: EventKind | None, classes: frozenset[str]
) -> Mapping[str, Any]:
    fields = {
        name: value
        for name, value in said.get("fields", {}).items()
        if kind is not None
        and (declared := kind.find_field(name)) is not None
        and policy.may_read_field(declared, classes)
    }
    return {**said, "fields": fields}


def _kind(asked: Question) -> EventKind | None:
    if asked.child == AUTHORITY.id:
        return people_kinds.STAFF_KINDS.get(asked.kind)
    return entries.vocabulary_now().kinds.get(asked.kind)


def _refuse_unpermitted(act: Act, asked: Question, kind: EventKind | None) -> None:
    if not _is_person(act):
        return
    asker = askers.asker_for(act.by, at=act.at, today=act.today)
    if kind is None or not (
        policy.may_record(asker, kind, asked.child)
        if asked.child != AUTHORITY.id
        else set(kind.recorded_by) & set(asker.roles)
    ):
        raise NotPermitted(
            "Your roles do not allow you to decide about this entry.",
            "Ask somebody who may record it, or your manager.",
        )


def _is_person(act: Act) -> bool:
    return not act.by.startswith("system:")


def _stream(asked: Question) -> StreamRef:
    return AUTHORITY if asked.child == AUTHORITY.id else child_stream(asked.child)


def _standing(asked: Question) -> Event | None:
    known = record.as_known(ledger.entries_of(_stream(asked)), child=asked.child)
    return next((event for event in known.events if event.entry_id == asked.entry), None)


def _seq(asked: Question) -> int:
    return max(
        (
            one.seq
            for one in ledger.recorded(_stream(asked))
            if asked.entry in (one.entry.entry_id, one.entry.corrects, one.entry.withdraws)
        ),
        default=0,
    )


def _said(event: Event) -> dict[str, Any]:
    stated = {
        "occurred_on": event.occurred_on.isoformat(),
        "time": event.time.isoformat() if event.time else None,
        "outcome": event.outcome,
        "keys": dict(event.keys),
        "fields": dict(event.fields),
        "until": event.until.isoformat() if event.until else None,
    }
    return {name: value for name, value in stated.items() if value}


def _entry(asked: Question, *, is_new: bool) -> NewEntry:
    said = asked.theirs
    return NewEntry(
        stream=_stream(asked),
        kind=asked.kind,
        occurred_on=date.fromisoformat(said["occurred_on"]),
        time=time.fromisoformat(said["time"]) if said.get("time") else None,
        outcome=said.get("outcome"),
        keys=said.get("keys", {}),
        fields=said.get("fields", {}),
        until=date.fromisoformat(said["until"]) if said.get("until") else None,
        corrects=None if is_new else asked.entry,
        source=asked.source,
    )


def _refused(sentence: str) -> Refused:
    return Refused([Problem(field="question", sentence=sentence, kind="refused")])
