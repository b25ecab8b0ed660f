"""Each way to change a chain of entries is named once, as what it is, where it is: rows made by hand."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from caseward.record.ledger import hashing, missing, payloads, tracing
from caseward.record.ledger.acts import AUTHORITY, StreamRef, child_stream
from caseward.record.ledger.chain import Chain
from caseward.record.ledger.faults import KINDS as KINDS_BY_CODE
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.links import Link, Said
from caseward.record.ledger.payloads import Payloads
from caseward.record.ledger.stored import UNKNOWN

ONE, OTHER = child_stream("one"), child_stream("other")
ORDER = (ONE, OTHER, ONE, ONE, OTHER, AUTHORITY, ONE, OTHER, ONE, OTHER)
Rows = dict[int, Link]
Named = tuple[str, int | None, StreamRef | None, int | None]


def rows() -> Rows:
    """Return ten entries as Caseward writes them, by position."""
    found: Rows = {}
    ends: dict[StreamRef, tuple[int, str]] = {}
    before = hashing.BEFORE_THE_FIRST
    for position, stream in enumerate(ORDER, start=1):
        seq, previous = ends.get(stream, (0, hashing.BEFORE_THE_FIRST))
        text = f'{{"kind":"visit.made","occurred_on":"2026-01-{position:02}"}}'
        said = Said(
            salt=f"salt {position}",
            text=text,
            kind="visit.made",
            occurred_on=f"2026-01-{position:02}",
            occasion="",
            source="",
        )
        link = Link(
            position=position,
            entry_id=f"entry {position}",
            stream=stream,
            seq=seq + 1,
            act_id=f"act {position}",
            recorded_at=f"2026-03-02T12:00:{position:02}.000000Z",
            act_hash=f"act hash {position}",
            commitment=hashing.commitment(said.salt, said.text),
            previous_hash=previous,
            hash="",
            store_hash="",
            said=said,
            is_disposed=False,
        )
        hashed = link.hash_at(link.at(position, stream, seq + 1))
        before = hashing.store_hash(before, hashed)
        found[position] = replace(link, hash=hashed, store_hash=before)
        ends[stream] = (seq + 1, hashed)
    return found


def ends_of(found: Rows) -> dict[StreamRef, tuple[int, str]]:
    """Return where each stream's row says that it ends."""
    return {link.stream: (link.seq, link.hash) for _, link in sorted(found.items())}


def named(
    found: Rows,
    *,
    ends: dict[StreamRef, tuple[int, str]] | None = None,
    unreadable: tuple[int, ...] = (),
) -> list[Named]:
    """Return what is found of these rows: code, position, stream and number of each fault."""
    chain = Chain()
    faults: list[Fault] = []
    for position in sorted({*found, *unreadable}):
        if position in unreadable:
            chain.skip(position, "torn")
        else:
            faults += chain.follow(found[position])
    stated = ends_of(rows()) if ends is None else ends
    faults += chain.finish((stream, *end) for stream, end in stated.items())
    assert all(fault.kind for fault in faults)
    return [(fault.code, fault.position, fault.stream, fault.seq) for fault in faults]


def put(found: Rows, position: int, **columns: object) -> None:
    """Change columns of one row."""
    found[position] = replace(found[position], **columns)  # type: ignore[arg-type]


def renumbered(found: Rows) -> Rows:
    """Close, or make, gaps: the rows in their order, at positions from 1 on."""
    return {
        number: replace(link, position=number)
        for number, (_, link) in enumerate(sorted(found.items()), start=1)
    }


# --- one change each ----------------------------------------------------------------------------
def text(found: Rows) -> None:
    """Change what an entry says."""
    said = found[4].said
    assert said is not None
    put(found, 4, said=replace(said, text=said.text.replace("visit", "vigil")))


def column(found: Rows) -> None:
    """Change the day that an entry is found by."""
    said = found[4].said
    assert said is not None
    put(found, 4, said=replace(said, occurred_on="2026-01-05"))


