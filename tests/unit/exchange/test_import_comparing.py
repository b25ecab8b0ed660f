"""What becomes of each row, held against a record in memory: every verdict, and totals that add up."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseward.work.exchange.imports import (
    bringing_in,
    comparing,
    reading_process,
    report,
    spreadsheets,
    staging,
)
from caseward.work.exchange.imports.comparing import Comparing
from caseward.work.exchange.imports.report import Report
from caseward.work.exchange.imports.standing import KnownChild, Said, Stood
from caseward.work.exchange.imports.values import Place
from tests.builders import toy_format
from tests.unit.exchange.known import InMemory

TODAY = date(2026, 3, 2)
REVIEW = "looked_after_review.held"
CODES = {"PN1": {"participation": "PN1"}, "PN2": {"participation": "PN2"}}
Row = Mapping[str, Any]
_Typed = list[tuple[str, str, str]]
_Touched = list[tuple[str, int, Any]]


@contextmanager
def compared(known: InMemory, *rows: Row, code: str = "toy") -> Iterator[tuple[Any, Comparing]]:
    """Read rows of the toy format into a staging file and compare them."""
    how = Comparing(known=known, today=TODAY, scheme="la_child_id", format_code=code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / toy_format.NAME
        path.write_bytes(toy_format.rows(*rows)[toy_format.NAME])
        staged = Path(folder) / "staging.sqlite3"
        reading_process.read_into(
            staged, toy_format.FORMAT, {path.name: path}, today=TODAY, options={}
        )
        with closing(staging.connect(staged)) as opened:
            comparing.compare(opened, how, progress=lambda _done, _of: None)
            yield opened, how


def imported(known: InMemory, *rows: Row, code: str = "toy") -> Report:
    """Compare the rows, take in what is new, and return the report."""
    with compared(known, *rows, code=code) as (opened, how):
        answer = report.of(opened)
        assert known.take_in(opened, how) == sum(answer.facts.values())
    return answer


def verdicts(answer: Report) -> dict[str, int]:
    """Return how many rows had each verdict, those that none had left out."""
    (total,) = answer.totals
    names = ("accepted", "duplicate", "changed", "conflict", "refused", "nothing")
    return {name: getattr(total, name) for name in names if getattr(total, name)}


def a_child(known: InMemory) -> list[Stood]:
    """Import one child and return what stands on the record from then on."""
    imported(known, toy_format.child())
    return known.events[known.known["1"].child]


def test_a_new_child_and_a_fact() -> None:
    """A child that nobody knows is opened a record for, with the number; the fact is on it."""
    known = InMemory()
    answer = imported(known, toy_format.child(name="A Child", sex="F"), toy_format.fact("r:1"))
    assert verdicts(answer) == {"accepted": 2}
    assert answer.facts == Counter(
        ["child.registered", "child.born", "outside_id.recorded", REVIEW]
    )
    assert (answer.children_new, answer.children_touched) == (1, 1)


def test_the_same_again_changes_nothing() -> None:
    """The same rows are duplicates, whatever day it is."""
    known = InMemory()
    rows: tuple[Row, ...] = (toy_format.child(), toy_format.fact("r:1"), {"facts": []})
    imported(known, *rows)
    answer = imported(known, *rows)
    assert verdicts(answer) == {"duplicate": 2, "accepted": 1, "nothing": 1}
    assert {row.of for row in answer.duplicates} == {"an earlier import"}
    assert answer.facts == {}


def test_a_changed_row_is_a_correction() -> None:
    """A row that says otherwise than before corrects the entry that it gave."""
    known = InMemory()
    imported(known, toy_format.child(), toy_format.fact("r:1", fields=CODES["PN1"]))
    answer = imported(known, toy_format.fact("r:1", fields=CODES["PN2"]))
    assert verdicts(answer) == {"changed": 1}
    (row,) = answer.changed
    assert (row.was["fields"], row.says["fields"]) == (CODES["PN1"], CODES["PN2"])
    (stood,) = [one for one in known.events[known.known["1"].child] if one.kind == REVIEW]
    assert stood.standing.fields == CODES["PN2"]


def test_typed_here_and_agreeing_is_a_duplicate() -> None:
    """What was recorded here is not recorded a second time, and is known to be sent back."""
    known = InMemory()
    stands = a_child(known)
    known.type_here(
        known.known["1"].child, REVIEW, Said(occurred_on="2024-03-28", keys={"meeting": "m1"})
    )
    with compared(known, toy_format.fact("r:1", fields=CODES["PN1"])) as (opened, _):
        answer = report.of(opened)
        assert opened.execute("SELECT entry FROM echo").fetchall() == [(stands[-1].entry,)]
    assert verdicts(answer) == {"duplicate": 1}
    assert [row.of for row in answer.duplicates] == ["what is recorded here"]


def test_another_format_that_agrees_is_a_duplicate() -> None:
    """The same fact of another format, under another id, is one fact."""
    known = InMemory()
    imported(known, toy_format.child(), toy_format.fact("r:1", fields=CODES["PN1"]))
    answer = imported(known, toy_format.fact("other:7", keys={"meeting": "7"}), code="second")
    assert verdicts(answer) == {"duplicate": 1}


def test_two_rows_of_one_format_and_day_are_two_facts() -> None:
    """A format tells its own rows apart: two visits of one day are two, also the second time."""
    known = InMemory()
    rows = [toy_format.fact(f"v:{n}", kind="visit.made", fields={"seen": "yes"}) for n in (1, 2)]
    assert verdicts(imported(known, toy_format.child(), *rows)) == {"accepted": 3}
    assert verdicts(imported(known, *rows)) == {"duplicate": 2}


@pytest.mark.parametrize(
    ("believes", "expected"), [("theirs", {"changed": 1}), ("ours", {"duplicate": 1})]
)
def test_typed_here_and_disagreeing_is_a_conflict(believes: Any, expected: dict[str, int]) -> None:
    """Two values of one fact: a person decides, or the rule of the kind does."""
    known = InMemory()
    a_child(known)
    said = Said(occurred_on="2024-03-28", fields=CODES["PN2"])
    known.type_here(known.known["1"].child, REVIEW, said)
    row = toy_format.fact("r:1", fields=CODES["PN1"])
    answer = imported(known, row)
    assert verdicts(answer) == {"conflict": 1}
    (conflict,) = answer.conflicts
    assert (conflict.why, conflict.ours["fields"], conflict.theirs["fields"]) == (
        "typed_here", CODES["PN2"], CODES["PN1"],
    )  # fmt: skip
    assert answer.facts == {}
    known.believed[REVIEW] = believes
    assert verdicts(imported(known, row)) == expected


@pytest.mark.parametrize("touched", ["corrected_here", "withdrawn_here"])
def test_what_a_person_changed_here_stays(touched: Any) -> None:
    """The old row says nothing new against a correction here; a row that changed is asked about."""
    known = InMemory()
    imported(known, toy_format.child(), toy_format.fact("r:1", fields=CODES["PN1"]))
    child = known.known["1"].child
    (number,) = [n for n, one in enumerate(known.events[child]) if one.kind == REVIEW]
    known.touch(child, number, touched, Said(occurred_on="2024-03-29", fields=CODES["PN1"]))
    answer = imported(known, toy_format.fact("r:1", fields=CODES["PN1"]))
    assert verdicts(answer) == {"duplicate": 1}
    answer = imported(known, toy_format.fact("r:1", fields=CODES["PN2"]))
    assert verdicts(answer) == {"conflict": 1}
    assert answer.conflicts[0].why == touched
    assert known.events[child][number].standing.occurred_on == "2024-03-29"


def test_a_question_decided_is_not_put_again() -> None:
    """Who decided for what is here, of this very value, is not asked again; of another value yes."""
    known = InMemory()
    stands = a_child(known)
    child = known.known["1"].child
    known.type_here(child, REVIEW, Said(occurred_on="2024-03-28", fields=CODES["PN2"]))
    row = toy_format.fact("r:1", fields=CODES["PN1"])
    with compared(known, row) as (opened, _):
        source, digest = opened.execute("SELECT source, digest FROM question").fetchone()
    known.asked[child, source, digest, stands[-1].entry] = "ours"
    answer = imported(known, row)
    assert verdicts(answer) == {"duplicate": 1}
    assert [one.of for one in answer.duplicates] == ["what was decided here"]
    assert verdicts(imported(known, toy_format.fact("r:1", outcome="discharge_supported"))) == {
        "duplicate": 1
    }
    other = toy_format.fact("r:1", fields={"participation": "PN3"})
    assert verdicts(imported(known, other)) == {"conflict": 1}


def test_a_known_number_with_another_birthday_is_another_child() -> None:
    """Every row about the number is refused: they may be about another child."""
    known = InMemory()
    a_child(known)
    answer = imported(known, toy_format.child(born_on="2013-05-01"), toy_format.fact("r:1"))
    assert verdicts(answer) == {"refused": 2}
    assert {row.code for row in answer.refused} == {"other_child"}
    assert "born on 01/05/2012" in answer.refused[0].reason


def test_a_child_refused_for_another_birthday_is_told_once_and_is_a_sibling_none_the_less() -> None:
    """All rows of the child are one line of the text; who names them as a sibling is told the truth."""
    known = InMemory()
    a_child(known)
    sibling = {"kind": "sibling.recorded", "on": "2026-03-02"}
    answer = imported(
        known,
        toy_format.child(born_on="2013-05-01"),
        *(toy_format.fact(f"r:{n}", on=f"2024-03-{n:02}") for n in range(1, 18)),
        toy_format.child("2"),
        toy_format.fact("s:2", child="2", keys={"sibling": "1"}, **sibling),
        toy_format.fact("s:3", child="2", keys={"sibling": "9"}, **sibling),
    )
    first, second, third = report.refused_lines(answer.refused)
    begins = (
        f"18 rows of the child with number 1 were refused, the first {toy_format.NAME}, row 1: "
    )
    assert first.startswith(begins)
    assert "correct the date of birth here first" in first
    assert "The rows that name the brother or sister were refused" in second
    assert "is no child that these files name" in third
    assert report.as_text(answer).count("was born on 01/05/2012") == 1
    assert {row.child for row in answer.refused if row.code == "other_child"} == {"1"}


def test_two_rows_that_name_a_child_differently() -> None:
    """The second is refused alone, since it may belong to another child."""
    answer = imported(
        InMemory(),
        toy_format.child(),
        toy_format.child(born_on="2012-05-02"),
        toy_format.fact("r:1"),
    )
    assert verdicts(answer) == {"accepted": 2, "refused": 1}
    assert [(row.row, row.code) for row in answer.refused] == [(2, "other_child")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (toy_format.fact("r:1", child="9"), "unknown_child"),
        (toy_format.fact("r:1", kind="no_such.kind"), "code"),
        (toy_format.fact("r:1", fields={"participation": "PN99"}), "code"),
        (toy_format.fact("r:1", outcome="no such outcome"), "code"),
        (toy_format.fact("r:1", fields={"no_such_field": "x"}), "code"),
        (toy_format.fact("r:1", on="2026-03-03"), "future"),
        (toy_format.fact("r:1", on="2012-04-30"), "before_birth"),
        (toy_format.fact("r:1", until="2024-03-27"), "order"),
        (toy_format.fact("r" * 400), "length"),
        (toy_format.child("2", name="x" * 301), "length"),
        (toy_format.fact("s:1", kind="sibling.recorded", keys={"sibling": "9"}), "link"),
    ],
)
def test_what_cannot_be_taken_is_refused(row: Row, code: str) -> None:
    """Each reason has its code, and the row's other facts do not go in either."""
    more = {
        **row,
        "facts": [*row.get("facts", ()), *toy_format.fact("r:2", on="2024-06-01")["facts"]],
    }
    answer = imported(InMemory(), toy_format.child(), more)
    assert verdicts(answer) == {"accepted": 1, "refused": 1}
    assert [(one.row, one.code) for one in answer.refused] == [(2, code)]
    assert REVIEW not in answer.facts


