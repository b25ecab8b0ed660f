"""What differs between two editions: numbers, roles, papers, meetings, conditions and steps."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from caseward.rules.engine import law_words, wording
from caseward.rules.engine.comparing import pairing
from caseward.rules.engine.comparing.values import (
    Comparison,
    Difference,
    Side,
    StepPair,
    StepSaid,
)
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.correspondences import Correspondence
from caseward.rules.procedures.model import Edition, Meeting, MetBy, Procedure, Step, Trigger

Words = tuple[str, ...]
PAPER = "paper"


def compare(
    one: Procedure,
    other: Procedure,
    rulebook: Rulebook,
    *,
    on: date,
    other_on: date | None = None,
    correspondences: Sequence[Correspondence] = (),
) -> Comparison | None:
    """Return all that differs between the editions in force; None where one has none that day.

    `on` picks the edition of `one`, `other_on` (the same day if left out) that of `other`: the same
    procedure on two days compares two editions. `rulebook` gives the words and the settings' values.
    """
    first, second = one.edition_on(on), other.edition_on(other_on or on)
    if first is None or second is None:
        return None
    told = pairing.steps_told(one.id, other.id, correspondences)
    paired = pairing.pairs(first, second, told=told)
    seen_one, seen_other = {p[0].id for p in paired}, {p[1].id for p in paired}
    return Comparison(
        one=_side(one, first),
        other=_side(other, second),
        whole=tuple(_whole(first, second, rulebook)),
        pairs=tuple(_pair(*pair, (first, second), rulebook) for pair in paired),
        only_one=tuple(_said(s, rulebook) for s in first.steps if s.id not in seen_one),
        only_other=tuple(_said(s, rulebook) for s in second.steps if s.id not in seen_other),
    )


def _side(procedure: Procedure, edition: Edition) -> Side:
    return Side(
        procedure=procedure.id,
        title=procedure.title,
        authority="national" if procedure.is_national else procedure.authority,
        edition_from=edition.in_force_from,
        source=wording.source(procedure.source),
    )


def _said(step: Step, rulebook: Rulebook) -> StepSaid:
    return StepSaid(
        id=step.id,
        stage=step.stage,
        title=(step.title or step.duty).rstrip("."),
        owner=_owner(step),
        clock=_clock(step, rulebook),
        papers=_papers(step, rulebook),
        source=wording.source(step.source),
    )


# --- the whole --------------------------------------------------------------------------------


def _whole(one: Edition, other: Edition, rulebook: Rulebook) -> Iterator[Difference]:
    def triggers(edition: Edition, of: Iterable[Trigger]) -> Words:
        return tuple(w for each in of for w in law_words.starts(each, edition, rulebook))

    rows: tuple[tuple[str, Callable[[Edition], Words]], ...] = (
        ("Begins with", lambda e: triggers(e, (each.trigger for each in e.opens))),
        ("Ends with", lambda e: triggers(e, e.closes)),
        ("Put on hold by", lambda e: triggers(e, e.hold.begins) if e.hold else ()),
        ("Stages", lambda e: _once(step.stage for step in e.steps if step.stage)),
        ("Meetings", lambda e: _once(m for step in e.steps for m in _meeting(step, rulebook))),
        ("Who is responsible for something", lambda e: _once(r for s in e.steps for r in _owner(s))),
        ("Papers", lambda e: _once(p for step in e.steps for p in _papers(step, rulebook))),
    )  # fmt: skip
    for what, of in rows:
        yield from _difference(what, of(one), of(other))


def _difference(what: str, one: Words, other: Words) -> Iterator[Difference]:
    """The difference of two lists, none where they say the same; their order says nothing."""
    if set(one) != set(other):
        yield Difference(
            what=what,
            one=tuple(word for word in one if word not in other),
            other=tuple(word for word in other if word not in one),
            both=tuple(word for word in one if word in other),
        )


def _once(words: Iterable[str]) -> Words:
    return tuple(dict.fromkeys(words))


# --- one pair ---------------------------------------------------------------------------------


def _pair(
    one: Step, other: Step, why: str, editions: tuple[Edition, Edition], rulebook: Rulebook
) -> StepPair:
    rows: tuple[tuple[str, Callable[[Step, Edition], Words]], ...] = (
        ("What is to be done", lambda s, _: ((s.title or s.duty).rstrip("."),)),
        ("Responsible", lambda s, _: _owner(s)),
        ("By when", lambda s, _: _clock(s, rulebook)),
        ("Starts with", lambda s, e: law_words.starts(s.starts_when, e, rulebook)),
        ("Applies", lambda s, _: law_words.only(s, rulebook)),
        ("Done by", lambda s, _: _once(_met(s, rulebook))),
        ("Outcomes", lambda s, _: _outcomes(s, rulebook)),
        ("Papers", lambda s, _: _papers(s, rulebook)),
        ("Chair", lambda s, _: _of_meeting(s, lambda m: (wording.role(m.chair),) if m.chair else ())),
        ("Minutes", lambda s, _: _of_meeting(
            s, lambda m: (wording.role(m.minute_taker),) if m.minute_taker else ())),
        ("Who attends", lambda s, _: _of_meeting(s, lambda m: m.attend)),
        ("Agenda", lambda s, _: _of_meeting(s, lambda m: m.agenda)),
        ("If nobody answers", lambda s, _: (wording.plain(s.silence),) if s.silence else ()),
        ("May be delayed because of", lambda s, _: _once(
            wording.plain(reason) for reason in (s.delay.reasons if s.delay else ()))),
    )  # fmt: skip
    return StepPair(
        one=_said(one, rulebook),
        other=_said(other, rulebook),
        why=why,
        differences=tuple(
            difference
            for what, of in rows
            for difference in _difference(what, of(one, editions[0]), of(other, editions[1]))
        ),
    )


def _owner(step: Step) -> Words:
    roles = dict.fromkeys(role for row in step.owner for role in row.roles)
    return tuple(wording.role(role) for role in roles)


def _clock(step: Step, rulebook: Rulebook) -> Words:
    if step.window and not step.limits:
        return ()
    return law_words.clock(step, rulebook)


def _papers(step: Step, rulebook: Rulebook) -> Words:
    """The parts of a step, and the papers that the fact which meets it has to be about."""
    parts = [part.title or wording.plain(part.part).capitalize() for part in step.all_of]
    named = [name for row in (*step.met_by, *step.any_of) for name in _named_papers(row, rulebook)]
    return _once((*parts, *named))


def _named_papers(row: MetBy, rulebook: Rulebook) -> Iterator[str]:
    kind = rulebook.vocabulary.kinds.get(row.event)
    field = kind.find_field(PAPER) if kind is not None else None
    titles = field.choices if field is not None else {}
    for name, value in pairing.answers(row.where):
        if name == PAPER:
            yield titles.get(value) or wording.plain(value).capitalize()


def _met(step: Step, rulebook: Rulebook) -> Iterator[str]:
    for row in (*step.met_by, *step.any_of):
        kind = rulebook.vocabulary.kinds.get(row.event)
        asked = [*(_outcome(o, row.event, rulebook) for o in row.outcomes),
                 *law_words.answers(row.where, kind)]  # fmt: skip
        aside = f" ({'; '.join(asked)})" if asked else ""
        yield f"{wording.kind_title(rulebook.vocabulary, row.event)}{aside}"


def _outcomes(step: Step, rulebook: Rulebook) -> Words:
    kinds = [row.event for row in (*step.met_by, *step.any_of)]
    return tuple(
        outcome.title or next(
            (t for kind in kinds if (t := _outcome(outcome.outcome, kind, rulebook))), ""
        )
        for outcome in step.outcomes.values()
    )  # fmt: skip


def _outcome(outcome: str, kind: str, rulebook: Rulebook) -> str:
    known = rulebook.vocabulary.kinds.get(kind)
    titles = known.outcomes if known is not None else {}
    return titles.get(outcome) or wording.plain(outcome)


def _meeting(step: Step, rulebook: Rulebook) -> Words:
    if step.meeting is None:
        return ()
    held = wording.kind_title(rulebook.vocabulary, step.meeting.held)
    return (held.removesuffix(" held"),)


def _of_meeting(step: Step, of: Callable[[Meeting], Words]) -> Words:
    return of(step.meeting) if step.meeting is not None else ()
