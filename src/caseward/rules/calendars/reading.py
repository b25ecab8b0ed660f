"""Calendar files: strict YAML in, a calendar out; what is wrong is said in the reader's words."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

import yaml

from caseward.rules.calendars.days import Calendar

REQUIRED = ("calendar", "title", "first_day", "horizon", "source", "holidays")
ALLOWED = (*REQUIRED, "expected")


class CalendarError(Exception):
    """A calendar file cannot be used; the sentence says where, why and what to do."""

    def __init__(self, path: str, sentence: str, *, line: int | None = None) -> None:
        self.path, self.line, self.sentence = path, line, sentence
        where = path or "calendar"
        super().__init__(f"{where}, line {line}: {sentence}" if line else f"{where}: {sentence}")


def read_calendar(text: str, *, path: str = "") -> Calendar:
    """Return the calendar that the file states; its version is the fingerprint of the text.

    Keys: `calendar` (id), `title`, `first_day`, `horizon` (the last day of the years published),
          `source`, `holidays` and, if wanted, `expected` (later holidays not yet published); both
          are a quoted date with the name of the holiday.
    Errors: CalendarError, naming the line, for anything else.
    """
    return _CalendarFile(text, path).calendar()


class _CalendarFile:
    """One file while it is read; keeps the lines that its errors name."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.lines: dict[str, int] = {}

    def calendar(self) -> Calendar:
        stated = self._stated()
        for key in stated:
            if key not in ALLOWED:
                self._refuse(f"{key!r} is not a key of a calendar; use {', '.join(ALLOWED)}", key)
        for key in REQUIRED:
            if key not in stated:
                self._refuse(f"{key!r} is missing; a calendar states {', '.join(REQUIRED)}")
        first_day = self._day(stated["first_day"], "first_day")
        horizon = self._day(stated["horizon"], "horizon")
        if horizon < first_day:
            self._refuse(f"the horizon {horizon} lies before the first day {first_day}", "horizon")
        return Calendar(
            id=str(stated["calendar"]),
            title=str(stated["title"]),
            version=hashlib.sha256(self.text.encode()).hexdigest(),
            first_day=first_day,
            horizon=horizon,
            holidays=self._holidays(stated["holidays"], first_day, horizon),
            expected=self._holidays(stated.get("expected") or {}, horizon, None),
        )

    def _stated(self) -> Mapping[str, Any]:
        try:
            root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise CalendarError(self.path, f"not YAML: {error.problem}", line=line) from error
        if not isinstance(root, yaml.MappingNode):
            self._refuse("a calendar is a list of keys such as 'title: England and Wales'")
        return self._mapping(root)

    def _mapping(self, node: yaml.MappingNode) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                before = self.lines[key]
                sentence = f"{key!r} is stated twice, first on line {before}; delete one of them"
                raise CalendarError(self.path, sentence, line=line)
            self.lines[key] = line
            found[key] = self._value(key, value_node)
        return found

    def _value(self, key: str, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        return self._refuse(f"{key!r} holds a list where a text is wanted", key)

    def _holidays(
        self, stated: object, first_day: date, last_day: date | None
    ) -> Mapping[date, str]:
        if not isinstance(stated, Mapping):
            self._refuse("holidays are written one a line: a quoted date, a colon and the name")
        days = {self._day(key, key): str(title) for key, title in stated.items()}
        for day in days:
            if day < first_day or (last_day is not None and day > last_day):
                self._refuse(
                    f"the holiday {day} lies outside the years it is stated for; move it, or "
                    "correct first_day and horizon",
                    str(day),
                )
        return days

    def _day(self, text: str, key: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._refuse(f'{text!r} is not a day; write it as "2026-12-25"', key)

    def _refuse(self, sentence: str, key: str = "") -> NoReturn:
        raise CalendarError(self.path, sentence, line=self.lines.get(key))
