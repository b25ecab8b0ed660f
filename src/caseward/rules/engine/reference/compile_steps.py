"""Steps made ready to be walked: conditions as tests, counts and settings as numbers."""

from collections.abc import Iterable, Iterator, Mapping

from caseward.rules.engine.reference import telling
from caseward.rules.engine.reference.conditions import (
    PLANNED,
    Counts,
    is_steady,
    names_a_date,
    test_of,
)
from caseward.rules.engine.reference.law import (
    Count,
    LawLimit,
    LawMet,
    LawPart,
    LawRow,
    LawStep,
    LawTable,
)
from caseward.rules.engine.reference.scene import Need, Test
from caseward.rules.engine.tasks import Role
from caseward.rules.procedures.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FieldIs,
    Ordinal,
    Otherwise,
    SettingRef,
    Span,
)
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Edition,
    EpisodeOpened,
    EventTrigger,
    Interval,
    Limit,
    MetBy,
    Part,
    Procedure,
    Step,
    Trigger,
)

RECIPIENT = "recipient"
ROLE = "role"
ORDINALS = ("first", "second", "later")


def steps_of(procedure: Procedure, counts: Counts) -> tuple[tuple[LawStep, ...], ...]:
    """Return the steps of each edition, each with the id under which it was first written."""
    roots: dict[str, str] = {}
    found: list[tuple[LawStep, ...]] = []
    before: Edition | None = None
    for edition in procedure.editions:
        roots = {step.id: _root(step.id, edition, before, roots) for step in edition.steps}
        found.append(
            tuple(
                _step(step, edition, roots[step.id], number, counts)
                for number, step in enumerate(edition.steps)
            )
        )
        before = edition
    return tuple(found)


def renamed(edition: Edition, before: Edition) -> Mapping[str, str | None]:
    """Return the steps that the edition no longer has: what replaces each, or None (M28)."""
    kept = {step.id for step in edition.steps}
    gone: dict[str, str | None] = {
        step.id: step.replaced_by for step in before.steps if step.id not in kept
    }
    gone.update({old: new for old, new in edition.ended.items() if old in gone})
    return gone


def span_of(span: Span | None, counts: Counts) -> Count | None:
    """Return a span as a count and a unit, None where there is none or a setting is not set."""
    return None if span is None else counts.span(span)


def _root(step_id: str, edition: Edition, before: Edition | None, roots: Mapping[str, str]) -> str:
    if step_id in roots or before is None:
        return roots.get(step_id, step_id)
    for old, new in renamed(edition, before).items():
        if new == step_id:
            return roots.get(old, old)
    return step_id


