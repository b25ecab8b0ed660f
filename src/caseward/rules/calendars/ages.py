"""On which day an age is reached, and how old somebody is on a day: one rule for engine and pages.

An age in whole years is reached at the beginning of the anniversary of the birth. In a year without
a 29 February whoever was born on one has no such anniversary: 1 March is taken, which is the common
reading in England. Months between clip at a month's end, as every count does.

Source: Family Law Reform Act 1969, section 9(1); decision 0017 for 29 February.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

MONTHS_OF = {"months": 1, "years": 12}
DAYS_OF = {"days": 1, "weeks": 7}
UNITS = frozenset((*MONTHS_OF, *DAYS_OF))
A_YEAR = 12


@lru_cache(maxsize=65_536)
def reached_on(born_on: date, count: int, unit: str) -> date:
    """Return the day on which an age is reached.

    Units: "days", "weeks", "months", "years"; an age has no working days.
    """
    if unit in DAYS_OF:
        return born_on + timedelta(days=count * DAYS_OF[unit])
    months = count * MONTHS_OF[unit]
    year, month = divmod(born_on.year * A_YEAR + born_on.month - 1 + months, A_YEAR)
    last = monthrange(year, month + 1)[1]
    if born_on.day > last and months % A_YEAR == 0:
        return date(year, month + 1, last) + timedelta(days=1)
    return date(year, month + 1, min(born_on.day, last))


def whole_months(born_on: date, on: date) -> int:
    """Return how many months of age somebody has reached on a day; twelve are a year."""
    months = (on.year - born_on.year) * A_YEAR + on.month - born_on.month
    return months - (reached_on(born_on, months, "months") > on)


def birthday(born_on: date, on: date) -> int | None:
    """Return which birthday a day is: 18 for the eighteenth; None where it is none."""
    years = on.year - born_on.year
    return years if years > 0 and reached_on(born_on, years, "years") == on else None
