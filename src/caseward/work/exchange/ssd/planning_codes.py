"""Code sets of plans, health, permanence and leaving care, and the roles that workers hold."""

from collections.abc import Mapping

from caseward.work.exchange.ssd import cells
from caseward.work.exchange.ssd.codes import CodeSet

CATEGORY = CodeSet(
    name="category",
    codes={
        "NEG": ("Neglect",),
        "PHY": ("Physical abuse", "Physical"),
        "SAB": ("Sexual abuse", "Sexual"),
        "EMO": ("Emotional abuse", "Emotional"),
        "MUL": ("Multiple", "Multiple categories", "More than one"),
    },
)

REVERSED_REASON = CodeSet(
    name="reversed_reason",
    codes={
        "RD1": ("The child’s needs changed subsequent to the decision",),
        "RD2": ("The Court did not make a placement order",),
        "RD3": ("Prospective adopters could not be found",),
        "RD4": ("Any other reason",),
    },
)

ORDER_TYPE = CodeSet(
    name="order_type",
    codes={
        "adoption": ("Adoption", "Adoption order", "Adopted"),
        "special_guardianship": ("Special Guardianship", "Special guardianship order", "SGO"),
        "child_arrangements": ("Child Arrangements Order/ Residence Order", "Child arrangements order",
                               "Child arrangement order", "Residence order", "CAO", "RO",
                               "Child arrangements"),
    },
)  # fmt: skip

PRE_PROCEEDINGS_OUTCOME = CodeSet(
    name="pre_proceedings_outcome",
    codes={
        "stepped_down": ("Decision to step down", "Step down", "Stepped down"),
        "court_application": ("Decision to Issue Care Proceedings", "Issue care proceedings", "Issue",
                              "Care proceedings"),
    },
)  # fmt: skip

HEALTH_CHECK = CodeSet(
    name="health_check",
    codes={
        "health_assessment.made": ("Health Assessment", "Initial health assessment", "IHA", "RHA",
                                   "Review health assessment", "Annual health assessment", "HEALTH"),
        "dental_check.made": ("Dental Check", "Dental", "Dentist", "Dental assessment", "DENTAL CHECKS"),
    },
)  # fmt: skip

HEALTH_STATUS = CodeSet(
    name="health_status",
    codes={
        "completed": ("Completed", "Complete", "Done", "Attended"),
        "not": ("Planned", "Refused", "Cancelled", "Refused Cancelled", "Declined", "Not attended"),
    },
)

NO_SDQ_REASON = CodeSet(
    name="no_sdq_reason",
    codes={
        "SDQ1": (
            "No form returned as child was aged under 4 or over 16 at date of latest assessment",
        ),
        "SDQ2": ("Carer(s) refused to complete and return questionnaire",),
        "SDQ3": (
            "Not possible to complete the questionnaire due to severity of the child’s disability",
        ),
        "SDQ4": ("Other",),
        "SDQ5": (
            "Child or young person refuses to allow a strengths and difficulties questionnaire (SDQ) to be completed",
            "Child or young person refuses to allow a strengths and difficulties questionnaire",
        ),
    },
)

MISSING_TYPE = CodeSet(
    name="missing_type",
    codes={
        "missing": ("Missing", "M", "Missing from care"),
        "away": ("Away", "A", "Away from placement without authorisation", "Absent"),
    },
)

ELIGIBILITY = CodeSet(
    name="eligibility",
    codes={
        "eligible": ("Eligible", "Eligible child"),
        "relevant": ("Relevant", "Relevant child"),
        "former_relevant": ("Former Relevant", "Former relevant child"),
        "qualifying": ("Qualifying", "Qualifying care leaver"),
        "none": ("No Current Eligibility", "None", "Not eligible"),
    },
)

ROLE = CodeSet(
    name="role",
    codes={
        "social_worker": ("Social worker", "SW", "CW", "Allocated case worker", "Case worker",
                          "Allocated worker", "Allocated social worker", "Key worker", "Caseworker",
                          "Lead social worker", "Child’s social worker", "Named social worker"),
        "duty_worker": ("Duty worker", "Duty social worker"),
        "team_manager": ("Team manager", "TM", "Assistant team manager"),
        "service_manager": ("Service manager", "SM"),
        "iro": ("Independent reviewing officer", "IRO", "Reviewing officer"),
        "conference_chair": ("Conference chair", "Child protection chair", "CP chair",
                             "Child protection conference chair", "CP conference chair"),
        "supervising_social_worker": ("Supervising social worker", "SSW", "Fostering social worker"),
        "legal": ("Legal Services", "Local authority solicitor", "Solicitor for the authority"),
        "business_support": ("Business support", "Business support officer"),
    },
)  # fmt: skip

CARE_PLAN: Mapping[str, str] = {
    "REMAINSUP": "Remain with birth family with shared care or short breaks",
    "RETURN1M": "Return to birth family within one month",
    "RETURN6M": "Return to birth family within six months",
    "RETURNEV": "Return to birth family in time",
    "LTRELFR": "Long-term placement with relatives or friends",
    "LTFOST18": "Long-term foster placement until 18",
    "RESPLMT": "Residential placement until independence",
    "SUPPLIV": "Supported living in the community",
    "ADOPTION": "Adoption",
    "OTHERPLN": "Another plan",
}


def category(said: str) -> str | None:
    """Return the category of a child protection plan; several named together are more than one."""
    code = CATEGORY.read(said)
    if code is None and cells.folded(said).startswith("multiple"):
        return "MUL"
    if code is None:
        parts = {CATEGORY.read(part.strip()) for part in _parted(said)}
        return "MUL" if len(parts) > 1 and None not in parts else None
    return code


def _parted(said: str) -> list[str]:
    for sign in ("/", ",", ";", "&", " and "):
        if sign in said:
            return said.split(sign)
    return [said]
