"""Files of each format, right ones with something wrong done to them: a cell, a row, a byte, the end.

`Case` is a file's content and, where what was done leaves the rows countable, how many there are.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from random import Random

from lxml import etree

from tests.builders import workbook_files
from tests.builders.workbook_files import Value

NASTY = (
    "", " ", "31/02/2025", "zz/03/2015", "00/00/0000", "1/1/1", "01/01/9999", "2025-02-30",
    "29/02/2023", "=H2+5", "=cmd|' /C calc'!A0", '="001"', "\ufeff", "\u200b", "\u00a0", "é", "李",
    "😀", "\u202e", "a" * 70, "b" * 1_200, "0", "-1", "1e308", "NaN", "NULL", "'", '"', '""', ",", ";",
    "\t", "\n", "\r\n", "\x1f", "\x07", "<b>", "&amp;", "%s", "../x", "E4A", "X1", "S", "C2", "1001",
    "01/05/2012", "28/02/2024", "2030-01-01", "1900-01-01", "true", "TRUE", "#N/A", "#REF!",
)  # fmt: skip
BYTES = (b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1a", b'"', b"\r", b"<", b"&#0;", b"]]>")  # fmt: skip

TABLES = {
    "header.csv": [
        ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
        ["1001", "F", "01/05/2012", "WBRI", "", "", ""],
        ["1002", "1", "09/09/2011", "", "", "0", ""],
    ],
    "episodes.csv": [
        "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST "
        "URN".split(),
        ["1001", "04/03/2024", "S", "C1", "N1", "U1", "PR1", "03/06/2024", "X1", "CARPL", "", "", ""],
        ["1001", "03/06/2024", "B", "C2", "N1", "U4", "PR1", "", "", "", "", "", ""],
        ["1002", "01/02/2024", "S", "V2", "N1", "K2", "PR1", "01/08/2024", "E4A", "", "", "", ""],
    ],
    "reviews.csv": [
        ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
        ["1001", "01/05/2012", "28/03/2024", "PN1"],
        ["1001", "01/05/2012", "20/06/2024", "PN3"],
        ["1002", "09/09/2011", "26/02/2024", "PN6"],
    ],
    "permanence.csv": [
        ["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
        ["1001", "01/05/2012", "P1", "", "zz/03/2015"],
    ],
    "sw.csv": [
        ["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
        ["1001", "01/05/2012", "SW1", "01/04/2024", "", "FCONTA"],
    ],
}  # fmt: skip
CENSUS = """<Message><Header/><Children>
<Child><ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2022-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<CINclosureDate>2023-02-27</CINclosureDate><DateOfInitialCPC>2022-12-06</DateOfInitialCPC>
<Assessments><AssessmentActualStartDate>2022-10-10</AssessmentActualStartDate></Assessments>
<Section47><S47ActualStartDate>2022-11-02</S47ActualStartDate><InitialCPCtarget>2022-11-23</InitialCPCtarget>
<DateOfInitialCPC>2022-11-17</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA><ChildProtectionPlans><CPPstartDate>2022-11-17</CPPstartDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><Reviews><CPPreviewDate>2023-02-15</CPPreviewDate></Reviews>
</ChildProtectionPlans><PreProceedingsandFGDM><PPStartDate>2025-09-09</PPStartDate></PreProceedingsandFGDM></CINdetails>
</Child>
<Child><ChildIdentifiers><LAchildID>A2</LAchildID><ExpectedPersonBirthDate>2026-06-01</ExpectedPersonBirthDate></ChildIdentifiers>
<CINdetails><CINreferralDate>2026-01-06</CINreferralDate></CINdetails>
</Child></Children></Message>"""
LISTS: dict[str, list[list[Value]]] = {
    "List 7": [
        ["Child Unique ID", "Date of Birth", "Child Protection Plan Start Date",
         "Initial Category of Abuse", "Date of the Last Statutory Visit",
         "Date of latest review conference", "Child Protection Plan End Date"],
        [10721552, date(2021, 1, 4), date(2020, 11, 23), "Physical abuse", date(2021, 1, 22),
         date(2021, 2, 16), None],
        [5358472, date(2015, 5, 29), "08/02/2021", "NEG", None, None, None],
    ],
    "List 8": [
        ["Child Unique ID", "Gender", "Date of Birth", "Date Started to be Looked After",
         "Start date of current legal status", "Child's Legal Status",
         "Date of Latest Statutory Review", "Start Date of Most Recent Placement", "Placement Type"],
        [17, "a) Male", date(2007, 5, 31), date(2014, 9, 12), date(2015, 8, 19), "C2: FCO",
         date(2020, 12, 8), date(2019, 7, 8), "d) U4: Foster placement - long term"],
    ],
}  # fmt: skip
CELLS: tuple[Value, ...] = (
    *NASTY, 0, -5, 44208, 44208.5, 1e20, 99999, date(2021, 1, 1), None,
    workbook_files.formula("A1"), workbook_files.formula("A1", "44208"),
    workbook_files.failed("#N/A"), workbook_files.failed("#VALUE!"),
    workbook_files.Raw('<c r="{}" t="b"><v>1</v></c>'),
    workbook_files.Raw('<c r="{}" t="s"><v>7</v></c>'),
    workbook_files.Raw('<c r="{}" t="d"><v>2021-01-12T00:00:00</v></c>'),
    workbook_files.Raw('<c r="{}"><v>NaN</v></c>'), workbook_files.Raw('<c r="{}"><v/></c>'),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """Files by name, and the rows of each where they can be counted without the reader."""

    files: dict[str, bytes]
    rows: dict[str, int] = field(default_factory=dict)


def a_return(random: Random) -> Case:
    """Return an SSDA903 return with something wrong in it."""
    tables = {name: [list(row) for row in rows] for name, rows in TABLES.items()}
    for _ in range(random.randrange(6)):
        _spoil_rows(random, random.choice(list(tables.values())))
    contents = {name: _written(random, rows) for name, rows in tables.items()}
    if random.random() < 0.4:
        name = random.choice(list(contents))
        contents[name] = _spoilt(random, contents[name])
    rows = {name: _csv_rows(content) for name, content in contents.items()}
    return Case(contents, {name: n for name, n in rows.items() if n is not None})


def a_census(random: Random) -> Case:
    """Return a census with something wrong in it."""
    tree = etree.fromstring(CENSUS)
    for _ in range(random.randrange(6)):
        _spoil_tree(random, tree)
    content = etree.tostring(tree, encoding=random.choice(["utf-8", "us-ascii", "utf-16"]))
    if random.random() < 0.4:
        content = _spoilt(random, content)
    return Case({"cin.xml": content}, _census_rows(content))


def a_workbook(random: Random) -> Case:
    """Return an Annex A with something wrong in it."""
    lists = {title: [list(row) for row in rows] for title, rows in LISTS.items()}
    is_heading_right = random.random() < 0.8
    for _ in range(random.randrange(6)):
        rows = random.choice(list(lists.values()))
        row = random.choice(rows[1:] if is_heading_right and rows[1:] else rows)
        done = random.randrange(4)
        if done == 0 and len(rows) > 1:
            rows.append(list(row))
        elif done == 1 and len(rows) > 2:
            rows.remove(row)
        else:
            row[random.randrange(len(row))] = random.choice(CELLS)
    if random.random() < 0.2:
        parts: dict[str, str | bytes] = {**workbook_files.parts_of(lists)}
        name = random.choice(list(parts))
        parts[name] = _spoilt(random, str(parts[name]).encode())
        return Case({"annex.xlsx": workbook_files.zipped(parts)})
    content = workbook_files.workbook(lists)
    counted = {
        f"annex.xlsx, {title}": sum(1 for row in each[1:] if _says_something(row))
        for title, each in lists.items()
    }
    if random.random() < 0.3:
        return Case({"annex.xlsx": _spoilt(random, content)})
    return Case({"annex.xlsx": content}, counted if is_heading_right else {})


def _says_something(row: list[Value]) -> bool:
    """Tell whether a row has a cell that a spreadsheet would show."""
    empty = (None, "", workbook_files.Raw('<c r="{}"><v/></c>'))
    shows_nothing = ("#N/A", "<f>A1</f></c>", "#VALUE!", "<v>7</v>")
    return any(
        cell not in empty and not (isinstance(cell, workbook_files.Raw) and any(s in cell for s in shows_nothing))
        for cell in row
    )  # fmt: skip


def _spoil_rows(random: Random, rows: list[list[str]]) -> None:
    row = random.choice(rows)
    done = random.randrange(8)
    if done == 0:
        rows.append(list(row))
    elif done == 1 and len(rows) > 1:
        rows.remove(row)
    elif done == 2 and len(row) > 1:
        del row[random.randrange(len(row))]
    elif done == 3:
        row.insert(random.randrange(len(row) + 1), random.choice(NASTY))
    else:
        row[random.randrange(len(row))] = random.choice(NASTY)


def _written(random: Random, rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=random.choice(["\n", "\r\n"]))
    writer.writerows(rows)
    return text.getvalue().encode(random.choice(["utf-8", "utf-8", "utf-8-sig"]))


def _spoilt(random: Random, content: bytes) -> bytes:
    """Return the content cut short, or with bytes put in, taken out or changed."""
    if not content:
        return content
    at = random.randrange(len(content))
    done = random.randrange(5)
    if done == 0:
        return content[:at]
    if done == 1:
        return content[:-1]
    if done == 2:
        return content[:at] + random.choice(BYTES) + content[at:]
    if done == 3:
        return content[:at] + content[at + random.randrange(1, 40) :]
    return content[:at] + random.randbytes(random.randrange(1, 9)) + content[at:]


def _spoil_tree(random: Random, tree: etree._Element) -> None:
    element = random.choice(list(tree.iter()))
    done = random.randrange(8)
    parent = element.getparent()
    if done == 0 and parent is not None:
        parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif done == 1 and parent is not None:
        parent.remove(element)
    elif done == 2:
        element.tag = random.choice([each.tag for each in tree.iter()])
    elif done == 3:
        element.tail = "stray"
    else:
        said = random.choice(NASTY)
        element.text = said if said.isprintable() else "\u00a0"


def _csv_rows(content: bytes) -> int | None:
    """Return how many rows a table has under its heading, or None where it is no table."""
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return max(sum(1 for row in rows if any(cell.strip() for cell in row)) - 1, 0)


def _census_rows(content: bytes) -> dict[str, int]:
    """Return how many of each block a census has, read as one tree; nothing for a damaged one."""
    try:
        tree = etree.fromstring(content)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    inside = "//CINdetails/"
    paths = {
        "Child": "//ChildIdentifiers",
        "CINdetails": "//CINdetails",
        "Reviews": f"{inside}ChildProtectionPlans/Reviews/CPPreviewDate",
    } | {
        name: f"{inside}{name}"
        for name in ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
    }  # fmt: skip
    return {f"cin.xml, {name}": len(tree.xpath(path)) for name, path in paths.items()}
