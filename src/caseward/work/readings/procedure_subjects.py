"""What a national procedure is about, in a few headings, so that forty can be looked through.

The law names no subject. It is read off the kinds of entry that meet a procedure's steps: the
group that most of them are in says what the procedure is about.
"""

from collections import Counter
from collections.abc import Mapping

from caseward.rules.facts.kinds import Vocabulary
from caseward.rules.procedures.model import Procedure
from caseward.work.readings import law

PROTECTION, COURT = "Children in need and at risk", "Courts and orders"
REVIEWS, CARE = "Reviews and the IRO", "Life in care and after it"
RECORDS, SAFETY, OTHER = "Keeping and showing records", "Safety and what has to be told", "Other"
IN_ORDER = (PROTECTION, CARE, REVIEWS, COURT, SAFETY, RECORDS, OTHER)
_SUBJECTS: Mapping[str, str] = {
    "Child protection": PROTECTION,
    "Child in need": PROTECTION,
    "Ending a child protection plan": PROTECTION,
    "Care proceedings": COURT,
    "Pre-proceedings": COURT,
    "Panels and legal meetings": COURT,
    "Application and court": COURT,
    "Legal planning": COURT,
    "Reviews": REVIEWS,
    "Oversight": REVIEWS,
    "IRO challenges": REVIEWS,
    "Placement and visits": CARE,
    "Placement with parents": CARE,
    "Plans and supervision": CARE,
    "Coming into and leaving care": CARE,
    "Care leavers": CARE,
    "Health": CARE,
    "Education": CARE,
    "Deprivation of liberty": CARE,
    "Keeping records": RECORDS,
    "Requests and breaches": RECORDS,
    "Safety": SAFETY,
}


def subject(procedure: Procedure, vocabulary: Vocabulary) -> str:
    """Return what a procedure is about: what most of the entries that meet its steps are about."""
    counted = Counter(
        _SUBJECTS.get(vocabulary.kinds[kind].group, OTHER)
        for edition in procedure.editions[-1:]
        for step in edition.steps
        for kind in law.kinds_that_meet(step)
        if kind in vocabulary.kinds
    )
    return max(IN_ORDER, key=lambda each: (counted[each], each != OTHER)) if counted else OTHER
