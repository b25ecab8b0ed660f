"""An episode played forward on the engine itself, one day's facts after another (M35)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from caseward.rules.engine import gates
from caseward.rules.engine.reference import assumptions
from caseward.rules.engine.reference.assumptions import Assumption, Outcome
from caseward.rules.engine.reference.evaluation import evaluate
from caseward.rules.engine.rulebook import Rulebook
from caseward.rules.engine.tasks import Episode, Evaluation, Role, Task
from caseward.rules.facts import record as records
from caseward.rules.facts.entries import Record

TWO_YEARS = timedelta(days=731)
# More rounds than any procedure has steps: a law file that goes in a circle ends here.
MOST_ROUNDS = 300


class Course:
    """One episode from a day on: what was assumed so far, and where it ended."""

    def __init__(
        self,
        record: Record,
        rulebook: Rulebook,
        episode: Episode,
        *,
        as_of: date,
        assumed: Sequence[Assumption] = (),
    ) -> None:
        self.record = record
        self.rulebook = rulebook
        self.episode = episode
        self.as_of = as_of
        self.assumed = list(assumed)
        self.last_on = max((one.on for one in assumed), default=as_of)
        self.ends_on: date | None = None
        self.closed_by = ""
        self.stuck: set[str] = set()
        self._tried = {one.task for one in assumed}
        procedure = next(one for one in rulebook.procedures if one.id == episode.procedure)
        self.edition = gates.edition_of(procedure, episode, as_of)

    def run(self, forced: Mapping[str, str]) -> None:
        """Play on until the episode closes, nothing is left, or two years have passed.

        Shapes: `forced` gives a decision, by its task's key, another outcome than the usual.
        """
        end = self.as_of + TWO_YEARS
        for _ in range(MOST_ROUNDS):
            answer = evaluate(self._played(), self.rulebook)
            now = next((one for one in answer.episodes if one.key == self.episode.key), None)
            if now is None:
                return
            if self._receive(now):
                continue
            due = self._next(answer)
            next_on = due[0][0] if due else None
            if _closes_first(now.closed_on, next_on, self.last_on):
                self.ends_on = now.closed_on if (now.closed_on or end) <= end else None
                self.closed_by = now.closed_by
                return
            if next_on is None or next_on > end:
                return
            self._assume(answer, due, forced)

    def otherwise(self, index: int, outcome: str) -> date | None:
        """Return where the episode ends if the decision assumed there has another outcome."""
        decision = self.assumed[index]
        other = Course(
            self.record,
            self.rulebook,
            self.episode,
            as_of=self.as_of,
            assumed=self.assumed[:index],
        )
        other.run({decision.task: outcome})
        return other.ends_on

    def other_outcomes(self, decision: Assumption) -> list[Outcome]:
        """Return the outcomes of the decision that were not assumed."""
        step = self.edition.step(decision.step)
        if step is None or len(step.outcomes) < 2:  # noqa: PLR2004 - no choice, no other end
            return []
        return [one for one in step.outcomes.values() if one.outcome != decision.outcome]

    def _played(self) -> Record:
        events = [*self.record.events, *(one.event for one in self.assumed)]
        return replace(self.record, events=records.in_order(events))

    def _next(self, answer: Evaluation) -> list[tuple[date, Task]]:
        """The open duties that come next, all of one day; a recurring one prolongs nothing."""
        days = [
            (max(self.as_of, task.opened_on, self._taken_on(task)), task)
            for task in answer.tasks
            if task.episode == self.episode.key
            and task.role is Role.STEP
            and task.ordinal == 0
            and task.key not in self._tried
            and task.met_on is None
        ]
        standing = [
            (day, task) for day, task in days if task.ended_on is None or task.ended_on > day
        ]
        first = min((day for day, _ in standing), default=None)
        return [pair for pair in standing if pair[0] == first]

    def _taken_on(self, task: Task) -> date:
        """The day it is taken to be done: its expected day, or the day it opens.

        A meeting already arranged is taken to be held on the day it is planned for.
        """
        step = self.edition.step(task.step)
        if step is not None and step.meeting is not None and task.planned_on is not None:
            return task.planned_on
        return task.expected_on or task.opened_on

    def _assume(
        self, answer: Evaluation, due: list[tuple[date, Task]], forced: Mapping[str, str]
    ) -> None:
        made: list[Assumption] = []
        for day, task in due:
            self._tried.add(task.key)
            step = self.edition.step(task.step)
            parts = [one for one in answer.tasks if one.parent == task.key and one.met_on is None]
            found = (
                []
                if step is None
                else assumptions.facts_for(
                    task,
                    step,
                    # An ending that lies ahead (a birthday) does not take the part away today.
                    [one for one in parts if one.ended_on is None or one.ended_on > day],
                    on=day,
                    outcome=forced.get(task.key),
                    edition=self.edition,
                    vocabulary=self.rulebook.vocabulary,
                    child=self.record.child,
                )
            )
            if not found:
                self.stuck.add(task.step)
            made.extend(found)
            self.last_on = max(self.last_on, day)
        self.assumed.extend(assumptions.joined(made))

    def _receive(self, now: Episode) -> bool:
        """What nobody owes happens on the day of the act that it follows (a receipt)."""
        found = assumptions.receipts(self._played(), now, self.edition, self.rulebook.vocabulary)
        self.assumed.extend(found)
        return bool(found)


def _closes_first(closes_on: date | None, next_on: date | None, last_on: date) -> bool:
    """Whether the episode closes before anything more is to be assumed."""
    if closes_on is None:
        return False
    return next_on is None or closes_on < next_on or closes_on <= last_on
