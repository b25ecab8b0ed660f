"""Duties in lists: those alike gathered under one line, those without a date kept apart, parts told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from caseward.interfaces.govuk import day_words
from caseward.interfaces.govuk.templatetags import govuk
from caseward.work.readings import shapes

register = template.Library()
# So few stand as they are; more of one duty, alike but for whom they are about, share a line.
_FEWEST_TOGETHER = 3
_STILL_OPEN = ("open", "waiting")
_FAR = timedelta(weeks=4)
_FEW_EPISODES = 3
# Headings of what has no date: nothing there can become late, so that it need not fill a phone.
_FOLDED = frozenset({"waiting", "no_limit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Lines of one duty that differ only in whom or what they are about; or one line by itself."""

    lines: tuple[shapes.TaskLine, ...]

    @property
    def is_many(self) -> bool:
        """Tell whether the lines share one line of the list."""
        return len(self.lines) >= _FEWEST_TOGETHER

    @property
    def first(self) -> shapes.TaskLine:
        """Return the line that speaks for all: they have its child, duty, dates and standing."""
        return self.lines[0]

    @property
    def about(self) -> tuple[str, ...]:
        """Return whom or what the lines are about, in their order."""
        return tuple(line.about for line in self.lines)


@register.filter
def together(lines: Iterable[shapes.TaskLine]) -> list[Together]:
    """Return the lines in their order, those alike but for whom they are about gathered."""
    found: dict[tuple[object, ...], list[shapes.TaskLine]] = {}
    for line in lines:
        found.setdefault(_likeness(line), []).append(line)
    gathered = [Together(lines=tuple(alike)) for alike in found.values()]
    return [
        part
        for each in gathered
        for part in ([each] if each.is_many else [Together(lines=(line,)) for line in each.lines])
    ]


@register.filter
def folds(code: str) -> bool:
    """Tell whether the tasks under a heading are folded away until asked for."""
    return code in _FOLDED


@register.filter
def has_others(groups: Iterable[shapes.Group]) -> bool:
    """Tell whether a heading that is not folded has tasks: a page of folds alone says nothing."""
    return any(group.lines for group in groups if group.code not in _FOLDED)


@register.filter
def is_not_verified(line: shapes.TaskLine) -> bool:
    """Tell whether the line's date comes from a rule that was not read in its source."""
    return any(flag.code == "unverified" for flag in line.flags)