def test_an_unborn_child_may_be_on_a_plan() -> None:
    """What may happen before the birth is taken; what may not is refused."""
    answer = imported(
        InMemory(),
        toy_format.child(born_on=None, expected_on="2026-06-01"),
        toy_format.fact("p:1", kind="child_protection_plan.began", on="2026-02-01"),
        toy_format.fact("r:1", on="2026-02-02"),
    )
    assert verdicts(answer) == {"accepted": 2, "refused": 1}
    assert [(one.row, one.code) for one in answer.refused] == [(3, "before_birth")]


def test_a_birth_follows_the_expected_one() -> None:
    """A child known as expected is born by a row that says the day, and stays the same child."""
    known = InMemory()
    imported(known, toy_format.child(born_on=None, expected_on="2026-02-10"))
    child = known.known["1"].child
    answer = imported(known, toy_format.child(born_on="2026-02-08"))
    assert answer.facts == {"child.born": 1}
    assert known.known["1"] == KnownChild(child=child, born_on=date(2026, 2, 8))


def test_a_refused_child_takes_its_rows_with_it() -> None:
    """Where the row that names a child is refused, nothing can be recorded about them, siblings too."""
    answer = imported(
        InMemory(),
        {**toy_format.child("1"), "refuse": "No."},
        toy_format.fact("r:1"),
        toy_format.child("2"),
        toy_format.fact("s:2", child="2", kind="sibling.recorded", keys={"sibling": "1"}),
    )
    assert [(one.row, one.code) for one in answer.refused] == [
        (1, "code"), (2, "unknown_child"), (4, "link"),
    ]  # fmt: skip
    assert verdicts(answer) == {"accepted": 1, "refused": 3}


