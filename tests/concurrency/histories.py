"""Holds what writers were told against what the ledger holds: pure, given both.

A history has a line for each attempt: when it began, and, unless its writer was killed, when it
ended and how. Anomalies are what no order of the attempts, one after another, could explain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

How = Literal["ok", "fail", "info"]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt: `info` was killed before it was answered, so that nobody knows.

    `token` is the idempotency key; `expected` is the number at which a correction saw the entry
    that it corrects; `seen` are the tokens that a look at a child's record showed.
    """

    token: str
    child: str
    began: int
    ended: int | None = None
    how: How = "info"
    error: str = ""
    corrects: str = ""
    expected: int = 0
    seen: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Stored:
    """One entry of the ledger: under which token it came in, where it stands, what it corrects."""

    token: str
    child: str
    position: int
    seq: int
    corrects: str = ""


@dataclass(kw_only=True)
class History:
    """Every attempt, and every entry that the ledger holds of the children written to."""

    attempts: Sequence[Attempt]
    stored: Sequence[Stored]
    by_token: dict[str, list[Stored]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.stored:
            self.by_token.setdefault(each.token, []).append(each)

    @property
    def writes(self) -> list[Attempt]:
        """Return the attempts that are no looks."""
        return [each for each in self.attempts if each.seen is None]


def anomalies(history: History) -> list[str]:
    """Return every anomaly, in words."""
    return [
        *_counts(history),
        *_lost_updates(history),
        *_real_time(history),
        *_looks(history),
        *_gaps(history.stored),
        *_errors(history),
    ]


def read(lines: Iterable[Mapping[str, Any]]) -> list[Attempt]:
    """Return the attempts that writers noted: a line when each began, one when it ended."""
    open_: dict[tuple[str, int], dict[str, Any]] = {}
    attempts = []
    for line in lines:
        attempt = (str(line["writer"]), int(line["number"]))
        if line["type"] == "began":
            if attempt in open_:
                attempts.append(Attempt(**open_.pop(attempt)))
            open_[attempt] = dict(line["attempt"]) | {"began": line["at"]}
            continue
        told = open_.pop(attempt) | {"ended": line["at"], "how": line["type"]}
        told |= {name: line[name] for name in ("error", "seen") if name in line}
        attempts.append(Attempt(**told))
    return [*attempts, *(Attempt(**told) for told in open_.values())]


def _counts(history: History) -> Iterator[str]:
    """Each ok once, a fail never, what nobody knows once or not at all."""
    told: dict[str, set[str]] = defaultdict(set)
    for attempt in history.writes:
        told[attempt.token].add(attempt.how)
    for token, ways in told.items():
        n_stored = len(history.by_token.get(token, ()))
        if "ok" in ways and n_stored != 1:
            yield f"{token} was acknowledged and stands {n_stored} times"
        elif ways == {"fail"} and n_stored:
            yield f"{token} was refused and stands {n_stored} times"
        elif n_stored > 1:
            yield f"{token} stands {n_stored} times"
    yield from (f"{token} was never asked for" for token in history.by_token.keys() - told.keys())


def _lost_updates(history: History) -> Iterator[str]:
    """Each correction that stands was made on what stood before it."""
    expected = {each.token: each.expected for each in history.writes if each.corrects}
    seqs = {each.token: each.seq for each in history.stored}
    standing = {each.corrects: seqs[each.corrects] for each in history.stored if each.corrects}
    for each in sorted(history.stored, key=lambda stored: stored.position):
        if not each.corrects:
            continue
        if expected.get(each.token) != standing[each.corrects]:
            yield (
                f"{each.token} was made on number {expected.get(each.token)} of {each.corrects}, "
                f"where {standing[each.corrects]} stood: an update was lost"
            )
        standing[each.corrects] = each.seq


def _real_time(history: History) -> Iterator[str]:
    """Of one child, what was acknowledged before another began stands before it."""
    by_child: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in history.writes:
        by_child[attempt.child].append(attempt)
    for attempts in by_child.values():
        began = _first(attempts, history, lambda each: each.began)
        done = _first(
            [each for each in attempts if each.how == "ok"], history, lambda each: each.ended or 0
        )
        highest, at = 0, ""
        waiting = sorted(done.items(), key=lambda one: one[1])
        for token, moment in sorted(began.items(), key=lambda one: one[1]):
            while waiting and waiting[0][1] < moment:
                earlier, _ = waiting.pop(0)
                seq = history.by_token[earlier][0].seq
                highest, at = max((highest, at), (seq, earlier))
            if history.by_token[token][0].seq < highest:
                yield f"{token} began after {at} was acknowledged, and stands before it"


def _first(attempts: Iterable[Attempt], history: History, moment: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in attempts:
        if each.token in history.by_token:
            found[each.token] = min(found.get(each.token, 1 << 62), moment(each))
    return found


def _looks(history: History) -> Iterator[str]:
    """A look shows all that was acknowledged before it began, and nothing that does not stand."""
    done = [
        (each.ended or 0, each.child, each.token) for each in history.writes if each.how == "ok"
    ]
    for look in history.attempts:
        if look.seen is None or look.how != "ok":
            continue
        seen = set(look.seen)
        for ended, child, token in done:
            if child == look.child and ended < look.began and token not in seen:
                yield f"{token} was acknowledged, and a later look at its child did not show it"
        for token in seen - history.by_token.keys():
            yield f"{token} was shown and does not stand"


def _gaps(stored: Sequence[Stored]) -> Iterator[str]:
    by_child: dict[str, list[int]] = defaultdict(list)
    for each in stored:
        by_child[each.child].append(each.seq)
    for child, seqs in by_child.items():
        for one, following in pairwise(sorted(seqs)):
            if following != one + 1:
                yield f"{child} has a gap, or a double, between {one} and {following}"


def _errors(history: History) -> Iterator[str]:
    """Nobody is shown what the database says; a refusal in our own words is none of that."""
    yield from (f"{each.token} was shown: {each.error}" for each in history.attempts if each.error)
