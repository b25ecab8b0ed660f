"""The traps of the dataset, each by a file small enough to read."""

from datetime import date, time
from pathlib import Path

import pytest

from caseward.work.exchange.imports.values import ImportRefused
from caseward.work.exchange.ssd import format as ssd
from tests.builders import ssd_files
from tests.builders.ssd_files import notes, of_kind, read, refusals

EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_id,clae_entered_care_date\n"
)
LEGAL = "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date\n"
REVIEWS = (
    "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,"
    "clar_cla_review_cancelled\n"
)
PLANS = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\n"
VISITS = "clav_cla_visit_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen\n"


def test_a_change_of_placement_is_not_a_new_entry_to_care(tmp_path: Path) -> None:
    """Care begins once for a period, on the day of entry, however many episodes it has."""
    sink = read(tmp_path, cla_episodes=EPISODES + (
        "E2,1,2025-06-01,P,2025-09-01,X1,C1,2025-02-03\n"
        "E1,1,2025-02-03,S,2025-06-01,X1,C1,2025-02-03\n"
        "E3,1,2025-09-01,L,2026-01-05,E4A,C1,2025-02-03\n"
        "E4,1,2026-05-01,S,,,C2,2026-05-01\n"
    ))  # fmt: skip
    began = of_kind(sink, "looked_after.began", "looked_after.ended")
    assert [(f.kind, f.occurred_on) for f in began] == [
        ("looked_after.began", date(2025, 2, 3)),
        ("looked_after.ended", date(2026, 1, 5)),
        ("looked_after.began", date(2026, 5, 1)),
    ]
    assert {"part_way" in f.fields for f in began} == {False}


def test_care_begins_even_where_its_first_episode_is_refused(tmp_path: Path) -> None:
    """The first episode that is taken tells the beginning of the period, not the first row."""
    sink = read(tmp_path, cla_episodes=EPISODES + (
        "E1,1,31/02/2025,S,,,C1,2025-02-03\nE2,1,2025-06-01,P,,,C1,2025-02-03\n"
    ))  # fmt: skip
    (began,) = of_kind(sink, "looked_after.began")
    assert (began.occurred_on, began.place.row) == (date(2025, 2, 3), 3)
    assert began.source == "ssd_cla_episodes:C1:looked_after.began"


def test_without_a_day_of_entry_care_begins_part_way(tmp_path: Path) -> None:
    """Where no row says when care began, the record begins with the first episode that is known."""
    sink = read(
        tmp_path, cla_episodes=EPISODES + "E2,1,2025-06-01,P,,,C1,\nE1,1,2025-04-01,L,,,C1,\n"
    )
    (began,) = of_kind(sink, "looked_after.began")
    assert (began.occurred_on, began.fields["part_way"]) == (date(2025, 4, 1), "yes")


def test_reviews_older_than_the_extract_are_not_read_as_never_held(tmp_path: Path) -> None:
    """A child in care long before the first review of the extract has a record that begins part-way."""
    sink = read(
        tmp_path,
        cla_episodes=EPISODES
        + "E1,1,2016-04-01,S,,,C1,2016-04-01\nE2,2,2021-02-01,S,,,C2,2021-02-01\n",
        cla_reviews=REVIEWS + "R1,C1,2021-01-10,2021-01-11,N\nR2,C2,2021-03-01,2021-03-02,N\n",
    )
    part_way = {f.child: f.fields.get("part_way", "") for f in of_kind(sink, "looked_after.began")}
    assert part_way == {"1": "yes", "2": ""}


def test_an_episode_that_ends_says_why(tmp_path: Path) -> None:
    """An end without a reason, and a reason to leave care without a day, are refused."""
    sink = read(tmp_path, cla_episodes=EPISODES + (
        "E1,1,2025-02-03,S,2025-06-01,,C1,2025-02-03\nE2,2,2025-02-03,S,,E4A,C2,2025-02-03\n"
    ))  # fmt: skip
    assert [(row, column, code) for _, row, column, code in refusals(sink)] == [
        (2, "clae_cla_episode_ceased_reason", "missing"),
        (3, "clae_cla_episode_ceased_date", "missing"),
    ]


