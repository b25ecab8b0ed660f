"""Every key of a file of worked examples, with its meaning."""

from caseward.rules.texts.keys import Key, TableOfKeys, Tables

# What a row of `expect` may say of a task: by the sort of value, each name with its meaning.
_SAYS: dict[str, dict[str, str]] = {
    "date": {
        "trigger": "The day of what opened it.",
        "opened": "The day on which it became a task.",
        "first_due": "The date before any delay or re-arrangement.",
        "due": "The date by which it is due.",
        "expected": "The date due, or else the usual one.",
        "met": "The day on which it was met.",
        "ended": "The day on which it ended without being met.",
        "planned": "The day for which its meeting is planned.",
        "first_planned": "The day for which it was planned first.",
    },
    "moment": {
        "due_at": "The moment by which it is due, in London's time.",
    },
    "status": {
        "status": "Its status on the day asked.",
    },
    "words": {
        "owner": "The role or roles that owe it.",
        "fulfils": "The ids of the duties that it carries out.",
    },
    "text": {
        "waits_for": "What it waits for.",
        "reason": "Words that stand in the reason for its ending or not applying.",
    },
    "flag": {
        "late": "Whether it is late.",
        "was_met_late": "Whether it was met after its date.",
        "delayed": "Whether a delay was agreed.",
        "projected": "Whether its date hangs on a planned day not yet arranged.",
        "provisional": "Whether its date lies past the calendar's horizon.",
        "held": "Whether its episode is on hold.",
        "listed": "Whether it stands on a worklist.",
        "binds": "Whether it has a limit on the day.",
        "cannot_tell": "Whether something unknown decides about it.",
        "stale": "Whether a part of it was overtaken.",
        "matched_by_date": "Whether it was met by an event that names no key.",
        "by_silence": "Whether silence met it.",
        "behind_usual": "Whether it is behind the usual time.",
    },
    "number": {
        "days_late": "Days after its due date.",
        "slippage_days": "Days past its first due date.",
        "slippage_working_days": "Working days past its first due date.",
        "ordinal": "Which one of a recurring duty it is.",
    },
}
SAID: dict[str, str] = {name: sort for sort, names in _SAYS.items() for name in names}
STATUSES = (
    "open", "waiting", "met", "missed", "not_needed", "does_not_apply", "lapsed",
    "before_caseward",
)  # fmt: skip
ROLES = ("step", "part", "window", "say_what_happened")
_SHAPES = {
    "date": "date_or_none", "moment": "text_or_none", "status": "status", "words": "words_or_none",
    "text": "text_or_none", "flag": "flag", "number": "number",
}  # fmt: skip

TABLES: Tables = {
    "examples_file": TableOfKeys(
        "a file of examples",
        "Worked cases of one procedure, beside its law file.",
        (
            Key("procedure", "word", "The id of the procedure.", required=True),
            Key("examples", "examples", "The cases.", required=True),
        ),
    ),
    "example": TableOfKeys(
        "an example",
        "One child's facts and what must come out.",
        (
            Key("name", "text", "A short name, used once in the file.", required=True),
            Key("says", "text", "The rule that it shows, in one sentence.", required=True),
            Key("born_on", "date", "The child's date of birth."),
            Key("settings", "free", "The authority's settings that it assumes."),
            Key("closures", "free", "Closure days of the authority: day and reason."),
            Key("adopted", "free", "From when each procedure is used. Left out: always."),
            Key("first_day", "date", "The child's first day in Caseward. Left out: the first fact."),
            Key("with", "words", "Other procedures that are worked out together with this one."),
            Key("facts", "facts", "What happened."),
            Key("expect", "expectations", "What must come out.", required=True),
        ),
    ),
    "fact": TableOfKeys(
        "a fact",
        "One row of the record.",
        (
            Key("on", "date", "The day on which it happened.", required=True),
            Key("kind", "kind", "The kind of event. Left out only where it withdraws another."),
            Key("id", "word", "A name, where another fact speaks of it."),
            Key("time", "time", "The time of day."),
            Key("outcome", "word", "How it came out."),
            Key("keys", "free", "The plan, meeting, placement … that it belongs to."),
            Key("fields", "free", "What else is recorded."),
            Key("until", "date", "The day from which what it began no longer holds."),
            Key("corrects", "word", "The fact whose values this one replaces."),
            Key("withdraws", "word", "The fact that is taken back."),
            Key("recorded_at", "text", "When it was recorded. Left out: known from the start."),
        ),
    ),
    "expectation": TableOfKeys(
        "a row of “expect”",
        "Which task, on which day, and what is said of it; null says that it has none.",
        (
            Key("as_of", "date", "The day asked about.", required=True),
            Key("known_at", "text", "What was known then. Left out: everything."),
            Key("step", "step_id", "The step."),
            Key("no_step", "step_id", "A step of which there must be no task."),
            Key("part", "text", "The part of the step."),
            Key("each", "text", "For whom or what, where the step opens one for each."),
            Key("keys", "free", "The keys that tell it apart."),
            Key("nth", "number", "Which of several, in order of their triggers. Left out: there "
                "must be exactly one."),
            Key("episode", "number", "The number of the episode."),
            Key("of", "role_of_task", "What sort of row. Left out: the step, or the part named."),
            Key("procedure", "word", "Another procedure's task."),
            *(
                Key(name, _SHAPES[sort], meaning)
                for sort, names in _SAYS.items()
                for name, meaning in names.items()
            ),
        ),
    ),
}  # fmt: skip
