"""Every key of a law file, with its meaning: loader, JSON Schema and documentation read it here."""

from typing import get_args

from caseward.rules.procedures.conditions import Unit
from caseward.rules.procedures.model import Force
from caseward.rules.texts.keys import Key, TableOfKeys, Tables

UNITS: tuple[str, ...] = get_args(Unit)
FORCES: tuple[str, ...] = tuple(force.value for force in Force)
TRANSITIONS = ("occurrence", "episode", "recount")
HOW = ("after", "beginning_with", "clear")
AT_ONCE = ("paperwork", "safety")
OWNERS = ("either", "each")
ORDINALS = ("first", "second", "later")

_VERIFIED = Key(
    "verified", "flag", "true only where we read the source itself. An unverified rule runs and is "
    "marked."
)  # fmt: skip
_UNDER = Key(
    "under", "text", "The national step that this local limit stands under, national.<step> (a row of "
    "its table by ordinal: national.<step>.second): the checker compares the two, and the stricter "
    "binds."
)  # fmt: skip
_SPAN = (
    Key("count", "count", "How many.", required=True),
    Key("unit", "unit_of_days", "Of what.", required=True),
)
_WHEN = Key("when", "condition", "Counts only while this is true.")

TABLES: Tables = {
    "procedure": TableOfKeys(
        "a law file",
        "One file is one procedure, with all its editions.",
        (
            Key("procedure", "word", "The id of the procedure; never changes.", required=True),
            Key("title", "text", "What people call it.", required=True),
            Key("authority", "word", "Whose procedure: an authority, or national.", required=True),
            Key(
                "key", "word", "The key that keeps episodes apart (plan, placement, challenge). "
                "Left out: a child has one open episode at a time."
            ),
            Key("source", "source", "The document that the steps' sources belong to.", required=True),
            Key("editions", "editions", "What was in force from when, oldest first.", required=True),
            Key("papers", "free", "The papers that the steps speak of, by name."),
            Key("letters", "free", "The letters that the steps speak of, by name."),
        ),
    ),
    "edition": TableOfKeys(
        "an edition",
        "The procedure's text as in force from a day until the next edition.",
        (
            Key("in_force_from", "date", "The first day on which it governs.", required=True),
            Key(
                "transition", "transition", "What a new edition does with what is open: occurrence "
                "(left out: a task keeps the edition of its trigger), episode (a running episode "
                "keeps its edition) or recount (open tasks move, first dates stay)."
            ),
            Key("source", "source", "The document, where it differs from the procedure's."),
            Key("opens", "openings", "The facts that open an episode.", required=True),
            Key("closes", "triggers", "The facts that close it."),
            Key("hold", "hold", "Safety events that stop acts until a decision."),
            Key("ended", "ended", "Steps of the edition before that are gone: what replaces each, or "
                "null where nothing does."),
            Key("steps", "steps", "The steps, in the order in which a person reads them.",
                required=True),
        ),
    ),
    "opening": TableOfKeys(
        "an opener",
        "A trigger, with the step at which the episode enters.",
        (Key("enters_at", "step_id", "The step that it starts. Left out: those that start with "
             "episode_opened."),),
    ),
    "hold": TableOfKeys(
        "a hold",
        "From a safety event to the manager's decision, acts are stopped and clocks are not.",
        (
            Key("begins", "triggers", "What puts the episode on hold.", required=True),
            Key("ends", "triggers", "The decision that ends the hold.", required=True),
            Key("withdraws", "words", "Outcomes of that decision that close the episode."),
            Key("blocks", "kinds_list", "What may not be done through Caseward meanwhile."),
        ),
    ),
    "step": TableOfKeys(
        "a step",
        "One duty: who does what, from when, by when, and what shows that it is done.",
        (
            Key("id", "step_id", "Never used again for another duty.", required=True),
            Key("title", "text", "A few words for lists. Left out: the duty."),
            Key("duty", "text", "What has to be done, in one sentence.", required=True),
            Key("owner", "owner", "The role that owes it: a role, several, or by condition. Only a "
                "window has none."),
            Key("owners", "owners", "With several: either of them (left out), or each has a task."),
            Key("starts_when", "trigger", "What opens it. Left out: only another step's “next” or "
                "an opener's “enters_at” does."),
            Key("only_if", "condition", "Asked once, at the trigger. False: it does not apply."),
            Key("while", "condition", "Must go on holding; the day it stops, the task ends."),
            Key("binds_if", "condition", "When false, the task stays and has no limit."),
            Key("begins", "begins", "Its trigger begins a state of the episode."),
            Key("met_by", "met_by", "The event that meets it; of several the earliest."),
            Key("all_of", "parts", "The parts, all of which are needed."),
            Key("any_of", "met_by", "The events any of which meets it."),
            Key("each", "each", "One task for each name, role or earlier event."),
            Key("same", "words", "Keys that keep its tasks apart: meeting, placement, recipient …"),
            Key("may_precede", "may_precede", "An event before the trigger may meet it, back to "
                "a limit that must be named."),
            Key("merges", "step_ids", "Steps held as one occasion with this one."),
            Key("merges_while", "condition", "They are held as one only while this is true."),
            Key("window", "flag", "A right to act until a day: nobody's task, never late."),
            Key("outlives", "flag", "Goes on after the episode is closed or the meeting held."),
            Key("wanted_for", "text", "With outlives: what it is still wanted for once its meeting's "
                "day is over."),
            Key("limits", "limits", "By when."),
            Key("every", "every", "How often, as a table read from the top."),
            Key("ask_again", "states_list", "States on whose change the table is read again."),
            Key("needs", "needs", "Steps or events that it waits for. The clock runs on."),
            Key("delay", "delay", "Which reasons may move its date, and who agrees."),
            Key("silence", "word", "The outcome that the law reads into no answer by the limit."),
            Key("even_if_missed", "flag", "What its fulfilment opens, giving it up opens too."),
            Key("outcomes", "outcomes", "What follows each outcome of the event that meets it."),
            Key("meeting", "meeting", "The meeting that it asks for."),
            Key("gates", "kinds_list", "Acts not done through Caseward until this step is met."),
            Key("transition", "transition", "As in the edition, for this step alone."),
            Key("replaced_by", "word", "The step of the next edition that takes its place."),
            Key("ends", "flag", "The next edition has nothing in its place."),
            Key("stage", "text", "The stage of the process map on which it stands."),
            Key("fulfils", "words", "Ids of the duties that it carries out."),
            Key("source", "source", "Where the duty stands: “§2 ¶2” of the procedure's document, or "
                "document, section and paragraph.", required=True),
            _VERIFIED,
        ),
    ),
    "limit": TableOfKeys(
        "a limit",
        "One date by which. Exactly one of: count and unit, before, by_field, at_once.",
        (
            Key("id", "word", "A name for it, where a text refers to it."),
            Key("count", "count", "How many."),
            Key("unit", "unit", "Of what."),
            Key("from_count", "count", "Beside count: the first day on which it may be done, in the "
                "same unit from the same day (not before day 12)."),
            Key("anchor", "anchor", "What it is counted from: trigger (left out), episode_opened, "
                "birth, or a kind of event."),
            Key("before", "before", "Counted back from: <meeting>.planned, birth or a kind of event. "
                "Without a count: on or before that day."),
            Key("by_field", "word", "A date that the trigger itself names."),
            Key("at_once", "at_once", "paperwork: the same working day, else the next. safety: the "
                "same day, whatever the day."),
            Key("due_by", "time", "The time of day on the last day."),
            Key("how", "how", "after (left out: the day of the anchor is day 0), beginning_with "
                "(it is day 1), or clear (neither end counts)."),
            Key("force", "force", "law and must can make a task late; the others cannot. Left out: "
                "must."),
            _UNDER,
            Key("deemed", "setting_name", "setting.<name>: stands in while the anchor is not known."),
            Key("moved_by", "moves", "An event that moves the last day, of a law's limit too (a court "
                "extends, a direction is varied): the first date stays, the latest such event counts."),
            _WHEN,
            Key("setting", "flag", "The authority may change the number."),
            Key("assumption", "text", "What the document leaves open, and what is taken here."),
            Key("source", "source", "Left out: the step's."),
            _VERIFIED,
        ),
    ),
    "move": TableOfKeys(
        "“moved_by”",
        "What moves a limit's last day: an event of the same keys, on or after the trigger.",
        (
            Key("event", "kind", "The kind.", required=True),
            Key("to", "word", "Its field with the new date. Left out: the limit's by_field."),
            Key("count", "word", "Its field with a new count of the limit's unit, where it gives no "
                "date."),
        ),
    ),
    "every_row": TableOfKeys(
        "a row of “every”",
        "One interval of a recurring duty; the first row that is true counts.",
        (
            Key("when", "ordinal_or_condition", "first, second, later, or a condition."),
            Key("otherwise", "only_true", "true: the last row."),
            Key("count", "count", "How many."),
            Key("unit", "unit_of_days", "Of what."),
            Key("by_field", "word", "A date that what opened it names; without it the next row counts. "
                "It needs no when."),
            Key("none", "only_true", "true: the next one has no date (what it would be counted from is "
                "not known, or nothing is laid down)."),
            Key("read_at", "read_at", "The event whose day the row is read on: a kind, or "
                "first_<meeting>. Left out: the trigger."),
            Key("force", "force", "As in a limit."),
            _UNDER,
            Key("fulfils", "words", "Ids of the duties, where they differ from the step's."),
            Key("source", "source", "Left out: the step's."),
            _VERIFIED,
        ),
    ),
    "part": TableOfKeys(
        "a part",
        "One of the things that make up a step.",
        (
            Key("part", "word", "Its id within the step.", required=True),
            Key("title", "text", "What people call it. Left out: made from the id."),
            Key("met_by", "met_by", "The event that shows it is there.", required=True),
            Key("each", "each", "One for each earlier event of a kind."),
            Key("may_not_apply", "flag", "false: it can never be said not to apply."),
        ),
    ),
    "each": TableOfKeys(
        "“each”",
        "One for each event of a kind within a look-back.",
        (
            Key("event", "kind", "The kind.", required=True),
            Key("within", "within", "How far back, and from what.", required=True),
        ),
    ),
    "within": TableOfKeys(
        "“within”",
        "A look-back.",
        (
            *_SPAN,
            Key("before", "before", "Counted back from this. Left out: the day asked."),
        ),
    ),
    "span": TableOfKeys(
        "a span",
        "A count of a unit.",
        (
            *_SPAN,
        ),
    ),
    "outcome": TableOfKeys(
        "an outcome",
        "What follows when the step is met with this outcome.",
        (
            Key("title", "text", "What people call it. Left out: as its kind says."),
            Key("next", "step_ids", "The steps that it starts."),
            Key("closes", "flag", "It closes the episode."),
            Key("usual", "flag", "The forecast assumes it."),
            Key("procedure", "word", "Another procedure that goes on from here."),
            Key("goes_on", "flag", "Nothing of its own follows: what is open goes on, until a fact "
                "ends it."),
        ),
    ),
    "delay": TableOfKeys(
        "“delay”",
        "How the date may be moved; a date of the law never is.",
        (
            Key("reasons", "words", "The reasons that count.", required=True),
            Key("agreed_by", "words", "The roles that may agree."),
            Key("tells", "words", "The roles that must be told."),
        ),
    ),
    "owner": TableOfKeys(
        "an owner",
        "The owner depends on a condition, or stands in the trigger.",
        (
            Key("when", "condition", "The condition."),
            Key("then", "words", "The role while it is true."),
            Key("by_field", "word", "A choice of the trigger whose codes are roles: the role chosen."),
            Key("otherwise", "words", "The role while it is not, or where none was chosen.",
                required=True),
        ),
    ),
    "owner_row": TableOfKeys(
        "a row of an owner",
        "Several conditions: the first row that is true counts; the last row says otherwise.",
        (
            Key("when", "condition", "The condition."),
            Key("then", "words", "The role while it is true."),
            Key("otherwise", "words", "The last row: the role while no other is true."),
        ),
    ),
    "begins": TableOfKeys(
        "“begins”",
        "A state of the episode.",
        (
            Key("state", "word", "The state.", required=True),
            Key("is", "value", "Its value from then on.", required=True),
        ),
    ),
    "meeting": TableOfKeys(
        "a meeting",
        "What its facts are called, who comes, and what is talked about.",
        (
            Key("name", "word", "The noun: <name>.arranged, .rearranged, .cancelled and .held are "
                "kinds of event.", required=True),
            Key("arranged", "kind", "The kind, where it is called otherwise."),
            Key("rearranged", "kind", "The same."),
            Key("cancelled", "kind", "The same."),
            Key("held", "kind", "The same."),
            Key("where", "field_values", "Fields or keys of those facts, each with the value that tells "
                "this meeting from others of the noun: {number: three}."),
            Key("planned_field", "word", "The field with the planned day. Left out: planned_on."),
            Key("chair", "text", "The role that chairs."),
            Key("minute_taker", "text", "The role that takes minutes."),
            Key("attend", "texts", "Who attends."),
            Key("agenda", "texts", "What is talked about."),
        ),
    ),
    "source": TableOfKeys(
        "a source",
        "Where a rule stands.",
        (
            Key("document", "text", "The document. Left out: the procedure's."),
            Key("section", "text", "Its section."),
            Key("paragraph", "text", "Its paragraph."),
            Key("note", "text", "What the reader should know of it."),
            _VERIFIED,
        ),
    ),
}  # fmt: skip
