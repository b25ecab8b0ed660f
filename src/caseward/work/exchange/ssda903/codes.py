"""The code sets of the return: every collection year's, since old years are imported too.

A retired code in an old file is no error: sex was 1 and 2 until 2023/24 and is M, F, U since;
E43 and E44 ended in 2018 for E45 to E48; Z1 ended in 2025 for Z11 to Z14, K3 came in 2024.
Source: DfE, SSDA903 guides and code sets, collection years 2017 to 2027.
"""

from collections.abc import Mapping

Codes = Mapping[str, str]


def _plain(text: str) -> Codes:
    """Return codes that need no words, because nothing is kept of them."""
    return dict.fromkeys(text.split(), "")


SEX = {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}
"""The code of either kind, and the one that Caseward keeps."""
YES_NO = {"0": "No", "1": "Yes"}
REASON_NEW_EPISODE = {
    "S": "Started to be looked after",
    "L": "Change of legal status only",
    "P": "Change of placement and carer",
    "T": "Change of placement, same carer",
    "B": "Change of legal status, placement and carer",
    "U": "Change of legal status and placement, same carer",
}
LEGAL_STATUS = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order granted",
    "E1": "Placement order granted",
    "J1": "Remanded to local authority accommodation",
    "J2": "Placed in local authority accommodation under PACE",
    "J3": "Sentenced to a youth rehabilitation order with residence",
    "L1": "Under police protection",
    "L2": "Emergency protection order",
    "L3": "Under a child assessment order",
    "V2": "Accommodated under section 20",
    "V3": "Accommodated under agreed short breaks, agreement covers all",
    "V4": "Accommodated under agreed short breaks, individual agreement",
}
PLACEMENT = _plain(
    "A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 Q1 Q2 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 "
    "Z1 Z11 Z12 Z13 Z14"
)
PROVIDER = _plain("PR0 PR1 PR2 PR3 PR4 PR5")
REASON_CEASED = {
    "X1": "Episode ends, care goes on",
    "E2": "Died",
    "E3": "Care taken over by another authority",
    "E4A": "Returned home, planned",
    "E4B": "Returned home, unplanned",
    "E5": "Moved to independent living, supported",
    "E6": "Moved to independent living, unsupported",
    "E7": "Moved to residential care funded by adult services",
    "E8": "Ceased for any other reason",
    "E9": "Sentenced to custody",
    "E11": "Adopted, application unopposed",
    "E12": "Adopted, consent dispensed with",
    "E13": "Left care to live with parents or relatives, no court order",
    "E14": "Accommodation on remand ended",
    "E15": "Age assessment found to be 18 or over",
    "E16": "Moved abroad",
    "E17": "Aged 18 and stayed with former carers",
    "E41": "Residence or child arrangements order",
    "E43": "Special guardianship order to former carers (until 2018)",
    "E44": "Special guardianship order to others (until 2018)",
    "E45": "Special guardianship order to former foster carer",
    "E46": "Special guardianship order to another than former foster carer",
    "E47": "Special guardianship order to former foster carer, relative or friend",
    "E48": "Special guardianship order to a relative or friend, not former foster carer",
}
REASON_PLACE_CHANGE = _plain(
    "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER"
)
PARTICIPATION = {
    "PN0": "Under 4 at the review",
    "PN1": "Attended and spoke",
    "PN2": "Attended, an advocate spoke",
    "PN3": "Attended and conveyed views without speaking",
    "PN4": "Attended, neither spoke nor conveyed views",
    "PN5": "Not attended, an advocate spoke",
    "PN6": "Not attended, conveyed views another way",
    "PN7": "Not attended, views not conveyed",
}
SDQ_REASON = _plain("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5")
IN_TOUCH = _plain("YES NO DIED REFU NREQ RHOM")
ACTIVITY = _plain("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6 0")
ACCOMMODATION = _plain(
    "B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S1 S2 T1 T2 U1 U2 V1 V2 W1 W2 X1 X2 Y1 Y2 "
    "Z1 Z2 0"
)
N_ADOPTERS = _plain("1 2")
SEX_ADOPTERS = _plain("M1 F1 MM FF MF")
STATUS_ADOPTERS = _plain("L0 L11 L12 L2 L3 L4")
REASON_REVERSED = {
    "RD1": "The child's needs changed",
    "RD2": "No placement order was made",
    "RD3": "No adopters were found",
    "RD4": "Another reason",
}
PERMANENCE = {
    "P1": "adoption",
    "P2": "special_guardianship",
    "P3": "child_arrangements",
    "P4": "",
    "Z1": "",
}
"""The earlier permanence, and the order it was by; unknown (P4) and none (Z1) are no order."""
ABSENCE = {"M": "missing", "A": "away"}
REASON_WORKER = _plain("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS")
