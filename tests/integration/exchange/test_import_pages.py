"""Importing by the pages: files sent, columns said, checked, brought in, reported, decided."""

import html
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caseward.interfaces import clock
from caseward.interfaces.web.imports import background
from caseward.record.ledger.acts import LONDON, Act, new_id
from caseward.record.people import queries as people
from caseward.work.casework import adopt
from caseward.work.exchange import uploads
from caseward.work.exchange.imports import runs
from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.imports import queries
from caseward.work.readings import child_page
from tests.builders.stores import TODAY, Store, a_store

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

HEADINGS = "Mosaic ID,Name,DOB,Letter sent,First meeting,Comments"
CASES = (
    "7001,Ash Example,4/5/2019,6/1/2026,20/1/2026,Father abroad\n"
    "7002,Elm Example,9/9/2015,31/02/2026,,\n"
)
USES = ("number", "name", "born_on", "event", "event", "note")
LETTER, MEETING = "letter_before_proceedings.sent", "pre_proceedings_meeting.held"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a demonstration with a policy lead, on its own day; imports run while the page waits."""
    moment = datetime.combine(TODAY, time(17), tzinfo=LONDON)
    monkeypatch.setattr(clock, "now", lambda: moment)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(background, "start", at_once)
    store = a_store(law=()).with_worker("policy_lead", everywhere=True)
    adopt.declare_demonstration(store.act())
    return store


def at_once(run: str, *words: str) -> None:
    """Do what the import's own process does, here and now."""
    home = Path(settings.CASEWARD_HOME)
    if "--check" in words:
        runs.check(run, at=clock.now(), today=clock.today(), home=home)
    else:
        act = Act(
            by=words[-1], at=clock.now(), today=clock.today(), key=new_id(), via="import", why=""
        )
        runs.commit(act, run, home=home)


def looking_as(store: Store, role: str) -> Client:
    """Return a browser that looks as somebody of the store."""
    visitor = Client()
    visitor.post("/look-as/", {"worker": store.workers[role], "key": role})
    return visitor


@pytest.fixture
def lead(store: Store) -> Client:
    """The policy lead's browser."""
    return looking_as(store, "policy_lead")


def send(visitor: Client, name: str, text: str, **more: str) -> str:
    """Send one file and return the address that follows."""
    file = SimpleUploadedFile(name, text.encode())
    answer = visitor.post(
        "/other-systems/import/",
        {"sent": file, "format_code": "tracker", "system": "Mosaic", "scheme": "", **more},
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def map_columns(visitor: Client, address: str) -> str:
    """Say what the columns hold, step by step; return the import's own address."""
    said = {f"use-{place}": use for place, use in enumerate(USES)} | {"name": "PLO tracker"}
    answer = visitor.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    answer = visitor.post(answer.headers["Location"], {"column-3": LETTER, "column-4": MEETING})
    answer = visitor.get(answer.headers["Location"])
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_tracker_goes_from_its_file_to_the_record(store: Store, lead: Client) -> None:
    """Sent, mapped, checked, brought in: the good row is recorded, the bad one told with its reason."""
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    checked = lead.get(address).content.decode()
    assert "Check this import" in checked
    assert "Nothing is recorded yet" in checked
    assert "“31/02/2026” names no day of the calendar" in checked
    assert people.child_by_outside_id("la_child_id", "7001") is None
    assert lead.post(f"{address}bring-in/").status_code == 302
    done = lead.get(address).content.decode()
    assert "Brought in" in done
    child = people.child_by_outside_id("la_child_id", "7001")
    assert child is not None
    assert people.child(child).name == "Ash Example"  # type: ignore[union-attr]
    assert people.child_by_outside_id("la_child_id", "7002") is None
    report = b"".join(lead.get(f"{address}report.csv").streaming_content)  # type: ignore[attr-defined]
    assert "31/02/2026" in report.decode("utf-8-sig")


def test_the_check_names_the_new_children(store: Store, lead: Client) -> None:
    """By name and number, the first twenty; a name that begins as a formula does is asked about."""
    rows = "".join(f"81{n:02},Child of row {n},4/5/2019,6/1/2026,,\n" for n in range(21))
    odd = "8200,=Ash Example,4/5/2019,6/1/2026,,\n"
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}{rows}{odd}"))
    checked = lead.get(address).content.decode()
    assert "Ash Example, number 7001" in checked
    assert "Child of row 18, number 8118" in checked
    assert "Child of row 19, number 8119" not in checked
    assert "and 3 more" in checked
    assert "This name begins with a sign" in checked
    assert "=Ash Example, number 8200" in checked
    other = store.with_worker("system_administrator", everywhere=True)
    page = looking_as(other, "system_administrator").get(address).content.decode()
    assert "number 7001" not in page
    assert "shown to the one who sent the files" in page