def test_a_sibling_is_named_by_the_store() -> None:
    """The number of a brother or sister becomes the child's id, and is the same the second time."""
    known = InMemory()
    rows = (
        toy_format.child("1"),
        toy_format.child("2"),
        toy_format.fact(
            "s:1", kind="sibling.recorded", keys={"sibling": "2"}, on="2026-03-02", on_sight=True
        ),
    )
    imported(known, *rows)
    stood = known.events[known.known["1"].child][-1]
    assert stood.standing.keys == {"sibling": known.known["2"].child}
    later = {**rows[2], "facts": [{**rows[2]["facts"][0], "occurred_on": "2026-03-01"}]}
    assert verdicts(imported(known, *rows[:2], later)) == {"duplicate": 3}


def test_one_source_twice() -> None:
    """Two rows of one id: the same again is a duplicate, something else is refused."""
    answer = imported(
        InMemory(),
        toy_format.child(),
        toy_format.fact("r:1"),
        toy_format.fact("r:1"),
        toy_format.fact("r:1", on="2024-04-01"),
    )
    assert verdicts(answer) == {"accepted": 2, "duplicate": 1, "refused": 1}
    assert [(one.row, one.code) for one in answer.refused] == [(4, "conflict")]


def test_a_report_shows_no_free_text() -> None:
    """Whoever imports is told that two values differ, and not what was written in free words."""
    known = InMemory()
    a_child(known)
    row = toy_format.fact("n:1", kind="tracker_note.recorded", fields={"text": "Their words"})
    imported(known, row)
    changed = imported(known, {"facts": [{**row["facts"][0], "fields": {"text": "Other words"}}]})
    assert [one.was["fields"] for one in changed.changed] == [{"text": "(not shown)"}]
    child = known.known["1"].child
    said = Said(occurred_on="2024-03-01", fields={"text": "Our secret", "column": "Notes"})
    known.type_here(child, "tracker_note.recorded", said)
    other = toy_format.fact(
        "n:2", kind="tracker_note.recorded", on="2024-03-01", fields={"text": "Their words"}
    )
    with compared(known, other) as (opened, _):
        answer = report.of(opened)
        assert "Their words" in opened.execute("SELECT theirs FROM question").fetchone()[0]
    assert "words" not in str(answer.as_json())
    assert "secret" not in str(answer.as_json())


