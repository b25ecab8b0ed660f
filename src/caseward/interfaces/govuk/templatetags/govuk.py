"""Dates in words, a child's duties by procedure, and the calendar under a date."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from caseward.interfaces.govuk import day_words, month_grid, site_parts
from caseward.interfaces.govuk import dials as day_dials
from caseward.work.readings import shapes

register = template.Library()
_LONDON = ZoneInfo("Europe/London")
_NEAR_DAYS = 31
# So many blocks are shown each; of more, those alike are shown once.
_STRIP_WHOLE = 12
_STRIP_LENGTH = 40
_STILL_OPEN = ("open", "waiting")
_WAY_WORDS = {
    "met": "done",
    "late": "late",
    "missed": "ended without being done",
    "open": "to do",
    "waiting": "waiting",
    "not": "not needed",
}
_SAID_ELSEWHERE = ("due_today", "no_limit", "unverified", "behind_usual")
_NUMBERS = {
    "authority": "Number in the authority's system",
    "ssda903": "Child ID in the SSDA903 return",
}
_COUNTED_DAYS = ("working_days", "days")


@register.filter
def long_day(day: date | None) -> SafeString | str:
    """Return a `<time>` with the day in full, or nothing for no day."""
    return _time(day, day_words.long_day(day)) if day else ""


@register.filter
def short_day(day: date | None) -> SafeString | str:
    """Return a `<time>` with the day as a line of a list says it, or nothing for no day."""
    return _time(day, day_words.short_day(day)) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """Return a moment in London's time: 6 Jan 2026 at 14:05."""
    if at is None:
        return ""
    local = at.astimezone(_LONDON)
    return f"{local.day} {local:%b} {local.year} at {local:%H:%M}"


@register.filter
def clock_time(at: datetime | None) -> str:
    """Return a moment's London time of day: 14:05."""
    return f"{at.astimezone(_LONDON):%H:%M}" if at else ""


@register.filter
def said_at_top(banner: shapes.Banner | None) -> tuple[str, ...]:
    """Return what must be said above the page: of another day, of an earlier knowledge.

    That the store is a demonstration stands above too, in two words, and whole at the foot.
    """
    if not isinstance(banner, shapes.Banner):
        return ()
    return banner.sentences[1:] if banner.is_demonstration else banner.sentences


@register.filter
def dials(banner: shapes.Banner | None) -> str:
    """Return the query that keeps a link on the day looked at; nothing for today's pages."""
    if not isinstance(banner, shapes.Banner) or not banner.is_past:
        return ""
    return day_dials.Dials(as_of=banner.as_of, known_at=banner.known_at).query()


@register.filter
def with_dials(address: str, banner: shapes.Banner | None) -> str:
    """Return an address that keeps to the day looked at."""
    return f"{address}{dials(banner)}"


@register.filter
def stood(banner: shapes.Banner) -> str:
    """Return which day a page of the past shows, and as known when, without a full stop."""
    return banner.sentences[-1].rstrip(".") if banner.sentences else ""


@register.filter
def parts_of_the_site(request: HttpRequest) -> tuple[site_parts.SitePart, ...]:
    """Return the links of the navigation."""
    return site_parts.of(request)


@register.filter
def has_lines(groups: Iterable[shapes.Group]) -> bool:
    """Tell whether anything is listed under any heading."""
    return any(group.lines for group in groups)


@register.filter
def of_episode(
    groups: Iterable[shapes.Group], episode: shapes.EpisodeLine
) -> list[shapes.TaskLine]:
    """Return the lines of one episode from all groups, in the order in which they arise."""
    lines = [line for group in groups for line in group.lines if line.episode == episode.key]
    return sorted(lines, key=lambda line: (line.opened_on, line.due_on or date.max, line.step))


