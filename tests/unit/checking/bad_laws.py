"""Bad law texts: what is wrong with each, the line it is told on, and the sentence."""

from dataclasses import dataclass

# A matter is opened, people are asked, it is decided on, closed. Every bad law below departs from it.
GOOD = """
opens: [matter.opened]
closes: [matter.closed]
steps:
  - {id: ask, duty: Ask the people., starts_when: episode_opened, met_by: request.made}
  - id: decide
    duty: Decide on the answer.
    owner: panel
    starts_when: request.made
    met_by: answer.given
    outcomes:
      agreed: {usual: true, next: end}
      refused: {next: end}
      more: {next: more}
  - {id: more, duty: Ask once more., starts_when: {event: answer.given, outcome: more},
     met_by: request.accepted}
  - {id: settle, duty: Put it to the panel again., starts_when: request.accepted,
     met_by: {event: answer.given, outcome: [agreed, refused]}}
  - {id: end, duty: Close the matter., starts_when: {event: answer.given, outcome: [agreed, refused]},
     met_by: matter.closed}
"""
SETTLE = """  - {id: settle, duty: Put it to the panel again., starts_when: request.accepted,
     met_by: {event: answer.given, outcome: [agreed, refused]}}
"""
MORE = """  - {id: more, duty: Ask once more., starts_when: {event: answer.given, outcome: more},
     met_by: request.accepted}
"""
SHORT = """
opens: [matter.opened]
closes: [matter.closed]
steps:
  - {{id: end, duty: Close the matter., starts_when: episode_opened, met_by: matter.closed}}
{step}
"""


@dataclass(frozen=True)
class Bad:
    """A law with one thing wrong: the word on the line that is told, and the sentence."""

    name: str
    body: str
    at: str
    sentence: str