@register.filter
def dated(lines: Iterable[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return the lines with a date, the earliest first."""
    found = [line for line in lines if line.due_on or line.expected_on]
    return sorted(found, key=lambda line: line.due_on or line.expected_on or date.max)


@register.filter
def near(lines: Iterable[shapes.TaskLine], as_of: date) -> list[shapes.TaskLine]:
    """Return the lines of the next four weeks."""
    return [line for line in lines if not _is_far(line, as_of)]


@register.filter
def far(lines: Iterable[shapes.TaskLine], as_of: date) -> list[shapes.TaskLine]:
    """Return the lines that lie further ahead: known in good time, and nothing for this month."""
    return [line for line in lines if _is_far(line, as_of)]


@register.filter
def pressing(
    episodes: Iterable[shapes.EpisodeLine], page: shapes.ChildPage
) -> list[shapes.EpisodeLine]:
    """Return the busy episodes with something late, on hold, or due in the next four weeks.

    A few busy ones are all shown: there is nothing to find one's way through.
    """
    busy = govuk.busy(episodes, page.tasks)
    if len(busy) <= _FEW_EPISODES:
        return busy
    return [each for each in busy if each.held_words or _presses(page, each)]


@register.filter
def further(
    episodes: Iterable[shapes.EpisodeLine], page: shapes.ChildPage
) -> list[shapes.EpisodeLine]:
    """Return the busy episodes with nothing in the next four weeks: a line each, to be opened."""
    every = list(episodes)
    shown = {each.key for each in pressing(every, page)}
    return [each for each in govuk.busy(every, page.tasks) if each.key not in shown]


@register.filter
def next_words(episode: shapes.EpisodeLine, page: shapes.ChildPage) -> str:
    """Return when something comes next under an episode: next Thu 11 Mar 2027."""
    days = dated(govuk.still_open(govuk.of_episode(page.tasks, episode)))
    day = (days[0].due_on or days[0].expected_on) if days else None
    return f"next {day_words.short_day(day)}" if day is not None else "no date yet"


@register.filter
def undated(lines: Iterable[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return the lines without a date: they wait for something, or have no time limit."""
    return [line for line in lines if not (line.due_on or line.expected_on)]


@register.filter
def own_day(line: shapes.TaskLine) -> date | None:
    """Return the day that a line leads with: done, due, or else the usual day."""
    return line.met_on or line.due_on or line.expected_on


@register.filter
def in_words(day: date) -> str:
    """Return a day's words alone, for a `<time>` that the template writes."""
    return day_words.short_day(day)


@register.filter
def standing(line: shapes.TaskLine, as_of: date) -> str:
    """Return how a line stands to the day asked about; a usual time is never something late."""
    if line.met_on is not None:
        return line.status_words
    if line.due_on is not None:
        return _due_standing(line, as_of)
    if line.expected_on is not None:
        return "was the usual time" if line.expected_on < as_of else "is the usual time"
    return line.due_words.partition(": ")[0]


@register.filter
def reason(line: shapes.TaskLine) -> str:
    """Return why a line has no date, as a sentence; nothing for one with a date."""
    because = line.due_words.partition(": ")[2] if not (line.due_on or line.expected_on) else ""
    return because[:1].upper() + because[1:]


@register.filter
def flags_in_a_row(line: shapes.TaskLine) -> list[shapes.Flag]:
    """Return the flags of a row whose last cell says who is responsible, or that nobody is."""
    return [flag for flag in govuk.other_flags(line) if flag.code != "unallocated" or line.holders]


@register.filter
def parts_words(line: shapes.TaskLine) -> str:
    """Return how far the parts of a duty are: 2 of 6 parts done."""
    needed = [part for part in line.parts if part.status in (*_STILL_OPEN, "met")]
    n_met = sum(part.status == "met" for part in needed)
    return f"{n_met} of {len(needed)} parts done" if needed else "None of the parts is needed now"


@register.filter
def part_words(part: shapes.TaskLine) -> str:
    """Return how one part stands: done on a day, or still to do."""
    if part.met_on is not None:
        return f"Done {day_words.short_day(part.met_on)}"
    return "Not yet" if part.status in _STILL_OPEN else part.status_words


def _presses(page: shapes.ChildPage, episode: shapes.EpisodeLine) -> bool:
    lines = dated(govuk.still_open(govuk.of_episode(page.tasks, episode)))
    return any(not _is_far(line, page.banner.as_of) for line in lines)


def _is_far(line: shapes.TaskLine, as_of: date) -> bool:
    day = line.due_on or line.expected_on
    return day is not None and day > as_of + _FAR


def _likeness(line: shapes.TaskLine) -> tuple[object, ...]:
    """What lines have in common that stand together; a line about nobody is like no other."""
    if not line.about:
        return (line.task_id,)
    dates = (line.due_on, line.expected_on, line.met_on, line.ended_on)
    return (line.child_id, line.episode, line.step, line.status, line.responsible, *dates)


def _due_standing(line: shapes.TaskLine, as_of: date) -> str:
    codes = {flag.code for flag in line.flags}
    if line.days_late:
        return f"{line.days_late} day{'' if line.days_late == 1 else 's'} late"
    if "due_today" in codes:
        return "Due today"
    if line.status not in _STILL_OPEN:
        return line.status_words
    if "projected" in codes and line.due_on is not None and line.due_on < as_of:
        return "was expected"
    return govuk.ahead_of(line.due_on, as_of)