def test_what_is_gone_is_told_and_stays() -> None:
    """Only of tables, children and days that the files cover; nothing is withdrawn."""
    known = InMemory()
    days = ("2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01")
    facts = [toy_format.fact(f"r:{day}", on=day) for day in days]
    other = toy_format.fact("other:1", kind="visit.made", on="2024-02-02", fields={"seen": "yes"})
    of_second = toy_format.fact("r:second", child="2", on="2024-01-01")
    imported(
        known,
        toy_format.child(),
        toy_format.child("2", born_on="2010-01-01"),
        *facts,
        other,
        of_second,
    )
    answer = imported(known, facts[1], facts[3])
    assert [(one.child, one.occurred_on) for one in answer.vanished] == [("1", "2024-01-01")]
    assert verdicts(answer) == {"duplicate": 2}
    assert len(known.events[known.known["1"].child]) == 8


def test_a_new_name_corrects_the_old() -> None:
    """A file that now has the name of a child registered by number alone corrects it."""
    known = InMemory()
    a_child(known)
    answer = imported(known, toy_format.child(name="A Child", family_name="Child"))
    assert answer.facts == {"child.registered": 1}
    assert verdicts(answer) == {"changed": 1}
    assert verdicts(imported(known, toy_format.child(name="A Child", family_name="Child"))) == {
        "duplicate": 1
    }