def exchange_payloads(found: Rows) -> None:
    """Exchange what two entries say."""
    four, five = found[4].said, found[5].said
    put(found, 4, said=five)
    put(found, 5, said=four)


def exchange_places(found: Rows) -> None:
    """Exchange two rows of one stream and of two others, near and far."""
    found[4], found[9] = replace(found[9], position=4), replace(found[4], position=9)


def exchange_neighbours(found: Rows) -> None:
    """Exchange two rows that stand side by side."""
    found[4], found[5] = replace(found[5], position=4), replace(found[4], position=5)


def remove_one(found: Rows) -> None:
    """Take out an entry."""
    del found[4]


def remove_two(found: Rows) -> None:
    """Take out two entries side by side, of two children."""
    del found[4], found[5]


def remove_a_streams_last(found: Rows) -> None:
    """Take out the last entry of a stream, from the middle of the store."""
    del found[9]


def remove_the_only(found: Rows) -> None:
    """Take out the only entry of a stream."""
    del found[6]


def copy_of(found: Rows) -> Link:
    """Return a made-up entry, whose hash is nobody's."""
    return replace(found[10], entry_id="made up", seq=5, hash="made up")


def put_in_at_the_end(found: Rows) -> None:
    """Add a made-up entry."""
    found[11] = replace(copy_of(found), position=11)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (text, [("payload_changed", 4, ONE, 3)]),
        (column, [("column_changed", 4, ONE, 3)]),
        (exchange_payloads, [("payload_moved", 4, ONE, 3), ("payload_moved", 5, OTHER, 2)]),
        (exchange_places, [("entry_moved", 4, ONE, 5), ("entry_moved", 9, ONE, 3)]),
        (exchange_neighbours, [("entry_moved", 4, OTHER, 2), ("entry_moved", 5, ONE, 3)]),
        (remove_one, [("entry_removed", 4, ONE, 3)]),
        (remove_two, [("entry_removed", None, ONE, 3), ("entry_removed", None, OTHER, 2)]),
        (remove_a_streams_last, [("entry_removed", 9, ONE, 5)]),
        (remove_the_only, [("entry_removed", 6, AUTHORITY, 1)]),
        (put_in_at_the_end, [("entry_inserted", 11, OTHER, 5)]),
    ],
)
def test_a_change_is_named_once(change: Callable[[Rows], None], expected: list[Named]) -> None:
    """Nothing that merely follows from it is named."""
    found = rows()
    assert named(found) == []
    change(found)
    assert sorted(named(found), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"recorded_at": "2026-03-02T12:00:09.000000Z"}, ("entry_changed", 4, ONE, 3)),
        ({"recorded_at": "2025-03-02T12:00:00.000000Z"}, ("entry_changed", 4, ONE, 3)),
        ({"entry_id": "another"}, ("entry_changed", 4, ONE, 3)),
        ({"act_hash": "another's"}, ("entry_changed", 4, ONE, 3)),
        ({"previous_hash": "another"}, ("entry_changed", 4, ONE, 3)),
        ({"hash": "another"}, ("entry_changed", 4, ONE, 3)),
        ({"store_hash": "another"}, ("store_broken", 4, ONE, 3)),
        ({"seq": 7}, ("entry_moved", 4, ONE, 3)),
        ({"stream": OTHER}, ("entry_moved", 4, ONE, 3)),
        ({"stream": UNKNOWN, "seq": -1}, ("entry_moved", 4, ONE, 3)),
        ({"hash": "another", "store_hash": "another"}, ("entry_changed", 4, ONE, 3)),
        ({"act_hash": ""}, ("act_missing", 4, ONE, 3)),
        ({"said": None}, ("payload_missing", 4, ONE, 3)),
        ({"is_disposed": True}, ("payload_kept", 4, ONE, 3)),
    ],
)
def test_a_changed_column_is_named_once(columns: dict[str, object], expected: Named) -> None:
    """Whichever column it is, and later entries are not blamed."""
    found = rows()
    put(found, 4, **columns)
    assert named(found) == [expected]