def test_a_trial_is_listed_as_tried_out(store: Store, lead: Client, tmp_path: Path) -> None:
    """On the command line what was checked and not brought in was a trial; rows have their commas."""
    map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    rows = "".join(f"{10_000 + n},Row {n},4/5/2019,6/1/2026,,\n" for n in range(1_200))
    path = tmp_path / "December.csv"
    path.write_text(f"{HEADINGS}\n{rows}", encoding="utf-8")
    home, act = Path(settings.CASEWARD_HOME), store.act(why="Import")
    mapped = uploads.mapping_named("PLO tracker")
    run = runs.start(act, [path], home=home, format_code="tracker", options=mapped)
    runs.check(run, at=act.at, today=act.today, home=home)
    runs.cancel(run, home=home, at=act.at)
    listed = lead.get("/other-systems/").content.decode()
    assert "Tried out, nothing was imported" in listed
    assert "1,200 rows: 1,200 accepted" in listed
    assert (
        "Everything was read and checked"
        in lead.get(f"/other-systems/imports/{run}/").content.decode()
    )


def test_files_of_no_known_format_are_told_without_codes(lead: Client) -> None:
    """The page has a choice for it, and no folder: neither codes nor folders are spoken of."""
    file = SimpleUploadedFile("unheard-of.csv", b"a,b\n1,2\n")
    said = {"sent": file, "format_code": "", "system": ""}
    page = html.unescape(lead.post("/other-systems/import/", said).content.decode())
    assert "Choose it under “What are they?”" in page
    assert "ssd:" not in page
    assert "choose the folder" not in page


def test_the_same_headings_are_offered_the_same_mapping(store: Store, lead: Client) -> None:
    """The next month's file is read by one press, and what it repeats changes nothing."""
    address = map_columns(lead, send(lead, "November.csv", f"{HEADINGS}\n{CASES}"))
    lead.post(f"{address}bring-in/")
    columns = send(lead, "December.csv", f"PLO tracker,,,,,\n{HEADINGS}\n{CASES}")
    assert "These are the columns of “PLO tracker”" in lead.get(columns).content.decode()
    again = lead.post(columns, {"kept": "yes"}).headers["Location"]
    page = lead.get(again)
    assert "Nothing new would be recorded" in page.content.decode()


def test_the_command_line_reads_a_tracker_by_its_kept_mapping(
    store: Store, lead: Client, tmp_path: Path
) -> None:
    """Mapped once on the page, it is refreshed each night by the mapping's name."""
    with pytest.raises(ImportRefused, match="kept are: none yet"):
        uploads.mapping_named("PLO tracker")
    map_columns(lead, send(lead, "November.csv", f"{HEADINGS}\n{CASES}"))
    path = tmp_path / "December.csv"
    path.write_text(f"{HEADINGS}\n{CASES}", encoding="utf-8")
    home, act = Path(settings.CASEWARD_HOME), store.act(why="Import")
    run = runs.start(
        act,
        [path],
        home=home,
        format_code="tracker",
        options=uploads.mapping_named("plo tracker"),
    )
    answer = runs.commit(act, run, home=home)
    assert [(one.accepted, one.refused) for one in answer.totals] == [(1, 1)]


def test_every_page_says_when_the_other_system_was_last_refreshed(
    store: Store, lead: Client
) -> None:
    """Nothing is said before the first import; after it every page names the system and the moment."""
    assert "Last refreshed" not in lead.get("/children/").content.decode()
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    lead.post(f"{address}bring-in/")
    for place in ("/", "/children/", "/other-systems/", "/procedures/"):
        assert "Last refreshed from Mosaic on" in lead.get(place).content.decode(), place


