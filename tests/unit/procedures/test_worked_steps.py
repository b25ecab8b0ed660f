"""The worked steps load, and become what they say."""

from datetime import date

import pytest

from caseward.rules.facts.reading import read_vocabulary
from caseward.rules.procedures.conditions import (
    Age,
    EpisodeIs,
    FieldIs,
    Happened,
    Otherwise,
    SettingRef,
    Span,
    StateIs,
)
from caseward.rules.procedures.model import (
    AllTrigger,
    AnyTrigger,
    Each,
    EpisodeOpened,
    EventTrigger,
    Force,
    MetBy,
    Opening,
    PassedTrigger,
    Procedure,
    Source,
    StateTrigger,
    Step,
)
from caseward.rules.procedures.reading import read_procedure
from tests.builders import worked_steps

VOCABULARY = read_vocabulary({"kinds.yaml": worked_steps.KINDS})


def read(text: str) -> Procedure:
    """Return the procedure of a worked law file."""
    return read_procedure(text, path="law.yaml", vocabulary=VOCABULARY)


DISCHARGE = read(worked_steps.discharge())
PROTECTION = read(worked_steps.protection())
CHALLENGE = read(worked_steps.challenge())


def step(procedure: Procedure, step_id: str) -> Step:
    """Return a step of the only edition."""
    found = procedure.editions[0].step(step_id)
    assert found is not None
    return found


def test_openers_say_where_they_enter() -> None:
    """An episode opens by an event with its outcome, or by one that enters at a step (M5)."""
    assert DISCHARGE.editions[0].opens == (
        Opening(
            trigger=EventTrigger(
                event="looked_after_review.held", outcomes=("discharge_supported",)
            )
        ),
        Opening(trigger=EventTrigger(event="adm_pack.resubmitted"), enters_at="W22.pack"),
    )


def test_what_opens_and_what_is_counted_from_are_two_things() -> None:
    """W5 opens by the ratification and is counted from the review (M9)."""
    meeting = step(DISCHARGE, "W5.meeting")
    assert meeting.starts_when == EventTrigger(event="review_decision.ratified")
    (limit,) = meeting.limits
    assert (limit.count, limit.unit, limit.anchor) == (
        15,
        "working_days",
        "looked_after_review.held",
    )
    assert limit.force is Force.MUST
    assert limit.source == Source(document="A procedure", section="§2 ¶2")
    assert meeting.met_by == (
        MetBy(event="discharge_meeting.held", where=FieldIs(name="held", values=("whole",))),
    )


def test_a_source_is_inherited_and_unverified_unless_said() -> None:
    """A limit without a source has its step's, in the procedure's document."""
    (limit,) = step(DISCHARGE, "W22.pack").limits
    assert limit.source == Source(document="A procedure", section="§1", verified=False)


def test_all_of_several_and_a_look_back() -> None:
    """W9 opens on the later of two facts and may be met by an earlier one (M9, M13)."""
    invitees = step(DISCHARGE, "W9.invitees")
    assert invitees.starts_when == AllTrigger(
        (EventTrigger(event="review_decision.ratified"), EventTrigger(event="administrator.named"))
    )
    assert invitees.may_precede == "episode_opened"
    assert invitees.limits[0].at_once == "paperwork"


def test_papers_are_parts_counted_back_from_the_planned_day() -> None:
    """W14 has a part for each review of two years, before the planned meeting (M14, M21)."""
    papers = step(DISCHARGE, "W14.papers")
    assert papers.outlives
    assert papers.limits[0].before == "discharge_meeting.planned"
    assert [part.part for part in papers.all_of] == ["discharge_report", "review_minutes"]
    assert papers.all_of[1].each == Each(
        event="looked_after_review.held",
        within=Span(count=24, unit="months"),
        before="discharge_meeting.planned",
    )


def test_a_window_has_no_owner_and_opens_for_each_recipient() -> None:
    """W18's window is each recipient's right, counted from receipt or the deemed rule (M18)."""
    window = step(DISCHARGE, "W18.window")
    assert (window.window, window.owner, window.met_by) == (True, (), ())
    assert window.each == Each(field="recipients")
    assert window.same == ("meeting", "recipient")
    assert window.limits[0].deemed == SettingRef("deemed_receipt")


def test_conditions_ask_what_happened() -> None:
    """W18's addendum is owed only if the pack has gone (M17)."""
    assert step(DISCHARGE, "W18.addendum").only_if == Happened(kind="adm_pack.sent")


