"""Opening a record for a child, born or unborn (B2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from caseward.record.access import askers, policy, read_log
from caseward.record.ledger import queries as ledger
from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.record.people import queries as people
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Problem, Taken
from caseward.work.entries.errors import NeedsConfirming, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChild:
    """A child to open a record for: born on a day, or expected on one and not yet born.

    `started_on` is the child's first day in Caseward (today, if left out): national duties that
    fell due before it are measured and not listed (M8). `outside_ids` are numbers by scheme.
    """

    name: str
    born_on: date | None = None
    expected_on: date | None = None
    family_name: str = ""
    known_as: str = ""
    sex: str = ""
    outside_ids: Mapping[str, str] = field(default_factory=dict)
    team: str = ""
    social_worker: str = ""
    started_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The child whose record was opened."""

    child_id: str
    taken: Taken


def register(act: Act, child: NewChild, *, confirmed: bool = False) -> Registered:
    """Open the record; an unborn child has a working name until the birth is recorded.

    Errors: Refused without a name, or where neither or both of birth and expected date are given;
    NeedsConfirming where there is a record of that name and day already.
    """
    _refuse_unclear(child)
    child_id = identity.made_from(act, "child")
    new = entries_of(act, child, child_id)
    if not confirmed and not ledger.was_sent(act.key):
        _ask_about_another(act, child, new)
    taken = entries.take_in(act, new, confirmed=confirmed)
    return Registered(child_id=child_id, taken=taken)


def entries_of(act: Act, child: NewChild, child_id: str) -> tuple[NewEntry, ...]:
    """Return the entries that open a child's record."""
    started_on = child.started_on or act.today
    said = {
        "name": child.name,
        "family_name": child.family_name,
        "known_as": child.known_as,
        "sex": child.sex,
        "working_name": "yes" if child.born_on is None else "",
    }
    made = [_entry(act, child_id, "child.registered", started_on, _filled(said))]
    if child.born_on is not None:
        made.append(_entry(act, child_id, "child.born", child.born_on, {}))
    elif child.expected_on is not None:
        expected = {"expected_on": child.expected_on.isoformat()}
        made.append(_entry(act, child_id, "birth.expected", started_on, expected))
    for scheme, value in sorted(child.outside_ids.items()):
        number = {"scheme": scheme, "value": value}
        made.append(_entry(act, child_id, "outside_id.recorded", started_on, number, scheme))
    if child.team:
        held = {"role": "responsible_team", "team": child.team}
        made.append(_entry(act, child_id, "role.held", started_on, held))
    if child.social_worker:
        held = {"role": "social_worker", "worker": child.social_worker}
        made.append(_entry(act, child_id, "role.held", started_on, held, "social_worker"))
    return tuple(made)


def _entry(
    act: Act, child_id: str, kind: str, on: date, fields: dict[str, str], name: str = ""
) -> NewEntry:
    return NewEntry(
        stream=child_stream(child_id),
        kind=kind,
        occurred_on=on,
        fields=fields,
        entry_id=identity.made_from(act, f"{kind} {name}"),
    )


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _refuse_unclear(child: NewChild) -> None:
    if not child.name.strip():
        raise Refused([_problem("name", "Enter a name, or a working name for an unborn child.")])
    if (child.born_on is None) == (child.expected_on is None):
        raise Refused([
            _problem("born_on", "Enter the date of birth, or for an unborn child the date on which "
                     "the birth is expected: one of the two.")
        ])  # fmt: skip


def _ask_about_another(act: Act, child: NewChild, new: tuple[NewEntry, ...]) -> None:
    """Two records of one child part what belongs together: asked before the second is opened.

    What else there is to ask is asked with it, so that one answer is given to all of it.
    """
    if not (likely := tuple(_likely_the_same(act, child))):
        return
    more = [one for one in entries.preview(act, new).problems if one.kind == "confirm"]
    raise NeedsConfirming([*likely, *more])


def _likely_the_same(act: Act, child: NewChild) -> Iterator[Problem]:
    asker = askers.asker_for(act.by, at=act.at, today=act.today)
    alike = people.alike(child.name, born_on=child.born_on, expected_on=child.expected_on)
    told_of = [other for other in alike if policy.may_be_told_of(asker, other.id)]
    if told_of:
        # Whoever asks by a name and a birthday learns that there is a record: it is logged (S9).
        read_log.write(asker, "add_a_child", [other.id for other in told_of])
    for other in told_of:
        if policy.may_see_child(asker, other.id):
            told = "You may see it: look for it under Children, and record there."
        else:
            told = "It is not among those you may see: ask your manager before you open a second."
        said = f"There is a record of a child named {other.name} with that date already. {told}"
        yield Problem(field="name", sentence=said, kind="confirm")


def _problem(name: str, sentence: str) -> Problem:
    return Problem(field=name, sentence=sentence, kind="refused")