def test_a_death_is_told_once(tmp_path: Path) -> None:
    """A child who died in care is told dead by the person's row, or else by the episode."""
    died = "E1,1,2025-02-03,S,2025-06-01,E2,C1,2025-02-03\n"
    person = ssd_files.PERSON.replace("1,2015-03-04,,\n", "1,2015-03-04,,2025-06-01\n")
    told = read(tmp_path, person=person, cla_episodes=EPISODES + died)
    assert [child.died_on for child in told.children] == [date(2025, 6, 1), None]
    assert of_kind(told, "child.died") == []
    untold = read(tmp_path, cla_episodes=EPISODES + died)
    assert [f.occurred_on for f in of_kind(untold, "child.died")] == [date(2025, 6, 1)]


def test_a_row_that_names_no_child_is_found_through_its_link(tmp_path: Path) -> None:
    """A review names the period of care, and the period's episodes name the child."""
    sink = read(
        tmp_path,
        cla_episodes=EPISODES + "E1,2,2026-02-03,S,,,C9,2026-02-03\n",
        cla_reviews=REVIEWS + "R1,C9,2026-03-03,2026-03-02,N\n",
    )
    assert [f.child for f in of_kind(sink, "looked_after_review.held")] == ["2"]


def test_a_link_that_leads_nowhere_is_refused_in_words(tmp_path: Path) -> None:
    """The refusal names the column, what stands in it and the table that lacks it."""
    sink = read(
        tmp_path,
        cla_episodes=EPISODES + "E1,2,2026-02-03,S,,,C9,2026-02-03\n",
        cla_reviews=REVIEWS + "R1,C8,2026-03-03,2026-03-02,N\nR2,,2026-03-03,,N\n",
    )
    assert [(r.column, r.code) for r in sink.refused] == [("clar_cla_id", "link"), (
        "clar_cla_person_id", "link")]  # fmt: skip
    assert sink.refused[0].reason == (
        "The row names no child, and no row of ssd_cla_episodes has “C8”, so nobody knows whose it is."
    )
    alone = read(tmp_path, cla_reviews=REVIEWS + "R1,C8,2026-03-03,2026-03-02,N\n")
    assert alone.refused[0].reason == (
        "The row names no child, and ssd_cla_episodes, which would say whose “C8” is, is not among the "
        "files."
    )


def test_a_row_of_two_children_is_refused(tmp_path: Path) -> None:
    """Where the row names one child and its link leads to another, one of them is wrong."""
    heading = "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date\n"
    sink = read(
        tmp_path, cp_plans=PLANS + "K1,1,2026-01-05,\n", cp_visits=heading + "V1,2,K1,2026-02-01\n"
    )
    assert refusals(sink) == [("ssd_cp_visits.csv", 2, "cppv_person_id", "other_child")]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("C2", "C2"), ("c2", "C2"), ("C2: FCO", "C2"), ("C2 - Full care order", "C2"),
        ("Full care order", "C2"), ("FULL CARE ORDER (S31)", "C2"), ("Interim Care Order", "C1"),
        ("Section 20", "V2"), ("S.20", "V2"), ("Accommodated under S20", "V2"), ("EPO", "L2"),
        ("Placement order granted", "E1"), ("Care order (C2)", "C2"),
    ],
)  # fmt: skip
def test_a_code_is_read_as_code_or_words(tmp_path: Path, said: str, code: str) -> None:
    """A legal status is read whether the cell holds the code, its words, or both."""
    sink = read(tmp_path, legal_status=LEGAL + f"L1,1,{said},2026-01-05\n")
    assert [f.fields["status"] for f in of_kind(sink, "legal_status.began")] == [code]


def test_a_status_that_is_not_of_care_is_told_and_not_recorded(tmp_path: Path) -> None:
    """Special guardianship and the like are in the table too, and are no status in care."""
    sink = read(tmp_path, legal_status=LEGAL + "L1,1,Special Guardianship Order,2026-01-05\n")
    assert (sink.facts, sink.refused) == ([], [])
    assert "“Special Guardianship Order”" in notes(sink, "ssd_legal_status.csv")


@pytest.mark.parametrize("said", ["Care order refused", "Placement order revoked", "C9", "Order"])
def test_words_that_mean_no_code_are_refused(tmp_path: Path, said: str) -> None:
    """Nothing is guessed: words that only begin like a code's are refused."""
    sink = read(tmp_path, legal_status=LEGAL + f"L1,1,{said},2026-01-05\n")
    assert refusals(sink) == [("ssd_legal_status.csv", 2, "lega_legal_status", "code")]
    assert sink.refused[0].reason.startswith(f"“{said}” is not C1, C2, D1")


