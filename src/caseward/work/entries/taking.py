"""Taking facts in, one act at a time, in one transaction (S4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from django.db import transaction

from caseward.record.ledger import keeping, operations, queries
from caseward.record.ledger.acts import LONDON, Act, NewEntry, StreamRef
from caseward.record.ledger.refusals import KeyReused
from caseward.record.people import kinds as people_kinds
from caseward.rules.engine import what_if
from caseward.rules.engine.what_if import Difference
from caseward.rules.texts import canonical
from caseward.work.entries import checking, considering, rulebooks, settling
from caseward.work.entries.answers import DoneHere, Preview, Problem, Taken
from caseward.work.entries.considering import Considered
from caseward.work.entries.errors import Differs, KeyUsed, NeedsConfirming, Refused
from caseward.work.entries.rulebooks import Rules


def take_in(
    act: Act,
    new_entries: Sequence[NewEntry],
    *,
    expected: Mapping[str, int] | None = None,
    preview_digest: str | None = None,
    confirmed: bool = False,
    done_here: DoneHere | None = None,
    texts: Sequence[str] = (),
    beside: Sequence[NewEntry] = (),
) -> Taken:
    """Record the entries and settle all that follows, all or nothing.

    `expected` says, by entry id, at which seq the page saw each entry that is corrected or
    withdrawn (S7). `preview_digest` is the digest of the consequences that were shown (M36).
    `confirmed` answers the problems of the kind "confirm". `done_here` says that Caseward itself
    does what is recorded, so that its gates bind or are overridden (M30). `texts` are adopted law texts. `beside`
    are what the same act must say on other children's records (M37): it follows from the entries,
    so it needs no permission of its own.
    Errors: the refusals of `errors`; nothing is saved then.
    """
    everything = (*new_entries, *beside)
    digest = operations.input_digest(new_entries, extra=_more(expected, done_here))
    streams = considering.streams_of(everything)
    with transaction.atomic():
        seqs = operations.lock(act, streams)
        if earlier := _answered(act, digest):
            return earlier
        checking.refuse_unpermitted(act, new_entries, seqs=seqs)
        checking.refuse_changed(new_entries, expected or {})
        rules, considered = considering.consider(act, everything)
        _refuse_problems(_problems(new_entries, considered), confirmed=confirmed)
        if done_here is not None:
            checking.refuse_blocked(act, new_entries, considered, rules, done_here.override)
        differences = _differences(act, considered)
        if preview_digest is not None and preview_digest != digest_of(differences):
            raise Differs(_preview(everything, differences, _problems(new_entries, considered)))
        answer = operations.append(act, everything, input_digest=digest, texts=texts)
        _settle(considered, rules)
        _settle_others(everything)
        transaction.on_commit(partial(keeping.act_taken, at=act.at))
    return Taken(
        act_id=answer.act_id,
        entry_ids=tuple(entry.entry_id for entry in answer.entries),
        children=tuple(considered),
        differences=differences,
    )


def preview(
    act: Act, new_entries: Sequence[NewEntry], *, beside: Sequence[NewEntry] = ()
) -> Preview:
    """Return what taking these entries in would do now; nothing is written (M36)."""
    everything = (*new_entries, *beside)
    _, considered = considering.consider(act, everything)
    problems = _problems(new_entries, considered)
    return _preview(everything, _differences(act, considered), problems)


def what_changed(act_id: str) -> dict[str, Difference]:
    """Return, child by child, what an act that was taken in changed at the time.

    Each child is evaluated as known just before the act's first entry and just after its last,
    by the rules as known now, so that what is told is the act's doing alone.
    """
    recorded = queries.of_act(act_id)
    children = sorted({one.stream for one in recorded if one.stream.kind == "child"})
    if not children:
        return {}
    today = recorded[0].act.at.astimezone(LONDON).date()
    rules = rulebooks.rules_at(on=today)
    first, last = recorded[0].entry.position, recorded[-1].entry.position
    changed = {}
    for stream in children:
        before = settling.weigh_stored(stream.id, rules.rulebook, position=first - 1)
        after = settling.weigh_stored(stream.id, rules.rulebook, position=last)
        changed[stream.id] = what_if.difference(before.evaluation, after.evaluation, today)
    return changed


def facts_of(new_entries: Iterable[NewEntry]) -> dict[str, tuple[str, date]]:
    """Return kind and day by entry id; a correction gives the day of what it corrects."""
    return {
        new.corrects or new.entry_id: (new.kind, new.occurred_on)
        for new in new_entries
        if new.withdraws is None
    }


def digest_of(differences: Mapping[str, Difference]) -> str:
    """Return the digest of what an act does to all its children together."""
    return canonical.fingerprint(
        {child: difference.digest for child, difference in differences.items()}
    )


def _more(expected: Mapping[str, int] | None, done_here: DoneHere | None) -> dict[str, object]:
    """Return what else, beside the entries, makes two inputs of one key differ."""
    more: dict[str, object] = {}
    if expected:
        more["expected"] = dict(expected)
    if done_here is not None:
        override = done_here.override
        more["done_here"] = [override.worker, override.reason] if override else []
    return more


def _answered(act: Act, digest: str) -> Taken | None:
    try:
        answer = operations.answered(act, digest)
    except KeyReused as problem:
        raise KeyUsed(problem) from problem
    if answer is None:
        return None
    children = {
        one.stream.id for one in queries.of_act(answer.act_id) if one.stream.kind == "child"
    }
    return Taken(
        act_id=answer.act_id,
        entry_ids=tuple(entry.entry_id for entry in answer.entries),
        children=tuple(sorted(children)),
        was_recorded_before=True,
    )


def _problems(
    new_entries: Iterable[NewEntry], considered: Mapping[str, Considered]
) -> tuple[Problem, ...]:
    """Return what is wrong or unusual, named per child.

    Of what an act must say beside on another child's record nothing is asked: it follows, and who
    does the act may not see that record. What forbids it is said without the other child's name.
    """
    own = {new.stream.id for new in new_entries}
    found = [problem for each in considered.values() for problem in each.problems]
    asked = [problem for problem in found if problem.child in own]
    forbidden = [one for one in found if one.child not in own and one.kind == "refused"]
    return (
        *checking.named(asked, several=len(considered) > 1),
        *(replace(one, child="", field="") for one in forbidden),
    )


def _refuse_problems(named: Sequence[Problem], *, confirmed: bool) -> None:
    if refused := [problem for problem in named if problem.kind == "refused"]:
        raise Refused(refused)
    if named and not confirmed:
        raise NeedsConfirming(named)


def _differences(act: Act, considered: Mapping[str, Considered]) -> dict[str, Difference]:
    return {
        child: what_if.difference(each.before.evaluation, each.after.evaluation, act.today)
        for child, each in considered.items()
    }


def _preview(
    new_entries: Iterable[NewEntry],
    differences: Mapping[str, Difference],
    problems: tuple[Problem, ...],
) -> Preview:
    return Preview(
        differences=differences,
        problems=problems,
        facts=facts_of(new_entries),
        digest=digest_of(differences),
    )


def _settle(considered: Mapping[str, Considered], rules: Rules | None) -> None:
    for each in considered.values():
        if rules is not None:
            settling.settle(each.after, rules, with_people=each.is_about_people)


def _settle_others(new_entries: Iterable[NewEntry]) -> None:
    """Settle the people of streams that are no child's: an adult's, the authority's own."""
    touched: dict[StreamRef, set[str]] = {}
    for new in new_entries:
        if new.stream.kind != "child":
            touched.setdefault(new.stream, set()).add(new.kind)
    for stream, kinds in sorted(touched.items()):
        if people_kinds.concerns(stream.kind, kinds):
            settling.settle_people(stream)