def test_what_two_people_disposed_of_is_no_fault() -> None:
    """A payload that is gone by leave, or that could not be read and is told elsewhere."""
    found = rows()
    put(found, 4, said=None, is_disposed=True)
    put(found, 5, said=None, is_readable=False)
    assert named(found) == []


def test_entries_that_moved_up_are_not_blamed_for_the_one_removed() -> None:
    """Taken out and renumbered, so that no position is missing: the one that is gone is named."""
    found = rows()
    del found[4]
    assert named(renumbered(found)) == [("entry_removed", 4, ONE, 3)]
    found = rows()
    del found[4], found[5]
    said = sorted(named(renumbered(found)), key=repr)
    assert said == [("entry_removed", None, ONE, 3), ("entry_removed", None, OTHER, 2)]


def test_entries_that_moved_down_are_not_blamed_for_the_one_put_in() -> None:
    """Put in between, and the later ones renumbered: the one put in is named."""
    found = rows()
    made_up = replace(copy_of(found), position=4)
    later = {position + 1: link for position, link in found.items() if position > 3}
    found = {**{p: found[p] for p in (1, 2, 3)}, 4: made_up, **later}
    found = {position: replace(link, position=position) for position, link in found.items()}
    assert named(found) == [("entry_inserted", 4, OTHER, 5)]


def test_a_copy_at_the_end_is_told_from_what_it_copies() -> None:
    """A row that is another one once more, under the last position."""
    found = rows()
    found[11] = replace(found[4], position=11)
    ((code, position, stream, _),) = named(found)
    assert (code, position, stream) == ("entry_inserted", 11, ONE)


def test_a_whole_run_that_moved_twice_is_followed() -> None:
    """One taken out, and further on one put in: the entries between stand one place early."""
    found = renumbered({position: link for position, link in rows().items() if position != 3})
    made_up = replace(copy_of(rows()), position=7)
    later = {
        position + 1: replace(found[position], position=position + 1) for position in (7, 8, 9)
    }
    found = {**{p: found[p] for p in range(1, 7)}, 7: made_up, **later}
    said = sorted(named(found), key=repr)
    assert said == [("entry_inserted", 7, OTHER, 5), ("entry_removed", 3, ONE, 2)]


def test_two_rows_in_one_place_are_told() -> None:
    """A second row at a position that is taken, as only patched files can hold it."""
    found, chain = rows(), Chain()
    faults: list[Fault] = []
    for position in sorted(found):
        faults += chain.follow(found[position])
        if position == 4:
            faults += chain.follow(replace(found[4], entry_id="again"))
    faults += chain.finish((stream, *end) for stream, end in ends_of(found).items())
    assert [(fault.code, fault.position) for fault in faults] == [("entry_inserted", 4)]
    assert "put in where another entry stands" in faults[0].sentence


def test_a_cut_that_left_the_streams_rows_is_named_by_child() -> None:
    """Each stream that its row says went further, from the first position that is gone."""
    found = {position: link for position, link in rows().items() if position <= 8}
    assert sorted(named(found), key=repr) == [
        ("entries_cut", 9, ONE, 5),
        ("entries_cut", 9, OTHER, 4),
    ]


def test_a_streams_row_that_says_less_or_else_is_named() -> None:
    """It ends before its last entry does, or in another hash."""
    ends = ends_of(rows())
    less = {**ends, ONE: (4, rows()[7].hash)}
    assert named(rows(), ends=less) == [("entry_inserted", 9, ONE, 5)]
    other = {**ends, ONE: (5, "another")}
    assert named(rows(), ends=other) == [("stream_changed", 9, ONE, 5)]


def test_time_that_goes_back_is_named_though_every_hash_is_right() -> None:
    """As one could hash it who knows how; the next entry is not blamed."""
    found = rows()
    chain = Chain(recorded_at="2026-03-02T12:00:05.000000Z")
    codes = [fault.code for position in sorted(found) for fault in chain.follow(found[position])]
    assert codes == ["time_goes_back"]


