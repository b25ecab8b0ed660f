"""Which kinds of entry may be recorded, in the order in which one looks for them.

First what would do something that is due next; then the groups of what is under way for the child,
and of safety; then every other group by its title. Some three hundred kinds are found so.
"""

from collections.abc import Iterator

from caseward.rules.engine import law_words
from caseward.rules.facts.kinds import EventKind
from caseward.rules.procedures.model import Step
from caseward.work.readings import child_page, law, lines
from caseward.work.readings.looks import ChildLook
from caseward.work.readings.shapes import Group, KindGroup, KindLink, TaskLine

EXPECTED = "Expected next"
OTHER = "Other"


def groups(look: ChildLook, typed: str) -> tuple[KindGroup, ...]:
    """Return every kind that the asker may record, by group, or those with the words typed."""
    of_child = child_page.task_groups(look, child_page.told_of(look))
    near = _kinds_under_way(look, of_child)
    found: dict[str, list[EventKind]] = {}
    for kind in look.asked.vocabulary.kinds.values():
        if lines.may_record(look.asked.asker, kind) and _has(kind, typed):
            found.setdefault(kind.group or OTHER, []).append(kind)
    made = [
        KindGroup(
            heading=heading,
            kinds=tuple(
                KindLink(kind=kind.id, title=kind.title, hint=kind.hint)
                for kind in sorted(kinds, key=lambda kind: not _is_called(kind, typed))
            ),
            is_near=any(kind.is_safety or kind.id in near for kind in kinds),
        )
        for heading, kinds in found.items()
    ]
    made.sort(key=lambda group: (not group.is_near, group.heading.casefold()))
    expected = () if typed else tuple(_expected(look, of_child[0]))
    first = (KindGroup(heading=EXPECTED, kinds=expected),) if expected else ()
    return (*first, *made)


def _expected(look: ChildLook, still_open: Group) -> Iterator[KindLink]:
    """Yield the kinds that would meet what is to be done next, with why each is offered.

    What is measured only (due before the child's first day here) is expected of nobody.
    """
    seen: set[str] = set()
    for line in still_open.lines:
        for link, why in _links(line) if line.is_listed else ():
            kind = look.asked.vocabulary.kinds[link.kind]
            if link.kind not in seen and lines.may_record(look.asked.asker, kind):
                seen.add(link.kind)
                yield KindLink(
                    kind=link.kind,
                    title=link.title,
                    hint=link.hint,
                    why=why,
                    task_id=link.task_id,
                )


def _links(line: TaskLine) -> Iterator[tuple[KindLink, str]]:
    why = f"{line.what}. {line.due_words}"
    for link in line.record_kinds:
        yield link, why
    for part in line.parts:
        for link in part.record_kinds:
            yield link, why


def _kinds_under_way(look: ChildLook, of_child: tuple[Group, ...]) -> frozenset[str]:
    """Return the kinds that begin or meet a step of a procedure with something to do now."""
    busy = {
        line.procedure
        for group in of_child
        if group.code in ("open", "waiting")
        for line in group.lines
        if line.is_listed
    }
    return frozenset(
        kind
        for procedure in look.asked.rulebook.procedures
        if procedure.id in busy
        for edition in procedure.editions[-1:]
        for step in edition.steps
        for kind in _kinds_of(step)
    )


def _kinds_of(step: Step) -> Iterator[str]:
    yield from law.meeting_kinds(step)
    yield from law.kinds_that_meet(step)
    yield from law_words.kinds_of(step.starts_when)


def _is_called(kind: EventKind, typed: str) -> bool:
    """Tell whether the words typed are of the title itself, rather than of hint or group."""
    return all(word in kind.title.casefold() for word in typed.casefold().split())


def _has(kind: EventKind, typed: str) -> bool:
    text = f"{kind.title} {kind.hint} {kind.group}".casefold()
    return all(word in text for word in typed.casefold().split())