def _step(step: Step, edition: Edition, root: str, number: int, counts: Counts) -> LawStep:
    met = _met((*step.met_by, *step.any_of), counts)
    parts = tuple(_part(part, counts) for part in step.all_of)
    limits = tuple(_limit(limit, i, counts) for i, limit in enumerate(step.limits))
    each_roles = step.each.roles if step.each is not None else ()
    owner = tuple((test_of(row.when, counts), row.roles) for row in step.owner)
    rows = tuple(_row(row, i, counts) for i, row in enumerate(step.every))
    only_if, while_, binds_if, merges_while = (
        test_of(condition, counts)
        for condition in (step.only_if, step.while_, step.binds_if, step.merges_while)
    )
    hangs_on = (while_, binds_if, merges_while, *(test for test, _ in owner))
    watched = [test for test in hangs_on if test is not None]
    if "age" in step.ask_again:
        watched.extend(row.when for row in rows if row.when is not None)
    each_name = _each_name(step)
    if step.owners == "each" and len(owner) == 1:
        each_roles = owner[0][1]
    return LawStep(
        step=step,
        edition=edition,
        root=root,
        number=number,
        only_if=only_if,
        while_=while_,
        asks_daily=not telling.is_told(step.while_),
        binds_if=binds_if,
        met=met,
        met_kinds=frozenset(one.kind for one in met),
        trigger_kinds=frozenset(_kinds(step.starts_when)),
        parts=parts,
        limits=limits,
        rows=rows,
        owner=owner,
        back_to=counts.span(step.may_precede)
        if isinstance(step.may_precede, Span)
        else step.may_precede,
        each_name=each_name,
        each_roles=each_roles,
        each_span=span_of(step.each.within if step.each else None, counts),
        before_nouns=_nouns(step, limits),
        before_meetings=_before_meetings(limits),
        ask_again=frozenset(step.ask_again),
        slot_names=(*step.same, *((each_name,) if each_name not in ("", *step.same) else ())),
        needs=_needs(step, watched),
        has_each=step.each is not None or bool(each_roles),
        turns=tuple(test for test in watched if test.next_change is not None),
        id=step.id,
        is_window=step.window,
        outlives=step.outlives,
        role=Role.WINDOW if step.window else Role.STEP,
        sole_owner=owner[0][1] if len(owner) == 1 and owner[0][0] is None else None,
        is_watched=bool(watched or step.ask_again) or step.owners == "each",
        table=_table(rows, counts),
        again_after=_again_after(step),
        has_conditional_limits=any(limit.when is not None for limit in limits),
        unders=_unders(step),
        merges_while=merges_while,
        meeting_keys=dict(step.meeting.where) if step.meeting is not None else {},
    )


def _unders(step: Step) -> frozenset[str]:
    """The national steps that the limits stand under (M22)."""
    named = [one.under for one in step.limits] + [one.under for one in step.every]
    return frozenset(under for under in named if under)


def _before_meetings(limits: Iterable[LawLimit]) -> frozenset[str]:
    """The meetings before which it is to be done: it belongs to the next one (M21)."""
    return frozenset(one.noun for one in limits if one.noun and one.limit.before is not None)


def _again_after(step: Step) -> frozenset[str | None]:
    """The outcomes that lead to the step itself (M26)."""
    return frozenset(code for code, outcome in step.outcomes.items() if step.id in outcome.next)


def _needs(step: Step, watched: Iterable[Test]) -> frozenset[Need]:
    found = {("state", state) for state in step.ask_again}
    return frozenset(found.union(*(test.needs for test in watched)))


def _table(rows: tuple[LawRow, ...], counts: Counts) -> LawTable:
    needs = {need for row in rows if row.when is not None for need in row.when.needs}
    return LawTable(
        by_ordinal=tuple(
            tuple(row for row in rows if _may_hold(row.row.when, ordinal)) for ordinal in ORDINALS
        ),
        is_steady=all(
            row.row.read_at is None and row.row.by_field is None and is_steady(row.row.when, counts)
            for row in rows
        ),
        kinds=tuple(sorted(name for sort, name in needs if sort == "kind")),
    )


def _kinds(trigger: Trigger | None) -> Iterator[str]:
    if isinstance(trigger, EventTrigger):
        yield trigger.event
    elif isinstance(trigger, EpisodeOpened):
        yield "episode_opened"
    elif isinstance(trigger, AllTrigger | AnyTrigger):
        for part in trigger.parts:
            yield from _kinds(part)


def _met(rows: tuple[MetBy, ...], counts: Counts) -> tuple[LawMet, ...]:
    return tuple(
        LawMet(row.event, frozenset(row.outcomes), test_of(row.where, counts)) for row in rows
    )


def _part(part: Part, counts: Counts) -> LawPart:
    return LawPart(
        part=part,
        met=_met(part.met_by, counts),
        paper=next((name for row in part.met_by if (name := _paper(row.where))), part.part),
        look_back=span_of(part.each.within if part.each else None, counts),
    )


def _paper(where: Condition | None) -> str:
    """The paper that a part asks for: the value of the field `paper` in its `met_by`."""
    if isinstance(where, FieldIs) and where.name == "paper":
        return where.values[0]
    if isinstance(where, AllOf):
        return next((name for part in where.parts if (name := _paper(part))), "")
    return ""


