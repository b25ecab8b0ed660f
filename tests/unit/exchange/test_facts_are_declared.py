"""What the readers tell is what the shipped kinds of event declare: kinds, keys, fields, outcomes."""

import re
from datetime import date
from pathlib import Path

import pytest

from caseward.interfaces import shipped
from caseward.record.people import kinds as people
from caseward.rules.facts import reading
from caseward.work.exchange.annex_a import workbook
from caseward.work.exchange.cin import census
from caseward.work.exchange.imports.values import Fact, Format, Place
from caseward.work.exchange.ssda903 import codes, returns
from tests.builders import sinks, workbook_files
from tests.builders.workbook_files import Value

TODAY = date(2027, 3, 2)
KINDS = {
    **reading.read_vocabulary(shipped.law_texts().kinds).kinds,
    **people.AUTHORITY_KINDS,
}
DAY = "01/02/2020"
RETURN = {
    "header.csv": "CHILD,SEX,DOB,UPN\n1001,F,01/05/2012,\n",
    "episodes.csv": "CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,DEC,REC,URN\n"
    "1001,01/02/2019,P,C2,U1,PR1,01/02/2020,E2,7\n",
    "reviews.csv": f"CHILD,REVIEW,REVIEW_CODE\n1001,{DAY},PN4\n",
    "ad1.csv": f"CHILD,DATE_INT,DATE_MATCH\n1001,{DAY},{DAY}\n",
    "placed.csv": "CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
    "1001,02/02/2020,03/02/2020,RD1\n",
    "permanence.csv": f"CHILD,PREV_PERM,DATE_PERM\n1001,P3,{DAY}\n",
    "missing.csv": f"CHILD,MISSING,MIS_START,MIS_END\n1001,A,{DAY},{DAY}\n",
    "sw.csv": f"CHILD,SW_ID,SW_DECOM,SW_DEC\n1001,SW1,{DAY},{DAY}\n",
    "dolo.csv": f"CHILD,DOLO_START,DOLO_END\n1001,{DAY},{DAY}\n",
}
CENSUS = """<Message><Children><Child><ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate></ChildIdentifiers>
<CINdetails><CINreferralDate>2022-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<CINclosureDate>2023-10-06</CINclosureDate><ReasonForClosure>RC9</ReasonForClosure>
<Assessments><AssessmentActualStartDate>2022-10-10</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2022-10-12</AssessmentAuthorisationDate></Assessments>
<CINPlanDates><CINPlanStartDate>2022-10-12</CINPlanStartDate><CINPlanEndDate>2022-10-13</CINPlanEndDate></CINPlanDates>
<Section47><S47ActualStartDate>2022-11-01</S47ActualStartDate><InitialCPCtarget>2022-11-22</InitialCPCtarget>
<DateOfInitialCPC>2022-11-21</DateOfInitialCPC></Section47><ReferralNFA>1</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2022-11-21</CPPstartDate><CPPendDate>2023-02-21</CPPendDate>
<InitialCategoryOfAbuse>MUL</InitialCategoryOfAbuse><Reviews><CPPreviewDate>2023-02-15</CPPreviewDate></Reviews>
</ChildProtectionPlans><PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate>
<LBPSentDate>2026-09-20</LBPSentDate><InitialPPMeetingDate>2026-09-28</InitialPPMeetingDate>
<StepDecisionDate>2026-12-01</StepDecisionDate><CourtAppDate>2026-12-18</CourtAppDate>
<LetterInitCPDate>2027-02-05</LetterInitCPDate></PreProceedingsandFGDM></CINdetails></Child></Children></Message>"""
LISTS: dict[str, list[list[Value]]] = {
    "List 3": [["Child Unique ID", "Date of Referral", "Referral Source", "Referral NFA?"],
               [17, DAY, "q) 6: Police", "b) No"]],
    "List 4": [["Child Unique ID", "Continuous Assessment Start Date",
                "Child Seen During Continuous Assessment",
                "Continuous Assessment Date of Authorisation"], [17, DAY, "Yes", DAY]],
    "List 5": [["Child Unique ID", "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Date of Initial Child Protection Conference",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan"],
               [17, DAY, DAY, "No"]],
    "List 6": [["Child Unique ID", "CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date",
                "Reason for Closure", "Case Status"],
               [17, DAY, DAY, DAY, "RC1 - Adopted", "c) Child in need plan"]],
    "List 7": [["Child Unique ID", "Child Protection Plan Start Date", "Initial Category of Abuse",
                "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
                "Date of latest review conference", "Child Protection Plan End Date"],
               [17, DAY, "Physical abuse", DAY, "a) Yes", DAY, DAY]],
    "List 8": [["Child Unique ID", "Date Started to be Looked After",
                "Start date of current legal status", "Child's Legal Status",
                "Date of Latest Statutory Review", "Date of Last Social Work Visit",
                "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
                "Date of Last Dental Check", "Date Ceased to be Looked After",
                "Reason Ceased to be Looked After", "Start Date of Most Recent Placement",
                "Placement Type", "Placement Provider", "URN of Placement", "Date of Birth"],
               [17, DAY, DAY, "C2: FCO", DAY, DAY, DAY, DAY, DAY, DAY, "k) E47: SGO", DAY,
                "f) U6: Foster placement", "PR4", 123, "31/05/2012"]],
    "List 10": [["Child Unique ID", "Date of Decision that Child Should be Placed for Adoption",
                 "Date of Matching Child and Prospective Adopters", "Date Placed for Adoption",
                 "Date of Adoption Order ",
                 "Date of Decision that Child Should No Longer be Placed for Adoption",
                 "Reason Why Child No Longer Placed for Adoption"],
                [17, DAY, DAY, DAY, DAY, DAY, "RD2"]],
}  # fmt: skip
FILES = [
    (returns.FORMAT, {name: text.encode() for name, text in RETURN.items()}, 17),
    (census.FORMAT, {"cin.xml": CENSUS.encode()}, 18),
    (workbook.FORMAT, {"annex.xlsx": workbook_files.workbook(LISTS)}, 26),
]


def undeclared(fact: Fact) -> list[str]:
    """Return what of a fact its kind does not declare."""
    kind = KINDS.get(fact.kind)
    if kind is None:
        return [f"no kind {fact.kind}"]
    fields = {field.name: field for field in kind.fields}
    found = [f"{fact.kind} has no key {key}" for key in fact.keys if key not in kind.keys]
    found += [f"{fact.kind} has no field {name}" for name in fact.fields if name not in fields]
    found += [
        f"{fact.kind}.{name} may not be {value}"
        for name, value in fact.fields.items()
        if name in fields and fields[name].choices and value not in fields[name].choices
    ]
    if fact.outcome is not None and fact.outcome not in kind.outcomes:
        found.append(f"{fact.kind} has no outcome {fact.outcome}")
    return found


@pytest.mark.parametrize(("of", "files", "n_kinds"), FILES, ids=["ssda903", "cin", "annex_a"])
def test_every_fact_that_a_format_can_tell_is_declared(
    of: Format, files: dict[str, bytes], n_kinds: int, tmp_path: Path
) -> None:
    """One file of each table, block and list, filled in: nothing is told that no kind declares."""
    sink = sinks.told_by(of, files, tmp_path, today=TODAY, extract_day="2020-02-01")
    assert sink.refused == []
    assert len({fact.kind for fact in sink.facts}) == n_kinds
    assert [fault for fact in sink.facts for fault in undeclared(fact)] == []
    assert len({fact.source for fact in sink.facts}) == len(sink.facts)


def test_the_codes_that_are_kept_are_choices_of_their_kinds() -> None:
    """Every legal status, placement, participation and reason that passes the checks may be recorded."""
    for kind, field, allowed in (
        ("legal_status.began", "status", codes.LEGAL_STATUS),
        ("placement.began", "type", codes.PLACEMENT),
        ("looked_after_review.held", "participation", codes.PARTICIPATION),
        ("adoption_decision.reversed", "reason", codes.REASON_REVERSED),
    ):
        (choices,) = [f.choices for f in KINDS[kind].fields if f.name == field]
        assert set(allowed) <= set(choices), kind


def test_the_pages_name_kinds_that_there_are() -> None:
    """Every kind of event that the pages of the imports name is declared."""
    folder = Path(__file__).parents[3] / "docs" / "reference"
    named = {
        name
        for page in ("import-ssda903.md", "import-cin.md", "import-annex-a.md")
        for name in re.findall(r"`([a-z_0-9]+\.[a-z_]+)`", (folder / page).read_text())
        if not name.endswith((".md", ".csv", ".xlsx"))
    }
    assert len(named) > 25
    assert named - set(KINDS) == set()


def test_control_what_is_not_declared_is_told() -> None:
    """A kind, key, field, choice or outcome of no kind is found."""
    place = Place("x", 1)
    wrong = Fact(
        kind="adoption_decision.reversed", occurred_on=TODAY, child="1", source="x", place=place,
        keys={"shoe": "1"}, fields={"reason": "RD9", "size": "4"}, outcome="mended",
    )  # fmt: skip
    assert len(undeclared(wrong)) == 4