def test_an_authority_may_say_what_its_words_mean(tmp_path: Path) -> None:
    """The option `words` gives an authority's own words for a code."""
    rows = LEGAL + "L1,1,Full CO made by court,2026-01-05\n"
    options = {"words": {"legal_status": {"Full CO made by court": "C2"}}}
    sink = read(tmp_path, options=options, legal_status=rows)
    assert [f.fields["status"] for f in of_kind(sink, "legal_status.began")] == ["C2"]


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-05", "2026-03-05 00:00:00", "2026-03-05T00:00:00", "2026-03-05 00:00:00.000",
        "05/03/2026", "5/3/2026", "05/03/2026 00:00", "05-03-2026", "20260305", "5 March 2026",
        "05-Mar-2026", "Mar  5 2026 12:00AM", "2026-03-05T00:00:00Z", "2026-03-05 00:00:00.0000000",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_of_its_spellings(tmp_path: Path, said: str) -> None:
    """A day with midnight behind it, the British way round, or as a database writes it, is that day."""
    (visit,) = read(tmp_path, cla_visits=VISITS + f"V1,1,{said},Y\n").facts
    assert (visit.occurred_on, visit.time) == (date(2026, 3, 5), None)


def test_a_time_that_is_not_midnight_is_kept(tmp_path: Path) -> None:
    """A visit's or missing episode's time of day is kept where the cell has one."""
    (visit,) = read(tmp_path, cla_visits=VISITS + "V1,1,Mar  5 2026  3:45PM,Y\n").facts
    assert visit.time == time(15, 45)


@pytest.mark.parametrize(
    "said",
    ["31/02/2026", "zz/05/2026", "13/13/2026", "2026-02-30", "05/03/26", "yesterday", "45000"],
)
def test_what_is_no_day_is_refused(tmp_path: Path, said: str) -> None:
    """A day that the calendar does not have is refused in its column."""
    sink = read(tmp_path, cla_visits=VISITS + f"V1,1,{said},Y\n")
    assert refusals(sink) == [("ssd_cla_visits.csv", 2, "clav_cla_visit_date", "date")]
    assert sink.refused[0].reason == (
        f"“{said}” is not a day of the calendar. Write it as 2026-03-31 or 31/03/2026."
    )


def test_what_has_not_come_has_not_happened(tmp_path: Path) -> None:
    """A visit of tomorrow is refused; a due date, and an end that lies ahead, are not."""
    sink = read(
        tmp_path,
        cla_visits=VISITS + "V1,1,2026-11-25,Y\n",
        cp_plans=PLANS + "K1,1,2026-01-05,2027-01-05\n",
        cla_episodes=EPISODES + "E1,1,2026-02-03,S,,,C1,2026-02-03\n",
        cla_reviews=REVIEWS + "R1,C1,2027-01-03,,N\n",
    )
    assert refusals(sink) == [("ssd_cla_visits.csv", 2, "clav_cla_visit_date", "future")]
    assert of_kind(sink, "child_protection_plan.ended") == []
    assert "the end lies ahead" in notes(sink, "ssd_cp_plans.csv")
    (told,) = of_kind(sink, "other_system_date.told")
    assert (told.fields["due_on"], told.occurred_on, told.on_sight) == (
        "2027-01-03", ssd_files.TODAY, True,
    )  # fmt: skip


def test_an_unborn_child_may_be_on_a_plan(tmp_path: Path) -> None:
    """The expected birth is kept, and the plan before it taken; a placement before birth is not."""
    placements = "clap_cla_placement_id,clap_person_id,clap_cla_placement_start_date,"
    sink = read(
        tmp_path,
        person="pers_person_id,pers_dob,pers_expected_dob\n7,,2027-02-01\n8,2026-03-01,2026-02-20\n",
        cp_plans=PLANS + "K1,7,2026-10-01,\nK2,8,2026-01-15,\n",
        cla_placement=placements + "clap_cla_placement_type\nP1,8,2026-02-01,U6\n",
    )
    assert [(c.identifier, c.born_on, c.expected_on) for c in sink.children] == [
        ("7", None, date(2027, 2, 1)), ("8", date(2026, 3, 1), None),
    ]  # fmt: skip
    assert len(of_kind(sink, "child_protection_plan.began")) == 2
    assert refusals(sink) == [
        ("ssd_cla_placement.csv", 2, "clap_cla_placement_start_date", "before_birth")
    ]