def test_an_entry_that_cannot_be_read_is_named_by_its_child() -> None:
    """The gap in its stream tells whose it was."""
    found = rows()
    del found[4]
    assert named(found, unreadable=(4,)) == [("entry_unreadable", 4, ONE, 3)]


def test_what_cannot_be_brought_together_is_named_apart() -> None:
    """Three of one child and one of another gone: where numbers fit no place surely, no place is told."""
    found = rows()
    for position in (3, 4, 5, 6, 7):
        del found[position]
    said = named(found)
    gone = {(stream, seq) for code, _, stream, seq in said if code == "entry_removed"}
    assert gone >= {(ONE, 2), (ONE, 3), (ONE, 4), (OTHER, 2)}
    assert (("entry_removed", 6, AUTHORITY, 1) in said) or ((AUTHORITY, 1) in gone)
    positions = [position for code, position, _, _ in said if code == "entries_missing"]
    assert len(positions) <= 5


def hashed_as_it_stands(link: Link, before: str) -> Link:
    """Return a row hashed as Caseward would, where it stands, after a running hash."""
    hashed = link.hash_at(link.at(link.position, link.stream, link.seq))
    return replace(link, hash=hashed, store_hash=hashing.store_hash(before, hashed))


def test_a_number_used_twice_is_named_though_every_hash_is_right() -> None:
    """As one could hash it who knows how: it is no next of its stream."""
    found = rows()
    twice = replace(found[9], position=11, entry_id="again", previous_hash=found[9].hash)
    found[11] = hashed_as_it_stands(twice, found[10].store_hash)
    assert ("stream_broken", 11, ONE, 5) in named(found, ends=ends_of(found))


def test_an_entry_that_names_another_before_it_is_named() -> None:
    """Rightly hashed and rightly numbered, and following what does not stand there."""
    found = rows()
    astray = replace(
        found[9],
        position=11,
        entry_id="astray",
        seq=6,
        previous_hash="astray",
        recorded_at=found[10].recorded_at,
    )
    found[11] = hashed_as_it_stands(astray, found[10].store_hash)
    assert named(found, ends=ends_of(found)) == [("stream_broken", 11, ONE, 6)]


def test_a_ledger_of_wrong_hashes_does_not_take_for_ever() -> None:
    """So many places are tried in all; after that an entry is plainly called changed."""
    found = rows()
    tracer = tracing.Tracer(n_left=3)
    assert tracer.place_of(replace(found[4], hash="no place's"), 4, {}) is None
    assert tracer.n_left == 0
    assert tracer.place_of(replace(found[4], position=9), 4, {}) is None
    assert tracing.Tracer().place_of(replace(found[4], position=9), 9, {}) is not None


def test_a_long_gap_is_named_as_a_span() -> None:
    """Beyond what can be brought together one by one, first and last are told."""
    gap = missing.Missing()
    gap.open(1, missing.KEPT + 1)
    gap.open(missing.KEPT + 3, missing.KEPT + 3)
    said = [(fault.code, fault.position, fault.sentence) for fault in gap.finish(10_000)]
    assert said == [
        ("entries_missing", 2_003, "Entry 2003 is gone."),
        ("entries_missing", 1, "The entries from position 1 to 2001 are gone."),
    ]


def test_what_is_gone_is_told_from_its_first_number_and_between_which_positions() -> None:
    """Cut off: the first of the numbers. Removed somewhere: the positions that it stood between."""
    gap = missing.Missing()
    gap.skip(ONE, 4, 6, after=3, before=missing.AT_THE_END)
    (cut,) = gap.finish(10)
    assert (cut.code, cut.position, cut.seq) == ("entries_cut", 11, 4)
    assert "cut off with all that came after position 10" in cut.sentence
    gap = missing.Missing()
    gap.open(4, 5)
    gap.skip(ONE, 4, 4, after=3, before=missing.AT_THE_END)
    (removed,) = (fault for fault in gap.finish(10) if fault.code == "entry_removed")
    assert "removed, between the positions 3 and 11" in removed.sentence