def test_workers_come_before_who_they_are_to_a_child() -> None:
    """What the files say of the authority itself is compared like the rest, and goes in first."""
    known = InMemory()
    worker = {
        "kind": "worker.registered", "child": "", "stream": "authority", "source": "w:1",
        "occurred_on": "2026-03-02", "on_sight": True,
        "keys": {"worker": "w1"}, "fields": {"name": "Worker One"},
    }  # fmt: skip
    rows: tuple[Row, ...] = (toy_format.child(), {"facts": [worker]})
    with compared(known, *rows) as (opened, how):
        coming = [new.kind for _, entries in bringing_in.batches(opened, how) for new in entries]
        assert coming[0] == "worker.registered"
        known.take_in(opened, how)
    assert verdicts(imported(known, *rows)) == {"duplicate": 2}


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (65_536, "exactly 65,536 rows"), (1_048_576, "exactly 1,048,576 rows"),
        (1_048_577, "has 1,048,577 rows, and all were read"), (65_537, ""), (3, ""),
    ],
)  # fmt: skip
def test_a_full_spreadsheet_is_told(tmp_path: Path, last: int, words: str) -> None:
    """A file that fills a spreadsheet to its last row, or more than one, says so beside its rows."""
    path = tmp_path / "staging.sqlite3"
    with staging.Staging(path) as out:
        for row in (2, last):
            out.read(Place("a.csv", row))
    with closing(staging.connect(path)) as opened:
        spreadsheets.note_full(opened)
        said = opened.execute("SELECT sentence FROM note").fetchall()
    assert [words in sentence for (sentence,) in said] == ([True] if words else [])


