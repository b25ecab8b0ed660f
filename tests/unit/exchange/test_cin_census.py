"""The children in need census: each block a row, each row in one place, each day a fact."""

from datetime import date
from pathlib import Path

import pytest

from caseward.work.exchange.cin import census
from caseward.work.exchange.imports.values import ImportRefused
from tests.builders import sinks
from tests.builders.sinks import CollectingSink

TODAY = date(2027, 3, 2)
FAKE = Path(__file__).parents[4] / "shared" / "data" / "cin_fake"
NEEDS_FAKE = pytest.mark.skipif(
    not FAKE.is_dir(), reason="NOT PROVEN HERE: the census files that others wrote are absent"
)


def a_child(
    details: str,
    *,
    number: str = "A1",
    born: str = "<PersonBirthDate>2015-03-27</PersonBirthDate>",
    sex: str = "<Sex>F</Sex>",
) -> str:
    """Return a Child of the census."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID>{born}{sex}</ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        f"{details}</Child>\n"
    )


def of_need(*parts: str, referred: str = "2022-10-06", own: str = "") -> str:
    """Return a CINdetails."""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate>{own}"
        f"{''.join(parts)}<ReferralNFA>false</ReferralNFA></CINdetails>"
    )


def read(folder: Path, *children: str, today: date = TODAY) -> CollectingSink:
    """Read a census of these children."""
    text = f"<Message><Header/><Children>{''.join(children)}</Children></Message>"
    return sinks.told_by(census.FORMAT, {"cin.xml": text.encode()}, folder, today=today)


def told(sink: CollectingSink) -> list[tuple[str, str]]:
    """Return kind and day of each fact."""
    return [(f.kind, f.occurred_on.isoformat()) for f in sink.facts]


def test_two_episodes_of_one_child_are_kept_apart_by_their_referrals(tmp_path: Path) -> None:
    """An episode of need may come again: its key is the child's number and the day of referral."""
    again = of_need(referred="2024-01-05")
    sink = read(
        tmp_path, a_child(of_need(own="<CINclosureDate>2023-01-09</CINclosureDate>") + again)
    )
    assert [(f.kind, f.keys["referral"]) for f in sink.facts] == [
        ("referral.received", "A1-2022-10-06"),
        ("referral.closed", "A1-2022-10-06"),
        ("referral.received", "A1-2024-01-05"),
    ]
    assert len({f.source for f in sink.facts}) == 3


def test_an_enquiry_its_conference_its_target_and_the_plan_it_made(tmp_path: Path) -> None:
    """The conference made a plan where one began that day; the target is the other system's word."""
    sink = read(
        tmp_path,
        a_child(
            of_need(
                "<Section47><S47ActualStartDate>2022-11-01</S47ActualStartDate>"
                "<InitialCPCtarget>2022-11-22</InitialCPCtarget>"
                "<DateOfInitialCPC>2022-11-21</DateOfInitialCPC>"
                "<ICPCnotRequired>false</ICPCnotRequired></Section47>",
                "<ChildProtectionPlans><CPPstartDate>2022-11-21</CPPstartDate>"
                "<CPPendDate>2023-03-14</CPPendDate><InitialCategoryOfAbuse>PHY"
                "</InitialCategoryOfAbuse><Reviews><CPPreviewDate>2023-02-15</CPPreviewDate>"
                "<CPPreviewDate>2023-03-14</CPPreviewDate></Reviews></ChildProtectionPlans>",
                own="<DateOfInitialCPC>2022-11-21</DateOfInitialCPC>",
            )
        ),
    )
    assert told(sink)[1:] == [
        ("s47_enquiry.begun", "2022-11-01"),
        ("other_system_date.told", TODAY.isoformat()),
        ("initial_conference.held", "2022-11-21"),
        ("child_protection_plan.began", "2022-11-21"),
        ("child_protection_plan.ended", "2023-03-14"),
        ("review_conference.held", "2023-02-15"),
        ("review_conference.held", "2023-03-14"),
    ]
    conference = next(f for f in sink.facts if f.kind == "initial_conference.held")
    assert (conference.outcome, dict(conference.keys)) == (
        "plan_made", {"enquiry": "A1-2022-11-01", "plan": "A1-2022-11-21"},
    )  # fmt: skip
    target = next(f for f in sink.facts if f.kind == "other_system_date.told")
    assert target.on_sight
    assert target.fields["due_on"] == "2022-11-22"


def test_pre_proceedings_become_what_happened_on_each_day(tmp_path: Path) -> None:
    """The block of 2026/27: what has a day is a fact, counts and yes-or-no are said to be left aside."""
    sink = read(
        tmp_path,
        a_child(
            of_need(
                "<PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate>"
                "<LBPSentDate>2026-09-20</LBPSentDate><FGDMMeetingOffer>1</FGDMMeetingOffer>"
                "<InitialPPMeetingDate>2026-09-28</InitialPPMeetingDate>"
                "<ReviewMeetingsCount>3</ReviewMeetingsCount>"
                "<StepDecisionDate>2026-12-01</StepDecisionDate><PPOutcome>A</PPOutcome>"
                "<CourtAppDate>2026-12-18</CourtAppDate>"
                "<LetterInitCPDate>2027-02-05</LetterInitCPDate></PreProceedingsandFGDM>"
            )
        ),
    )
    assert told(sink)[1:] == [
        ("pre_proceedings.decided", "2026-09-09"),
        ("letter_before_proceedings.sent", "2026-09-20"),
        ("pre_proceedings_meeting.held", "2026-09-28"),
        ("care_application.issued", "2026-12-18"),
        ("letter_of_issue.sent", "2027-02-05"),
        ("pre_proceedings.ended", "2026-12-01"),
    ]
    assert {f.keys["proceedings"] for f in sink.facts[1:]} == {"A1-2026-09-09"}
    assert sink.facts[-1].outcome == "court_application"
    said = " ".join(sentence for _, sentence in sink.notes)
    assert "FGDMMeetingOffer was read and nothing of it is kept: it says whether, not when." in said
    assert "ReviewMeetingsCount" in said
    assert "PPOutcome" in said


