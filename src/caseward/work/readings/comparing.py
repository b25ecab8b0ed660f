"""Two of the authority's procedures, or two editions of one, held beside each other."""

from collections.abc import Iterator, Sequence
from datetime import date

from caseward.record.access.askers import Asker
from caseward.rules.engine import comparing, wording
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.procedures.correspondences import Correspondence
from caseward.rules.procedures.model import Edition, Procedure
from caseward.work.readings import banner, looks, words
from caseward.work.readings.errors import NotFound
from caseward.work.readings.shapes import ComparedWith, ProceduresCompared

_SIGN = "@"


def page(
    asker: Asker,
    *,
    one: str,
    other: str,
    as_of: date,
    correspondences: Sequence[Correspondence] = (),
) -> ProceduresCompared:
    """Return the choice of editions and, where two are chosen, all that differs between them.

    `one` and `other` are codes of that choice; empty where nothing is chosen yet.
    Errors: NotFound where the authority uses no such procedure, or it had no such edition.
    """
    asked = looks.ask(asker, as_of=as_of)
    editions = dict(_editions(asked.rulebook, as_of))
    if one and other and not {one, other} <= editions.keys():
        raise NotFound("There is no such procedure or edition here.", "Choose two from the list.")
    # What an address says beside is no choice, and no word of it is kept in the read log.
    one, other = (code if code in editions else "" for code in (one, other))
    found = None
    if one and other:
        mine, theirs = editions[one], editions[other]
        found = comparing.compare(
            mine[0], theirs[0], asked.rulebook,
            on=mine[1].in_force_from, other_on=theirs[1].in_force_from,
            correspondences=correspondences,
        )  # fmt: skip
    answer = ProceduresCompared(
        banner=banner.page(asker, as_of=as_of),
        choices=tuple(
            ComparedWith(code=code, words=_words(procedure, edition, as_of))
            for code, (procedure, edition) in editions.items()
        ),
        one=one,
        other=other,
        found=found,
        one_words=_words(*editions[one], as_of) if found else "",
        other_words=_words(*editions[other], as_of) if found else "",
    )
    looks.write_log(asked, "procedures_compared", (), one=one, other=other)
    return answer


def _editions(rulebook: Rulebook, as_of: date) -> Iterator[tuple[str, tuple[Procedure, Edition]]]:
    """Each edition under a code: the one in force by the procedure's name, others with their day."""
    ordered = sorted(rulebook.procedures, key=lambda each: (each.is_national, each.title, each.id))
    for procedure in ordered:
        now = procedure.edition_on(as_of)
        for edition in reversed(procedure.editions):
            day = "" if edition is now else f"{_SIGN}{edition.in_force_from.isoformat()}"
            yield f"{procedure.id}{day}", (procedure, edition)


def _words(procedure: Procedure, edition: Edition, as_of: date) -> str:
    whose = "national" if procedure.is_national else wording.plain(procedure.authority).capitalize()
    if edition is procedure.edition_on(as_of):
        now = ", in force today" if len(procedure.editions) > 1 else ""
        return f"{procedure.title} ({whose}){now}"
    return f"{procedure.title} ({whose}), as from {words.day(edition.in_force_from)}"
