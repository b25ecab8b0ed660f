"""A law file's triggers, conditions and clocks in words, apart from any child."""

from collections.abc import Iterator

from caseward.rules.engine import wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.facts.kinds import EventKind, Vocabulary
from caseward.rules.procedures.conditions import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    EpisodeIs,
    FieldIs,
    Happened,
    Not,
    Ordinal,
    SettingIs,
    SettingRef,
    Span,
    StateIs,
)
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Edition,
    EventTrigger,
    Force,
    Interval,
    Limit,
    PassedTrigger,
    StateTrigger,
    Step,
    Trigger,
)

BIRTH, OPENED, TRIGGER = "birth", "episode_opened", "trigger"
_FORCES = {
    Force.LAW: " (the law)",
    Force.MUST: "",
    Force.WHERE_POSSIBLE: " (where possible)",
    Force.USUAL: " (the usual time)",
    Force.BEST_PRACTICE: " (best practice)",
}
_WHOSE_AGE = {
    "child": "the child",
    "child_or_sibling_on_plan": "the child, or a sibling on a plan,",
    "child_or_sibling_in_household": "the child, or a sibling in the same household,",
    "child_or_sibling": "the child, or a sibling,",
}
_ORDINALS = {"first": "the first time", "second": "the second time", "later": "after that"}


def starts(trigger: Trigger | None, edition: Edition, rulebook: Rulebook) -> tuple[str, ...]:
    """Return each of the facts that set something going, as a sentence part."""
    if isinstance(trigger, AnyTrigger):
        return tuple(word for part in trigger.parts for word in starts(part, edition, rulebook))
    return () if trigger is None else (_trigger(trigger, edition, rulebook),)


def clock(step: Step, rulebook: Rulebook) -> tuple[str, ...]:
    """Return each time that the step is given, in words; a step without any says so."""
    words = [_limit(limit, step, rulebook) for limit in step.limits]
    words += [_interval(row, step, rulebook) for row in step.every]
    if words and step.binds_if is not None:
        words.append(f"no timescale while {condition(Not(step.binds_if), rulebook)}")
    return tuple(words) or ("no time is given",)


def awaited(name: str, step: Step, rulebook: Rulebook) -> str:
    """Return what a task without a date waits for, as it reads after "waits for"."""
    sort, _, rest = name.partition(" ")
    if sort == "field" and rest:
        return f"an answer to “{field_title(rest, step, rulebook)}”"
    if sort == "setting" and rest:
        return f"the authority's setting “{wording.plain(rest)}”"
    if name in rulebook.vocabulary.kinds or name.endswith(".planned") or name == BIRTH:
        return anchor(name, rulebook)
    return wording.plain(name)


def only(step: Step, rulebook: Rulebook) -> tuple[str, ...]:
    """Return what must be so when the step starts, and what must stay so, in words."""
    asked = (("only if", step.only_if), ("only while", step.while_))
    return tuple(f"{how} {condition(said, rulebook)}" for how, said in asked if said is not None)


def condition(said: Condition, rulebook: Rulebook) -> str:
    """Return a condition as part of a sentence."""
    return "".join(_condition(said, rulebook, is_so=True))


def _trigger(trigger: Trigger, edition: Edition, rulebook: Rulebook) -> str:
    if isinstance(trigger, EventTrigger):
        kind = rulebook.vocabulary.kinds.get(trigger.event)
        told = [*_outcomes(trigger.outcomes, kind), *answers(trigger.where, kind)]
        said = f"{wording.kind_title(rulebook.vocabulary, trigger.event)}{_aside(told)}"
    elif isinstance(trigger, StateTrigger):
        said = _state_change(trigger, rulebook)
    elif isinstance(trigger, PassedTrigger):
        said = _passed(trigger, edition, rulebook)
    elif isinstance(trigger, AllTrigger | AnyTrigger):
        joint = "and" if isinstance(trigger, AllTrigger) else "or"
        return wording.listed([_trigger(one, edition, rulebook) for one in trigger.parts], joint)
    else:
        return "The procedure begins"
    only_while = getattr(trigger, "only_while", None)
    return said if only_while is None else f"{said}, while {condition(only_while, rulebook)}"


def _outcomes(outcomes: tuple[str, ...], kind: EventKind | None) -> list[str]:
    known = kind.outcomes if kind is not None else {}
    named = [known.get(outcome) or wording.plain(outcome) for outcome in outcomes]
    return [wording.listed(named, "or")] if named else []


def answers(where: Condition | None, kind: EventKind | None) -> Iterator[str]:
    """Yield each answer that a condition on an event asks for: Was the child seen? yes."""
    if isinstance(where, AllOf):
        for part in where.parts:
            yield from answers(part, kind)
    elif isinstance(where, FieldIs):
        field = kind.find_field(where.name) if kind is not None else None
        title = field.title if field is not None else wording.plain(where.name).capitalize()
        choices = field.choices if field is not None else {}
        said = wording.role if where.name == "role" else wording.plain
        given = [choices.get(value) or said(value) for value in where.values]
        colon = "" if title.endswith("?") else ":"
        yield f"{title}{colon} {wording.listed(given, 'or')}"


