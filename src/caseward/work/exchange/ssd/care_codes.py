"""Code sets of care: sex, legal status, episodes, placements, part taken in reviews."""

from caseward.work.exchange.ssd.codes import CodeSet

SEX = CodeSet(
    name="sex",
    codes={
        "M": ("Male",),
        "F": ("Female",),
        "U": ("Unknown", "Not known", "Indeterminate", "Other"),
    },
)

LEGAL_STATUS = CodeSet(
    name="legal_status",
    codes={
        "C1": ("Interim care order", "ICO", "Interim care order made"),
        "C2": ("Full care order", "Care order", "FCO", "CO", "Full care order made"),
        "D1": ("Freeing order granted", "Freeing order"),
        "E1": ("Placement order granted", "Placement order", "PO"),
        "V2": ("Single period of accommodation under section 20", "Section 20", "S20", "S.20",
               "Accommodated under section 20", "Accommodated", "Accommodated under S20",
               "Voluntarily accommodated", "Single period of accommodation", "Section 20 accommodation",
               "Single period of accommodation under S20",
               "Single period of accommodation under section 20 Children Act 1989"),
        "V3": (("Accommodated under an agreed series of short term breaks, when individual episodes of care "
               "are recorded"), "Short breaks, individual episodes",
               "Short breaks, agreed for each placement"),
        "V4": ("Accommodated under an agreed series of short term breaks, when agreements are recorded",
               "Short breaks, agreement", "Short breaks, series of placements",
               "Agreed series of short term breaks"),
        "L1": ("Under police protection and in local authority accommodation", "Police protection",
               "Under police protection", "Police powers of protection"),
        "L2": ("Emergency protection order", "EPO"),
        "L3": ("Under child assessment order and in local authority accommodation",
               "Child assessment order"),
        "J1": ("Remanded to local authority accommodation or to youth detention accommodation",
               "Remanded to local authority accommodation", "Remanded to accommodation", "On remand",
               "Remand"),
        "J2": ("Placed in local authority accommodation under PACE", "Detained under PACE", "PACE",
               "Placed in local authority accommodation under the Police and Criminal Evidence Act 1984"),
        "J3": ("Sentenced to youth rehabilitation order with residence", "Youth rehabilitation order",
               "Sentenced to youth rehabilitation order",
               "Youth rehabilitation order with residence"),
    },
)  # fmt: skip

NO_CARE_STATUS = (
    "special guardianship", "sgo", "child arrangements", "child arrangement", "residence order",
    "supervision order", "interim supervision order", "care leaver", "private fostering",
    "privately fostered", "adoption order", "adopted", "adoption", "relevant", "former relevant",
    "qualifying", "eligible", "wardship", "no order", "none", "no legal status", "not applicable",
    "family assistance order", "contact order", "prohibited steps", "specific issue",
    "parental responsibility", "education supervision", "secure accommodation order", "recovery order",
    "guardianship order", "child in need", "section 17", "s17", "child protection",
)  # fmt: skip
"""Words that begin a legal status under which no child is looked after; the dataset holds them too."""

START_REASON = CodeSet(
    name="start_reason",
    codes={
        "S": ("Started to be looked after", "Started to be looked-after"),
        "L": ("Change of legal status only",),
        "P": ("Change of placement and carer(s) only", "Change of placement and carer only",
              "Change of placement and carers only"),
        "T": ("Change of placement (but same carer(s)) only", "Change of placement same carer only",
              "Change of placement but same carers only", "Change of placement only"),
        "B": ("Change of legal status and placement and carer(s) at the same time",
              "Change of legal status and placement and carers at the same time"),
        "U": ("Change of legal status and change of placement (but same carer(s)) at the same time",
              "Change of legal status and placement same carer"),
    },
)  # fmt: skip

CEASED_REASON = CodeSet(
    name="ceased_reason",
    codes={
        "X1": ("Episode ceases, and new episode begins on same day, for any reason",
               "Episode ceases and new episode begins on same day", "New episode begins"),
        "E11": ("Adopted - application for an adoption order unopposed",
                "Adopted, application unopposed"),
        "E12": ("Adopted – consent dispensed with by the court",
                "Adopted, consent dispensed with"),
        "E2": ("Died",),
        "E3": ("Care taken over by another local authority in the UK",
               "Care taken over by another local authority"),
        "E4A": ("Returned home to live with parent(s), relative(s), or other person(s) with parental responsibility as part of the care planning process", "Returned home, planned"),
        "E4B": ("Returned home to live with parent(s), relative(s), or other person(s) with parental responsibility which was not part of the current care planning process", "Returned home, unplanned"),
        "E13": ("Left care to live with parent(s), relative(s), or other person(s) with no parental responsibility",),
        "E41": ("Residence order/ child arrangement order which sets out with whom the child is to live granted", "Residence order/ child arrangement order granted", "Residence order or child arrangements order granted"),
        "E45": (("Special guardianship order made to former foster carer(s), who was/are a relative(s) or "
                "friend(s)"),),
        "E46": (("Special guardianship order made to former foster carer(s), other than relative(s) or "
                "friend(s)"),),
        "E47": (("Special guardianship order made to carer(s), other than former foster carer(s), who "
                "was/are a relative(s) or friend(s)"),),
        "E48": (("Special guardianship order made to carer(s), other than former foster carer(s), other "
                "than relative(s) or friend(s)"),),
        "E5": ("Moved into independent living arrangement and no longer looked-after: supportive accommodation", "Moved to independent living, supported"),
        "E6": ("Moved into independent living arrangement and no longer looked-after: accommodation providing no formalised advice", "Moved to independent living, unsupported"),
        "E7": ("Transferred to residential care funded by adult social care services",),
        "E8": ("Period of being looked-after ceased for any other reason",
               "Ceased for any other reason", "Any other reason"),
        "E9": ("Sentenced to custody",),
        "E14": ("Accommodation on remand ended",),
        "E15": ("Age assessment determined child is aged 18 or over",),
        "E16": ("Child moved abroad", "Moved abroad"),
        "E17": ("Aged 18 (or over) and remained with current carers",
                "Aged 18 and remained with current carers"),
    },
)  # fmt: skip

