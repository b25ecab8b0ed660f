"""The day looked at, and what was known when: two dials that a page keeps in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from caseward.interfaces.govuk import day_words

THEN, NOW, OTHER = "then", "now", "other"
_LONDON = ZoneInfo("Europe/London")
_DAY_LENGTH = len("2026-03-03")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dials:
    """As of which day, and as known at which moment; None for what is known now."""

    as_of: date
    known_at: datetime | None

    @property
    def known(self) -> str:
        """Return which of the three answers the second dial is: then, now, or another moment."""
        if self.known_at is None:
            return NOW
        return THEN if self.known_at == end_of_day(self.as_of) else OTHER

    def is_past(self, today: date) -> bool:
        """Tell whether another page than today's is asked for."""
        return self.known_at is not None or self.as_of < today

    def query(self) -> str:
        """Return the dials as the query of an address, to be read back by `read`."""
        said = {"as_of": self.as_of.isoformat(), "known": self.known}
        if self.known == OTHER and self.known_at is not None:
            said["known_at"] = self.known_at.isoformat()
        return "?" + urlencode(said)


def read(query: Mapping[str, str], *, today: date) -> Dials:
    """Return what an address asks: today, as known now, where it says nothing.

    Errors: NotADay for a day that is none, or one that lies ahead.
    """
    text = query.get("as_of", "")
    as_of = day_words.read_day(text, today=today) if text else today
    if as_of > today:
        raise day_words.NotADay("The day must be today or in the past.")
    return Dials(as_of=as_of, known_at=_known_at(query, as_of, today=today))


def end_of_day(day: date) -> datetime:
    """Return the last moment of a London day: what was known on it."""
    return datetime.combine(day, time.max, tzinfo=_LONDON).astimezone(UTC)


def _known_at(query: Mapping[str, str], as_of: date, *, today: date) -> datetime | None:
    known = query.get("known", NOW)
    if known == THEN:
        return None if as_of == today else end_of_day(as_of)
    text = query.get("known_at", "").strip()
    if known != OTHER:
        return None
    if len(text) > _DAY_LENGTH and "T" in text:
        return _moment(text, today=today)
    return _end_of(day_words.read_day(text, today=today), today=today)


def _moment(text: str, *, today: date) -> datetime | None:
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
        day = at.astimezone(_LONDON).date()
    except (ValueError, OverflowError) as error:
        # In another zone the first and the last moments that there are lie outside all years.
        raise day_words.NotADay("Enter a date such as 6/1/2026.") from error
    return _end_of(day, today=today) and at


def _end_of(day: date, *, today: date) -> datetime | None:
    """Return the end of a day, None for today's: what is known today is what is known now."""
    if day > today:
        raise day_words.NotADay("What will be known on a day to come is not known yet.")
    return None if day == today else end_of_day(day)