def _aside(told: list[str]) -> str:
    return f" ({'; '.join(told)})" if told else ""


def _state_change(trigger: StateTrigger, rulebook: Rulebook) -> str:
    title, values = _state(trigger.state, trigger.values, rulebook)
    named = f" ({wording.listed(values, 'or')})" if values else ""
    return f"{title}{named} {'no longer holds' if trigger.ends else 'begins'}"


def _passed(trigger: PassedTrigger, edition: Edition, rulebook: Rulebook) -> str:
    if trigger.step is not None:
        step = edition.step(trigger.step)
        duty = (step.title or step.duty).rstrip(".") if step is not None else trigger.step
        said = f"The last day for “{duty}” has passed"
    elif trigger.anchor == BIRTH and trigger.span is not None:
        said = _birthday(trigger.span, rulebook)
    else:
        after = span(trigger.span, rulebook) if trigger.span is not None else ""
        said = f"{after} after {anchor(trigger.anchor or OPENED, rulebook)}"
    if trigger.unless is not None:
        said += f", unless {condition(trigger.unless, rulebook)}"
    return said


def _birthday(age: Span, rulebook: Rulebook) -> str:
    words = span(age, rulebook)
    number, _, unit = words.partition(" ")
    if not unit.startswith("year"):
        return f"The child is {words} old"
    return f"The child's {wording.nth(int(number))} birthday"


def anchor(name: str, rulebook: Rulebook) -> str:
    """Return what a limit is counted from, in words: the Discharge Meeting, the birth."""
    if name == OPENED:
        return "the procedure began"
    if name == BIRTH:
        return "the birth"
    if name.endswith(".planned"):
        noun = name.removesuffix(".planned")
        held = wording.kind_title(rulebook.vocabulary, f"{noun}.held")
        return f"the {held.removesuffix(' held')}"
    return f"“{wording.kind_title(rulebook.vocabulary, name)}”"


def _condition(said: Condition, rulebook: Rulebook, *, is_so: bool) -> Iterator[str]:
    no = "" if is_so else "not "
    if isinstance(said, Not):
        yield from _condition(said.part, rulebook, is_so=not is_so)
    elif isinstance(said, AllOf | AnyOf):
        joint = "and" if isinstance(said, AllOf) == is_so else "or"
        yield wording.listed(list(_parts(said.parts, rulebook, is_so=is_so, joint=joint)), joint)
    elif isinstance(said, StateIs):
        title, values = _state(said.state, said.values, rulebook)
        is_ = f"is {no}" if values else ("holds" if is_so else "does not hold")
        yield f"“{title}” {is_}{wording.listed(values, 'or')}"
    elif isinstance(said, Happened):
        yield f"{_happened(said, rulebook)} is {no}on record{_time_of(said, rulebook)}"
    elif isinstance(said, Age):
        yield _age(said, rulebook, no)
    elif isinstance(said, SettingIs):
        yield _setting(said, no)
    elif isinstance(said, FieldIs):
        yield f"{wording.plain(said.name)} is {no}{wording.listed(said.values, 'or')}"
    elif isinstance(said, EpisodeIs):
        which = f"“{_procedure(said.procedure, rulebook)}”" if said.procedure else "the procedure"
        yield f"{which} is {'open' if said.is_open is is_so else 'not open'}"
    elif isinstance(said, Ordinal):
        yield f"it is {no}{_ORDINALS[said.is_]}"
    else:
        yield "otherwise"


def _setting(said: SettingIs, no: str) -> str:
    name = f"the setting “{wording.plain(said.name)}”"
    if said.has_come:
        return f"the day of {name} has {no}come"
    return f"{name} is {no}{wording.listed(said.values, 'or')}"


def _happened(said: Happened, rulebook: Rulebook) -> str:
    kind = rulebook.vocabulary.kinds.get(said.kind)
    outcomes = _aside(_outcomes(said.outcomes, kind))
    return f"“{wording.kind_title(rulebook.vocabulary, said.kind)}{outcomes}”"


def _time_of(said: Happened, rulebook: Rulebook) -> str:
    since = f" since {anchor(said.since, rulebook)}" if said.since is not None else ""
    if said.within is None:
        return since
    before = f" {anchor(said.before, rulebook)}" if said.before else ""
    return f"{since} in the {span(said.within, rulebook)} before{before}"


def _age(said: Age, rulebook: Rulebook, no: str) -> str:
    who = _WHOSE_AGE[said.of]
    bounds = [
        f"{word} {span(bound, rulebook)}"
        for word, bound in (("under", said.under), ("over", said.over))
        if bound is not None
    ]
    at = f" at {anchor(said.at, rulebook)}" if said.at else ""
    return f"{who} is {no}{wording.listed(bounds)}{at}"