@pytest.mark.parametrize(
    "said",
    ['{"ADOPTION": "Y", "RETURN1M": "N"}', '{ ADOPTION: Y, OTHERPLN: "" }', "[" * 2_000, ""],
)
def test_the_aims_of_a_care_plan_are_read_however_deep_the_cell(tmp_path: Path, said: str) -> None:
    """Flags with or without quotation marks are found; a cell of brackets alone says nothing."""
    cell = said.replace('"', '""')
    heading = "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date,lacp_cla_care_plan_json\n"
    (made,) = read(tmp_path, cla_care_plan=heading + f'K1,1,2026-01-05,"{cell}"\n').facts
    assert made.fields == ({"aims": "Adoption"} if "ADOPTION" in said else {})


def test_a_cancelled_review_was_not_held(tmp_path: Path) -> None:
    """A review that was cancelled is told as cancelled, or with its due date alone; never as held."""
    sink = read(
        tmp_path,
        cla_episodes=EPISODES + "E1,1,2026-02-03,S,,,C1,2026-02-03\n",
        cla_reviews=REVIEWS + (
            "R1,C1,2026-03-03,2026-03-02,Y\nR2,C1,2026-03-03,,Y\nR3,C1,2026-03-03,2026-12-24,Yes\n"
        ),
    )  # fmt: skip
    assert of_kind(sink, "looked_after_review.held") == []
    assert [f.keys["meeting"] for f in of_kind(sink, "looked_after_review.cancelled")] == ["R1"]
    assert len(of_kind(sink, "other_system_date.told")) == 3
    assert sink.refused == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Y", "yes"), ("N", "no"), ("Yes", "yes"), ("no", "no"), ("1", "yes"), ("0", "no"), ("", None),
     ("NULL", None), ("PLACEHOLDER_DATA", None), ("Partly", None)],
)  # fmt: skip
def test_whether_the_child_was_seen(tmp_path: Path, said: str, kept: str | None) -> None:
    """Yes and no in their variants; anything else is left unsaid, never taken for yes."""
    (visit,) = read(tmp_path, cla_visits=VISITS + f"V1,1,2026-03-05,{said}\n").facts
    assert visit.fields.get("seen") == kept


def test_placeholders_and_empty_tables_say_nothing(tmp_path: Path) -> None:
    """A row of placeholders is read and records nothing, and an empty table is told as such."""
    heading = "prep_table_id,prep_person_id,prep_pre_pro_decision_date\n"
    sink = read(
        tmp_path,
        pre_proceedings=heading + "PLACEHOLDER_DATA,PLACEHOLDER_DATA,PLACEHOLDER_DATA\n",
        cla_visits=VISITS, cin_visits="",
    )  # fmt: skip
    assert (sink.facts, sink.refused) == ([], [])
    assert notes(sink, "ssd_pre_proceedings.csv").endswith(
        "1 row: it says nothing in the columns that are read."
    )
    assert notes(sink, "ssd_cla_visits.csv").endswith("The file has no rows below its heading.")
    assert notes(sink, "ssd_cin_visits.csv") == "The file is empty."
    assert sink.accounts()["ssd_pre_proceedings.csv"] == (1, 1, 0, 0)


def test_the_same_row_twice_is_a_duplicate_and_another_with_its_number_a_conflict(
    tmp_path: Path,
) -> None:
    """Of two rows with one number the second says the same, or is refused."""
    rows = "V1,1,2026-03-05,Y\nV1,1,2026-03-05,Y\nV1,1,2026-03-06,Y\n"
    sink = read(tmp_path, cla_visits=VISITS + rows)
    assert [of for _, of in sink.duplicates] == ["row 2 of this file"]
    assert refusals(sink) == [("ssd_cla_visits.csv", 4, "clav_cla_visit_id", "conflict")]
    assert sink.accounts()["ssd_cla_visits.csv"] == (3, 1, 1, 1)