def departing(old: str, new: str) -> str:
    """Return the good law with one text in another's place."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def with_step(step: str) -> str:
    """Return a law of two steps: one that closes the matter, and this."""
    return SHORT.format(step=f"  - {step}")


BAD = (
    Bad(
        "an outcome with no next step",
        departing("      more: {next: more}\n", "      more: {}\n")
        .replace(MORE, "")
        .replace(SETTLE, ""),
        "more:",
        "Panel: “Decide on the answer” comes out as “More wanted”; then nothing says who does what "
        "next.",
    ),
    Bad(
        "an outcome that leads nowhere in the end",
        departing(SETTLE, ""),
        "more:",
        "Matter opened (Grave): the procedure begins; Worker: “Ask the people” is done; Panel: “Decide "
        "on the answer” comes out as “More wanted”; “Ask once more” is the last thing that anybody is "
        "asked for; then nothing says who does what next, and nothing ends the procedure.",
    ),
    Bad(
        "an outcome of which nothing is said",
        departing("      more: {next: more}\n", "").replace(MORE, "").replace(SETTLE, ""),
        "id: decide",
        "“Decide on the answer” may also come out as “More wanted”, and nothing says what follows then.",
    ),
    Bad(
        "no usual outcome",
        departing("{usual: true, next: end}", "{next: end}"),
        "id: decide",
        "“Decide on the answer” may come out in several ways and the file does not say which is the "
        "usual one",
    ),
    Bad(
        "two steps that wait for each other",
        with_step(
            "{id: write, duty: Write the file., starts_when: answer.given, met_by: file.sent}\n"
            "  - {id: answer, duty: Answer it., starts_when: file.received, met_by: answer.given}"
        ),
        "id: write",
        "“Write the file” and “Answer it” wait for each other: “Write the file” waits for “Answer given”, "
        "which only “Answer it” brings about, and “Answer it” waits for “File received”, which only "
        "“Write the file” brings about. So nobody is ever asked for any.",
    ),
    Bad(
        "two steps that need each other first",
        with_step(
            "{id: send, duty: Send the file., starts_when: episode_opened, met_by: file.sent, needs: "
            "[sign]}\n"
            "  - {id: sign, duty: Sign the file., starts_when: episode_opened, met_by: answer.given, "
            "needs: [send]}"
        ),
        "id: send",
        "“Send the file” and “Sign the file” wait for each other: “Send the file” needs “Sign the file” "
        "first, and “Sign the file” needs “Send the file” first. So neither can be done.",
    ),
    Bad(
        "a gate that opens only behind itself",
        """
        opens: [matter.opened]
        closes: [matter.closed]
        steps:
          - {id: send, duty: Send the file., starts_when: episode_opened, met_by: file.sent}
          - {id: sign, duty: Sign the file., starts_when: file.received, met_by: answer.given,
             gates: [file.sent]}
          - {id: end, duty: Close the matter., starts_when: answer.given, met_by: matter.closed}
        """,
        "id: send",
        "“Send the file” waits for “Sign the file”, which keeps its act shut and is not asked of anybody "
        "then",
    ),
    Bad(
        "a step that waits for a usual time to pass",
        with_step(
            "{id: write, duty: Write the file., starts_when: episode_opened, met_by: file.sent, limits: "
            "[{count: 5, unit: days, force: usual}]}\n"
            "  - {id: late, duty: Ask why., starts_when: {passed: write}, met_by: answer.given}"
        ),
        "id: late",
        "“Ask why” never comes up: it waits for the last day of “Write the file” to pass, and that has "
        "none that binds.",
    ),
    Bad(
        "a step whose conditions never come together",
        with_step(
            "{id: write, duty: Write the file., starts_when: {state: tier, is: two, begins: true}, "
            "only_if: {state: tier, is: one}, met_by: file.sent}"
        ),
        "id: write",
        "“Write the file” never comes up: it starts with “Tier (Two) begins” only if “Tier” is One, and "
        "the two never come together.",
    ),
    Bad(
        "a task that nothing can meet",
        with_step(
            "{id: write, duty: Write the file., starts_when: episode_opened, met_by: {event: "
            'answer.given, where: {all: [{field: in_writing, is: "yes"}, {field: in_writing, is: "no"}]}}}'
        ),
        "id: write",
        "Nothing can meet “Write the file”: no fact can be as it asks, so it would stay open for ever.",
    ),
    Bad(
        "a part that nothing can meet",
        with_step(
            "{id: write, duty: Write the file., starts_when: episode_opened, all_of: [{part: letter, "
            'met_by: {event: answer.given, where: {all: [{field: in_writing, is: "yes"}, {field: '
            'in_writing, is: "no"}]}}}]}'
        ),
        "id: write",
        "Nothing can meet the part “letter” of “Write the file”: no fact can be as it asks.",
    ),
    Bad(
        "a step left hanging at the end",
        with_step(
            "{id: tell, duty: Tell everybody., starts_when: matter.closed, met_by: notice.given}"
        ),
        "id: tell",
        "Worker: “Close the matter” is done, which ends the procedure; “Tell everybody” begins with that "
        "same fact and is left hanging: it neither ends with the procedure nor is marked outlives: true.",
    ),
    Bad(
        "a duty that comes again for ever",
        with_step(
            "{id: visit, duty: Visit., starts_when: episode_opened, met_by: visit.made, outlives: true, "
            "every: [{otherwise: true, count: 6, unit: weeks}]}"
        ),
        "id: visit",
        "“Visit” comes again and again and outlives the procedure, so that nothing ever ends it.",
    ),
    Bad(
        "a procedure that nothing ends",
        departing("closes: [matter.closed]\n", ""),
        "in_force_from",
        "“Matter” begins and nothing ever ends it: no fact that can come closes the procedure.",
    ),
    Bad(
        "a hold that nobody decides",
        departing(
            "closes: [matter.closed]\n",
            "closes: [matter.closed]\n"
            "hold: {begins: [danger.reported], ends: [safety_hold.decided]}\n",
        ),
        "in_force_from",
        "“Matter” may be put on hold and no step asks anybody to decide whether it goes on.",
    ),
)
