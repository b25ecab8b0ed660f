"""Every combination of the states that two rules name, and those in which something is so (M22).

A rule hangs on states, on ages, on what has happened, on fields. Each of these is a *question* with
a few possible answers: the values that the rules name, and one for all others. A combination gives
every question an answer; a condition is then true or false.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from caseward.rules.engine import law_words
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.conditions import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    EpisodeIs,
    FieldIs,
    Not,
    Ordinal,
    Otherwise,
    SettingIs,
    SettingRef,
    Span,
    StateIs,
)

OTHER, NO, YES = "other", "no", "yes"
ORDINALS = ("first", "second", "later")
# Beyond this many combinations only the questions of the tables themselves are asked.
MOST = 20_000
_DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}

Combination = Mapping[Any, str]


@dataclass(frozen=True, slots=True)
class StateOf:
    """The question which value a state has."""

    state: str


@dataclass(frozen=True, slots=True)
class FieldOf:
    """The question what the event at hand says."""

    name: str


@dataclass(frozen=True, slots=True)
class AgeOf:
    """The question between which ages somebody is; the answers are numbers of the bands."""

    of: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions that the conditions ask, each with its answers, in order."""

    answers: Mapping[Any, tuple[str, ...]]
    ages: Mapping[AgeOf, tuple[float, ...]]
    settings: Mapping[str, Any]

    @property
    def n_combinations(self) -> int:
        number = 1
        for answers in self.answers.values():
            number *= len(answers)
        return number

    def combinations(self) -> Iterator[Combination]:
        """Yield every combination of answers."""
        names = list(self.answers)
        for given in product(*self.answers.values()):
            yield dict(zip(names, given, strict=True))

    def holds(self, said: Condition | None, given: Combination) -> bool:
        """Say whether the condition is true in the combination; none at all is."""
        if said is None or isinstance(said, Otherwise):
            return True
        if isinstance(said, AllOf):
            return all(self.holds(part, given) for part in said.parts)
        if isinstance(said, AnyOf):
            return any(self.holds(part, given) for part in said.parts)
        if isinstance(said, Not):
            return not self.holds(said.part, given)
        return self._holds(said, given)

    def _holds(self, said: Condition, given: Combination) -> bool:
        if isinstance(said, StateIs):
            value = given[StateOf(said.state)]
            wanted = values_of(said.values, self.settings)
            return value in wanted if said.values else value != NO
        if isinstance(said, FieldIs):
            return given[FieldOf(said.name)] in said.values
        if isinstance(said, Ordinal):
            return given[Ordinal] == said.is_
        if isinstance(said, Age):
            band = float(given[AgeOf(said.of, said.at)])
            is_under = said.under is None or band < self._days(said.under)
            return is_under and (said.over is None or band >= self._days(said.over))
        if isinstance(said, SettingIs):
            return _text(self.settings.get(said.name)) in said.values
        if isinstance(said, EpisodeIs):
            return (given[EpisodeIs(procedure=said.procedure)] == YES) == said.is_open
        return given[said] == YES

    def _days(self, span: Span) -> float:
        return _days(span, self.settings) or 0.0


def asked_by(conditions: Iterable[Condition | None], rulebook: Rulebook) -> Questions:
    """Return the questions that the conditions ask, with every answer that matters."""
    leaves = [leaf for said in conditions for leaf in leaves_of(said)]
    answers: dict[Any, tuple[str, ...]] = {}
    ages: dict[AgeOf, set[float]] = {}
    for leaf in leaves:
        if isinstance(leaf, Age):
            spans = (_days(span, rulebook.settings) for span in (leaf.under, leaf.over))
            ages.setdefault(AgeOf(leaf.of, leaf.at), set()).update(day for day in spans if day)
        elif not isinstance(leaf, SettingIs | Otherwise):
            question, named = _question(leaf, rulebook)
            answers[question] = tuple(dict.fromkeys((*answers.get(question, ()), *named)))
    for question, given in list(answers.items()):
        if isinstance(question, StateOf):
            answers[question] = _with_others(question, given, rulebook)
        elif isinstance(question, FieldOf):
            answers[question] = (*given, OTHER)
    bands = {of: (0.0, *sorted(bounds)) for of, bounds in ages.items()}
    answers |= {of: tuple(str(start) for start in starts) for of, starts in bands.items()}
    return Questions(answers, bands, rulebook.settings)


def _question(leaf: Condition, rulebook: Rulebook) -> tuple[Any, tuple[str, ...]]:
    """The question that a condition asks, and the answers that it names."""
    if isinstance(leaf, StateIs):
        return StateOf(leaf.state), values_of(leaf.values, rulebook.settings)
    if isinstance(leaf, FieldIs):
        return FieldOf(leaf.name), leaf.values
    if isinstance(leaf, Ordinal):
        return Ordinal, ORDINALS
    if isinstance(leaf, EpisodeIs):
        return EpisodeIs(procedure=leaf.procedure), (YES, NO)
    return leaf, (YES, NO)


