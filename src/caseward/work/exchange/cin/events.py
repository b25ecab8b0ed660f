"""Rows of the census into facts, each with the source id of its row.

Only what has a day becomes a fact. An episode of need is told from another by the child's number and
the day of referral; a plan, an enquiry and an assessment by the day on which they began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseward.work.exchange.cin import blocks
from caseward.work.exchange.cin.blocks import Block
from caseward.work.exchange.imports.values import ChildSeen, Fact, Place, Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One checked row: `cells` as text and `days` as dates, by the element's name."""

    block: Block
    place: Place
    cells: Mapping[str, str]
    days: Mapping[str, date]

    def said(self, name: str) -> str:
        """Return what the row says, a day in one spelling."""
        return self.days[name].isoformat() if name in self.days else self.cells.get(name, "")

    def key(self) -> list[str]:
        """Return what tells the row from another of its child: without it, all that it says."""
        parts = [self.said(name) for name in self.block.key]
        return parts if all(parts) else [day.isoformat() for _, day in sorted(self.days.items())]


@dataclass(slots=True, kw_only=True)
class Details:
    """One episode of need: the child, the day of referral, its own row if kept, and its parts."""

    child: str
    referred_on: date | None
    row: Row | None
    parts: list[Row] = field(default_factory=list)

    @property
    def referral(self) -> str:
        """The key of the episode, which one child may have several of."""
        return f"{self.child}-{self.referred_on.isoformat()}" if self.referred_on else ""

    def days_of(self, block: Block, name: str) -> set[date]:
        """Return the days that parts of a kind name."""
        return {row.days[name] for row in self.parts if row.block is block and name in row.days}


