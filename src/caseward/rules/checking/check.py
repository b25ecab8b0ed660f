"""All the law checked: soundness, outcomes, editions, looseness; errors and findings apart."""

from collections.abc import Callable, Iterable, Sequence

from caseward.rules.checking import looseness, soundness, turns
from caseward.rules.checking.clocks import Comparison
from caseward.rules.checking.messages import Message, Report, in_order
from caseward.rules.checking.soundness import Owing, Searched
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.model import Procedure

Tell = Callable[[str, int, int], None]


def checked(
    rulebook: Rulebook,
    *,
    only: Iterable[str] | None = None,
    tell: Tell | None = None,
    keep: list[Searched] | None = None,
) -> Report:
    """Return what is wrong with the rulebook's procedures, and what should be known of them.

    Shapes: `only` are the ids of the procedures that are asked about (all); the others are there to
    be waited for and compared with. `tell` is told what is being done, how much is and of how much.
            `keep` is given every edition that was gone through.
    Source: meaning M13, M22, M25, M26, M28; docs/reference/checker.md.
    """
    asked = None if only is None else frozenset(only)
    owing = Owing(rulebook)
    errors: list[Message] = list(turns.overlapping(rulebook))
    n_situations = 0
    short: list[str] = []
    mine = [one for one in rulebook.procedures if asked is None or one.id in asked]
    for done, procedure in enumerate(mine, start=1):
        if tell is not None:
            tell("Checking", done, len(mine))
        searched = [
            soundness.searched(procedure, one, rulebook, owing) for one in procedure.editions
        ]
        if keep is not None:
            keep.extend(searched)
        found, number = _sound(procedure, searched, rulebook, owing)
        errors += found
        n_situations += number
        if not all(of.is_whole for of in searched):
            short.append(procedure.id)
    comparison = Comparison(rulebook.calendar)
    findings, unknown, apart = looseness.findings(rulebook, comparison, only=asked)
    wanted = [
        [one for one in messages if asked is None or one.procedure in asked]
        for messages in ([*errors, *unknown], findings, apart)
    ]
    return Report(
        errors=in_order(wanted[0]),
        findings=in_order(wanted[1]),
        not_compared=in_order(wanted[2]),
        n_situations=n_situations,
        n_days=comparison.n_days,
        cut_short=tuple(short),
    )


def _sound(
    procedure: Procedure, searched: Sequence[Searched], rulebook: Rulebook, owing: Owing
) -> tuple[list[Message], int]:
    errors = list(turns.vanishing(procedure))
    for of in searched:
        errors += soundness.errors(of, rulebook)
    stranded, n_turned = turns.stranding(searched, rulebook, owing)
    return [*errors, *stranded], sum(of.n_situations for of in searched) + n_turned