def _state(
    state: str, values: tuple[str | SettingRef, ...], rulebook: Rulebook
) -> tuple[str, list[str]]:
    known = rulebook.vocabulary.states.get(state)
    title = known.title if known is not None else wording.plain(state).capitalize()
    titles = known.values if known is not None else {}
    named: list[str] = []
    for value in values:
        held = rulebook.settings.get(value.name) if isinstance(value, SettingRef) else value
        each = held if isinstance(held, list | tuple) else [held]
        named.extend(titles.get(str(one)) or wording.plain(str(one)) for one in each)
    return title, named


def _procedure(procedure: str, rulebook: Rulebook) -> str:
    return next((one.title for one in rulebook.procedures if one.id == procedure), procedure)


def span(said: Span | Limit, rulebook: Rulebook) -> str:
    """Return a count of a unit, an authority's setting by its value: 15 working days."""
    count, unit = (
        rulebook.settings.get(one.name) if isinstance(one, SettingRef) else one
        for one in (said.count, said.unit)
    )
    return wording.count(int(count or 0), str(unit or ""))


def _limit(limit: Limit, step: Step, rulebook: Rulebook) -> str:
    if limit.by_field is not None:
        said = f"by “{field_title(limit.by_field, step, rulebook)}”"
    elif limit.at_once is not None:
        which = "the same day" if limit.at_once == "safety" else "the same working day, or the next"
        said = f"at once, {which}"
    elif limit.before is not None:
        meeting = anchor(limit.before, rulebook)
        said = f"{span(limit, rulebook)} before {meeting}" if limit.count else f"before {meeting}"
    elif limit.unit == "weeks_of_proceedings":
        said = f"in week {_week(limit, rulebook)} of proceedings"
    else:
        how = {"beginning_with": " beginning with", "clear": " clear of"}.get(limit.how, " of")
        start = "that day" if limit.anchor == TRIGGER else anchor(limit.anchor, rulebook)
        is_plain = limit.anchor == TRIGGER and limit.how == "after"
        said = f"within {span(limit, rulebook)}{'' if is_plain else f'{how} {start}'}"
    if limit.due_by is not None:
        said += f", by {limit.due_by:%H:%M}"
    if limit.when is not None:
        said += f", where {condition(limit.when, rulebook)}"
    return f"{said}{_FORCES[limit.force]}"


def _week(limit: Limit, rulebook: Rulebook) -> str:
    count = limit.count
    return str(rulebook.settings.get(count.name) if isinstance(count, SettingRef) else count)


def _interval(row: Interval, step: Step, rulebook: Rulebook) -> str:
    if row.by_field is not None:
        return f"by “{field_title(row.by_field, step, rulebook)}”, where given{_FORCES[row.force]}"
    every = "no date" if row.span is None else f"every {span(row.span, rulebook)}"
    if isinstance(row.when, Ordinal) and row.span is not None:
        return f"{_ORDINALS[row.when.is_]}: {span(row.span, rulebook)}{_FORCES[row.force]}"
    when = condition(row.when, rulebook)
    if when == "otherwise":
        return f"{'otherwise ' if len(step.every) > 1 else ''}{every}{_FORCES[row.force]}"
    return f"{every}, where {when}{_FORCES[row.force]}"


def field_title(name: str, step: Step, rulebook: Rulebook) -> str:
    """Return the label of a field of what starts the step."""
    for kind_id in kinds_of(step.starts_when):
        kind = rulebook.vocabulary.kinds.get(kind_id)
        field = kind.find_field(name) if kind is not None else None
        if field is not None:
            return field.title
    return wording.plain(name)


def kinds_of(trigger: Trigger | None) -> Iterator[str]:
    """Yield the kinds of event that a trigger speaks of."""
    if isinstance(trigger, EventTrigger):
        yield trigger.event
    elif isinstance(trigger, AllTrigger | AnyTrigger):
        for part in trigger.parts:
            yield from kinds_of(part)


def unknown(missing: str, vocabulary: Vocabulary) -> str:
    """Return what is not recorded by the title of its field or state, as forms and pages call it."""
    sort, _, name = missing.partition(" ")
    if sort == "field":
        fields = (kind.find_field(name) for kind in vocabulary.kinds.values())
        titles = (field.title for field in fields if field is not None)
        return f"“{next(titles, wording.plain(name))}”"
    state = vocabulary.states.get(name or sort)
    return f"“{state.title}”" if state is not None else wording.plain(name or sort)


def _parts(
    parts: tuple[Condition, ...], rulebook: Rulebook, *, is_so: bool, joint: str
) -> Iterator[str]:
    """Yield each part in words; facts that are all missing, or one of which is there, in one."""
    together: dict[str, list[str]] = {}
    for part in parts:
        is_there, bare = is_so, part
        while isinstance(bare, Not):
            is_there, bare = not is_there, bare.part
        if isinstance(bare, Happened) and is_there == (joint == "or"):
            together.setdefault(_time_of(bare, rulebook), []).append(_happened(bare, rulebook))
        else:
            yield "".join(_condition(part, rulebook, is_so=is_so))
    for time, facts in together.items():
        if joint == "or":
            yield f"{wording.listed(facts, 'or')} is on record{time}"
        elif len(facts) == 1:
            yield f"{facts[0]} is not on record{time}"
        else:
            yield f"none of {wording.listed(facts)} is on record{time}"
