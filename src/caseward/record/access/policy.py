"""Who may see and record what: the one place that decides (design, §6).

Lists are narrowed by `visible_to` in the query itself; a page asks `may_see_child` and then
`readable` for the classes of content. Access is asked today, whatever day is looked at (M4).
Anything that no row allows is refused.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from caseward.record.access import reaches, table
from caseward.record.access.askers import Asker
from caseward.record.ledger import authority, queries
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.people import models
from caseward.record.people.queries import holding_on
from caseward.rules.facts.kinds import EventKind, Field

# Every address of the web, the API and the command line is under one of these rules.
ROUTE_RULES: Mapping[str, str] = {
    "whose_eyes": "Choosing whose eyes to look through: on a demonstration store, and on no other.",
    "own_tasks": "A worker who holds a role sees the tasks of the roles they hold.",
    "worklists": "A worklist holds the tasks of children whom the asker may see, and counts no others.",
    "search": "A search finds the children whom the asker may see, and the adults involved with them.",
    "children_list": "A list holds the children whom the asker may see, and counts no others.",
    "child": "A child's page is for those who may see the child; to others there is no such child.",
    "child_record": "A fact is recorded by those who may see the child and hold a role its kind names.",
    "register_child": "A child is added by those whose role may record that a child was registered.",
    "away": "Who works here says when they are away; managers say it, and who stands in, of others.",
    "own_draft": "What was typed and not saved is its writer's alone, while they may see the child.",
    "saved": "What was saved is shown to the one who saved it.",
    "other_systems": "Says when another system last came in, and leads to what the asker may do with it.",
    "import": "Files of other systems are brought in by those who keep the system or its procedures.",
    "import_question": "Whose value stands is decided by those who may see the child and record the kind.",
    "taking_on": "What was overdue on the first day is decided about by managers of children they see.",
    "returning": "What was typed here goes back out for children whom the asker may see, as they may.",
    "giving_up": "A procedure is given up by those whose role may record that it is no longer used.",
    "anyone": "Says nothing of any child or worker: the start, help, health and style.",
}

FREE_TEXT = frozenset({"long_text"})
IMPORTERS = frozenset({"system_administrator", "policy_lead", "performance"})
TAKING_ON = frozenset({
    "team_manager", "district_manager", "service_manager", "iro_service_manager",
})  # fmt: skip


def visible_to(asker: Asker) -> QuerySet[models.Child]:
    """Return the children whom the asker may see, as a query to narrow further."""
    return models.Child.objects.filter(_seen(asker, reaches.OfTheSet()))


def seen_by(asker: Asker, *, child: str) -> Q:
    """Return the condition that the asker may see a row's child; `child` names its column.

    One of `visible_to`, asked of each row as it is come to: for long lists of which a page shows a
    few, where finding every child first would cost more than the page.
    """
    return _seen(asker, reaches.RowByRow(child=child))


def few_seen(asker: Asker, *, child: str, at_most: int) -> tuple[QuerySet[Any, str], Q] | None:
    """Return the ids of the children whom the asker's roles reach, and a condition on rows of them.

    One of `visible_to`, for those who see a small part of many: each reach is found by its own
    index. `child` names the column of the condition, which keeps out what only those named may
    see. None for who sees everybody, or about so many children or more.
    """
    if asker.is_system or asker.worker is None:
        return None
    gathered = reaches.Gathered()
    standing = reaches.standing_of(asker.worker, asker.today, asked=gathered)
    for row in _rows_held(standing, asker.today):
        is_seen = row.ordinary == table.YES
        if is_seen and reaches.children_in(row.reach, row.role, standing) == reaches.EVERYBODY:
            return None
    if sum(ids[:at_most].count() for ids in gathered.found) >= at_most:
        return None
    nobody = models.Child.objects.none().values_list("id", flat=True)
    every = gathered.found
    ids = every[0].union(*every[1:], all=True) if every else nobody
    by_row = reaches.RowByRow(child=child)
    return ids, _not_kept_from(asker.worker, asker.today, by_row)


def may_see_child(asker: Asker, child_id: str) -> bool:
    """Return whether the asker may see that this child is known here at all.

    One of `visible_to`, asked of one child reach by reach: most who ask are those responsible.
    """
    if asker.is_system or asker.worker is None:
        return visible_to(asker).filter(pk=child_id).exists()
    standing = reaches.standing_of(asker.worker, asker.today)
    is_reached = any(
        _reaches(row, standing, child_id)
        for row in _rows_held(standing, asker.today)
        if row.ordinary == table.YES
    )
    return is_reached and not _is_kept_from(asker.worker, asker.today, child_id)


def readable(asker: Asker, child_id: str, *, purpose: str = "") -> frozenset[str]:
    """Return the classes of content (`table.CLASSES`) that the asker may read of a child.

    `purpose` opens the cells that are shown for one purpose only ("letter", "pack" …). An empty
    set means that the child is not to be seen.
    """
    if asker.is_system:
        return frozenset(table.CLASSES)
    if asker.worker is None or not may_see_child(asker, child_id):
        return frozenset()
    standing = reaches.standing_of(asker.worker, asker.today)
    found: set[str] = set()
    for row in _rows_held(standing, asker.today):
        opened = {content for content in table.CLASSES if row.cell(content) in _opening(purpose)}
        if opened - found and _reaches(row, standing, child_id):
            found |= opened
    return frozenset(found)


def may_read(asker: Asker, child_id: str, sensitivity: str, *, purpose: str = "") -> bool:
    """Return whether the asker may read content of one class about a child."""
    return sensitivity in readable(asker, child_id, purpose=purpose)


def may_read_field(field: Field, classes: Collection[str]) -> bool:
    """Return whether a field may be read by somebody who may read these classes (`readable`)."""
    return field.sensitivity in classes and (field.type not in FREE_TEXT or "free_text" in classes)


def may_record(asker: Asker, kind: EventKind, child_id: str) -> bool:
    """Return whether the asker may record an event of this kind about this child.

    They must see the child and hold one of the roles that the kind names; a kind that names none
    may be recorded by nobody but the system itself.
    """
    if asker.is_system:
        return True
    return bool(set(kind.recorded_by) & set(asker.roles)) and may_see_child(asker, child_id)


def may_be_told_of(asker: Asker, child_id: str) -> bool:
    """Return whether the asker may be told that there is a record like the one they are opening.

    A second record of one child is worse than knowing that there is a first; a record that only
    those named may see stays unknown to all others even so.
    """
    if may_see_child(asker, child_id):
        return True
    limited = models.NamedAccess.objects.filter(holding_on(asker.today), child=child_id)
    return asker.worker is not None and not limited.exists()


def may_open_draft(asker: Asker, worker: str, child_id: str) -> bool:
    """Return whether the asker may read, change or discard what a worker typed and has not saved.

    It is that worker's alone, whatever role another holds, and theirs while they may see the child.
    """
    return bool(worker) and asker.worker == worker and may_see_child(asker, child_id)


def may_import(asker: Asker) -> bool:
    """Return whether the asker may bring in files of another system."""
    return asker.is_system or bool(IMPORTERS & set(asker.roles))


def may_take_on(asker: Asker) -> bool:
    """Return whether the asker may decide about what was overdue already on a child's first day."""
    return asker.is_system or bool(TAKING_ON & set(asker.roles))


