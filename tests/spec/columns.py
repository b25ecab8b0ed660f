"""The columns of the rulebook's tables: how a fact is written and what is shown of a task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import yaml

from tests.spec.tables import Row

FACT_COLUMNS = {
    "id": "what the fact is called in the other tables; left out: f1, f2 …",
    "child": "whose record it stands on; left out: c1",
    "day": "the day on which it happened",
    "time": "the time of day, where known",
    "kind": "the kind of event",
    "outcome": "its outcome",
    "keys": "what it belongs to: meeting=m1; plan=p1",
    "fields": "what else was recorded: planned_on=2026-03-02; recipients=[mother, father]",
    "until": "the day from which the state that it began no longer holds",
    "corrects": "the fact that it corrects",
    "withdraws": "the fact that it withdraws",
    "recorded": "the day or moment on which it was recorded",
}


@dataclass(frozen=True)
class Shown:
    """A task, how it stands on the day asked, and what the facts are called."""

    task: Any
    standing: Any


Show = Callable[[Shown], object]

TASK_COLUMNS: Mapping[str, Show] = {
    "procedure": lambda it: it.task.procedure,
    "episode": lambda it: it.task.episode_number,
    "step": lambda it: it.task.step,
    "part": lambda it: it.task.part,
    "each": lambda it: it.task.each,
    "keys": lambda it: "; ".join(f"{key}={it.task.keys[key]}" for key in sorted(it.task.keys)),
    "what": lambda it: "" if it.task.role.value == "step" else it.task.role.value,
    "n": lambda it: it.task.ordinal,
    "owner": lambda it: it.standing.owner or it.task.owner,
    "trigger": lambda it: it.task.trigger_on,
    "opens": lambda it: it.task.opened_on,
    "first due": lambda it: it.task.first_due_on,
    "from": lambda it: next((one.from_on for one in it.task.limits if one.from_on), None),
    "due": lambda it: it.task.due_on,
    "due at": lambda it: it.task.due_at,
    "expected": lambda it: it.task.expected_on,
    "limits": lambda it: [f"{limit.force.value} {limit.due_on}" for limit in it.task.limits],
    "deemed": lambda it: any(limit.is_deemed for limit in it.task.limits),
    "no time": lambda it: any(limit.has_no_time for limit in it.task.limits),
    "planned": lambda it: it.task.planned_on,
    "met": lambda it: it.task.met_on,
    "met by": lambda it: it.task.met_by,
    "by silence": lambda it: it.task.is_met_by_silence,
    "stale": lambda it: it.task.is_stale,
    "attempts": lambda it: it.task.attempts,
    "ended": lambda it: it.task.ended_on,
    "ended by": lambda it: it.task.ended_by,
    "status": lambda it: it.standing.status.value,
    "flags": lambda it: [name for name, has in FLAGS.items() if has(it.standing)],
    "late against": lambda it: it.standing.late_against,
    "days late": lambda it: it.standing.days_late,
    "slip": lambda it: f"{it.standing.slippage_days} ({it.standing.slippage_working_days})",
    "delays": lambda it: [f"{delay.new_date} {delay.reason}" for delay in it.task.delays],
    "held": lambda it: [f"{span.since}–{span.until or ''}" for span in it.task.held],
    "waits for": lambda it: it.task.waits_for,
    "needs": lambda it: [f"{need.name} {need.there_on or ''}".strip() for need in it.task.needs],
    "already late": lambda it: [f"{first}–{last}" for first, last in it.task.already_late],
    "no time since": lambda it: it.task.impossible_since,
    "covered": lambda it: "yes" if it.task.covered_by else "",
    "suits both": lambda it: it.task.suits_both_on,
    "missing": lambda it: it.task.cannot_tell,
    "trigger facts": lambda it: it.task.receipt.trigger_entries,
    "notes": lambda it: it.task.receipt.note_entries,
    "matched": lambda it: "by date" if it.task.receipt.matched_by_date else "",
    "edition": lambda it: it.task.receipt.edition_from,
    "why": lambda it: it.task.ended_because or it.task.receipt.reason,
    "unbound": lambda it: [f"{since}–{until or ''}" for since, until, _ in it.task.unbound],
}
FLAGS: Mapping[str, Callable[[Any], bool]] = {
    "late": lambda standing: standing.is_late,
    "met late": lambda standing: standing.was_met_late,
    "delayed": lambda standing: standing.is_delayed,
    "projected": lambda standing: standing.is_projected,
    "provisional": lambda standing: standing.is_provisional,
    "held": lambda standing: standing.is_held,
    "not listed": lambda standing: not standing.is_listed,
    "does not bind": lambda standing: not standing.binds,
    "cannot tell": lambda standing: standing.cannot_tell,
    "behind usual": lambda standing: standing.is_behind_usual,
}
EPISODE_COLUMNS: Mapping[str, Callable[[Any], object]] = {
    "procedure": lambda it: it.procedure,
    "number": lambda it: it.number,
    "key": lambda it: it.episode_key,
    "opened": lambda it: it.opened_on,
    "opened by": lambda it: it.opened_by,
    "enters at": lambda it: it.enters_at,
    "decided again": lambda it: it.again,
    "closed": lambda it: it.closed_on,
    "closed by": lambda it: it.closed_by,
    "held": lambda it: [f"{span.since}–{span.until or ''}" for span in it.held],
    "breaches": lambda it: [f"{breach.entry_id} before {breach.gate}" for breach in it.breaches],
}
FORECAST_COLUMNS: Mapping[str, Callable[[Any], object]] = {
    "step": lambda it: it.step,
    "kind": lambda it: it.kind,
    "on": lambda it: it.on,
    "outcome": lambda it: it.outcome,
    "because": lambda it: it.because,
}
# The engine words these; the table says which words must be among them.
WORDS = frozenset({"why", "waits for", "missing"})


def written(value: object) -> str:
    """Return a value as a cell shows it; what is absent, false or nought is an empty cell."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(written(part) for part in value)
    if value is True:
        return "yes"
    return "" if value is None or value is False else str(value)


def fact(row: Row, *, number: int, child: str) -> dict[str, Any]:
    """Return what a row of facts says, as the values of an entry."""
    unknown = row.keys() - FACT_COLUMNS.keys()
    if unknown:
        message = f"no such column of facts: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return {
        "entry_id": row.get("id") or f"f{number}",
        "child": row.get("child") or child,
        "kind": row["kind"],
        "occurred_on": date.fromisoformat(row["day"]),
        "position": number,
        "time": time.fromisoformat(row["time"]) if row.get("time") else None,
        "outcome": row.get("outcome") or None,
        "keys": _pairs(row.get("keys", "")),
        "fields": _pairs(row.get("fields", "")),
        "until": date.fromisoformat(row["until"]) if row.get("until") else None,
        "corrects": row.get("corrects") or None,
        "withdraws": row.get("withdraws") or None,
        "recorded_at": moment(row["recorded"]) if row.get("recorded") else None,
    }


def moment(text: str) -> datetime:
    """Return a moment; a day alone is noon of that day."""
    at = datetime.fromisoformat(text if " " in text else f"{text} 12:00")
    return at.replace(tzinfo=UTC)


def _pairs(text: str) -> dict[str, Any]:
    pairs = (pair.split("=", 1) for pair in text.split(";") if pair.strip())
    return {name.strip(): yaml.load(value, Loader=yaml.BaseLoader) for name, value in pairs}  # noqa: S506
