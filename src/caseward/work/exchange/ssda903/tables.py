"""The three tables: their columns, which may be empty, and the codes they may hold.

Columns are recognised by name, never by place. Codes of every collection year are accepted, since
an authority imports old years too: a retired code in an old file is not an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CellType = Literal["id", "date", "code", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what its cells hold. `codes` maps each allowed code to its meaning."""

    name: str
    type: CellType = "text"
    required: bool = False
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the return; `key` names the columns that tell two rows apart."""

    name: str
    file_name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


SEX = {"1": "Male", "2": "Female", "M": "Male", "F": "Female", "U": "Not known"}

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
    "E45": "Special guardianship order to former foster carer",
    "E46": "Special guardianship order to another than former foster carer",
    "E47": "Special guardianship order to former foster carer, relative or friend",
    "E48": "Special guardianship order to a relative or friend, not former foster carer",
}

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

HEADER = Table(
    name="Header",
    file_name="header.csv",
    key=("CHILD",),
    columns=(
        Column(name="CHILD", type="id", required=True),
        Column(name="SEX", type="code", codes=SEX),
        Column(name="DOB", type="date", required=True),
        Column(name="ETHNIC"),
        Column(name="UPN"),
        Column(name="MOTHER"),
        Column(name="MC_DOB", type="date"),
    ),
)

EPISODES = Table(
    name="Episodes",
    file_name="episodes.csv",
    key=("CHILD", "DECOM"),
    columns=(
        Column(name="CHILD", type="id", required=True),
        Column(name="DECOM", type="date", required=True),
        Column(name="RNE", type="code", required=True, codes=REASON_NEW_EPISODE),
        Column(name="LS", type="code", required=True, codes=LEGAL_STATUS),
        Column(name="CIN"),
        Column(name="PLACE"),
        Column(name="PLACE_PROVIDER"),
        Column(name="DEC", type="date"),
        Column(name="REC", type="code", codes=REASON_CEASED),
        Column(name="REASON_PLACE_CHANGE"),
        Column(name="HOME_POST"),
        Column(name="PL_POST"),
        Column(name="URN"),
    ),
)

REVIEWS = Table(
    name="Reviews",
    file_name="reviews.csv",
    key=("CHILD", "REVIEW"),
    columns=(
        Column(name="CHILD", type="id", required=True),
        Column(name="DOB", type="date", required=True),
        Column(name="REVIEW", type="date", required=True),
        Column(name="REVIEW_CODE", type="code", codes=PARTICIPATION),
    ),
)

TABLES = (HEADER, EPISODES, REVIEWS)