def test_rows_without_numbers_are_told_apart_by_child_and_day(tmp_path: Path) -> None:
    """A table without its row numbers gives each row a source that is the same at the next import."""
    sink = read(
        tmp_path, cla_visits="clav_person_id,clav_cla_visit_date\n1,2026-03-05\n2,2026-03-05\n"
    )
    assert [f.source for f in sink.facts] == [
        "ssd_cla_visits:~1~2026-03-05:visit.made", "ssd_cla_visits:~2~2026-03-05:visit.made",
    ]  # fmt: skip
    assert "rows are told apart by child and date" in notes(sink, "ssd_cla_visits.csv")
    written = "clav_person_id,clav_cla_visit_date\n1,05/03/2026 00:00\n2,Mar  5 2026 12:00AM\n"
    again = read(tmp_path, cla_visits=written)
    assert [f.source for f in again.facts] == [f.source for f in sink.facts]


def test_an_adult_is_not_registered_as_a_child(tmp_path: Path) -> None:
    """A mother in the table of people is no child and nobody's sister; a young mother is a child."""
    people = "pers_person_id,pers_dob\n1,2015-03-04\n2,2018-05-12\n8,1984-01-01\n9,2009-01-01\n"
    sink = read(
        tmp_path, person=people,
        family="fami_table_id,fami_family_id,fami_person_id\na,F,1\nb,F,2\nc,F,8\nd,F,9\n",
        mother="moth_table_id,moth_person_id,moth_childs_person_id\nm,9,2\n",
    )  # fmt: skip
    assert [c.identifier for c in sink.children] == ["1", "2", "9"]
    pairs = {(f.child, f.keys["sibling"]) for f in of_kind(sink, "sibling.recorded")}
    assert pairs == {("1", "2"), ("2", "1"), ("1", "9"), ("9", "1")}


def test_a_family_of_hundreds_is_no_family(tmp_path: Path) -> None:
    """One number written for all makes nobody anybody's brother, and costs no time."""
    people = "".join(f"{n},2015-03-04\n" for n in range(300))
    rows = "".join(f"r{n},0X,{n}\n" for n in range(300))
    sink = read(tmp_path, person="pers_person_id,pers_dob\n" + people,
                family="fami_table_id,fami_family_id,fami_person_id\n" + rows)  # fmt: skip
    assert sink.facts == []
    assert {code for *_, code in refusals(sink)} == {"conflict"}


def test_a_worker_who_is_nobody_leaves_the_team(tmp_path: Path) -> None:
    """Where the worker is -1 the team alone holds the role; a team may be given by its name."""
    sink = read(
        tmp_path,
        department="dept_team_id,dept_team_name,dept_team_parent_id,dept_team_parent_name\n"
        "T1,North,S1,Safeguarding\n",
        involvements="invo_involvements_id,invo_person_id,invo_professional_id,"
        "invo_professional_role_id,invo_professional_team,invo_involvement_start_date\n"
        "I1,1,-1,ALLOCATED CASE WORKER,North,2026-01-05\nI2,1,-1,CW,,2026-01-05\n",
    )
    (held,) = of_kind(sink, "role.held")
    north, above = of_kind(sink, "team.formed")
    assert held.fields == {"role": "social_worker", "team": north.keys["team"]}
    assert (north.fields["part_of"], above.fields["name"]) == (above.keys["team"], "Safeguarding")
    assert refusals(sink) == [("ssd_involvements.csv", 3, "invo_professional_id", "missing")]


def test_who_works_in_a_team_is_told_once_and_who_managed_one_never(tmp_path: Path) -> None:
    """Of a worker's involvements that go on, the team is told once; past ones and managers' are not."""
    sink = read(
        tmp_path,
        department="dept_team_id,dept_team_name\nT1,North\nT2,South\n",
        involvements="invo_involvements_id,invo_person_id,invo_professional_id,"
        "invo_professional_role_id,invo_professional_team,invo_involvement_start_date,"
        "invo_involvement_end_date\n"
        "I1,1,W1,Social Worker,T1,2026-01-05,\nI2,2,W1,Social Worker,T1,2026-01-05,\n"
        "I3,2,W1,Social Worker,T2,2025-01-05,2026-01-05\nI4,1,W2,Team Manager,T1,2026-01-05,\n",
    )
    north = of_kind(sink, "team.formed")[0].keys["team"]
    told = [f for f in of_kind(sink, "role.held") if f.stream == "authority"]
    assert [(f.fields["role"], f.fields["for_team"], f.child) for f in told] == [
        ("social_worker", north, "")
    ]
    assert len([f for f in of_kind(sink, "role.held") if f.stream == "child"]) == 4


