"""The kinds of entry of an adult's stream and of the authority's own.

Children's kinds are declared in `law/events`; those of theirs that make rows here are named in
`CHILD_KINDS`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from caseward.rules.facts.kinds import EventKind, Field, FieldType, Sensitivity


def _field(
    name: str,
    title: str,
    type: FieldType = "text",  # noqa: A002 -- the vocabulary's own word
    *,
    required: bool = False,
    choices: Mapping[str, str] | None = None,
    sensitivity: Sensitivity = "ordinary",
) -> Field:
    return Field(
        name=name,
        title=title,
        type=type,
        required=required,
        choices=choices or {},
        sensitivity=sensitivity,
    )


def _kinds(
    kinds: Iterable[EventKind], *, recorded_by: tuple[str, ...] = ()
) -> dict[str, EventKind]:
    """Give each kind the roles that may record it; one that names its own keeps them."""
    return {
        kind.id: kind if kind.recorded_by else replace(kind, recorded_by=recorded_by)
        for kind in kinds
    }


_CASEWORKERS = ("social_worker", "duty_worker", "team_manager", "business_support")
_POLICY = ("policy_lead", "system_administrator")
_MANAGERS = (
    "team_manager",
    "service_manager",
    "district_manager",
    "iro_service_manager",
    "system_administrator",
)


_NAME = (
    _field("name", "Full name", required=True),
    _field("family_name", "Family name, to sort by"),
    _field("known_as", "Known as"),
)
_NEEDS = (
    _field("language", "Language"),
    _field("interpreter", "Interpreter needed", "yes_no"),
    _field("reading_needs", "Help needed with reading", "long_text"),
    _field("access_needs", "Access needs", "long_text"),
)
WAYS = {
    "phone": "Phone",
    "text_message": "Text message",
    "email": "Email",
    "post": "Post",
    "in_person": "In person",
    "through_someone": "Through somebody else",
}

PERSON_KINDS: Mapping[str, EventKind] = _kinds(
    (
        EventKind(
            id="person.registered",
            title="Adult added",
            fields=(*_NAME, _field("born_on", "Date of birth", "date"), *_NEEDS),
        ),
        EventKind(id="person.renamed", title="Name changed", fields=_NAME),
        EventKind(
            id="person_needs.recorded", title="Language and access needs recorded", fields=_NEEDS
        ),
        EventKind(
            id="way_to_reach.recorded",
            title="Way to reach recorded",
            keys=("way_to_reach",),
            fields=(
                _field("way", "How", "choice", required=True, choices=WAYS),
                _field(
                    "address",
                    "Number or address",
                    "long_text",
                    sensitivity="restricted_address",
                ),
                _field("is_safe", "Safe to use", "yes_no", required=True),
                _field(
                    "note", "What to know before using it", "long_text", sensitivity="third_party"
                ),
            ),
        ),
        EventKind(id="way_to_reach.ended", title="Way to reach ended", keys=("way_to_reach",)),
        EventKind(id="person.died", title="Adult died"),
    ),
    recorded_by=_CASEWORKERS,
)

# Nobody's role may record it: the program that makes a demonstration does, as the system.
_DEMONSTRATION = EventKind(
    id="demonstration.declared",
    title="Made for demonstration",
    hint="Every child in this store is made up. It stays a demonstration store for good.",
)
ADOPTION_KINDS: Mapping[str, EventKind] = _kinds(
    (
        EventKind(
            id="procedure.adopted",
            title="Procedure adopted",
            fields=(
                _field("procedure", "Procedure", required=True),
                _field("path", "File", required=True),
                _field("fingerprint", "Fingerprint of the text", required=True),
                _field("adopted_from", "Used for what happens from", "date", required=True),
            ),
        ),
        EventKind(
            id="procedure.given_up",
            title="Procedure no longer used",
            fields=(
                _field("procedure", "Procedure", required=True),
                _field("from_on", "Not used for what happens from", "date"),
            ),
        ),
        EventKind(
            id="vocabulary.adopted",
            title="Kinds of event adopted",
            fields=(
                _field("path", "File", required=True),
                _field("fingerprint", "Fingerprint of the text", required=True),
            ),
        ),
        EventKind(
            id="calendar.adopted",
            title="Bank holidays adopted",
            fields=(
                _field("path", "File", required=True),
                _field("fingerprint", "Fingerprint of the text", required=True),
            ),
        ),
        EventKind(
            id="closure.declared",
            title="Closure day declared",
            plans=True,
            fields=(
                _field("day", "Day the offices are closed", "date", required=True),
                _field("reason", "Why", required=True),
            ),
        ),
        EventKind(
            id="setting.chosen",
            title="Setting chosen",
            plans=True,
            fields=(
                _field("name", "Setting", required=True),
                _field("value", "Value", required=True),
                _field("from_on", "In force from", "date"),
            ),
        ),
        EventKind(
            id="first_day.set",
            title="First day in Caseward",
            fields=(_field("day", "First day", "date", required=True),),
        ),
    ),
    recorded_by=_POLICY,
) | {_DEMONSTRATION.id: _DEMONSTRATION}

# What two people say before a payload goes for good (S3).
DISPOSAL_KINDS: Mapping[str, EventKind] = _kinds(
    (
        EventKind(
            id="disposal.proposed",
            title="Disposal proposed",
            fields=(
                _field("entry", "Entry to dispose of", required=True),
                _field("reason", "Why", "long_text", required=True),
            ),
            recorded_by=("system_administrator", "information_governance"),
        ),
        EventKind(
            id="payload.disposed",
            title="Disposed of",
            fields=(
                _field("entry", "Entry disposed of", required=True),
                _field("proposal", "Proposal", required=True),
            ),
            recorded_by=("information_governance", "service_manager"),
        ),
    )
)

# No more than a class: why somebody is ill is nobody's business here.
ABSENCES = {
    "leave": "Leave",
    "unwell": "Not well",
    "training": "Training or other duties",
    "other": "Another reason",
}
_HOLDING = (
    _field("role", "Role", required=True),
    _field("worker", "Worker"),
    _field("team", "Team"),
)
STAFF_KINDS: Mapping[str, EventKind] = _kinds(
    (
        EventKind(
            id="worker.registered",
            title="Worker added",
            keys=("worker",),
            fields=(_field("name", "Full name", required=True), _field("family_name", "Sort by")),
        ),
        EventKind(
            id="worker.renamed",
            title="Worker's name changed",
            keys=("worker",),
            fields=(_field("name", "Full name", required=True), _field("family_name", "Sort by")),
        ),
        EventKind(id="worker.left", title="Worker left", keys=("worker",)),
        EventKind(
            id="team.formed",
            title="Team formed",
            keys=("team",),
            fields=(
                _field("name", "Name", required=True),
                _field("kind", "Kind", "choice", choices={"team": "Team", "service": "Service"}),
                _field("part_of", "Part of the service"),
            ),
        ),
        EventKind(id="team.closed", title="Team closed", keys=("team",)),
        EventKind(
            id="role.held",
            title="Role taken up",
            plans=True,
            fields=(
                *_HOLDING,
                _field("for_team", "In which team or service"),
                _field("stands_in_for", "Standing in for"),
            ),
        ),
        EventKind(
            id="role.ended",
            title="Role ended",
            plans=True,
            fields=(*_HOLDING, _field("for_team", "In which team or service")),
        ),
        # Whoever is away may say so themselves: see `work.entries.checking`.
        EventKind(
            id="absence.begun",
            title="Away from work",
            hint="From this day until the end date, if one is given.",
            plans=True,
            fields=(
                _field("worker", "Who is away", required=True),
                _field("reason", "Why", "choice", required=True, choices=ABSENCES),
            ),
        ),
        EventKind(
            id="absence.ended",
            title="Back at work",
            plans=True,
            fields=(_field("worker", "Who is back", required=True),),
        ),
    ),
    recorded_by=_MANAGERS,
)
AUTHORITY_KINDS: Mapping[str, EventKind] = {**ADOPTION_KINDS, **STAFF_KINDS, **DISPOSAL_KINDS}

CHILD_KINDS = frozenset(
    {
        "child.registered",
        "child.renamed",
        "child.born",
        "birth.expected",
        "child.died",
        "record.closed",
        "record.reopened",
        "record.joined",
        "outside_id.recorded",
        "outside_id.ended",
        "role.held",
        "role.ended",
        "person.involved",
        "involvement.ended",
        "parental_responsibility.held",
        "parental_responsibility.ended",
        "meeting_bar.recorded",
        "meeting_bar.ended",
        "sibling.recorded",
        "named_access.begun",
        "named_access.ended",
    }
)


def concerns(stream_kind: str, kinds: Iterable[str]) -> bool:
    """Return whether entries of these kinds change any row of people."""
    of_stream: Mapping[str, Iterable[str]] = {
        "child": CHILD_KINDS,
        "person": PERSON_KINDS.keys(),
        "authority": STAFF_KINDS.keys(),
    }
    return not set(of_stream[stream_kind]).isdisjoint(kinds)
