"""Opening a record for a child, born or unborn (B2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseward.record.ledger.acts import Act, NewEntry, child_stream
from caseward.work import entries
from caseward.work.casework import identity
from caseward.work.entries import Problem, Taken
from caseward.work.entries.errors import Refused


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

    Errors: Refused without a name, or where neither or both of birth and expected date are given.
    """
    _refuse_unclear(child)
    child_id = identity.made_from(act, "child")
    taken = entries.take_in(act, entries_of(act, child, child_id), confirmed=confirmed)
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


def _problem(name: str, sentence: str) -> Problem:
    return Problem(field=name, sentence=sentence, kind="refused")
