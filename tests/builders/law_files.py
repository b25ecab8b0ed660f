"""A small law file that is right, for tests that make one thing in it wrong."""

from textwrap import dedent, indent

KINDS = """
states:
  on_plan: {title: On a plan, values: {"yes": On a plan}, absent: "no"}
  region: {title: Region, values: {north: North, south: South}}
kinds:
  review.held:
    title: Review
    keys: [meeting]
    outcomes: {supported: Supported, not_supported: Not supported}
    fields: {next_on: {title: Next, type: date}, seen: {title: Seen, type: yes_no}}
  plan.sent: {title: Plan sent, fields: {recipients: {title: To, type: names}}}
  plan.received: {title: Plan received, keys: [recipient]}
  plan.began: {title: Plan began, sets: [{state: on_plan}]}
  plan.ended: {title: Plan ended, sets: [{state: on_plan, ends: true}]}
  answer.given: {title: Answer, outcomes: {"yes": "Yes", "no": "No"}}
  panel.arranged: {title: Arranged, plans: true, fields: {planned_on: {title: Day, type: date}}}
  panel.rearranged: {title: Moved, plans: true, fields: {planned_on: {title: Day, type: date}}}
  panel.cancelled: {title: Cancelled}
  panel.held: {title: Held}
"""

STEP = """
- id: A1.send
  duty: Send the plan.
  owner: social_worker
  starts_when: episode_opened
  met_by: plan.sent
  limits: [{count: 5, unit: working_days}]
  source: "§1"
"""


def a_law_file(*steps: str, edition: str = "", head: str = "") -> str:
    """Return a law file with the steps given (one right step where none is).

    `edition` replaces everything of the edition but its steps; `head` stands above `editions`.
    """
    own = edition or 'in_force_from: "2010-01-01"\nopens: [review.held]\ncloses: [plan.ended]'
    lines = [
        "procedure: example",
        "title: Example",
        "authority: somewhere",
        "source: {document: A procedure}",
        *dedent(head).strip().splitlines(),
        "editions:",
        an_edition(*steps, own=own),
    ]
    return "\n".join(lines) + "\n"


def an_edition(*steps: str, own: str) -> str:
    """Return one edition as an entry of the list of editions."""
    body = indent(dedent(own).strip(), "    ")
    held = "\n".join(dedent(step).strip() for step in steps or (STEP,))
    return f"  -{body[3:]}\n    steps:\n{indent(held, '      ')}"
