"""What becomes of one fact: held against what its own row said before, then against all that stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from caseward.record.people import holding
from caseward.rules.facts import checks
from caseward.rules.facts.checks import Problem
from caseward.rules.facts.entries import Entry, Record
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.texts import canonical
from caseward.work.exchange.imports import likeness
from caseward.work.exchange.imports.staging import ACCEPTED, CHANGED, CONFLICT, DUPLICATE, REFUSED
from caseward.work.exchange.imports.standing import Said, Stood
from caseward.work.exchange.imports.values import Code
from caseward.work.imports.kept import Believed

LONGEST_SOURCE = 300
LONGEST_WORDS = 300
EARLIER = "an earlier import"
HERE = "what is recorded here"
DECIDED = "what was decided here"
RULED = "what is recorded here, which is believed of this kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One fact as it was staged; `source` is the ledger's, with scheme and format before the row's."""

    n: int
    row: int
    kind: str
    source: str
    says: Said
    on_sight: bool = False
    may_go_in: bool = True
    unread: Collection[str] = ()

    @property
    def digest(self) -> str:
        """Return a digest of what it says: the same value is asked about once."""
        said = published(self.says)
        if self.on_sight:
            del said["occurred_on"]
        return canonical.fingerprint(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdict on a fact, and what it needs: the entry to correct, a question, a reason.

    `echoes` is the entry recorded here whose words the other system now sends back. `day` is the day
    that stands of a fact whose file gives none: a change to it never moves it to the import's own.
    """

    verdict: int
    of: str = ""
    corrects: str | None = None
    was: Said | None = None
    why: str = ""
    asked: str = ""
    entry: str = ""
    echoes: str = ""
    day: str = ""
    code: Code = "code"
    at: str = ""
    reason: str = ""


@dataclass(slots=True)
class Against:
    """What the facts of one child are held against; an event recorded here is met by one fact alone."""

    child: str
    record: Record
    vocabulary: Vocabulary
    today: date
    by_source: Mapping[str, Stood]
    others: Mapping[str, Sequence[Stood]]
    rules: Mapping[str, Believed]
    decided: Mapping[tuple[str, str, str, str], str]
    met: set[str] = field(default_factory=set)


def with_what_was_known(fact: Staged, against: Against) -> Staged:
    """Return the fact with what its row last said of the fields that cannot be read now."""
    stood = against.by_source.get(fact.source)
    if stood is None or not fact.unread:
        return fact
    said = stood.imported[fact.source]
    kept = {name: said.fields[name] for name in fact.unread if said.fields.get(name)}
    outcome = said.outcome if "outcome" in fact.unread else fact.says.outcome
    says = replace(fact.says, fields={**fact.says.fields, **kept}, outcome=outcome)
    return replace(fact, says=says)


def judge(fact: Staged, against: Against) -> Judged:
    """Return what becomes of a fact."""
    stood = against.by_source.get(fact.source)
    if stood is not None:
        return _against_its_own(fact, stood, stood.imported[fact.source], against)
    problem = _refusal(fact, against)
    if problem is not None:
        return problem
    alike = [
        other
        for other in against.others.get(fact.kind, ())
        if other.entry not in against.met
        and likeness.may_be_one(fact.kind, fact.says, other.standing, on_sight=fact.on_sight)
    ]
    for other in alike:
        if likeness.agree(fact.says, other.standing, on_sight=fact.on_sight):
            against.met.add(other.entry)
            return Judged(
                verdict=DUPLICATE,
                of=EARLIER if other.source else HERE,
                echoes="" if other.source else other.entry,
            )
    if alike:
        against.met.add(alike[0].entry)
        why = "imported_otherwise" if alike[0].source else "typed_here"
        return _conflict(fact, alike[0], why, against)
    return Judged(verdict=ACCEPTED)


def published(says: Said) -> dict[str, Any]:
    """Return what a fact says as plain values, empty ones left out."""
    stated = {
        "occurred_on": says.occurred_on,
        "time": says.time,
        "outcome": says.outcome,
        "keys": dict(says.keys),
        "fields": dict(says.fields),
        "until": says.until,
    }
    return {name: value for name, value in stated.items() if value}


def _against_its_own(fact: Staged, stood: Stood, imported: Said, against: Against) -> Judged:
    if likeness.is_the_same_again(fact.says, imported, on_sight=fact.on_sight):
        return Judged(verdict=DUPLICATE, of=EARLIER)
    is_standing = likeness.is_the_same_again(fact.says, stood.standing, on_sight=fact.on_sight)
    if is_standing and not stood.is_withdrawn:
        return Judged(verdict=DUPLICATE, of=HERE, echoes=stood.entry)
    problem = _refusal(fact, against)
    if problem is not None:
        return problem
    if stood.touched:
        return _conflict(fact, stood, stood.touched, against)
    return Judged(
        verdict=CHANGED, corrects=stood.entry, was=imported, day=_day_that_stands(fact, stood)
    )


def _conflict(fact: Staged, stood: Stood, why: str, against: Against) -> Judged:
    """A person decides, unless they did before or a rule of the kind does."""
    believed, day = against.rules.get(fact.kind), _day_that_stands(fact, stood)
    asked = against.decided.get((against.child, fact.source, fact.digest, stood.entry))
    if asked == "ours":
        return Judged(verdict=DUPLICATE, of=DECIDED)
    if believed == "ours":
        return Judged(verdict=DUPLICATE, of=RULED)
    if believed == "theirs":
        if stood.is_withdrawn:
            return Judged(verdict=ACCEPTED, day=day)
        return Judged(
            verdict=CHANGED,
            corrects=stood.entry,
            was=stood.standing,
            echoes=stood.entry,
            day=day,
        )
    return Judged(
        verdict=CONFLICT,
        entry=stood.entry,
        why=why,
        was=stood.standing,
        asked="" if asked is None else "before",
        day=day,
    )


def _day_that_stands(fact: Staged, stood: Stood) -> str:
    """Return the day to keep where the file gives none: a child's first day must not move (M8)."""
    return stood.standing.occurred_on if fact.on_sight else ""


def _refusal(fact: Staged, against: Against) -> Judged | None:
    says = fact.says
    too_long = _too_long(fact, against.vocabulary)
    if too_long:
        return Judged(verdict=REFUSED, code="length", reason=too_long)
    draft = Entry(
        entry_id="",
        child=against.child,
        kind=fact.kind,
        occurred_on=date.fromisoformat(says.occurred_on),
        position=0,
        time=time.fromisoformat(says.time) if says.time else None,
        outcome=says.outcome,
        keys=says.keys,
        fields=says.fields,
        until=date.fromisoformat(says.until) if says.until else None,
    )
    found = checks.refusals(draft, against.record, against.vocabulary, today=against.today)
    if not found and (fault := holding.fault_of(fact.kind, says.fields)):
        return Judged(verdict=REFUSED, code="conflict", reason=fault)
    if not found:
        return None
    code, at = _code_of(found[0], draft, against)
    return Judged(verdict=REFUSED, code=code, at=at, reason=found[0].sentence)


def _too_long(fact: Staged, vocabulary: Vocabulary) -> str:
    """Return why a row is too long to be kept, "" where it is not; only long texts may be long."""
    if len(fact.source) > LONGEST_SOURCE:
        return "The row's own id is too long to be kept."
    if all(len(str(said)) <= LONGEST_WORDS for said in fact.says.fields.values()):
        return ""
    kind = vocabulary.kinds.get(fact.kind)
    for name, said in fact.says.fields.items():
        declared = kind.find_field(name) if kind else None
        if len(str(said)) > LONGEST_WORDS and declared and declared.type != "long_text":
            return f"“{declared.title}” is longer than {LONGEST_WORDS} characters."
    return ""


def _code_of(problem: Problem, draft: Entry, against: Against) -> tuple[Code, str]:
    """Return the code of a problem, and the title of the field that it lies in."""
    if problem.field == "occurred_on":
        return ("future" if draft.occurred_on > against.today else "before_birth"), ""
    if problem.field == "until":
        return "order", ""
    kind = against.vocabulary.kinds.get(draft.kind)
    declared = kind.find_field(problem.field) if kind else None
    if declared is None:
        return "code", ""
    if not draft.fields.get(problem.field):
        return "missing", declared.title
    return ("date" if declared.type == "date" else "code"), declared.title
