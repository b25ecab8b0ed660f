"""Random small procedures: two to five steps of every make, in one or two editions."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from tests.spec import laws

SECOND_EDITION = date(2026, 3, 2)
COUNTS = st.integers(1, 12)
UNITS = st.sampled_from(["working_days", "working_days", "days", "weeks"])

# Each make of step, with its limit left open; together they use every kind of trigger.
MAKES = {
    "answer": "starts_when: request.made, met_by: answer.given, {limits}",
    "by_matter": "starts_when: request.made, same: [matter], met_by: answer.given, {limits}",
    "agreed": (
        "starts_when: {{event: request.made, outcome: urgent}}, "
        "met_by: {{event: answer.given, outcome: agreed}}, {limits}"
    ),
    "both": "starts_when: {{all: [request.made, request.accepted]}}, met_by: file.sent, {limits}",
    "counted_from": (
        "starts_when: request.accepted, met_by: answer.given, "
        "limits: [{{count: {count}, unit: {unit}, anchor: request.made}}]"
    ),
    "after": "starts_when: {{passed: answer}}, met_by: file.sent, {limits}",
    "silent": (
        "starts_when: request.accepted, met_by: answer.given, silence: agreed, "
        "outcomes: {{agreed: {{next: told}}}}, {limits}"
    ),
    "applies": (
        "starts_when: request.made, only_if: {{state: legal_status, is: care_order}}, "
        "met_by: answer.given, {limits}"
    ),
    "visits": (
        "starts_when: {{state: on_plan, begins: true}}, while: {{state: on_plan}}, "
        "every: [{{when: {{state: fewer_visits}}, count: 6, unit: weeks}}, "
        "{{otherwise: true, count: {count}, unit: {unit}}}], ask_again: [fewer_visits], "
        "met_by: {{event: visit.made, seen: true}}"
    ),
    "reviews": (
        "starts_when: {{any: [episode_opened, review.held]}}, "
        "every: [{{when: first, count: 20, unit: working_days}}, "
        "{{otherwise: true, count: {count}, unit: {unit}}}], met_by: review.held"
    ),
    "papers": (
        "starts_when: request.made, {limits}, "
        "all_of: [{{part: report, met_by: {{event: paper.given, paper: report}}}}, "
        "{{part: plan, met_by: {{event: paper.given, paper: plan}}}}]"
    ),
    "hold": (
        "starts_when: request.accepted, met_by: {{event: meeting.held, whole: true}}, "
        "meeting: meeting, {limits}"
    ),
    "before_it": (
        "starts_when: request.accepted, met_by: file.sent, "
        "limits: [{{count: {count}, unit: {unit}, before: meeting.planned}}]"
    ),
    "window": (
        "window: true, starts_when: minutes.sent, each: recipients, same: [meeting, recipient], "
        "limits: [{{count: {count}, unit: {unit}, anchor: minutes.received, "
        "deemed: setting.deemed_receipt}}]"
    ),
    "outliving": "starts_when: request.made, met_by: minutes.sent, outlives: true, {limits}",
    "preceded": (
        "starts_when: request.accepted, may_precede: {{back_to: episode_opened}}, "
        "met_by: notice.given, {limits}"
    ),
}
NEEDED = {"after": "answer", "before_it": "hold"}


@dataclass(frozen=True)
class SmallProcedure:
    """The text of a law file, and whether it changes on `SECOND_EDITION`."""

    text: str
    has_second_edition: bool


@st.composite
def small_procedures(draw: st.DrawFn) -> SmallProcedure:
    """A procedure of a few steps; a second edition has the same steps with other numbers."""
    chosen = draw(st.sets(st.sampled_from(sorted(MAKES)), min_size=2, max_size=5))
    chosen.add(draw(st.sampled_from(["answer", "by_matter", "agreed"])))
    if draw(st.booleans()):
        chosen.add("applies")
    chosen |= {NEEDED[name] for name in chosen if name in NEEDED}
    names = [name for name in MAKES if name in chosen]
    closes = draw(st.sampled_from([True, True, False]))
    has_second = draw(st.booleans())
    editions = [laws.edition(_body(draw, names, closes=closes), "2025-01-01")]
    if has_second:
        body = _body(draw, names, closes=closes)
        transition = draw(st.sampled_from(["occurrence", "occurrence", "episode", "recount"]))
        text = f"transition: {transition}\n{body}"
        editions.append(laws.edition(text, SECOND_EDITION.isoformat()))
    return SmallProcedure(laws.law_file("example", editions), has_second)


def _body(draw: st.DrawFn, names: list[str], *, closes: bool) -> str:
    lines = ["opens: [matter.opened]"]
    if closes:
        lines.append("closes: [matter.closed]")
    lines.append("steps:")
    for name in names:
        count, unit = draw(COUNTS), draw(UNITS)
        limits = f"limits: [{{count: {count}, unit: {unit}}}]"
        make = MAKES[name].format(count=count, unit=unit, limits=limits)
        lines.append(f"  - {{id: {name}, {make}}}")
    if "silent" in names:
        lines.append("  - {id: told, met_by: notice.given}")
    return "\n".join(lines)