@register.filter
def still_open(lines: Iterable[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return the lines that are still to be done, or wait for something."""
    return [line for line in lines if line.status in _STILL_OPEN and line.is_listed]


@register.filter
def only_measured(lines: Iterable[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return the lines due before the child's first day in Caseward: measured, asked of nobody.

    What the authority's own task covers is not among them: it shows on that task.
    """
    measured = [line for line in lines if line.status in _STILL_OPEN and not line.is_listed]
    return [line for line in measured if not line.covered_by]


@register.filter
def busy(
    episodes: Iterable[shapes.EpisodeLine], groups: Iterable[shapes.Group]
) -> list[shapes.EpisodeLine]:
    """Return the episodes under which something is to be done, or is on hold."""
    listed = list(groups)
    return [each for each in episodes if each.held_words or still_open(of_episode(listed, each))]


@register.filter
def quiet(
    episodes: Iterable[shapes.EpisodeLine], groups: Iterable[shapes.Group]
) -> list[shapes.EpisodeLine]:
    """Return the episodes under which nothing is to be done now: a line each is enough."""
    every, listed = list(episodes), list(groups)
    keys = {each.key for each in busy(every, listed)}
    return [each for each in every if each.key not in keys]


@register.filter
def over(lines: Iterable[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return the lines that are done or ended, the latest first."""
    return [line for line in lines if line.status not in _STILL_OPEN][::-1]


@register.filter
def latest_steps(lines: list[shapes.TaskLine]) -> list[shapes.TaskLine]:
    """Return as many of the latest lines as a strip can show at a glance.

    Where there are many, a duty that came round again shows by its latest time alone.
    """
    latest = {(line.step, line.about): line for line in lines}
    shown = lines if len(lines) <= _STRIP_WHOLE else [
        line for line in lines if latest[line.step, line.about] is line
    ]  # fmt: skip
    return shown[-_STRIP_LENGTH:]


@register.filter
def outside_episodes(
    groups: Iterable[shapes.Group], episodes: Iterable[shapes.EpisodeLine]
) -> list[shapes.TaskLine]:
    """Return the lines that belong to none of the episodes, so that no duty goes unshown."""
    known = {episode.key for episode in episodes}
    return [line for group in groups for line in group.lines if line.episode not in known]


@register.filter
def way_code(line: shapes.TaskLine) -> str:
    """Return which block a duty is on the strip: met, late, missed, open, waiting or not."""
    if not line.is_listed and line.status in _STILL_OPEN:
        return "not"
    if line.status == "open" and line.days_late:
        return "late"
    known = {"met": "met", "missed": "missed", "open": "open", "waiting": "waiting"}
    return known.get(line.status, "not")


@register.filter
def way_words(lines: Iterable[shapes.TaskLine]) -> str:
    """Return how many duties stand where, in words: 3 done, 1 late, 2 open."""
    codes = [way_code(line) for line in lines]
    counted = [(codes.count(code), words) for code, words in _WAY_WORDS.items()]
    return ", ".join(f"{count} {words}" for count, words in counted if count)


@register.filter
def ahead_of(day: date | None, today: date) -> str:
    """Return how far ahead a day lies: tomorrow, in 4 days; nothing for one gone by."""
    if day is None or day <= today:
        return ""
    days = (day - today).days
    return "Tomorrow" if days == 1 else f"In {days} days" if days <= _NEAR_DAYS else ""


@register.filter
def is_late(line: shapes.TaskLine) -> bool:
    """Tell whether a duty is open and past its due day."""
    return any(flag.code == "late" for flag in line.flags)


@register.filter
def is_due_today(line: shapes.TaskLine) -> bool:
    """Tell whether a duty is due on the day asked about."""
    return any(flag.code == "due_today" for flag in line.flags)


@register.filter
def other_flags(line: shapes.TaskLine) -> list[shapes.Flag]:
    """Return the flags that neither the line's date says, nor *How this date was worked out*."""
    return [
        flag
        for flag in line.flags
        if flag.code not in _SAID_ELSEWHERE and (flag.code, flag.words) != ("late", "Late")
    ]


@register.filter
def months_of(how: shapes.HowWorkedOut) -> tuple[month_grid.Month, ...]:
    """Return the calendar from the binding limit's anchor to its day; none where none helps."""
    binding = next((limit for limit in how.limits if limit.is_binding), None)
    due_on = (binding.first_on or binding.due_on) if binding else None
    if binding is None or binding.anchor_on is None or due_on is None:
        return ()
    return month_grid.months(
        anchor_on=binding.anchor_on,
        due_on=due_on,
        skipped={day.day: day.reason for day in how.skipped},
        is_numbered=binding.unit in _COUNTED_DAYS,
    )


@register.filter
def slippage(line: shapes.TaskLine) -> str:
    """Return the days past the first due date, where the line's own lateness does not say them."""
    return "" if line.days_late and line.first_due_on == line.due_on else line.slippage_words


@register.filter
def sentence(words: str) -> str:
    """Return the words with a full stop where they have none: a phrase becomes a sentence."""
    return f"{words}." if words and words[-1] not in ".!?…" else words


@register.filter
def number_words(scheme: str) -> str:
    """Return what a child's number in another system is called on a page."""
    return _NUMBERS.get(scheme, scheme)


@register.filter
def commas(words: Iterable[Any]) -> str:
    """Return the words as a sentence lists them: a, b and c."""
    parts = [str(word) for word in words]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _time(day: date, words: str) -> SafeString:
    return format_html('<time class="cw-day" datetime="{}">{}</time>', f"{day:%Y-%m-%d}", words)