def test_every_outcome_says_what_follows() -> None:
    """W22's decision starts a step, closes, or goes round again; one outcome is usual (M26)."""
    outcomes = step(DISCHARGE, "W22.decide").outcomes
    assert outcomes["endorsed"].usual
    assert outcomes["endorsed"].next == ("W23.apply",)
    assert (outcomes["not_endorsed"].closes, outcomes["not_endorsed"].next) == (True, ("W23.tell",))
    assert outcomes["returned"].next == ("W22.more",)
    assert step(DISCHARGE, "W22.more").starts_when is None


def test_a_state_beginning_while_another_holds() -> None:
    """C9 starts when a child on a plan becomes looked after, one task for each role (M5, M9)."""
    notify = step(PROTECTION, "C9.notify")
    assert notify.starts_when == StateTrigger(
        state="looked_after", only_while=StateIs(state="child_protection_plan")
    )
    assert notify.each == Each(roles=("iro_service_manager", "conference_chair"))


def test_a_recurring_duty_is_a_table() -> None:
    """C14 reads its interval from the top, the last row from settings (M16)."""
    visit = step(PROTECTION, "C14.cp_visit")
    assert visit.is_recurring
    assert visit.ask_again == ("single_visit_frequency",)
    first, last = visit.every
    assert (first.when, first.span) == (
        StateIs(state="single_visit_frequency"),
        Span(count=6, unit="weeks"),
    )
    assert (last.when, last.span) == (
        Otherwise(),
        Span(count=SettingRef("cp_visit_count"), unit=SettingRef("cp_visit_unit")),
    )
    assert visit.met_by == (MetBy(event="visit.made", where=FieldIs(name="seen", values=("yes",))),)


def test_a_row_may_be_read_at_the_first_meeting() -> None:
    """P8's interval is read on the day of this child's first review conference (M16)."""
    first, later = step(PROTECTION, "P8.review").every
    assert first.when == Age(under=Span(count=24, unit="months"), of="child_or_sibling_on_plan")
    assert (first.read_at, first.read_at_first) == ("review_conference.held", True)
    assert later.under == "national.review_conference_later"


def test_the_passing_of_an_interval_is_a_trigger() -> None:
    """P19 starts six months after the meeting, while the episode is open (M20)."""
    panel = step(PROTECTION, "P19.panel")
    assert panel.starts_when == PassedTrigger(
        span=Span(count=6, unit="months"), anchor="plo_meeting.held"
    )
    assert panel.while_ == EpisodeIs()
    assert panel.limits[0].is_setting


def test_an_owner_may_depend_on_a_state() -> None:
    """P22 is owed by the child's worker for an agency placement, else by fostering (M27)."""
    rows = step(PROTECTION, "P22.meeting").owner
    assert [(row.when, row.roles) for row in rows] == [
        (StateIs(state="placement_provider", values=("agency",)), ("social_worker",)),
        (None, ("supervising_social_worker",)),
    ]


def test_the_passing_of_a_steps_limit_is_a_trigger() -> None:
    """X3 goes up a stage when the stage's limit has passed, unless kept, or by the IRO's act."""
    assert CHALLENGE.key == "challenge"
    assert step(CHALLENGE, "X3.stage2").starts_when == AnyTrigger(
        (
            PassedTrigger(step="X3.stage1", unless=StateIs(state="kept_at_stage")),
            EventTrigger(event="dispute.moved", where=FieldIs(name="to", values=("2",))),
        )
    )
    assert step(CHALLENGE, "X3.stage1").while_ == StateIs(state="stage", values=("1",))
    begins = step(CHALLENGE, "X3.stage2").begins
    assert begins is not None
    assert (begins.state, begins.value) == ("stage", "2")


def test_the_first_step_starts_with_the_episode() -> None:
    """`episode_opened` is a word of its own, not a kind of event."""
    assert step(DISCHARGE, "W4.ratify").starts_when == EpisodeOpened()


@pytest.mark.parametrize(
    ("day", "is_there"), [("2009-12-31", False), ("2010-01-01", True), ("2026-01-01", True)]
)
def test_the_edition_in_force_is_the_latest_begun(day: str, is_there: bool) -> None:
    """Before the first edition there is none."""
    assert (DISCHARGE.edition_on(date.fromisoformat(day)) is not None) == is_there