def leaves_of(said: Condition | None) -> Iterator[Condition]:
    """Yield the conditions that a condition is made of."""
    if isinstance(said, AllOf | AnyOf):
        for part in said.parts:
            yield from leaves_of(part)
    elif isinstance(said, Not):
        yield from leaves_of(said.part)
    elif said is not None:
        yield said


def values_of(values: Sequence[str | SettingRef], settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values that a condition names, an authority's setting by its value."""
    found: list[str] = []
    for value in values:
        given = settings.get(value.name) if isinstance(value, SettingRef) else value
        many = given if isinstance(given, list | tuple) else (given,)
        found.extend(_text(one) for one in many if one is not None)
    return tuple(dict.fromkeys(found))


def smallest(true_of: Sequence[Combination], questions: Questions) -> tuple[dict[Any, str], ...]:
    """Return the combinations told as briefly as may be: what does not matter is left out.

    Each answer is widened as far as every combination that it then stands for is among `true_of`.
    """
    names = list(questions.answers)
    sizes = [len(answers) for answers in questions.answers.values()]
    there = {tuple(one[name] for name in names) for one in true_of}
    left, found = set(there), []
    while left:
        cube: list[str | None] = list(min(left))
        for place in range(len(names)):
            wider = [*cube[:place], None, *cube[place + 1 :]]
            expected = 1
            for at, answer in enumerate(wider):
                expected *= sizes[at] if answer is None else 1
            if sum(_fits(one, wider) for one in there) == expected:
                cube = wider
        left = {one for one in left if not _fits(one, cube)}
        found.append(
            {name: answer for name, answer in zip(names, cube, strict=True) if answer is not None}
        )
    return tuple(found)


def in_words(cube: Mapping[Any, str], questions: Questions, rulebook: Rulebook) -> str:
    """Return a combination as it reads after "where"."""
    told = [_in_words(question, answer, questions, rulebook) for question, answer in cube.items()]
    return " and ".join(told) or "on every day, whatever the states"


def _in_words(question: Any, answer: str, questions: Questions, rulebook: Rulebook) -> str:
    if isinstance(question, StateOf):
        named = tuple(value for value in questions.answers[question] if value not in (OTHER, NO))
        said: Condition = StateIs(state=question.state, values=(answer,))
        if answer == OTHER:
            said = Not(StateIs(state=question.state, values=named))
        elif answer == NO:
            said = Not(StateIs(state=question.state))
        elif answer == YES:
            said = StateIs(state=question.state)
        return law_words.condition(said, rulebook)
    if isinstance(question, FieldOf):
        values = (answer,) if answer != OTHER else questions.answers[question][:-1]
        field: Condition = FieldIs(name=question.name, values=values)
        return law_words.condition(Not(field) if answer == OTHER else field, rulebook)
    if question is Ordinal:
        return law_words.condition(Ordinal(is_=answer), rulebook)  # type: ignore[arg-type]
    if isinstance(question, AgeOf):
        who = "the child" if question.of == "child" else "the child or a sibling on a plan"
        return f"{who} is {_band(float(answer), questions.ages[question])}"
    said = question if answer == YES else Not(question)
    return law_words.condition(said, rulebook)


def _band(start: float, starts: Sequence[float]) -> str:
    later = next((one for one in starts if one > start), None)
    bounds = []
    if start:
        bounds.append(f"{round(start / _DAYS_IN['months'])} months or older")
    if later is not None:
        bounds.append(f"under {round(later / _DAYS_IN['months'])} months")
    return " and ".join(bounds)


def _with_others(question: StateOf, named: tuple[str, ...], rulebook: Rulebook) -> tuple[str, ...]:
    """The values named, one for all others, and none where a state may not hold at all."""
    state = rulebook.vocabulary.states.get(question.state)
    if state is None:
        return tuple(dict.fromkeys((*named, OTHER, NO)))
    found = list(named)
    if any(value not in named for value in state.values):
        found.append(next(iter(state.values)) if not named and len(state.values) == 1 else OTHER)
    if state.absent == NO:
        found.append(NO)
    return tuple(dict.fromkeys(found))


def _days(span: Span | None, settings: Mapping[str, Any]) -> float | None:
    """About how many days: enough to put ages in order."""
    if span is None:
        return None
    count = settings.get(span.count.name) if isinstance(span.count, SettingRef) else span.count
    unit = settings.get(span.unit.name) if isinstance(span.unit, SettingRef) else span.unit
    return None if count is None else int(count) * _DAYS_IN.get(str(unit), 1.0)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _fits(one: Sequence[str], cube: Sequence[str | None]) -> bool:
    return all(answer is None or given == answer for given, answer in zip(one, cube, strict=True))