class Facts:
    """Turns checked rows into children and facts."""

    def __init__(self, out: Sink, *, today: date) -> None:
        self._out, self._today = out, today
        self._turn = {
            blocks.ASSESSMENTS.name: self._assessment,
            blocks.PLAN_DATES.name: self._plan,
            blocks.SECTION_47.name: self._enquiry,
            blocks.PROTECTION_PLANS.name: self._protection_plan,
            blocks.REVIEWS.name: self._review,
            blocks.PRE_PROCEEDINGS.name: self._pre_proceedings,
        }

    def child(self, row: Row) -> None:
        """Give the child; an unborn one is expected on a day, and has no date of birth."""
        sex = row.cells["Sex"] or row.cells["GenderCurrent"]
        born_on = row.days.get("PersonBirthDate")
        self._out.child(
            ChildSeen(
                identifier=row.cells["LAchildID"],
                place=row.place,
                born_on=born_on,
                expected_on=row.days.get("ExpectedPersonBirthDate") if born_on is None else None,
                died_on=row.days.get("PersonDeathDate"),
                sex=blocks.SEX.get(sex, ""),
            )
        )

    def details(self, details: Details) -> None:
        """Give the facts of one episode and of all its parts."""
        if details.row is not None:
            self._referral(details, details.row)
        for row in details.parts:
            self._turn[row.block.name](details, row)

    def _tell(
        self,
        details: Details,
        row: Row,
        kind: str,
        day: date,
        *,
        keys: Mapping[str, str],
        fields: Mapping[str, str] | None = None,
        outcome: str | None = None,
        on_sight: bool = False,
    ) -> None:
        parts = row.key()
        if row.block is not blocks.DETAILS:
            parts.insert(0, details.referred_on.isoformat() if details.referred_on else "")
        self._out.fact(
            Fact(
                kind=kind,
                occurred_on=day,
                child=details.child,
                source=f"{row.block.name}:{details.child}:{':'.join(parts)}:{kind}",
                place=row.place,
                keys=keys,
                fields={name: value for name, value in (fields or {}).items() if value},
                outcome=outcome,
                on_sight=on_sight,
            )
        )

    def _referral(self, details: Details, row: Row) -> None:
        keys = {"referral": details.referral}
        said = {
            "source": row.cells["ReferralSource"],
            "no_further_action": _yes_no(row.cells["ReferralNFA"]),
        }
        self._tell(
            details, row, "referral.received", row.days["CINreferralDate"], keys=keys, fields=said
        )
        if "CINclosureDate" in row.days:
            why = {"reason": row.cells["ReasonForClosure"]}
            self._tell(
                details, row, "referral.closed", row.days["CINclosureDate"], keys=keys, fields=why
            )
        held_on = row.days.get("DateOfInitialCPC")
        if held_on and held_on not in details.days_of(blocks.SECTION_47, "DateOfInitialCPC"):
            self._conference(details, row, held_on, {})

    def _assessment(self, details: Details, row: Row) -> None:
        started_on = row.days["AssessmentActualStartDate"]
        keys = {"assessment": _key(details, started_on), "referral": details.referral}
        self._tell(details, row, "assessment.started", started_on, keys=keys)
        if "AssessmentAuthorisationDate" in row.days:
            day = row.days["AssessmentAuthorisationDate"]
            self._tell(details, row, "assessment.authorised", day, keys=keys)

    def _plan(self, details: Details, row: Row) -> None:
        began_on = row.days["CINPlanStartDate"]
        keys = {"cin_plan": _key(details, began_on), "referral": details.referral}
        self._tell(details, row, "child_in_need_plan.began", began_on, keys=keys)
        if "CINPlanEndDate" in row.days:
            day = row.days["CINPlanEndDate"]
            self._tell(details, row, "child_in_need_plan.ended", day, keys=keys)

    def _enquiry(self, details: Details, row: Row) -> None:
        """Give the enquiry and its conference; the census does not say when an enquiry ended."""
        begun_on = row.days["S47ActualStartDate"]
        enquiry = {"enquiry": _key(details, begun_on)}
        keys = {**enquiry, "referral": details.referral}
        self._tell(details, row, "s47_enquiry.begun", begun_on, keys=keys)
        if "InitialCPCtarget" in row.days:
            said = {
                "duty": "initial_conference",
                "due_on": row.days["InitialCPCtarget"].isoformat(),
                "row": f"CIN census, {row.block.name}",
            }
            self._tell(
                details,
                row,
                "other_system_date.told",
                self._today,
                keys=enquiry,
                fields=said,
                on_sight=True,
            )
        if "DateOfInitialCPC" in row.days:
            self._conference(details, row, row.days["DateOfInitialCPC"], enquiry)

    def _conference(
        self, details: Details, row: Row, held_on: date, enquiry: Mapping[str, str]
    ) -> None:
        """Give a conference; that it made a plan is known where one began on its day."""
        is_plan_made = held_on in details.days_of(blocks.PROTECTION_PLANS, "CPPstartDate")
        plan = {"plan": _key(details, held_on)} if is_plan_made else {}
        self._tell(
            details,
            row,
            "initial_conference.held",
            held_on,
            keys={**enquiry, **plan},
            outcome="plan_made" if is_plan_made else None,
        )

    def _protection_plan(self, details: Details, row: Row) -> None:
        began_on = row.days["CPPstartDate"]
        keys = {"plan": _key(details, began_on)}
        said = {"category": row.cells["InitialCategoryOfAbuse"]}
        self._tell(details, row, "child_protection_plan.began", began_on, keys=keys, fields=said)
        if "CPPendDate" in row.days:
            self._tell(
                details, row, "child_protection_plan.ended", row.days["CPPendDate"], keys=keys
            )

    def _review(self, details: Details, row: Row) -> None:
        """Give a review conference: the census counts only those that were held as such."""
        began_on = row.days["CPPstartDate"]
        self._tell(
            details,
            row,
            "review_conference.held",
            row.days["CPPreviewDate"],
            keys={"plan": _key(details, began_on)},
            fields={"quorate": "yes"},
        )

    def _pre_proceedings(self, details: Details, row: Row) -> None:
        days = row.days
        if not days:
            return
        begun_on = days.get("PPStartDate", min(days.values()))
        keys = {"proceedings": _key(details, begun_on)}
        kinds = {
            "PPStartDate": "pre_proceedings.decided",
            "LBPSentDate": "letter_before_proceedings.sent",
            "InitialPPMeetingDate": "pre_proceedings_meeting.held",
            "CourtAppDate": "care_application.issued",
            "LetterInitCPDate": "letter_of_issue.sent",
        }
        for name, kind in kinds.items():
            if name in days:
                self._tell(details, row, kind, days[name], keys=keys)
        if "StepDecisionDate" in days:
            outcome = "court_application" if "CourtAppDate" in days else None
            self._tell(
                details,
                row,
                "pre_proceedings.ended",
                days["StepDecisionDate"],
                keys=keys,
                outcome=outcome,
            )


def _key(details: Details, day: date) -> str:
    return f"{details.child}-{day.isoformat()}"


def _yes_no(said: str) -> str:
    return blocks.YES.get(said.casefold(), "")