def table_shown(today: date | None = None) -> list[dict[str, Any]]:
    """Return the table as plain rows, with the authority's settings on a day (None: the defaults)."""
    rows = table.DEFAULT if today is None else _table_on(today)
    return [
        {"role": row.role, "reach": row.reach}
        | {content: row.cell(content) for content in table.CLASSES}
        | {"settings": [row.setting(content) for content in table.CLASSES]}
        for row in rows
    ]


def _seen(asker: Asker, asked: reaches.Asking) -> Q:
    if asker.is_system:
        return reaches.EVERYBODY
    if asker.worker is None:
        return reaches.NOBODY
    standing = reaches.standing_of(asker.worker, asker.today, asked=asked)
    reached = _any_of(
        reaches.children_in(row.reach, row.role, standing)
        for row in _rows_held(standing, asker.today)
        if row.ordinary == table.YES
    )
    return reached & _not_kept_from(asker.worker, asker.today, asked)


def _any_of(conditions: Iterable[Q]) -> Q:
    found = reaches.NOBODY
    for condition in conditions:
        found |= condition
    return found


def _rows_held(standing: reaches.Standing, today: date) -> list[table.Row]:
    own = {row.role for row in standing.held if not row.stands_in_for}
    covered = {row.role for row in standing.held if row.stands_in_for}
    roles = own | (covered & set(reaches.REVIEWERS)) | ({"stand_in"} if covered else set())
    if standing.teams:
        # A team may hold a role for a child (Legal, out of hours): those in it hold it too.
        roles |= _roles_of_teams(standing.teams, today)
    return [row for row in _table_on(today) if row.role in roles]


def _roles_of_teams(teams: Iterable[str], today: date) -> set[str]:
    rows = models.RoleHeld.objects.filter(holding_on(today), team__in=sorted(teams))
    return set(rows.order_by("role").values_list("role", flat=True).distinct())


def _reaches(row: table.Row, standing: reaches.Standing, child_id: str) -> bool:
    condition = reaches.children_in(row.reach, row.role, standing)
    return models.Child.objects.filter(condition, pk=child_id).exists()


def _not_kept_from(worker: str, today: date, asked: reaches.Asking) -> Q:
    """A record of named access is seen by those named and by nobody else, whatever their role."""
    limited = models.NamedAccess.objects.filter(holding_on(today))
    return ~asked.among(limited) | asked.among(limited.filter(worker=worker))


def _is_kept_from(worker: str, today: date, child_id: str) -> bool:
    limited = models.NamedAccess.objects.filter(holding_on(today), child=child_id)
    return limited.exists() and not limited.filter(worker=worker).exists()


def _opening(purpose: str) -> frozenset[str]:
    return frozenset({table.YES, purpose} - {""})


def _table_on(today: date) -> tuple[table.Row, ...]:
    return _cached_table(queries.stream_head(AUTHORITY), today)


@lru_cache(maxsize=8)
def _cached_table(_authority_head: tuple[int, str], today: date) -> tuple[table.Row, ...]:
    """Equal heads mean equal streams, so the table of one is kept under its head."""
    return table.with_settings(authority.known().settings_on(today))
