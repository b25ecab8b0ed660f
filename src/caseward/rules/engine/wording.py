"""Plain English for what the engine says: days, counts, kinds, roles, rules."""

from datetime import date, datetime

from caseward.rules.calendars import ages
from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Force, Source

UNITS = {
    "working_days": ("working day", "working days"),
    "court_days": ("court day", "court days"),
    "days": ("day", "days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
    "years": ("year", "years"),
    "hours": ("hour", "hours"),
    "weeks_of_proceedings": ("week of proceedings", "weeks of proceedings"),
}
FORCES = {
    Force.LAW: "the law requires it",
    Force.MUST: "this procedure requires it",
    Force.WHERE_POSSIBLE: "where possible",
    Force.USUAL: "the usual time",
    Force.BEST_PRACTICE: "best practice",
}
# Roles whose words are not simply those of their id.
ROLES = {
    "adm": "Agency decision maker (ADM)",
    "administrator": "Meeting administrator",
    "conference_chair": "Conference chair",
    "iro": "Independent reviewing officer (IRO)",
    "iro_service_manager": "IRO service manager",
    "legal": "Legal Services",
    "out_of_hours": "Out-of-hours team",
    "supervising_social_worker": "Supervising social worker (fostering)",
}


NOON = 12


def day(when: date) -> str:
    """Return a day as people write it: Thu 4 December 2025."""
    return f"{when:%a} {when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """Return a moment: 4pm, midday, or midnight at the start of a day, on Thu 4 December 2025."""
    if (when.hour, when.minute) == (0, 0):
        return f"midnight at the start of {day(when.date())}"
    if (when.hour, when.minute) == (NOON, 0):
        return f"midday on {day(when.date())}"
    hour = when.hour % 12 or 12
    minutes = f".{when.minute:02d}" if when.minute else ""
    return f"{hour}{minutes}{'am' if when.hour < NOON else 'pm'} on {day(when.date())}"


def count(number: int, unit: str) -> str:
    """Return a count with its unit: 15 working days, 1 week."""
    one, many = UNITS.get(unit, (unit, unit))
    return f"{number} {one if number == 1 else many}"


def nth(number: int) -> str:
    """Return a number as a place in a row: 1st, 12th, 18th, 23rd."""
    teens = 11 <= number % 100 <= 13  # noqa: PLR2004 - 11th, 12th, 13th
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def birthday(born_on: date, on: date) -> str:
    """Return which birthday a day is (the child's 18th birthday); empty where it is none."""
    age = ages.birthday(born_on, on)
    return f"the child's {nth(age)} birthday" if age else ""


def role(name: str) -> str:
    """Return a role, or a name that is no id, as a person says it: Team manager."""
    if name in ROLES:
        return ROLES[name]
    return plain(name).capitalize() if name.islower() and name.isidentifier() else name


def plain(name: str) -> str:
    """Return an id as words: discharge_meeting.held, discharge meeting held."""
    return name.replace(".", " ").replace("_", " ")


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def kind_title(vocabulary: Vocabulary, kind_id: str) -> str:
    """Return what a person calls a kind of event."""
    kind = vocabulary.kinds.get(kind_id)
    return kind.title if kind is not None else sentence(plain(kind_id)).rstrip(".")


def source(rule: Source | None) -> str:
    """Return where a rule stands: document, section and paragraph."""
    if rule is None:
        return ""
    return ", ".join(part for part in (rule.document, rule.section, rule.paragraph) if part)


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Return words as a list in a sentence: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004 - one word is no list
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
