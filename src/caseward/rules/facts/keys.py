"""Every key of a file of kinds of event, with its meaning (M1)."""

from caseward.rules.texts.keys import Key, TableOfKeys, Tables

SENSITIVITIES = ("ordinary", "restricted_address", "third_party", "privileged", "iro_only")
FIELD_TYPES = (
    "text", "long_text", "date", "time", "yes_no", "choice", "number", "names", "person", "task",
)  # fmt: skip

TABLES: Tables = {
    "kinds_file": TableOfKeys(
        "a file of kinds",
        "One file declares states and kinds of event. Several files are read together.",
        (
            Key("title", "text", "What this file is about, for its reader."),
            Key("authority", "text", "The authority whose own kinds these are. Left out: national."),
            Key("states", "states", "The states that events begin and end."),
            Key("kinds", "kinds", "The kinds of event, by id: noun.past_participle."),
        ),
    ),
    "state": TableOfKeys(
        "a state",
        "What events say holds from a day until the next.",
        (
            Key("title", "text", "What a person calls it.", required=True),
            Key("values", "choices", "The values it may have. Left out: any text."),
            Key(
                "absent",
                "text",
                "What it means that nothing is recorded: “unknown” (left out) or a value, often "
                '"no". Unknown is not no: a duty that turns on it is raised and says what is missing.',
            ),
            Key("per", "word", "A key (plan, challenge): the state is kept apart for each value."),
        ),
    ),
    "kind": TableOfKeys(
        "a kind of event",
        "Something that can be recorded as having happened on a day.",
        (
            Key("title", "text", "The heading of the form and of the timeline.", required=True),
            Key("noun", "text", "The thing in a sentence; left out: the title."),
            Key("group", "text", "Under which heading it is offered."),
            Key("hint", "text", "One sentence of help on the form."),
            Key("keys", "words", "Names of what the event belongs to: plan, placement, meeting …"),
            Key("outcomes", "choices", "The outcomes one of which must be recorded."),
            Key("fields", "fields", "What else is recorded, by name."),
            Key("recorded_by", "words", "The roles that may record it. Left out: any."),
            Key("sets", "sets", "The states that it begins or ends."),
            Key("follows", "kind", "The act after which it happens the same day by itself, because "
                "nobody owes it (a receipt); used by the forecast."),
            Key("plans", "flag", "It plans a later day: its fields may name one."),
            Key("before_birth", "flag_or_default", "false: it cannot happen before the birth."),
            Key("after_death", "flag", "It is expected after a death and asks no confirmation."),
            Key("is_safety", "flag", "It puts a discharge on hold for a manager's decision (B1)."),
            Key("sends", "flag", "Recording it sends something."),
            Key("not_by_author_of", "kind", "Whoever recorded the latest event of this kind, with "
                "the same keys, may not record it: nobody approves what is their own work."),
            Key("about_siblings", "flag", "It is written on the record of each sibling too."),
            Key("has_time", "flag", "The form asks for the time of day."),
            Key("lasts", "flag", "It begins something that goes on, so the form asks until when."),
            Key("contradicts", "contradictions", "Answers that cannot all be right: asked about "
                "before it is recorded."),
        ),
    ),
    "field": TableOfKeys(
        "a field",
        "One field of a kind of event.",
        (
            Key("title", "text", "The label.", required=True),
            Key("type", "field_type", "What may be typed. Left out: text."),
            Key("choices", "choices", "For type choice: the codes and their words."),
            Key("required", "flag", "It must be filled in."),
            Key("hint", "text", "One sentence of help."),
            Key("sensitivity", "sensitivity", "Who may read it. Left out: ordinary."),
        ),
    ),
    "contradiction": TableOfKeys(
        "a row of “contradicts”",
        "Answers to several fields that cannot all be right.",
        (
            Key("fields", "answers", "Each field with the value, or values, it then has.",
                required=True),
            Key("says", "text", "What the person recording is asked.", required=True),
        ),
    ),
    "set": TableOfKeys(
        "a row of “sets”",
        "The event begins, or ends, a state.",
        (
            Key("state", "word", "The state.", required=True),
            Key("value", "text", 'The value it has from then on: a word, "field.<name>", '
                '"key.<name>" or "outcome". Left out: "yes".'),
            Key("ends", "flag", "The state stops holding."),
            Key("outcomes", "words", "Only with one of these outcomes."),
            Key("when_field", "word", "Only when this field …"),
            Key("when_values", "words", "… has one of these values."),
        ),
    ),
}  # fmt: skip
