"""Law files with one thing wrong, the sentence that tells it, and whether its shape is wrong.

A file of wrong shape is refused by the JSON Schema too; what a file speaks of (kinds, states,
steps) only the loader knows.
"""

from typing import NamedTuple

from tests.builders.law_files import STEP, a_law_file, an_edition


class Wrong(NamedTuple):
    """One wrong law file: a name, its text, the lines and sentences told, and its shape."""

    name: str
    text: str
    told: list[tuple[int, str]]
    is_shape: bool = True


def _step(old: str, new: str = "") -> str:
    """Return the right step with one piece of it changed."""
    assert old in STEP
    return a_law_file(STEP.replace(old, new))


def _more(lines: str) -> str:
    """Return the right step with further lines at its end."""
    return a_law_file(STEP.rstrip() + "\n" + "\n".join(f"  {line}" for line in lines.splitlines()))


_IN = "In step A1.send: "
_UNITS = "“working_days”, “court_days”, “days”, “weeks”, “months”, “years”, “hours” or “weeks_of_proceedings”"
_DAYS = "“working_days”, “court_days”, “days”, “weeks”, “months” or “years”"
_LIMITS = "  limits: [{count: 5, unit: working_days}]\n"

WRONG: list[Wrong] = [
    Wrong("unknown key of a step", _step("owner:", "ownr:"), [
        (10, f"{_IN}The step has no “owner”. Name the role that owes it."),
        (12, f"{_IN}“ownr” is not a key of a step. Did you mean “owner”?"),
    ]),
    Wrong("unknown key of the file", a_law_file(head="athority: x"), [
        (5, "“athority” is not a key of a law file. Did you mean “authority”?"),
    ]),
    Wrong("unknown key of a limit", _step("unit:", "unit: weeks, frce: law, unti:"), [
        (15, f"{_IN}“frce” is not a key of a limit. Did you mean “force”?"),
        (15, f"{_IN}“unti” is not a key of a limit. Did you mean “unit”?"),
    ]),
    Wrong("a text with a comma", _step('"§1"', "{document: The Care, Placement Regulations}"), [
        (16, (f"{_IN}“Placement Regulations” is not a key of a source. If it is the rest of a text "
             "with a comma, put the text in quotes.")),
    ]),
    Wrong("duplicate key", _more("owner: adm"), [
        (17, "“owner” is written twice (first on line 12). Keep one of them."),
    ], is_shape=False),
    Wrong("unquoted date", a_law_file(edition="in_force_from: 2010-01-01\nopens: [review.held]"), [
        (6, 'The date 2010-01-01 must stand in quotes: "2010-01-01".'),
    ], is_shape=False),
    Wrong("a date that is none", a_law_file(edition='in_force_from: "1/1/2010"\nopens: review.held'), [
        (6, "“1/1/2010” is not a date. Write it as year-month-day in quotes."),
    ]),
    Wrong("missing source", _step('  source: "§1"\n'), [
        (10, f'{_IN}The step has no “source”. Say where the duty stands, for example "§2 ¶2".'),
    ]),
    Wrong("missing source of the file",
          a_law_file().replace("source: {document: A procedure}\n", ""), [
        (1, "The file has no “source”. Name the document that its duties stand in."),
        (15, f"{_IN}The source names no document, and neither does the procedure."),
    ]),
    Wrong("missing duty", _step("  duty: Send the plan.\n"), [
        (10, f"{_IN}A step has no “duty”. Say in one sentence what has to be done."),
    ]),
    Wrong("missing owner", _step("  owner: social_worker\n"), [
        (10, f"{_IN}The step has no “owner”. Name the role that owes it."),
    ]),
    Wrong("missing id", _step("- id: A1.send\n  duty", "- duty"), [
        (10, ("In a step without an id: A step has no “id”. Give it one that is never used again, "
            "for example W5.meeting.")),
    ]),
    Wrong("nothing meets it", _step("  met_by: plan.sent\n"), [
        (10, f"{_IN}Nothing meets the step. Add “met_by”, “all_of” or “any_of”."),
    ]),
    Wrong("met in two ways", _more("any_of: [plan.received]"), [
        (17, f"{_IN}A step is met in one way: “met_by” or “any_of”."),
    ]),
    Wrong("nothing starts it", _step("  starts_when: episode_opened\n"), [
        (10, ("In the edition of 2010-01-01: Nothing starts the step A1.send. Add “starts_when”, or "
            "name it in another step's “next” or an opener's “enters_at”.")),
    ], is_shape=False),
    Wrong("count without unit", _step(", unit: working_days"), [
        (15, f"{_IN}“count” does not say of what. Add a “unit”: {_UNITS}."),
    ]),
    Wrong("unit without count", _step("count: 5, "), [
        (15, f"{_IN}“unit” does not say how many. Add a “count”."),
    ]),
    Wrong("unknown unit", _step("unit: working_days", "unit: workdays"), [
        (15, f"{_IN}“workdays” is not a unit. Did you mean “working_days”? The units are {_UNITS}."),
    ]),
    Wrong("a count in words", _step("count: 5", "count: five"), [
        (15, f"{_IN}“count” must be a whole number or setting.<name>."),
    ]),
    Wrong("a count below nought", _step("count: 5", "count: -5"), [
        (15, f"{_IN}“count” may not be below nought. To count back, use “before”."),
    ]),
    Wrong("a limit without a form", _step("count: 5, unit: working_days", "force: law"), [
        (15, (f"{_IN}A limit says by when with one of “count”, “before”, “by_field” or “at_once”, "
             "and this one has none.")),
    ]),
    Wrong("a limit with two forms", _step("count: 5,", "at_once: safety, count: 5,"), [
        (15, f"{_IN}A limit says by when in one way, and this one says “count” or “at_once”."),
    ]),
    Wrong("unknown force", _step("working_days}", "working_days, force: should}"), [
        (15, (f"{_IN}“force” may be “law”, “must”, “where_possible”, “usual” or “best_practice”, "
             "not “should”.")),
    ]),
    Wrong("a time of day that is none", _step("working_days}", "working_days, due_by: 4pm}"), [
        (15, f'{_IN}“4pm” is not a time of day. Write it as "16:00", in quotes.'),
    ]),
    Wrong("unknown anchor", _step("working_days}", "working_days, anchor: review.hold}"), [
        (15, f"{_IN}“review.hold” is not a kind of event. Did you mean “review.held”?"),
    ], is_shape=False),
    Wrong("deemed without a setting", _step("working_days}", "working_days, deemed: two_days}"), [
        (15, f"{_IN}“deemed” names a setting: setting.<name>."),
    ]),
    Wrong("a date field that is none", _step(
        "starts_when: episode_opened", "starts_when: review.held").replace(
        "count: 5, unit: working_days", "by_field: seen"), [
        (15, f"{_IN}“by_field” names “seen”, which is not a date of review.held."),
    ], is_shape=False),
    Wrong("unknown event kind", _step("met_by: plan.sent", "met_by: plan.send"), [
        (14, f"{_IN}“plan.send” is not a kind of event. Did you mean “plan.sent”?"),
    ], is_shape=False),
    Wrong("an undeclared kind", _step("met_by: plan.sent", "met_by: court.sat"), [
        (14, f"{_IN}“court.sat” is not a kind of event. Declare it in a file of kinds."),
    ], is_shape=False),
    Wrong("unknown field", _step("met_by: plan.sent", "met_by: {event: review.held, sen: true}"), [
        (14, f"{_IN}“sen” is neither a field nor a key of review.held. Did you mean “seen”?"),
    ], is_shape=False),
    Wrong("unknown value of a field",
          _step("met_by: plan.sent", "met_by: {event: review.held, seen: often}"), [
        (14, f"{_IN}The field “seen” of review.held cannot be “often”; it may be “yes” or “no”."),
    ], is_shape=False),
    Wrong("unknown outcome",
          _step("met_by: plan.sent", "met_by: {event: review.held, outcome: agreed}"), [
        (14, (f"{_IN}“agreed” is not an outcome of review.held. It may be “supported” or "
             "“not_supported”.")),
    ], is_shape=False),
    Wrong("an outcome where there are none",
          _step("met_by: plan.sent", "met_by: {event: plan.sent, outcome: agreed}"), [
        (14, f"{_IN}“agreed” is not an outcome of plan.sent. It has no outcomes."),
    ], is_shape=False),
    Wrong("met_by without an event", _step("met_by: plan.sent", "met_by: {outcome: supported}"), [
        (14, (f"{_IN}“met_by” must name an event: a kind, or {{event: kind, …}}. Did you mean "
             "“outcome”?")),
    ]),
    Wrong("unknown state", _more("only_if: {state: on_plann}"), [
        (17, f"{_IN}“on_plann” is not a state. Did you mean “on_plan”?"),
    ], is_shape=False),
    Wrong("unknown value of a state", _more("only_if: {state: region, is: east}"), [
        (17, f"{_IN}The state “region” cannot be “east”; it may be “north” or “south”."),
    ], is_shape=False),
    Wrong("a condition that says nothing", _more("only_if: {stat: on_plan}"), [
        (17, (f"{_IN}This condition says nothing that is understood. Did you mean “state”? A "
             "condition has one of “state”, “happened”, “age”, “setting”, “field”, “episode”, "
             "“ordinal”, “all”, “any”, “not” or “otherwise”.")),
    ]),
    Wrong("a condition that says two things", _more("only_if: {state: on_plan, setting: x}"), [
        (17, (f"{_IN}A condition says one thing, and this one says “state” or “setting”. Put them "
             "under “all” or “any”.")),
    ]),
    Wrong("a word beside a condition", _more("only_if: {state: on_plan, within: 3}"), [
        (17, f"{_IN}“within” cannot stand beside “state” in a condition."),
    ]),
    Wrong("unknown field of a condition", _more("only_if: {field: sent, is: x}"), [
        (17, f"{_IN}No kind of event has a field or key “sent”. Did you mean “seen”?"),
    ], is_shape=False),
    Wrong("an age without a bound", _more("only_if: {age: {of: child}}"), [
        (17, f"{_IN}“age” must say “under” or “over”, with a count and a unit."),
    ]),
    Wrong("an age in working days", _more("only_if: {age: {under: {count: 9, unit: working_days}}}"), [
        (17, (f"{_IN}“working_days” cannot be counted here. Use “days”, “weeks”, “months” or "
             "“years”.")),
    ]),
    Wrong("a look-back in hours", _more("may_precede: {back_to: {count: 9, unit: hours}}"), [
        (17, f"{_IN}“hours” cannot be counted here. Use {_DAYS}."),
    ]),
    Wrong("hours back from a meeting", _step("unit: working_days", "unit: hours, before: birth"), [
        (15, f"{_IN}“hours” cannot be counted here. Use {_DAYS}."),
    ]),
    Wrong("a trigger that says nothing",
          _step("starts_when: episode_opened", "starts_when: {evnt: plan.sent}"), [
        (13, (f"{_IN}A trigger says one of “event”, “state”, “passed”, “all” or “any”. Did you mean "
             "“event”?")),
    ]),
    Wrong("a state trigger without a turn",
          _step("starts_when: episode_opened", "starts_when: {state: on_plan}"), [
        (13, f"{_IN}A trigger on a state says either begins: true or ends: true."),
    ]),
    Wrong("unknown step in passed",
          _step("starts_when: episode_opened", "starts_when: {passed: A1.sent}"), [
        (13, (f"{_IN}“passed” names “A1.sent”, which is not a step of this edition. Did you mean "
             "“A1.send”?")),
    ], is_shape=False),
    Wrong("passed without an anchor", _step(
        "starts_when: episode_opened", "starts_when: {passed: {count: 6, unit: months}}"), [
        (13, (f"{_IN}“passed” has no “from”. Say from what: “episode_opened” or “birth” or a kind "
             "of event.")),
    ]),
    Wrong("unknown step in next", _step("met_by: plan.sent", "met_by: answer.given").replace(
        '  source: "§1"', '  source: "§1"\n        outcomes: {"yes": {next: A2}, "no": {closes: true}}'), [
        (17, ("In step A1.send, outcome yes: “next” names “A2”, which is not a step of this "
             "edition.")),
    ], is_shape=False),
    Wrong("unknown outcome in outcomes", _more("outcomes: {perhaps: {closes: true}}"), [
        (17, f"{_IN}“perhaps” is not an outcome of plan.sent."),
    ], is_shape=False),
    Wrong("two usual outcomes", _step("met_by: plan.sent", "met_by: answer.given").replace(
        '  source: "§1"',
        '  source: "§1"\n        outcomes: {"yes": {usual: true, closes: true}, "no": {usual: true}}'), [
        (17, f"{_IN}Only one outcome may be the usual one."),
    ], is_shape=False),
    Wrong("unknown step in merges", _more("merges: [A9.meet]"), [
        (17, f"{_IN}“merges” names “A9.meet”, which is not a step of this edition."),
    ], is_shape=False),
    Wrong("unknown need", _more("needs: [plan.written]"), [
        (17, (f"{_IN}“needs” names “plan.written”, which is neither a step nor a kind of event of "
             "this edition.")),
    ], is_shape=False),
    Wrong("no look-back", _more("may_precede: {}"), [
        (17, (f"{_IN}“may_precede” does not say how far back. Add back_to: a kind of event, "
             "episode_opened, or a count and a unit.")),
    ]),
    Wrong("each that is no field",
          _step("starts_when: episode_opened", "starts_when: plan.sent\n  each: recipient"), [
        (14, (f"{_IN}“each” names “recipient”, which is not a field of plan.sent. Did you mean "
             "“recipients”?")),
    ], is_shape=False),
    Wrong("same that nothing has", _more("same: [placement]"), [
        (17, f"{_IN}“same” names “placement”, which no event of this step has as a key or field."),
    ], is_shape=False),
    Wrong("a row after otherwise", _step(_LIMITS, (
        "  every:\n    - {otherwise: true, count: 6, unit: weeks}\n"
        "    - {when: first, count: 3, unit: weeks}\n")), [
        (17, f"{_IN}This row comes after “otherwise” and can never be read. Move it up."),
    ], is_shape=False),
    Wrong("two rows otherwise", _step(_LIMITS, (
        "  every:\n    - {otherwise: true, count: 6, unit: weeks}\n"
        "    - {otherwise: true, count: 3, unit: weeks}\n")), [
        (17, f"{_IN}This row comes after “otherwise” and can never be read. Move it up."),
    ], is_shape=False),
    Wrong("no row otherwise", _step(_LIMITS, "  every: [{when: first, count: 3, unit: weeks}]\n"), [
        (15, (f"{_IN}The table “every” has no last row with otherwise: true, so that a child whom "
             "no row fits would have no date.")),
    ], is_shape=False),
    Wrong("a row without when", _step(_LIMITS, (
        "  every:\n    - {count: 3, unit: weeks}\n    - {otherwise: true, none: true}\n")), [
        (16, f"{_IN}A row of “every” needs “when”, or otherwise: true if it is the last."),
    ]),
    Wrong("a word that is no ordinal", _step(_LIMITS, (
        "  every:\n    - {when: frist, count: 3, unit: weeks}\n"
        "    - {otherwise: true, none: true}\n")), [
        (16, (f"{_IN}“when” may be “first”, “second” or “later”, or a condition, not “frist”. Did "
             "you mean “first”?")),
    ]),
    Wrong("a window that something meets", _step("  limits", "  window: true\n  limits"), [
        (14, f"{_IN}A window is a right, and nothing meets it. Take out “met_by”."),
    ]),
    Wrong("a flag in words", _more("outlives: yes"), [
        (17, f"{_IN}“outlives” may only be true or false."),
    ]),
    Wrong("a meeting without its facts", _more("meeting: conference"), [
        (17, f"{_IN}“conference.arranged” is not a kind of event. Declare it in a file of kinds."),
        (17, f"{_IN}“conference.cancelled” is not a kind of event. Declare it in a file of kinds."),
        (17, f"{_IN}“conference.held” is not a kind of event. Declare it in a file of kinds."),
        (17, (f"{_IN}“conference.rearranged” is not a kind of event. Declare it in a file of "
             "kinds.")),
    ], is_shape=False),
    Wrong("step id twice", a_law_file(STEP, STEP), [
        (17, ("In the edition of 2010-01-01: The step id “A1.send” is used twice (first on line "
             "10).")),
    ], is_shape=False),
    Wrong("unknown step to enter at", a_law_file(edition=(
        'in_force_from: "2010-01-01"\nopens: [{event: review.held, enters_at: A2}]')), [
        (7, ("In the edition of 2010-01-01: “enters_at” names “A2”, which is not a step of this "
            "edition.")),
    ], is_shape=False),
    Wrong("nothing opens", a_law_file(edition='in_force_from: "2010-01-01"'), [
        (6, ("In the edition of 2010-01-01: The edition has no “opens”: nothing would ever open an "
            "episode.")),
    ]),
    Wrong("editions out of order", a_law_file() + an_edition(
        own='in_force_from: "2009-01-01"\nopens: [review.held]') + "\n", [
        (17, "In the edition of 2009-01-01: The editions are out of order. Put the oldest first."),
    ], is_shape=False),
    Wrong("editions of one day", a_law_file() + an_edition(
        own='in_force_from: "2010-01-01"\nopens: [review.held]') + "\n", [
        (17, ("In the edition of 2010-01-01: Two editions are in force from the same day. Give one "
             "of them its own.")),
    ], is_shape=False),
    Wrong("a step that ended speaks of is there", a_law_file() + an_edition(
        own='in_force_from: "2011-01-01"\nopens: [review.held]\nended: {A1.send: A9}') + "\n", [
        (19, ("In the edition of 2011-01-01: “ended” names “A1.send”, which is not a step that this "
             "edition drops.")),
        (19, ("In the edition of 2011-01-01: “ended” names “A9”, which is not a step of this "
             "edition.")),
    ], is_shape=False),
    Wrong("an unknown key of the procedure", a_law_file(head="key: metting"), [
        (5, "“key” names “metting”, which is a key of no kind of event. Did you mean “meeting”?"),
    ], is_shape=False),
    Wrong("a hold without an end", a_law_file(edition=(
        'in_force_from: "2010-01-01"\nopens: [review.held]\nhold: {begins: [plan.began]}')), [
        (8, "In the hold of the edition of 2010-01-01: A hold needs “begins” and “ends”."),
    ]),
    Wrong("a hold that withdraws by nothing", a_law_file(edition=(
        'in_force_from: "2010-01-01"\nopens: [review.held]\n'
        "hold: {begins: [plan.began], ends: [answer.given], withdraws: [nay]}")), [
        (8, ("In the hold of the edition of 2010-01-01: “withdraws” names “nay”, which is no "
            "outcome of the decision.")),
    ], is_shape=False),
    Wrong("an alias", _more("fulfils: &x [plan.sent]\nneeds: *x"), [
        (17, "An alias (*) repeats another part of the file. Write it out instead."),
    ], is_shape=False),
]  # fmt: skip