# --- any rows at all ------------------------------------------------------------------------------
_NUMBERS = st.sampled_from(["1", "2", "3"])
_DAYS = st.sampled_from(
    ["2011-01-01", "2024-03-28", "2024-03-29", "2025-01-01", "2026-03-02", "2027-01-01"]
)
_FACTS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["r:1", "r:2", "r:3", "v:1", "v:2"]),
        "child": _NUMBERS,
        "kind": st.sampled_from(
            [REVIEW, REVIEW, "visit.made", "looked_after.began", "no_such.kind"]
        ),
        "occurred_on": _DAYS,
        "fields": st.sampled_from([{}, {}, CODES["PN1"], CODES["PN2"], {"participation": "x"}]),
    },
    optional={
        "on_sight": st.booleans(),
        "until": _DAYS,
        "keys": st.sampled_from([{}, {"meeting": "m"}]),
    },
)
_SEEN = st.fixed_dictionaries(
    {"identifier": _NUMBERS, "born_on": st.sampled_from(["2012-05-01", "2012-05-01", "2012-05-02", None])},
    optional={"expected_on": st.just("2026-06-01"), "name": st.sampled_from(["", "A Name"])},
)  # fmt: skip
_ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "child": _SEEN,
            "facts": st.lists(_FACTS, min_size=1, max_size=3),
            "refuse": st.just("The reader said no."),
        },
    ),
    max_size=8,
)
_TYPED = st.lists(st.tuples(_NUMBERS, _DAYS, st.sampled_from(list(CODES))), max_size=3)
_TOUCHED = st.lists(
    st.tuples(_NUMBERS, st.integers(0, 7), st.sampled_from(["corrected_here", "withdrawn_here"])),
    max_size=2,
)


@settings(max_examples=500, deadline=None)
@given(_ROWS, _ROWS, _TYPED, _TOUCHED)
def test_any_rows_are_accounted_for(
    rows: list[Row], later: list[Row], typed: _Typed, touched: _Touched
) -> None:
    """Of any rows, read = accepted + duplicate + changed + conflict + refused; the same rows again
    record nothing; and what a person recorded or changed here is never corrected by an import.
    """
    _hold(rows, later, typed, touched)


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None)
@given(_ROWS, _ROWS, _TYPED, _TOUCHED)
def test_many_more_rows_are_accounted_for(
    rows: list[Row], later: list[Row], typed: _Typed, touched: _Touched
) -> None:
    """The same of 20,000 cases."""
    _hold(rows, later, typed, touched)


def _hold(rows: list[Row], later: list[Row], typed: _Typed, touched: _Touched) -> None:
    known = InMemory()
    _account(rows, imported(known, *rows))
    again = imported(known, *rows)
    _account(rows, again)
    assert again.facts == {}
    for number, day, code in typed:
        if number in known.known:
            said = Said(occurred_on=day, fields=CODES[code])
            known.type_here(known.known[number].child, REVIEW, said)
    for number, at, how in touched:
        stands = known.events[known.known[number].child] if number in known.known else []
        if at < len(stands) and stands[at].kind == REVIEW:
            said = Said(occurred_on="2024-12-24")
            known.touch(known.known[number].child, at, how, said)
    by_hand = _by_hand(known)
    _account(later, imported(known, *later))
    assert _by_hand(known) == by_hand
    assert imported(known, *later).facts == {}


def _account(rows: list[Row], answer: Report) -> None:
    if not rows:
        assert answer.totals == ()
        return
    (total,) = answer.totals
    assert total.read == len(rows)
    assert total.read == (
        total.accepted + total.duplicate + total.changed + total.conflict + total.refused
    )
    assert len(answer.refused) == total.refused
    assert len(answer.duplicates) == total.duplicate
    assert len({row.row for row in answer.conflicts}) >= total.conflict


def _by_hand(known: InMemory) -> list[tuple[str, Said, bool]]:
    """Return what stands because a person said so."""
    return [
        (one.entry, one.standing, one.is_withdrawn)
        for stands in known.events.values()
        for one in stands
        if one.touched or not one.source
    ]