def test_what_cannot_be_read_is_told_from_what_is_gone() -> None:
    """Where no stream misses a number, the place alone is named, each as what it is."""
    gap = missing.Missing()
    gap.unreadable[3] = "torn"
    gap.open(3, 4)
    said = [(fault.code, fault.position) for fault in gap.finish(10)]
    assert said == [("entry_unreadable", 3), ("entries_missing", 4)]


def test_gaps_are_brought_together_with_the_places_between_alone() -> None:
    """A place before or after a stream's gap is another's, though the numbers would fit."""
    gap = missing.Missing()
    gap.open(3, 3)
    gap.open(8, 8)
    gap.skip(ONE, 2, 2, after=3, before=9)
    gap.skip(OTHER, 5, 5, after=1, before=8)
    said = [(fault.code, fault.position, fault.stream, fault.seq) for fault in gap.finish(10)]
    assert said == [("entry_removed", 3, OTHER, 5), ("entry_removed", 8, ONE, 2)]
    gap = missing.Missing()
    gap.open(3, 3)
    gap.skip(ONE, 2, 2, after=1, before=missing.AT_THE_END)
    gap.skip(OTHER, 2, 2, after=1, before=5)
    said = [(fault.code, fault.position, fault.stream, fault.seq) for fault in gap.finish(10)]
    assert said == [("entries_cut", 11, ONE, 2), ("entry_removed", 3, OTHER, 2)]


def test_entries_after_one_changed_throughout_are_followed() -> None:
    """Two in doubt side by side, then one that stands where it was written: both were changed."""
    found = rows()
    for position in (4, 5):
        put(found, position, hash="another", store_hash="another", entry_id="another")
    said = named(found)
    assert said == [("entry_changed", 4, ONE, 3), ("entry_changed", 5, OTHER, 2)]


def test_a_change_beside_a_gap_is_named_beside_it() -> None:
    """One taken out, and the next one changed: both, each by its own number."""
    found = rows()
    del found[3]
    put(found, 4, recorded_at="2026-03-02T12:00:09.000000Z")
    said = sorted(named(found), key=repr)
    assert said == [("entry_changed", 4, ONE, 3), ("entry_removed", 3, ONE, 2)]


def test_one_put_in_before_one_that_was_changed_is_told_from_it() -> None:
    """The changed one follows what stood before the other, so that the other is nobody's."""
    found = rows()
    made_up = replace(copy_of(found), position=4)
    later = {position + 1: link for position, link in found.items() if position > 3}
    found = {**{p: found[p] for p in (1, 2, 3)}, 4: made_up, **later}
    found = {position: replace(link, position=position) for position, link in found.items()}
    put(found, 5, recorded_at="2026-03-02T12:00:09.000000Z")
    assert named(found) == [("entry_inserted", 4, OTHER, 5), ("entry_changed", 5, ONE, 3)]


def test_the_last_entry_changed_throughout_is_changed_and_not_put_in() -> None:
    """Its stream's row still says in which other hash it ended."""
    found = rows()
    put(found, 10, hash="another", store_hash="another", entry_id="another")
    assert named(found) == [("entry_changed", 10, OTHER, 4)]


def test_the_very_first_entry_is_missed_too() -> None:
    """There is no position before it, and no number."""
    found = rows()
    del found[1]
    assert named(found) == [("entry_removed", 1, ONE, 1)]
    found = rows()
    put(found, 1, recorded_at="2026-03-02T11:00:00.000000Z")
    assert named(found) == [("entry_changed", 1, ONE, 1)]


