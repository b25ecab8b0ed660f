"""The twelve tables of the return: their columns, which may be empty, and the codes they may hold.

A table is known by the heading that only it has; by its file's name only where that heading is missing.
What Caseward keeps nothing of is checked like the rest, and the import says that it was left aside.
Source: DfE, SSDA903 guides, collection years 2017 to 2027: SWEpisodes since 2023/24, DoLo since 2026/27.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caseward.work.exchange.checked_cells import Column
from caseward.work.exchange.ssda903 import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; `key` tells two of its rows apart, `order` names pairs of days, first and last.

    `known_by` is the column that no other table has, `file_names` what files of it are called.
    `left_aside` says why nothing of it is kept, and is empty where something is.
    """

    name: str
    file_names: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    known_by: str
    order: tuple[tuple[str, str], ...] = ()
    left_aside: str = ""


def table_of(heading: Iterable[str], file: str) -> Table | None:
    """Return the table that has this heading, else the one that the file is named for, or None."""
    names = {name.upper() for name in heading}
    known = next((table for table in TABLES if table.known_by in names), None)
    if known is not None:
        return known
    plain = re.sub(r"[^a-z0-9]", "", file.casefold().removesuffix(".csv"))
    named = [(name, table) for table in TABLES for name in table.file_names]
    named.sort(key=lambda each: -len(each[0]))
    return next((table for name, table in named if plain.endswith(name)), None)


def _id(name: str = "CHILD") -> Column:
    return Column(name=name, type="id", required=True)


def _day(name: str, *, required: bool = False, may_come: bool = False) -> Column:
    return Column(name=name, type="date", required=required, may_come=may_come)


def _code(name: str, allowed: codes.Codes, *, required: bool = False) -> Column:
    return Column(name=name, type="code", codes=allowed, required=required)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name) for name in names)


BORN = _day("DOB")
HEADER = Table(
    name="Header",
    file_names=("header",),
    key=("CHILD",),
    known_by="UPN",
    columns=(
        _id(),
        _code("SEX", codes.SEX),
        _day("DOB", required=True),
        # Nothing is kept of these: a slip in one of them must not cost the child.
        *_texts("ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    ),
)
EPISODES = Table(
    name="Episodes",
    file_names=("episodes", "episode"),
    key=("CHILD", "DECOM"),
    known_by="DECOM",
    columns=(
        _id(),
        _day("DECOM", required=True),
        _code("RNE", codes.REASON_NEW_EPISODE, required=True),
        _code("LS", codes.LEGAL_STATUS, required=True),
        *_texts("CIN"),
        _code("PLACE", codes.PLACEMENT),
        _code("PLACE_PROVIDER", codes.PROVIDER),
        _day("DEC"),
        _code("REC", codes.REASON_CEASED),
        _code("REASON_PLACE_CHANGE", codes.REASON_PLACE_CHANGE),
        *_texts("HOME_POST", "PL_POST", "URN"),
    ),
    order=(("DECOM", "DEC"),),
)
REVIEWS = Table(
    name="Reviews",
    file_names=("reviews", "review"),
    key=("CHILD", "REVIEW"),
    known_by="REVIEW",
    columns=(
        _id(),
        BORN,
        _day("REVIEW", required=True),
        _code("REVIEW_CODE", codes.PARTICIPATION),
    ),
)
UASC = Table(
    name="UASC",
    file_names=("uasc",),
    key=("CHILD",),
    known_by="DUC",
    columns=(_id(), _code("SEX", codes.SEX), BORN, _day("DUC", may_come=True)),
    left_aside="it says only until when a child is counted as unaccompanied",
)
OC2 = Table(
    name="OC2",
    file_names=("oc2",),
    key=("CHILD",),
    known_by="HEALTH_CHECK",
    columns=(
        _id(),
        BORN,
        Column(name="SDQ_SCORE", type="number"),
        _code("SDQ_REASON", codes.SDQ_REASON),
        *(
            _code(name, codes.YES_NO)
            for name in (
                "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT",
                "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
            )
        ),
    ),
    left_aside="it says what was done in the year, and of nothing on which day",
)  # fmt: skip
OC3 = Table(
    name="OC3",
    file_names=("oc3",),
    key=("CHILD",),
    known_by="IN_TOUCH",
    columns=(
        _id(),
        BORN,
        _code("IN_TOUCH", codes.IN_TOUCH),
        _code("ACTIV", codes.ACTIVITY),
        _code("ACCOM", codes.ACCOMMODATION),
    ),
    left_aside="it says how a young person lives around a birthday, and of nothing on which day",
)
AD1 = Table(
    name="AD1",
    file_names=("ad1",),
    key=("CHILD",),
    known_by="DATE_MATCH",
    columns=(
        _id(),
        BORN,
        _day("DATE_INT"),
        _day("DATE_MATCH"),
        _code("FOSTER_CARE", codes.YES_NO),
        _code("NB_ADOPTR", codes.N_ADOPTERS),
        _code("SEX_ADOPTR", codes.SEX_ADOPTERS),
        _code("LS_ADOPTR", codes.STATUS_ADOPTERS),
    ),
)
PLACED_ADOPTION = Table(
    name="PlacedAdoption",
    file_names=("placedforadoption", "placedadoption"),
    key=("CHILD", "DATE_PLACED"),
    known_by="DATE_PLACED",
    columns=(
        _id(),
        BORN,
        _day("DATE_PLACED", required=True),
        _day("DATE_PLACED_CEASED"),
        _code("REASON_PLACED_CEASED", codes.REASON_REVERSED),
    ),
    order=(("DATE_PLACED", "DATE_PLACED_CEASED"),),
)
PREV_PERM = Table(
    name="PrevPerm",
    file_names=("previouspermanence", "prevperm"),
    key=("CHILD",),
    known_by="PREV_PERM",
    columns=(
        _id(),
        BORN,
        _code("PREV_PERM", codes.PERMANENCE, required=True),
        *_texts("LA_PERM"),
        Column(name="DATE_PERM", type="date", partly=True),
    ),
)
MISSING = Table(
    name="Missing",
    file_names=("missing",),
    key=("CHILD", "MIS_START"),
    known_by="MIS_START",
    columns=(
        _id(),
        BORN,
        _code("MISSING", codes.ABSENCE, required=True),
        _day("MIS_START", required=True),
        _day("MIS_END"),
    ),
    order=(("MIS_START", "MIS_END"),),
)
SW_EPISODES = Table(
    name="SWEpisodes",
    file_names=("swepisodes", "swepisode", "socialworker", "socialworkers"),
    key=("CHILD", "SW_ID", "SW_DECOM"),
    known_by="SW_DECOM",
    columns=(
        _id(),
        BORN,
        _id("SW_ID"),
        _day("SW_DECOM", required=True),
        _day("SW_DEC"),
        _code("SW_REASON", codes.REASON_WORKER),
    ),
    order=(("SW_DECOM", "SW_DEC"),),
)
DOLO = Table(
    name="DoLo",
    file_names=("dolo", "dolos"),
    key=("CHILD", "DOLO_START"),
    known_by="DOLO_START",
    columns=(_id(), BORN, _day("DOLO_START", required=True), _day("DOLO_END")),
    order=(("DOLO_START", "DOLO_END"),),
)
TABLES = (
    HEADER, EPISODES, REVIEWS, UASC, OC2, OC3, AD1, PLACED_ADOPTION, PREV_PERM, MISSING,
    SW_EPISODES, DOLO,
)  # fmt: skip
