"""How a story is told: what happened to a child on which day, and who recorded it when.

Days are offsets from the demonstration's day (`days`): "-6wd" six working days before it, "-20m"
twenty months. What lies before the authority began with Caseward was brought over from its earlier
system; the rest was recorded by the people in their roles, most of it on the day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from datetime import time as time_of_day
from typing import Any

from caseward.interfaces.cli.demonstration import days, staff
from caseward.interfaces.cli.demonstration.chance import Chance
from caseward.interfaces.cli.demonstration.deeds import (
    Allocated,
    Corrected,
    Deed,
    Delayed,
    Fact,
    GivenUp,
    MadeSiblings,
    Opened,
    Recorded,
    What,
    Withdrawn,
)
from caseward.rules.calendars.days import Calendar
from caseward.rules.facts.kinds import Vocabulary

BEGAN = "-80wd"
"""The authority began with Caseward on this day."""

When = str | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one form would say, days still as offsets; `what` holds its fields and keys."""

    kind: str
    outcome: str | None = None
    word: str = ""
    time: time_of_day | None = None
    until: When | None = None
    what: Mapping[str, Any] = field(default_factory=dict)


def said(
    kind: str,
    outcome: str | None = None,
    *,
    word: str = "",
    at: time_of_day | None = None,
    until: When | None = None,
    **what: Any,
) -> Said:
    """Return what one form says; names that the kind declares as keys become its keys."""
    return Said(kind=kind, outcome=outcome, word=word, time=at, until=until, what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """Somebody in a child's life: `word` is shared by the children of one family."""

    word: str
    name: str
    relationship: str
    responsibility: str = ""
    lives_with: bool = False
    may_know_of_child: bool = True
    language: str = ""
    reading_needs: str = ""
    ways: tuple[tuple[str, str, bool, str], ...] = ()
    must_not_meet: tuple[str, ...] = ()
    why_not_meet: str = ""


@dataclass(slots=True, kw_only=True)
class Telling:
    """All stories of one demonstration, as they grow."""

    today: date
    calendar: Calendar
    vocabulary: Vocabulary
    chance: Chance
    children: dict[str, "Child"] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    siblings: list[MadeSiblings] = field(default_factory=list)
    is_typed: bool = True
    """Whether the stories told now are typed in Caseward, or come from the earlier system."""

    @property
    def began_on(self) -> date:
        """Return the day on which the authority began with Caseward."""
        return self.day(BEGAN)

    def day(self, when: When) -> date:
        """Return the working day that an offset names; days and dates are taken as they are."""
        if isinstance(when, date):
            return when
        on = days.day(when, self.today, self.calendar)
        return on if when.endswith(("wd", "d")) else self.worked(on)

    def worked(self, on: date) -> date:
        """Return the day, or the last working day before it."""
        while not self.calendar.is_working_day(on):
            on -= timedelta(days=1)
        return on

    def born(self, when: When) -> date:
        """Return a birthday of somebody as old as that: some day of the year before it."""
        if isinstance(when, date):
            return when
        return days.day(when, self.today, self.calendar) - timedelta(
            days=self.chance.birthday_earlier()
        )

    def child(
        self,
        name: str,
        *,
        born: When | None = None,
        expected: When | None = None,
        worker: str = "north",
        iro: str = "",
        sex: str = "",
        since: When | None = None,
    ) -> "Child":
        """Begin a child's story; with `since`, its record was opened in Caseward on that day."""
        if not self.is_typed:
            workers = staff.SHARED_AMONG[staff.TEAM_OF[worker]]
            worker = workers[len(self.children) % len(workers)]
        child = Child(
            told=self,
            word=name.split(maxsplit=1)[0].lower(),
            name=name,
            born_on=None if born is None else self.born(born),
            expected_on=None if expected is None else self.day(expected),
            worker=worker,
            iro=iro or staff.IRO_OF[worker],
            sex=sex,
            known_on=self.began_on if since is None else self.day(since),
            is_brought_over=since is None,
            is_typed=self.is_typed,
            cover_since=self.day(staff.AWAY_SINCE) if worker == staff.AWAY else None,
        )
        if child.word in self.children:
            raise ValueError(f"Two children of the stories are called {child.word!r}.")
        self.children[child.word] = child
        if since is not None and self.is_typed:
            manager = staff.MANAGER_OF[child.team]
            self.deed(child.known_on, manager, Opened(child=child.word))
        return child

    def deed(self, on: date, by: str, what: What, *, why: str = "", acting_for: str = "") -> None:
        """Note what a worker does on a day; on no day that has not ended."""
        if on >= self.today:
            raise ValueError(f"{what} would be recorded on {on}, which is not over yet.")
        self.deeds.append(
            Deed(on=on, number=len(self.deeds), by=by, what=what, why=why, acting_for=acting_for)
        )

    def together(
        self,
        children: Sequence["Child"],
        when: When,
        by: str,
        what: Said,
        *,
        each: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Record one occasion over several children; `each` says what differs for one."""
        on = self.day(when)
        for child in children:
            if not child.is_typed:
                child.came_over(when, _differing(what, (each or {}).get(child.word, {})), by=by)
        typed = [child for child in children if child.is_typed]
        if not typed:
            return
        self.deed(
            on,
            typed[0].worker_for(by, on),
            Recorded(
                children=tuple(child.word for child in typed),
                facts=(self.fact(what, on),),
                each=each or {},
            ),
        )

    def fact(self, what: Said, on: date) -> Fact:
        """Return what was said with its days worked out, keys and fields told apart."""
        kind = self.vocabulary.kinds[what.kind]
        named = {name: self._value(kind.id, name, value) for name, value in what.what.items()}
        return Fact(
            kind=what.kind,
            on=on,
            time=what.time,
            until=None if what.until is None else self.day(what.until),
            outcome=what.outcome,
            keys={name: value for name, value in named.items() if name in kind.keys},
            fields={name: value for name, value in named.items() if name not in kind.keys},
            word=what.word,
        )

    def _value(self, kind: str, name: str, value: Any) -> Any:
        declared = self.vocabulary.kinds[kind].find_field(name)
        if declared is not None and declared.type == "date":
            return self.day(value).isoformat()
        return value


@dataclass(slots=True, kw_only=True)
class Child:
    """One child as the stories know them."""

    told: Telling
    word: str
    name: str
    born_on: date | None
    expected_on: date | None
    worker: str
    iro: str
    sex: str
    known_on: date
    is_brought_over: bool
    is_typed: bool = True
    adults: list[Adult] = field(default_factory=list)
    history: list[Fact] = field(default_factory=list)
    refreshed: list[Fact] = field(default_factory=list)
    acted: set[str] = field(default_factory=set)
    """The roles in which somebody acted for the child."""
    cover_since: date | None = None
    in_care_since: date | None = None
    in_care_until: date | None = None

    @property
    def team(self) -> str:
        """Return the team of the child's social worker."""
        return staff.TEAM_OF[self.worker]

    def worker_for(self, role: str, on: date) -> str:
        """Return who does a role's work for the child on a day, by their word."""
        if role == "social_worker":
            is_covered = self.cover_since is not None and on >= self.cover_since
            return staff.COVER if is_covered else self.worker
        if role == "team_manager":
            return staff.MANAGER_OF[self.team]
        return self.iro if role == "iro" else staff.HOLDERS[role]

    def is_looked_after(self, on: date) -> bool:
        """Tell whether the child is in care and known here on a day."""
        since, until = self.in_care_since, self.in_care_until
        is_in_care = since is not None and since <= on and (until is None or on < until)
        return is_in_care and self.known_on <= on

    def facts_told(self) -> Iterator[Fact]:
        """Yield what the story has told so far."""
        yield from self.history
        yield from self.refreshed
        for deed in self.told.deeds:
            if isinstance(deed.what, Recorded) and self.word in deed.what.children:
                yield from deed.what.facts

    def knows(self, *adults: Adult) -> None:
        """Say who is in the child's life; who is known already stays as first told."""
        known = {adult.word for adult in self.adults}
        self.adults.extend(adult for adult in adults if adult.word not in known)

    def did(
        self, when: When, by: str, *whats: Said, recorded: When | None = None, why: str = ""
    ) -> None:
        """Say what happened on a day and in which role it was recorded: then, or on a later day."""
        if not self.is_typed:
            self.came_over(when, *whats, by=by)
            return
        on = self.told.day(when)
        facts = tuple(self.told.fact(what, on) for what in whats)
        recorded_on = on if recorded is None else self.told.day(recorded)
        if recorded_on < self.told.began_on:
            self.history.extend(facts)
            return
        self._deed(recorded_on, by, Recorded(children=(self.word,), facts=facts), why=why)

    def came_over(self, when: When, *whats: Said, by: str = "") -> None:
        """Say what happened and was recorded in the earlier system, which is read each night."""
        on = self.told.day(when)
        if on >= self.told.today:
            raise ValueError(f"{whats} would have happened on {on}, which is not over yet.")
        self.acted.add(by)
        facts = tuple(self.told.fact(what, on) for what in whats)
        (self.history if on < self.told.began_on else self.refreshed).extend(facts)

    def corrected(self, when: When, by: str, on: When, what: Said, *, why: str) -> None:
        """Say that what was recorded under a word is put right: what it says now, and of which day."""
        fact = self.told.fact(what, self.told.day(on))
        self._deed(self.told.day(when), by, Corrected(child=self.word, fact=fact, why=why), why=why)

    def withdrew(self, when: When, by: str, word: str, *, why: str) -> None:
        """Say that what was recorded under a word is taken back."""
        what = Withdrawn(child=self.word, word=word, why=why)
        self._deed(self.told.day(when), by, what, why=why)

    def delayed(
        self, when: When, by: str, step: str, *, until: When, reason: str, explanation: str
    ) -> None:
        """Say that a step was allowed to be done later; the district manager agreed."""
        what = Delayed(
            child=self.word,
            step=step,
            new_date=self.told.day(until),
            reason=reason,
            explanation=explanation,
            agreed_by="district_manager",
        )
        self._deed(self.told.day(when), by, what)

    def gave_up(self, when: When, by: str, step: str, *, reason: str) -> None:
        """Say that a manager ended a step without its being done."""
        what = GivenUp(child=self.word, step=step, reason=reason, decided_by=by)
        self._deed(self.told.day(when), by, what)

    def allocated(
        self, when: When, by: str, role: str, *, worker: str = "", team: str = "", away: str = ""
    ) -> None:
        """Say that a worker or a team was given a role for the child, perhaps for one away."""
        what = Allocated(child=self.word, role=role, worker=worker, team=team, stands_in_for=away)
        self._deed(self.told.day(when), by, what)

    def is_sibling_of(
        self, others: Iterable["Child"], *, when: When = BEGAN, same_household: bool = True
    ) -> None:
        """Say on both records that the children are brothers or sisters."""
        for other in others:
            what = MadeSiblings(child=self.word, sibling=other.word, same_household=same_household)
            if not self.is_typed:
                self.told.siblings.append(what)
                continue
            self._deed(self.told.day(when), "business_support", what)

    def _deed(self, on: date, by: str, what: What, *, why: str = "") -> None:
        worker = self.worker_for(by, on)
        is_cover = by == "social_worker" and worker != self.worker
        self.told.deed(on, worker, what, why=why, acting_for=self.worker if is_cover else "")


def _differing(what: Said, differs: Mapping[str, Any]) -> Said:
    own = {name.removeprefix("keys."): value for name, value in differs.items()}
    return replace(what, what={**what.what, **own})