def test_assessments_and_plan_dates(tmp_path: Path) -> None:
    """Start and authorisation, beginning and end, each on its day under one key."""
    sink = read(
        tmp_path,
        a_child(
            of_need(
                "<Assessments><AssessmentActualStartDate>2022-10-10</AssessmentActualStartDate>"
                "<AssessmentAuthorisationDate>2022-12-01</AssessmentAuthorisationDate>"
                "<FactorsIdentifiedAtAssessment/></Assessments>",
                "<CINPlanDates><CINPlanStartDate>2022-12-05</CINPlanStartDate></CINPlanDates>",
            )
        ),
    )
    assert told(sink)[1:] == [
        ("assessment.started", "2022-10-10"),
        ("assessment.authorised", "2022-12-01"),
        ("child_in_need_plan.began", "2022-12-05"),
    ]


@pytest.mark.parametrize(
    ("element", "kept"),
    [
        ("<GenderCurrent>1</GenderCurrent>", "M"),
        ("<GenderCurrent>2</GenderCurrent>", "F"),
        ("<GenderCurrent>0</GenderCurrent>", ""),
        ("<GenderCurrent>9</GenderCurrent>", "U"),
        ("<Sex>M</Sex>", "M"),
        ("", ""),
    ],
)
def test_sex_under_either_name_and_code(tmp_path: Path, element: str, kept: str) -> None:
    """GenderCurrent until 2023, Sex since; not recorded or unborn says nothing."""
    sink = read(tmp_path, a_child(of_need(), sex=element))
    assert [seen.sex for seen in sink.children] == [kept]


def test_a_plan_before_birth_and_a_child_expected_are_taken(tmp_path: Path) -> None:
    """An unborn child may be on a plan; the expected day may lie ahead."""
    plan = "<ChildProtectionPlans><CPPstartDate>2027-02-01</CPPstartDate></ChildProtectionPlans>"
    unborn = "<ExpectedPersonBirthDate>2027-06-01</ExpectedPersonBirthDate>"
    later = "<PersonBirthDate>2027-02-20</PersonBirthDate>"
    sink = read(
        tmp_path,
        a_child(of_need(plan, referred="2027-01-20"), born=unborn),
        a_child(of_need(plan, referred="2027-01-20"), number="A2", born=later),
    )
    assert sink.refused == []
    assert [(c.born_on, c.expected_on) for c in sink.children] == [
        (None, date(2027, 6, 1)), (date(2027, 2, 20), None),
    ]  # fmt: skip
    assert [f.child for f in sink.facts if f.kind == "child_protection_plan.began"] == ["A1", "A2"]


def test_stray_text_and_unknown_elements_do_no_harm(tmp_path: Path) -> None:
    """Text between elements is passed over; an element that nobody knows is named."""
    sink = read(tmp_path, a_child(of_need(own="<Shoes>4</Shoes> stray") + " stray"))
    assert told(sink) == [("referral.received", "2022-10-06")]
    assert (
        "cin.xml",
        "Elements that the census does not have were left aside: Shoes.",
    ) in sink.notes


def test_a_part_of_a_referral_without_a_day_is_refused_with_it(tmp_path: Path) -> None:
    """What belongs to a referral that cannot be placed is refused too, each with its own reason."""
    plan = "<CINPlanDates><CINPlanStartDate>2022-12-05</CINPlanStartDate></CINPlanDates>"
    sink = read(tmp_path, a_child(of_need(plan, referred="2022-02-31")))
    assert [(r.place.file, r.column, r.code) for r in sink.refused] == [
        ("cin.xml, CINdetails", "CINreferralDate", "date"),
        ("cin.xml, CINPlanDates", "CINreferralDate", "link"),
    ]
    assert sink.facts == []


def test_a_refusal_names_the_line(tmp_path: Path) -> None:
    """The row is the number of the block in the file; the reason says on which line it stands."""
    sink = read(
        tmp_path,
        a_child(of_need(), number="A1"),
        a_child(of_need(referred="2032-10-06"), number="A2"),
    )
    (refused,) = sink.refused
    assert (refused.place.row, refused.code) == (2, "future")
    assert refused.reason == (
        "2032-10-06 has not come yet; it cannot have happened. (Line 2 of the file.)"
    )


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.999])
def test_a_census_cut_off_is_refused_whole(tmp_path: Path, cut: float) -> None:
    """A file that ends midway is no file with fewer children."""
    text = f"<Message><Children>{a_child(of_need()) * 50}</Children></Message>".encode()
    with pytest.raises(
        ImportRefused, match=r"cin\.xml, line .*not well-formed or has been cut off"
    ):
        sinks.told_by(
            census.FORMAT, {"cin.xml": text[: int(len(text) * cut)]}, tmp_path, today=TODAY
        )


@NEEDS_FAKE
@pytest.mark.parametrize("path", sorted(FAKE.glob("*.xml")), ids=lambda path: path.name)
def test_files_of_every_year_are_read(path: Path) -> None:
    """The census files that others wrote, 2021 to 2026: every row accounted for, facts in each."""
    sink = CollectingSink()
    census.read({path.name: path}, sink, today=TODAY, options={})
    accounts = sink.accounts()
    assert sum(n for n, *_ in accounts.values()) == len(sink.places)
    assert len({f.source for f in sink.facts}) == len(sink.facts) > 5
    assert sink.children