def test_a_long_list_of_entries_is_grouped_and_no_date_yet_is_told(
    store: Store, lead: Client
) -> None:
    """Kinds stand under their headings; "tbc" among days is told in what the check says."""
    rows = CASES.replace("20/1/2026", "tbc")
    address = send(lead, "plo.csv", f"{HEADINGS}\n{rows}")
    said = {f"use-{place}": use for place, use in enumerate(USES)} | {"name": "PLO tracker"}
    dates = lead.post(address, said).headers["Location"]
    assert '<optgroup label="Pre-proceedings">' in lead.get(dates).content.decode()
    details = lead.post(dates, {"column-3": LETTER, "column-4": MEETING}).headers["Location"]
    checked = lead.get(lead.get(details).headers["Location"]).content.decode()
    assert "“tbc” in “First meeting” is no date yet" in checked


def test_an_import_given_up_records_nothing(store: Store, lead: Client) -> None:
    """The person decides against it; the list says so."""
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    assert lead.post(f"{address}cancel/").status_code == 302
    assert "Cancelled" in lead.get(address).content.decode()
    assert people.child_by_outside_id("la_child_id", "7001") is None
    assert lead.post(f"{address}bring-in/").status_code == 302
    assert "Cancelled" in lead.get(address).content.decode()


def test_only_those_who_keep_the_system_import(store: Store) -> None:
    """A social worker sees when it was last refreshed, and neither imports nor reads a report."""
    visitor = looking_as(store, "social_worker")
    page = visitor.get("/other-systems/").content.decode()
    assert "Import files" not in page
    assert visitor.get("/other-systems/import/").status_code == 403
    assert visitor.get("/other-systems/differences/rules/").status_code == 403
    assert visitor.get(f"/other-systems/imports/{new_id().replace('x', 'a')}/").status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plo.pdf", b"%PDF-1.4", "is a PDF, which holds no rows"),
        ("plo.csv", b"\xff\xfeM\x00o\x00", "is saved as UTF-16"),
        ("plo.csv", b"", "One of the files is empty"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(
    lead: Client, name: str, content: bytes, sentence: str
) -> None:
    """The form comes back with the reason, and nothing is left of the file."""
    file = SimpleUploadedFile(name, content)
    answer = lead.post("/other-systems/import/", {"sent": file, "format_code": "", "system": ""})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    left = list((Path(settings.CASEWARD_HOME) / "imports").glob("arriving-*"))
    assert left == []


def test_more_than_a_page_takes_is_refused_before_it_arrives(lead: Client) -> None:
    """By the length that the browser says; of a body that is cut off nothing is read."""
    for path, megabytes, words in (
        ("/other-systems/import/", 501, "501 MB"),
        ("/away/add/", 11, "11 MB"),
    ):
        answer = lead.generic("POST", path, b"cut", CONTENT_LENGTH=str(megabytes * 1_000_000))
        assert answer.status_code == 413, path
        assert words in answer.content.decode()
        assert answer.headers["Connection"] == "close"


def test_no_file_is_a_problem_of_the_form(lead: Client) -> None:
    """Pressing the button without a file says what is missing."""
    answer = lead.post("/other-systems/import/", {"format_code": "", "system": ""})
    assert answer.status_code == 422
    assert "Choose the files to import" in answer.content.decode()


def test_a_snapshot_needs_its_day(lead: Client) -> None:
    """Annex A does not say which day it shows; a day to come is none either."""
    for day, sentence in (
        ("", "Say which day the Annex A workbook shows"),
        ("1/1/2030", "The day of the extract lies ahead"),
    ):
        said = {"sent": SimpleUploadedFile("annex-a.xlsx", b"PK"), "format_code": "annex_a"}
        answer = lead.post("/other-systems/import/", {**said, "extract_day": day})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_mapping_without_the_number_is_not_taken(lead: Client) -> None:
    """Rows find their children by it, and the page says so."""
    address = send(lead, "plo.csv", f"{HEADINGS}\n{CASES}")
    answer = lead.post(address, {"use-3": "event", "name": "PLO tracker"})
    assert answer.status_code == 422
    assert "Say which column holds the child's number" in html.unescape(answer.content.decode())


def corrected_here(store: Store, lead: Client) -> Store:
    """Import a case, put its letter right by hand, and import a file that says a third day."""
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    lead.post(f"{address}bring-in/")
    child = people.child_by_outside_id("la_child_id", "7001")
    assert child is not None
    store = replace(store, children={"Ash Example": child})
    shown = child_page.page(store.asker("team_manager"), child, as_of=store.today)
    entry = next(each for each in shown.timeline if each.kind == LETTER)
    store.correct(entry.entry_id, LETTER, "2026-01-08", seq=entry.seq, by="social_worker")
    other = CASES.replace("6/1/2026", "7/1/2026")
    columns = send(lead, "plo.csv", f"{HEADINGS}\n{other}")
    again = lead.post(columns, {"kept": "yes"}).headers["Location"]
    assert "here the day 8 January 2026, in the file the day 7 January 2026" in (
        lead.get(again).content.decode()
    )
    lead.post(f"{again}bring-in/")
    return store


def test_where_people_recorded_otherwise_somebody_decides(store: Store, lead: Client) -> None:
    """The difference is shown with both values; what is taken over is no longer asked."""
    store = corrected_here(store, lead)
    (question,) = queries.open_questions()
    worker = looking_as(store, "social_worker")
    page = worker.get("/other-systems/differences/").content.decode()
    assert "8 January 2026" in page
    assert "7 January 2026" in page
    empty = worker.post("/other-systems/differences/", {})
    assert "Choose what stands for at least one of them" in empty.content.decode()
    answer = worker.post("/other-systems/differences/", {f"answer-{question.question}": "theirs"})
    assert answer.headers["Location"].endswith("?decided=1")
    shown = child_page.page(store.asker("team_manager"), store.child, as_of=store.today)
    assert [each.occurred_on for each in shown.timeline if each.kind == LETTER] == [
        date(2026, 1, 7)
    ]
    assert queries.n_open_questions() == 0


def test_who_must_decide_a_difference_is_told_and_led_there(store: Store, lead: Client) -> None:
    """My tasks and the child's page say how many await them; the question says who touched the entry."""
    store = corrected_here(store, lead)
    worker = looking_as(store, "social_worker")
    said = "1 difference with another system awaits your decision"
    assert said in worker.get("/").content.decode()
    child = worker.get(f"/children/{store.child}/").content.decode()
    assert said in child
    address = f"/other-systems/differences/?child={store.child}"
    assert address in child
    asked = worker.get(address).content.decode()
    name = store.asker("social_worker").name
    assert f"Corrected here by {name} on" in asked
    assert "Their reason: " in asked
    assert "Both happened" in asked
    assert said not in lead.get("/").content.decode()
    (question,) = queries.open_questions()
    answer = worker.post(address, {f"answer-{question.question}": "ours"})
    assert answer.headers["Location"].endswith(f"?decided=1&child={store.child}")
    assert said not in worker.get("/").content.decode()
    assert said not in worker.get(f"/children/{store.child}/").content.decode()


def test_beside_a_withdrawn_entry_nothing_can_have_happened_as_well(
    store: Store, lead: Client
) -> None:
    """The question says who withdrew it and why; to record both is neither offered nor taken."""
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{CASES}"))
    lead.post(f"{address}bring-in/")
    child = people.child_by_outside_id("la_child_id", "7001")
    assert child is not None
    store = replace(store, children={"Ash Example": child})
    shown = child_page.page(store.asker("team_manager"), child, as_of=store.today)
    entry = next(each for each in shown.timeline if each.kind == LETTER)
    store.withdraw(entry.entry_id, seq=entry.seq, by="social_worker")
    other = CASES.replace("6/1/2026", "7/1/2026")
    columns = send(lead, "plo.csv", f"{HEADINGS}\n{other}")
    again = lead.post(columns, {"kept": "yes"}).headers["Location"]
    lead.post(f"{again}bring-in/")
    worker = looking_as(store, "social_worker")
    asked = worker.get("/other-systems/differences/").content.decode()
    assert "Withdrawn here by" in asked
    assert "Their reason: It belongs to another child." in asked
    assert "Both happened" not in asked
    (question,) = queries.open_questions()
    answer = worker.post("/other-systems/differences/", {f"answer-{question.question}": "both"})
    assert answer.status_code == 422
    assert queries.n_open_questions() == 1


def test_what_the_other_system_sends_back_is_no_longer_typed_here(
    store: Store, lead: Client
) -> None:
    """Recorded by hand, it is listed for the other system until a file of that system says the same."""
    before = CASES.replace("20/1/2026", "")
    address = map_columns(lead, send(lead, "plo.csv", f"{HEADINGS}\n{before}"))
    lead.post(f"{address}bring-in/")
    child = people.child_by_outside_id("la_child_id", "7001")
    assert child is not None
    store = replace(store, children={"Ash Example": child})
    store.record(MEETING, "2026-02-24", by="social_worker")
    worker = looking_as(store, "social_worker")
    assert "24 Feb 2026" in worker.get("/typed-here/").content.decode()
    later = CASES.replace("20/1/2026", "24/2/2026")
    columns = send(lead, "plo.csv", f"{HEADINGS}\n{later}", system="Mosaic")
    again = lead.post(columns, {"kept": "yes"}).headers["Location"]
    lead.post(f"{again}bring-in/")
    assert "24 Feb 2026" not in worker.get("/typed-here/").content.decode()


def test_a_day_to_come_is_none_to_look_back_from(store: Store) -> None:
    """What was typed since a day ahead is asked about, not answered for another day."""
    answer = looking_as(store, "social_worker").get("/typed-here/?since=01/01/2030")
    assert answer.status_code == 422
    assert "1 Jan 2030 lies ahead. Give a day up to today." in answer.content.decode()


def test_a_rule_of_a_kind_decides_the_next_time(store: Store, lead: Client) -> None:
    """The policy lead sets it; the next import asks nobody."""
    said = {"kind": LETTER, "believes": "ours"}
    assert lead.post("/other-systems/differences/rules/", said).status_code == 302
    page = lead.get("/other-systems/differences/rules/").content.decode()
    assert "What is recorded here stays" in page
    assert queries.rules() == {LETTER: "ours"}


def test_a_census_of_another_authority_by_the_page(lead: Client) -> None:
    """The import's page says why it is refused; ticked as meant, the same file is checked."""

    def census(code: str) -> str:
        return (
            f"<Message><Header><Source><LEA>{code}</LEA></Source></Header><Children><Child>"
            f"<ChildIdentifiers><LAchildID>{code}</LAchildID><PersonBirthDate>2015-03-27"
            "</PersonBirthDate><Sex>F</Sex></ChildIdentifiers></Child></Children></Message>"
        )

    own = send(lead, "own.xml", census("330"), format_code="cin")
    lead.post(f"{own}bring-in/")
    with pytest.raises(ImportRefused):  # its own process would end with it
        send(lead, "other.xml", census("201"), format_code="cin")
    (refused,) = (one.run for one in queries.runs() if one.phase == "refused")
    page = html.unescape(lead.get(f"/other-systems/imports/{refused}/").content.decode())
    assert "of local authority 201, and this store's imports are of 330" in page
    assert "“Yes, of another authority” on the page" in page
    assert "Yes, of another authority" in lead.get("/other-systems/import/").content.decode()
    meant = send(lead, "other.xml", census("201"), format_code="cin", other_authority="yes")
    assert "Bring" in lead.get(meant).content.decode()


def test_rows_refused_for_one_childs_sake_are_told_once_with_the_way_to_the_child(
    store: Store, lead: Client
) -> None:
    """The birthday of a known child differs: one line for all rows, and a link for who may see the child."""

    def census(born: str) -> str:
        return (
            "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>A1</LAchildID>"
            f"<PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex></ChildIdentifiers><CINdetails>"
            "<CINreferralDate>2022-10-06</CINreferralDate><ReferralNFA>false</ReferralNFA>"
            "<Assessments><AssessmentActualStartDate>2022-10-07</AssessmentActualStartDate>"
            "</Assessments></CINdetails></Child></Children></Message>"
        )

    own = send(lead, "first.xml", census("2015-03-27"), format_code="cin")
    lead.post(f"{own}bring-in/")
    child = people.child_by_outside_id("la_child_id", "A1")
    other = send(lead, "later.xml", census("2015-03-28"), format_code="cin")
    page = lead.get(other).content.decode()
    assert "3 rows of the child with number A1 were refused: " in page
    assert page.count("as the record here says") == 1
    assert "and 2 more" in page
    assert "These are the first" not in page
    assert f'href="/children/{child}/"' in page
    assert lead.get(f"/children/{child}/").status_code == 200
    administrator = looking_as(
        store.with_worker("system_administrator", everywhere=True), "system_administrator"
    )
    unseen = administrator.get(other).content.decode()
    assert "3 rows of the child with number A1 were refused: " in unseen
    assert f"/children/{child}/" not in unseen