PLACEMENT_TYPE = CodeSet(
    name="placement_type",
    codes={
        "A3": ("Placed for adoption with consent, current foster carer",
               "Placed for adoption with parental/guardian consent with current foster carer"),
        "A4": ("Placed for adoption with consent, other adopters",
               "Placed for adoption with parental/guardian consent not with current foster carer"),
        "A5": ("Placed for adoption under a placement order, current foster carer",
               "Placed for adoption with placement order with current foster carer"),
        "A6": ("Placed for adoption under a placement order, other adopters",
               "Placed for adoption with placement order not with current foster carer"),
        "H5": ("Semi-independent living", ("Semi-independent living accommodation not subject to "
               "children’s homes regulations"), "Semi-independent living accommodation"),
        "K1": ("Secure children’s homes", "Secure children’s home"),
        "K2": ("Children’s Homes subject to Children’s Homes Regulations", "Children’s homes",
               "Children’s home"),
        "K3": ("Supported accommodation",),
        "P1": ("Placed with own parent(s) or other person(s) with parental responsibility",
               "Placed with own parents", "Placed with parents"),
        "P2": ("Independent living", "Independent living e.g. in a flat"),
        "P3": ("Residential employment",),
        "Q1": ("Foster placement with relative or friend (older code)",),
        "Q2": ("Foster placement with other foster carer (older code)",),
        "R1": ("Residential care home",),
        "R2": (("National Health Service (NHS)/health trust or other establishment providing medical or "
               "nursing care"), "National Health Service", "NHS or other medical establishment"),
        "R3": ("Family centre or mother and baby unit",),
        "R5": ("Young offender institution (YOI)", "Young offender institution"),
        "S1": ("All residential schools, except where dual-registered as a school and children’s home",
               "Residential school", "All residential schools"),
        "T0": ("All types of temporary move",),
        "T1": ("Temporary periods in hospital",),
        "T2": ("Temporary absences of the child on holiday",),
        "T3": ("Temporary accommodation whilst normal foster carer(s) is/are on holiday",),
        "T4": (("Temporary accommodation of seven days or less, for any reason, not covered by codes T1 to "
               "T3"),),
        "U1": ("Foster placement with relative(s) or friend(s) – long term fostering",),
        "U2": (("Fostering placement with relative(s) or friend(s) who is/are also an approved adopter(s) – "
               "FFA/ concurrent planning"),),
        "U3": (("Fostering placement with relative(s) or friend(s) who is/are not long-term or FFA/ "
               "concurrent planning"),),
        "U4": ("Foster placement with other foster carer(s) – long term fostering",),
        "U5": (("Foster placement with other foster carer(s) who is/are also an approved adopter(s) – FFA/ "
               "concurrent planning"),),
        "U6": ("Foster placement with other foster carer(s) – not long term or FFA/ concurrent planning",),
        "Z1": ("Other placements", "Other placement"),
        "Z11": ("Other placement (Z11)",),
        "Z12": ("Other placement (Z12)",),
        "Z13": ("Other placement (Z13)",),
        "Z14": ("Other placement (Z14)",),
    },
)  # fmt: skip

PARTICIPATION = CodeSet(
    name="participation",
    codes={
        "PN0": ("Child aged under 4 at the time of the review", "Child under 4"),
        "PN1": ("Child physically attends and speaks for him or herself", "Attended and spoke"),
        "PN2": ("Child physically attends and an advocate speaks on his or her behalf",),
        "PN3": ("Child attends and conveys his or her view symbolically",),
        "PN4": ("Child physically attends but does not speak for him or herself",),
        "PN5": ("Child does not attend physically but briefs an advocate to speak for him or her",),
        "PN6": (("Child does not attend but conveys his or her feelings to the review by a facilitative "
                "medium"),),
        "PN7": ("Child does not attend nor are his or her views conveyed to the review",),
    },
)  # fmt: skip
