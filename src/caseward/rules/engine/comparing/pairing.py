"""Which steps of two procedures answer each other.

Told by the release where it knows (`law/correspondences.yaml`); otherwise by the same id, the same
meeting, or the same fact that meets both. Words alone pair nothing: two duties may be worded alike
and ask for different things.
"""

from collections.abc import Iterator, Sequence

from caseward.rules.procedures.conditions import AllOf, Condition, FieldIs
from caseward.rules.procedures.correspondences import Correspondence
from caseward.rules.procedures.model import Edition, MetBy, Step

SAME_STEP = "the same step"
SAME_MEETING = "the same meeting"
SAME_FACT = "the same fact meets both"

Pairing = tuple[Step, Step, str]


def pairs(
    one: Edition, other: Edition, *, told: Sequence[tuple[str, str, str]] = ()
) -> tuple[Pairing, ...]:
    """Return each pair of steps with the reason why, in the order of `one`'s steps."""
    found = list(_told(one, other, told))
    for why, alike in (
        (SAME_STEP, _is_same_step),
        (SAME_MEETING, _is_same_meeting),
        (SAME_FACT, _is_met_by_the_same),
    ):
        paired_one, paired_other = {id(p[0]) for p in found}, {id(p[1]) for p in found}
        for step in one.steps:
            if id(step) in paired_one:
                continue
            answer = next(
                (s for s in other.steps if id(s) not in paired_other and alike(step, s)), None
            )
            if answer is not None:
                paired_other.add(id(answer))
                found.append((step, answer, why))
    place = {id(step): index for index, step in enumerate(one.steps)}
    return tuple(sorted(found, key=lambda pair: place[id(pair[0])]))


def steps_told(
    one: str, other: str, correspondences: Sequence[Correspondence]
) -> tuple[tuple[str, str, str], ...]:
    """Return the pairs that the release knows of two procedures, whichever way round it names them."""
    for known in correspondences:
        if (known.one, known.other) == (one, other):
            return known.steps
        if (known.other, known.one) == (one, other):
            return tuple((theirs, ours, why) for ours, theirs, why in known.steps)
    return ()


def _told(one: Edition, other: Edition, told: Sequence[tuple[str, str, str]]) -> Iterator[Pairing]:
    for step_one, step_other, why in told:
        found_one, found_other = one.step(step_one), other.step(step_other)
        if found_one is not None and found_other is not None:
            yield found_one, found_other, why


def _is_same_step(one: Step, other: Step) -> bool:
    return one.id == other.id


def _is_same_meeting(one: Step, other: Step) -> bool:
    return (
        one.meeting is not None
        and other.meeting is not None
        and one.meeting.name == other.meeting.name
    )


def _is_met_by_the_same(one: Step, other: Step) -> bool:
    facts = set(_facts(one))
    return bool(facts) and facts == set(_facts(other))


def _facts(step: Step) -> Iterator[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]]:
    rows: tuple[MetBy, ...] = (
        *step.met_by, *step.any_of, *(row for part in step.all_of for row in part.met_by),
    )  # fmt: skip
    for row in rows:
        yield row.event, row.outcomes, tuple(answers(row.where))


def answers(where: Condition | None) -> Iterator[tuple[str, str]]:
    """Yield each field that a condition on an event names, with the answers it allows."""
    if isinstance(where, FieldIs):
        yield where.name, ",".join(sorted(str(value) for value in where.values))
    elif isinstance(where, AllOf):
        for part in where.parts:
            yield from answers(part)