def _limit(limit: Limit, number: int, counts: Counts) -> LawLimit:
    lacks = ""
    count, unit, from_count = limit.count, limit.unit, limit.from_count
    if isinstance(count, SettingRef):
        lacks, count = _lacking(count, counts, lacks), counts.setting(count.name)
    if isinstance(unit, SettingRef):
        lacks, unit = _lacking(unit, counts, lacks), counts.setting(unit.name)
    if isinstance(from_count, SettingRef):
        lacks, from_count = (
            _lacking(from_count, counts, lacks),
            counts.setting(from_count.name),
        )
    target = limit.before or limit.anchor
    return LawLimit(
        label=limit.id or str(number),
        limit=limit,
        anchor=target,
        count=None if count is None else int(count),
        unit=str(unit or "days"),
        deemed=_deemed(limit, counts),
        when=test_of(limit.when, counts),
        lacks=lacks,
        noun=target.removesuffix(PLANNED) if target.endswith(PLANNED) else "",
        from_count=None if from_count is None else int(from_count),
    )


def _lacking(ref: SettingRef, counts: Counts, lacks: str) -> str:
    return lacks if counts.setting(ref.name) is not None else f"setting {ref.name}"


def _deemed(limit: Limit, counts: Counts) -> Count | None:
    """The deemed rule: so many working days, or a count and a unit, after the trigger (M18)."""
    value = None if limit.deemed is None else counts.setting(limit.deemed.name)
    if value is None:
        return None
    if isinstance(value, Mapping):
        return int(value["count"]), str(value["unit"])
    if isinstance(value, list | tuple):
        return int(value[0]), str(value[1])
    count, _, unit = str(value).partition(" ")
    return int(count), unit.strip().replace(" ", "_") or "working_days"


def _row(row: Interval, number: int, counts: Counts) -> LawRow:
    when = None if isinstance(row.when, Otherwise) else test_of(row.when, counts)
    if row.by_field is not None:
        when = names_a_date(row.by_field)
    span = span_of(row.span, counts)
    lacks = f"setting of row {number + 1}" if row.span is not None and span is None else ""
    if lacks and row.span is not None:
        refs = (row.span.count, row.span.unit)
        names = [ref.name for ref in refs if isinstance(ref, SettingRef)]
        lacks = f"setting {', '.join(names)}"
    return LawRow(f"every:{number}", row, when, span, lacks)


def _may_hold(condition: Condition | None, ordinal: str) -> bool:
    """Say whether a row of the table may hold for the first, second or a later occurrence."""
    if isinstance(condition, Ordinal):
        return condition.is_ == ordinal
    if isinstance(condition, AllOf):
        return all(_may_hold(part, ordinal) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_may_hold(part, ordinal) for part in condition.parts)
    return True


def _each_name(step: Step) -> str:
    """The key that tells the occurrences of an `each` apart: recipients, recipient."""
    if step.each is None:
        return ROLE if step.owners == "each" else ""
    if step.each.event is not None:
        return ""
    singular = (step.each.field or RECIPIENT).removesuffix("s")
    return singular if singular in step.same or not step.same else _last_of(step, singular)


def _last_of(step: Step, singular: str) -> str:
    """`same` names the key last where it does not name it by the field's singular."""
    return step.same[-1] if len(step.same) > 1 or not step.each or step.each.roles else singular


def _nouns(step: Step, limits: tuple[LawLimit, ...]) -> frozenset[str]:
    found = {limit.noun for limit in limits if limit.noun}
    eaches = [step.each, *(part.each for part in step.all_of)]
    for each in eaches:
        if each is not None and each.before is not None and each.before.endswith(PLANNED):
            found.add(each.before.removesuffix(PLANNED))
    return frozenset(found)
