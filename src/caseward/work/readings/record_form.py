"""Recording: what may have happened, and what is asked about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.people import models
from caseward.rules.facts.entries import Entry
from caseward.rules.facts.kinds import EventKind
from caseward.work.readings import (
    banner,
    drafts,
    form_fields,
    kinds_to_record,
    lines,
    looks,
    prefilled,
    timeline,
)
from caseward.work.readings.errors import NotAllowed, NotFound
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import KindChoice, RecordForm
from caseward.work.tasks import queries as tasks


def choice(asker: Asker, child_id: str, *, as_of: date, words: str = "") -> KindChoice:
    """Return what may be recorded: what is expected next first, then what is near, then the rest.

    With words, the kinds that have each of them in their title, hint or group.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    answer = KindChoice(
        banner=banner.page(asker, as_of=as_of),
        child_id=child_id,
        child_name=looks.called(look.child),
        groups=kinds_to_record.groups(look, words),
    )
    looks.write_log(asked, "what_happened", [child_id])
    return answer


def form(asker: Asker, child_id: str, kind: str, *, as_of: date, task_id: str = "") -> RecordForm:
    """Return the fields of a kind, empty or filled with what a task already says.

    Errors: NotFound for a kind that is not known, NotAllowed where the asker may not record it.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    declared = _declared(look, kind)
    task = tasks.find(task_id) if task_id else None
    is_theirs = task is not None and task.child == child_id
    given = prefilled.of_task(look, declared, task) if task is not None and is_theirs else {}
    answer = _form(
        look, declared, form_fields.of(look, declared, given), task_id=task_id if is_theirs else ""
    )
    looks.write_log(asked, "record", [child_id], kind=kind)
    return answer


def correction(asker: Asker, child_id: str, entry_id: str, *, as_of: date) -> RecordForm:
    """Return the fields of an entry with its values as they stand, to be corrected.

    Errors: NotFound for an entry that is not on this record, or was withdrawn.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    chain = chain_of(look, entry_id)
    entry = chain.standing.entry
    declared = _declared(look, entry.kind)
    said = [each for each in declared.fields if entry.fields.get(each.name) not in (None, "")]
    if not all(policy.may_read_field(each, look.classes) for each in said):
        raise NotAllowed(
            "This entry has something in it that your role does not open.",
            "Ask somebody who may read all of it to correct it.",
        )
    answer = _form(
        look,
        declared,
        form_fields.of(look, declared, _values(entry)),
        corrects=chain.first.entry.entry_id,
        expected_seq=chain.last_seq,
    )
    looks.write_log(asked, "correct", [child_id])
    return answer


def _form(look: ChildLook, kind: EventKind, fields: Any, **more: Any) -> RecordForm:
    draft, others = drafts.of_form(
        look, kind.id, entry=more.get("corrects", ""), task_id=more.get("task_id", "")
    )
    return RecordForm(
        banner=banner.page(look.asked.asker, as_of=look.asked.as_of),
        child_id=look.child.id,
        child_name=looks.called(look.child),
        kind=kind.id,
        title=kind.title,
        hint=kind.hint,
        fields=fields,
        siblings=() if "corrects" in more else tuple(_siblings(look)),
        sends=kind.sends,
        child_seq=max(
            (one.seq for one in look.recorded if one.stream.id == look.child.id), default=0
        ),
        draft=draft,
        other_drafts=others,
        **more,
    )


def _declared(look: ChildLook, kind: str) -> EventKind:
    declared = look.asked.vocabulary.kinds.get(kind)
    if declared is None:
        raise NotFound("There is no such kind of entry.", "Choose what happened from the list.")
    if not lines.may_record(look.asked.asker, declared):
        raise NotAllowed(
            f"Your roles do not allow you to record “{declared.title}”.",
            "Ask somebody whose role it is, or your manager.",
        )
    return declared


def _siblings(look: ChildLook) -> Iterable[tuple[str, str]]:
    """Return the brothers and sisters whose records the asker may see, to be recorded together."""
    links = [link.sibling for link in looks.rows_of(look, models.SiblingLink)]
    seen = policy.visible_to(look.asked.asker).filter(pk__in=links).order_by("sort_key", "id")
    return [(child.id, looks.called(child)) for child in seen]


def chain_of(look: ChildLook, entry_id: str) -> timeline.Chain:
    """Return the entry with its corrections; NotFound for one not there, or withdrawn."""
    for chain in timeline.chains_of(look):
        ids = {chain.first.entry.entry_id, *(one.entry.entry_id for one in chain.corrections)}
        if entry_id in ids and chain.withdrawal is None:
            return chain
    raise NotFound(
        "This entry is not on the record, or was withdrawn.", "Open the child's page again."
    )


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "occurred_on": entry.occurred_on.isoformat(),
        "time": f"{entry.time:%H:%M}" if entry.time else None,
        "until": entry.until.isoformat() if entry.until else None,
        "outcome": entry.outcome,
        **{f"keys.{name}": value for name, value in entry.keys.items()},
        **{f"fields.{name}": value for name, value in entry.fields.items()},
    }
