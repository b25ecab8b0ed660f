"""The calendar beside counting day by day, the way it is done where no table is kept."""

from datetime import date, timedelta

from bench.measuring import Row, digest, seconds
from caseward.rules.calendars import counting
from caseward.rules.calendars.days import Calendar

N_DATES = 20_000


def rows(calendar: Calendar) -> list[Row]:
    """Measure N working days on, for many days and counts, both ways; the answers are equal."""
    asked = [(date(2014, 1, 1) + timedelta(days=n % 4_000), 1 + n % 45) for n in range(N_DATES)]

    def ours() -> list[date]:
        return [counting.count_forward(calendar, day, n, "working_days").day for day, n in asked]

    def day_by_day() -> list[date]:
        return [_day_by_day(calendar, day, n) for day, n in asked]

    if ours() != day_by_day():
        raise AssertionError("the calendar and the count day by day differ")
    mine, peer = seconds(ours), seconds(day_by_day)
    print(f"calendar digest {digest(ours())}")
    return [
        Row(what="count day by day, one date", value=peer / N_DATES * 1e6, unit="µs"),
        Row(
            what="Caseward's calendar, one date (limit: the count day by day)",
            value=mine / N_DATES * 1e6,
            unit="µs",
            limit=peer / N_DATES * 1e6,
        ),
    ]


def _day_by_day(calendar: Calendar, day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= calendar.is_working_day(day)
    return day
