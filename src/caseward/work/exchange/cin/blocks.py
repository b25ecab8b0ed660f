"""The blocks of the census: their elements, which may be absent, and the codes they may hold.

One referral may come again for a child in another block CINdetails; what tells a child's episodes
apart is the child's number and the day of referral. Sex is GenderCurrent until 2023 and Sex since;
plan dates came in 2022, closure RC9 and source 5D in 2024, PreProceedingsandFGDM in 2026/27.
"""

from dataclasses import dataclass

from caseward.work.exchange.checked_cells import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block; `key` tells two of a child's apart, `order` names pairs of days, first and last.

    `aside` are elements that are known and of which nothing is kept.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[tuple[str, str], ...] = ()
    aside: frozenset[str] = frozenset()


def _day(name: str, *, required: bool = False, may_come: bool = False) -> Column:
    return Column(name=name, type="date", required=required, may_come=may_come)


def _code(name: str, codes: str) -> Column:
    return Column(name=name, type="code", codes=dict.fromkeys(codes.split(), ""))


SEX = {
    "1": "M", "2": "F", "9": "U", "M": "M", "F": "F", "U": "U", "I": "U",
}  # fmt: skip
"""The code of either kind, and the one that Caseward keeps; 0, not recorded or unborn, says nothing."""
YES = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
YES_NO = "true false TRUE FALSE True False 1 0"
CATEGORIES = "NEG PHY SAB EMO MUL"
SOURCES = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
CLOSURES = "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"

CHILD = Block(
    name="Child",
    key=("LAchildID",),
    columns=(
        Column(name="LAchildID", type="id", required=True),
        _day("PersonBirthDate"),
        _day("ExpectedPersonBirthDate", may_come=True),
        _day("PersonDeathDate"),
        # Nothing turns on the sex: a code nobody knows must not cost the child.
        Column(name="Sex"),
        Column(name="GenderCurrent"),
    ),
    order=(("PersonBirthDate", "PersonDeathDate"),),
    aside=frozenset({"UPN", "FormerUPN", "UPNunknown"}),
)
DETAILS = Block(
    name="CINdetails",
    key=("CINreferralDate",),
    columns=(
        _day("CINreferralDate", required=True),
        _code("ReferralSource", SOURCES),
        _day("CINclosureDate"),
        _code("ReasonForClosure", CLOSURES),
        _day("DateOfInitialCPC"),
        _code("ReferralNFA", YES_NO),
    ),
    order=(("CINreferralDate", "CINclosureDate"),),
    aside=frozenset({"PrimaryNeedCode"}),
)
ASSESSMENTS = Block(
    name="Assessments",
    key=("AssessmentActualStartDate",),
    columns=(
        _day("AssessmentActualStartDate", required=True),
        _day("AssessmentAuthorisationDate"),
    ),
    order=(("AssessmentActualStartDate", "AssessmentAuthorisationDate"),),
    aside=frozenset({"AssessmentInternalReviewDate", "FactorsIdentifiedAtAssessment"}),
)
PLAN_DATES = Block(
    name="CINPlanDates",
    key=("CINPlanStartDate",),
    columns=(_day("CINPlanStartDate", required=True), _day("CINPlanEndDate")),
    order=(("CINPlanStartDate", "CINPlanEndDate"),),
)
SECTION_47 = Block(
    name="Section47",
    key=("S47ActualStartDate",),
    columns=(
        _day("S47ActualStartDate", required=True),
        _day("InitialCPCtarget", may_come=True),
        _day("DateOfInitialCPC"),
        _code("ICPCnotRequired", YES_NO),
    ),
    order=(("S47ActualStartDate", "DateOfInitialCPC"),),
)
PROTECTION_PLANS = Block(
    name="ChildProtectionPlans",
    key=("CPPstartDate",),
    columns=(
        _day("CPPstartDate", required=True),
        _day("CPPendDate"),
        _code("InitialCategoryOfAbuse", CATEGORIES),
    ),
    order=(("CPPstartDate", "CPPendDate"),),
    aside=frozenset({"LatestCategoryOfAbuse", "NumberOfPreviousCPP"}),
)
REVIEWS = Block(
    name="Reviews",
    key=("CPPstartDate", "CPPreviewDate"),
    columns=(_day("CPPreviewDate", required=True),),
)
PRE_PROCEEDINGS = Block(
    name="PreProceedingsandFGDM",
    key=("PPStartDate",),
    columns=(
        _day("PPStartDate"),
        _day("LBPSentDate"),
        _day("InitialPPMeetingDate"),
        _day("StepDecisionDate"),
        _day("CourtAppDate"),
        _day("LetterInitCPDate"),
    ),
    order=(("PPStartDate", "StepDecisionDate"),),
    aside=frozenset({"FGDMMeetingOffer", "FGDMMeetingFac", "ReviewMeetingsCount", "PPOutcome"}),
)
PARTS = {
    block.name: block
    for block in (ASSESSMENTS, PLAN_DATES, SECTION_47, PROTECTION_PLANS, PRE_PROCEEDINGS)
}
"""The blocks that stand in CINdetails, as often as they come."""

LEFT_ASIDE = {
    "PrimaryNeedCode": "the need is not part of any procedure",
    "FactorsIdentifiedAtAssessment": "what was found is the assessment's own",
    "AssessmentInternalReviewDate": "no procedure turns on it",
    "LatestCategoryOfAbuse": "the plan is kept with the category it began with",
    "NumberOfPreviousCPP": "a count is no event; earlier plans are counted where they are recorded",
    "FGDMMeetingOffer": "it says whether, not when",
    "FGDMMeetingFac": "it says whether, not when",
    "ReviewMeetingsCount": "a count is no event; record the meetings",
    "PPOutcome": "the meaning of its codes is not published with the data; how pre-proceedings ended "
    "is taken from whether there was an application to the court",
    "UPN": "Caseward keeps no pupil numbers",
    "FormerUPN": "Caseward keeps no pupil numbers",
    "UPNunknown": "Caseward keeps no pupil numbers",
    "ChildCharacteristics": "Caseward keeps neither ethnicity nor disabilities",
}