def test_a_change_after_a_gap_that_was_closed_is_placed_where_it_stands() -> None:
    """Entries moved up by one removed, and a later one changed in each way: both, and no others."""
    for columns, kind in (
        ({"recorded_at": "2026-03-02T12:00:09.000000Z"}, "entry_changed"),
        ({"hash": "another"}, "entry_changed"),
        ({"act_hash": ""}, "act_missing"),
        ({"store_hash": "another"}, "store_broken"),
    ):
        found = renumbered({position: link for position, link in rows().items() if position != 3})
        put(found, 7, **columns)
        said = sorted(named(found), key=repr)
        assert said == sorted([(kind, 7, OTHER, 3), ("entry_removed", 3, ONE, 2)], key=repr)


def test_a_number_that_cannot_be_is_not_believed() -> None:
    """Changed in its moment and its number: the stream is followed on from what stood before."""
    found = rows()
    put(found, 4, recorded_at="2026-03-02T12:00:09.000000Z", seq=9)
    said = named(found)
    assert said == [("entry_changed", 4, ONE, 9), ("entry_removed", None, ONE, 3)]


def test_two_entries_that_say_the_same_of_neither_are_both_changed() -> None:
    """A payload that was put in twice is no exchange."""
    found = rows()
    said = found[4].said
    assert said is not None
    made_up = replace(said, text=said.text.replace("visit", "vigil"))
    put(found, 4, said=made_up)
    put(found, 5, said=made_up)
    expected = [("payload_changed", 4, ONE, 3), ("payload_changed", 5, OTHER, 2)]
    assert sorted(named(found), key=repr) == expected


KINDS = {
    "changed": (
        *("payload_changed", "column_changed", "entry_changed", "act_changed", "text_changed"),
        *("stream_changed", "store_broken", "stream_broken", "time_goes_back"),
    ),
    "removed": (
        *("entry_removed", "entries_missing", "payload_missing", "act_missing", "text_missing"),
    ),
    "put in": ("entry_inserted",),
    "moved": ("entry_moved", "payload_moved"),
    "cut off": ("entries_cut",),
    "made anew": ("made_anew",),
    "not signed with this key": ("head_not_ours",),
    "kept against a disposal": ("payload_kept",),
    "removed without leave": ("disposal_not_agreed",),
    "damaged": ("entry_unreadable", "table_unreadable", "file_damaged"),
    "guard taken off": ("guard_missing",),
}


def test_every_fault_is_of_a_kind_in_plain_words() -> None:
    """What programs are told beside the code, and people instead of it: kept as it was published."""
    of_code = {code: kind for kind, codes in KINDS.items() for code in codes}
    assert of_code == KINDS_BY_CODE
    assert {Fault(code=code, sentence="").kind for code in of_code} == set(KINDS)


@pytest.mark.parametrize("column", ["kind", "occurred_on", "occasion", "source"])
def test_each_column_is_held_against_the_text(column: str) -> None:
    """Whole where they agree; changed on either side, the column is named."""
    found = rows()
    said = found[4].said
    assert said is not None
    content = json.loads(said.text) | {"occasion": "o1", "source": "row 3"}
    text = json.dumps(content)
    whole = replace(said, text=text, occasion="o1", source="row 3")
    link = replace(found[4], said=whole, commitment=hashing.commitment(whole.salt, text))
    assert list(Payloads().look_at(link)) == []
    for value in ("", "another"):
        (fault,) = Payloads().look_at(replace(link, said=replace(whole, **{column: value})))
        assert (fault.code, fault.position) == ("column_changed", 4)
        assert f"its column {column} differs" in fault.sentence


def test_of_many_changed_payloads_the_rest_are_named_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So many wait in case two changed places; no more are kept in memory."""
    monkeypatch.setattr(payloads, "KEPT", 2)
    looking = Payloads()
    at_once = []
    for position in (1, 2, 3):
        said = rows()[position].said
        assert said is not None
        link = replace(rows()[position], said=replace(said, salt="another"))
        at_once += [fault.position for fault in looking.look_at(link)]
    assert at_once == [3]
    assert [fault.position for fault in looking.finish()] == [1, 2]
