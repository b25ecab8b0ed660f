"""The people involved with a child (B7): who they are, how to reach them, whom they must not meet."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from caseward.record.access import policy
from caseward.record.access.askers import Asker
from caseward.record.ledger import queries
from caseward.record.people import kinds, models
from caseward.record.people import queries as people
from caseward.work.casework import withdraw_entry
from caseward.work.readings import banner, family, lines, looks, words
from caseward.work.readings.errors import NotAllowed
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import (
    AdultCard,
    BarWords,
    PeopleInvolved,
    SavedAct,
    WayWords,
)

INVOLVED, RESPONSIBLE = "person.involved", "parental_responsibility.held"


def page(
    asker: Asker, child_id: str, *, as_of: date, act_id: str = "", at: datetime | None = None
) -> PeopleInvolved:
    """Return the adults involved with the child on the day, and what an act just saved of them.

    Errors: NotFound where there is no such child, or the asker may not know that there is.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    answer = _page(look, saved=_saved(asker, act_id, at=at) if act_id and at else None)
    looks.write_log(asked, "people_involved", [child_id])
    return answer


def to_change(asker: Asker, child_id: str, *, as_of: date) -> PeopleInvolved:
    """Return the same for a form.

    Errors: NotFound as above; NotAllowed where the asker's roles may not record who is involved.
    """
    asked = looks.ask(asker, as_of=as_of)
    look = looks.look_at(asked, child_id)
    if not _may_change(look):
        raise NotAllowed(
            "Your role may not change who is involved with a child.",
            "Ask the child's social worker, or business support.",
        )
    answer = _page(look)
    looks.write_log(asked, "people_involved_form", [child_id, *_siblings_seen(look)])
    return answer


def _page(look: ChildLook, *, saved: SavedAct | None = None) -> PeopleInvolved:
    sees_addresses = family.ADDRESS in look.classes
    sees_third_party = family.THIRD_PARTY in look.classes
    closed = [
        said
        for is_seen, said in (
            (sees_addresses, "how to reach people"),
            (sees_third_party, "notes, and who must not meet"),
        )
        if not is_seen
    ]
    adults = _cards(look)
    declared = look.asked.vocabulary.kinds.get(RESPONSIBLE)
    source = declared.find_field("source") if declared else None
    return PeopleInvolved(
        banner=banner.page(look.asked.asker, as_of=look.asked.as_of),
        child_id=look.child.id,
        child_name=looks.called(look.child),
        born_on=look.child.born_on,
        adults=adults,
        may_change=_may_change(look),
        sees_addresses=sees_addresses,
        sees_third_party=sees_third_party,
        hidden_words=f"Your role does not open {words.listed(closed, 'or')}." if closed else "",
        sources=tuple(source.choices.items()) if source else (),
        ways=tuple(kinds.WAYS.items()),
        known=_known(look, adults),
        saved=saved,
    )


def _may_change(look: ChildLook) -> bool:
    kind = look.asked.vocabulary.kinds.get(INVOLVED)
    return kind is not None and lines.may_record(look.asked.asker, kind)


def _cards(look: ChildLook) -> tuple[AdultCard, ...]:
    involved = {row.person: row for row in looks.rows_of(look, models.PersonInvolved)}
    shared = {row.person: row for row in looks.rows_of(look, models.ParentalResponsibility)}
    bars = looks.rows_of(look, models.MeetingBar) if family.THIRD_PARTY in look.classes else ()
    ends = (end for row in bars for end in (row.person, row.other_person))
    adults = looks.adults(look.asked, {*involved, *shared, *ends})
    order = sorted({*involved, *shared} & set(adults), key=lambda one: adults[one].sort_key)
    return tuple(
        _card(look, adults[one], involved.get(one), shared.get(one), _bars_of(one, bars, adults))
        for one in sorted(order, key=lambda one: one not in shared)
    )


def _card(
    look: ChildLook,
    adult: models.Person,
    involved: models.PersonInvolved | None,
    shared: models.ParentalResponsibility | None,
    bars: tuple[BarWords, ...],
) -> AdultCard:
    may_note = family.THIRD_PARTY in look.classes
    reading_needs, access_needs = family.needs(look, adult)
    return AdultCard(
        person_id=adult.id,
        name=adult.name or "Name not recorded",
        relation=family.relation(involved) if involved else "No longer involved",
        since=involved.from_on if involved else None,
        lives_with_child=bool(involved and involved.lives_with_child),
        may_know_of_child=bool(involved is None or involved.may_know_of_child),
        responsibility_words=family.responsibility_words(shared),
        has_responsibility=shared is not None,
        language=adult.language,
        needs_interpreter=adult.needs_interpreter,
        reading_needs=reading_needs,
        access_needs=access_needs,
        ways=_ways(look, adult.id),
        bars=bars,
        note=involved.note if involved and may_note else "",
    )


def _bars_of(
    person: str, rows: Iterable[models.MeetingBar], adults: Mapping[str, models.Person]
) -> tuple[BarWords, ...]:
    found = []
    for row in rows:
        ends = (row.person, row.other_person)
        if person in ends:
            other = ends[1 - ends.index(person)]
            name = adults[other].name if other in adults else "somebody"
            found.append(BarWords(person_id=other, name=name, reason=row.reason))
    return tuple(found)


def _ways(look: ChildLook, person: str) -> tuple[WayWords, ...]:
    if family.ADDRESS not in look.classes:
        return ()
    may_note = family.THIRD_PARTY in look.classes
    return tuple(
        WayWords(
            way_id=row.id,
            words=f"{kinds.WAYS.get(row.way, row.way)}: {row.address}".removesuffix(": "),
            is_safe=row.is_safe,
            note=row.note if may_note else "",
        )
        for row in looks.ways(look.asked, person)
    )


def _known(look: ChildLook, adults: Iterable[AdultCard]) -> tuple[tuple[str, str], ...]:
    """Return the adults on the records of brothers and sisters whom the asker may see too."""
    here = {adult.person_id for adult in adults}
    found = {
        row.person
        for sibling in _siblings_seen(look)
        for row in people.people_involved(sibling, look.asked.as_of)
    }
    named = people.persons(found - here)
    return tuple((one.id, one.name) for one in sorted(named.values(), key=lambda row: row.sort_key))


def _siblings_seen(look: ChildLook) -> list[str]:
    siblings = [row.sibling for row in looks.rows_of(look, models.SiblingLink)]
    seen = policy.visible_to(look.asked.asker).filter(pk__in=siblings)
    return list(seen.order_by("id").values_list("id", flat=True))


def _saved(asker: Asker, act_id: str, *, at: datetime) -> SavedAct | None:
    """Return what may be said of the asker's own act; of anybody else's nothing."""
    recorded = queries.of_act(act_id)
    if not recorded or recorded[0].act.by != asker.worker:
        return None
    is_undone = withdraw_entry.is_undone(recorded)
    until = withdraw_entry.undo_until(recorded[0].act.at)
    may_undo = at <= until and not is_undone
    return SavedAct(
        act_id=act_id,
        is_undone=is_undone,
        undo_until=until if may_undo else None,
        undo_words=f"You can undo this until {words.clock_time(until)}." if may_undo else "",
    )