def test_a_heading_given_twice_stops_the_import(tmp_path: Path) -> None:
    """Nobody knows which of two columns of one name is meant."""
    with pytest.raises(ImportRefused, match="has the column clav_person_id twice"):
        read(tmp_path, cla_visits="clav_cla_visit_id,clav_person_id,CLAV_PERSON_ID\nV1,1,2\n")


def test_columns_parted_by_semicolons_stop_the_import(tmp_path: Path) -> None:
    """The reader says what parts the columns, and how to save the file."""
    with pytest.raises(ImportRefused, match="parted by semicolons, not by commas"):
        read(tmp_path, cla_visits=VISITS.replace(",", ";") + "V1;1;2026-03-05;Y\n")


def test_a_file_of_another_table_stops_the_import(tmp_path: Path) -> None:
    """A file that has none of its table's columns is not read as empty."""
    with pytest.raises(ImportRefused, match="has none of the columns of ssd_cla_visits"):
        read(tmp_path, cla_visits="a,b\n1,2\n")


def test_a_file_cut_off_in_a_row_stops_the_import(tmp_path: Path) -> None:
    """Rows behind the cut would be missing unseen."""
    with pytest.raises(ImportRefused, match="ends in the middle of row 3"):
        read(tmp_path, cla_visits=VISITS + "V1,1,2026-03-05,Y\nV2,1,2026-0")


def test_a_row_of_another_length_is_refused_alone(tmp_path: Path) -> None:
    """Rows before and after it are taken."""
    rows = "V1,1,2026-03-05,Y\nV2,1\nV3,1,2026-03-07,Y,,\nV4,1,2026-03-08,Y,x\n"
    sink = read(tmp_path, cla_visits=VISITS + rows)
    assert [f.occurred_on.day for f in sink.facts] == [5, 7]
    assert [(row, code) for _, row, _, code in refusals(sink)] == [(3, "length"), (5, "length")]


@pytest.mark.parametrize(
    ("name", "is_table"),
    [("ssd_person.csv", True), ("SSD_Person.CSV", True), ("dbo.ssd_cla_reviews.csv", True),
     ("folder/ssd_cp_plans.csv", True), ("ssd_cp_plans_20261124.csv", True),
     ("ssd_cp_plans-2026-11-24.csv", True), ("ssd_cla_placements.csv", True), ("header.csv", False),
     ("ssd_person.xlsx", False), ("passd_person.csv", False), ("ssd_address.csv", False)],
)  # fmt: skip
def test_files_are_known_by_their_names(name: str, *, is_table: bool) -> None:
    """Schema, folder, date and case around a table's name do not hide it."""
    assert ssd.recognise([name]) is is_table


def test_files_that_are_not_read_are_named_with_the_reason(tmp_path: Path) -> None:
    """A table left aside says why, another file that it is none."""
    sink = read(tmp_path, address="x\n1\n", send="", unheard_of="x\n")
    assert notes(sink, "ssd_address.csv").startswith("The table ssd_address is left aside: ")
    assert notes(sink, "ssd_send.csv").startswith("The table ssd_send is left aside: ")
    assert notes(sink, "ssd_unheard_of.csv") == (
        "The file is no table of the Standard Safeguarding Dataset; it is not read."
    )


ENQUIRIES = (
    "s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date,s47e_s47_nfa,"
    "s47e_s47_outcome_json\n"
)
CONFERENCES = (
    "icpc_icpc_id,icpc_s47_enquiry_id,icpc_person_id,icpc_icpc_target_date,icpc_icpc_date\n"
)


def test_a_conference_of_an_enquiry_says_how_the_enquiry_came_out(tmp_path: Path) -> None:
    """Without an outcome of its own, an enquiry with a conference, held or due, came to one."""
    sink = read(
        tmp_path,
        s47_enquiry=ENQUIRIES + (
            "S1,1,2026-09-01,2026-09-10,N,\n"
            "S2,1,2026-10-01,2026-10-08,N,\n"
            "S3,1,2026-10-20,2026-10-28,Y,\n"
            "S4,1,2026-11-01,2026-11-05,N,\n"
        ),
        initial_cp_conference=CONFERENCES + (
            "I1,S1,1,2026-09-22,2026-09-24\nI2,S2,1,2026-10-22,\n"
        ),
    )  # fmt: skip
    ended = of_kind(sink, "s47_enquiry.ended")
    assert {f.keys["enquiry"]: f.outcome for f in ended} == {
        "S1": "conference",
        "S2": "conference",
        "S3": "no_conference",
        "S4": None,
    }
