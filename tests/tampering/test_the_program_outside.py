"""The program that checks an export alone: what it says of each thing that can be wrong in one."""

import base64
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caseward.record.ledger import canonical, disposal, heads
from caseward.record.ledger.acts import AUTHORITY
from tests.integration.cli.asking import caseward
from tests.integration.store import tampering
from tests.integration.store.writing import NOON, a_child, a_fact, an_act, hours, record
from tests.tampering.test_second_verifier import second_verifier

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
LAW = "procedure: Łódź"
OF_NO_ENTRY = (
    *("the adopted text", "the act ", "a head ", "the store was", "cut off", "what it said went"),
)
Line = dict[str, Any]
ORDER = 2**252 + 27742317777372353535851937790883648493


class Exported:
    """An export, whose lines a test may change, and what the program then says of it."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder, key

    def change(self, name: str, change: Callable[[list[Line]], object]) -> None:
        """Read a file's lines, have them changed, and write them again."""
        path = self.folder / f"{name}.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        change(lines)
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    def set(self, name: str, number: int, **values: Any) -> None:
        """Change keys of the nth line of a file."""
        self.change(name, lambda lines: lines[number - 1].update(values))

    def said(self) -> list[tuple[int, str]]:
        """Return positions and words of what is wrong; an entry's own stream is told with it."""
        found = second_verifier().check(self.folder, None, self.key)
        lines = (self.folder / "entries.jsonl").read_text().splitlines()
        streams = {line["position"]: line["stream"] for line in map(json.loads, lines)}
        for position, stream, what in found:
            if what.startswith(OF_NO_ENTRY):
                assert stream == "", what
            elif "is said to end" not in what:
                assert stream == streams[position], what
        return [(position, what) for position, _, what in found]


@pytest.fixture
def exported(transactional_db: None, tmp_path: Path) -> Exported:
    """Six entries: an adoption, one disposed of by two people, two of a child; two heads."""
    tampering.run(
        "INSERT INTO ledger_lawtext (fingerprint, text) VALUES (%s, %s)",
        canonical.fingerprint(LAW),
        LAW,
    )
    record(
        a_fact(AUTHORITY, "procedure.adopted", fields={"fingerprint": canonical.fingerprint(LAW)})
    )
    child = a_child()
    (gone,) = record(a_fact(child, source="row 3", occasion="o1")).entries
    key = heads.write([tmp_path / "heads"], at=NOON).public_key
    about = {"entry": gone.entry_id}
    (one,) = record(
        a_fact(AUTHORITY, disposal.PROPOSED, fields=about), act=an_act(by="w1", key="propose")
    ).entries
    leave = {**about, "proposal": one.entry_id}
    (two,) = record(
        a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w2", key="agree")
    ).entries
    disposal.carry_out(agreed_position=two.position)
    record(a_fact(child, source="row 3", occasion="o1"), a_fact(child), act=an_act(at=NOON))
    heads.write([tmp_path / "heads"], at=NOON + hours(1))
    assert caseward("export", tmp_path / "out", "--heads", tmp_path / "heads").code == 0
    return Exported(tmp_path / "out", key)


def test_a_clean_export_is_whole(exported: Exported) -> None:
    """Adopted texts, disposals, heads and all."""
    assert exported.said() == []


def test_another_form_is_not_judged(exported: Exported) -> None:
    """A version that the program does not know, or no export at all."""
    path = exported.folder / "export.json"
    for stated in ({"format": "another", "version": 1}, {"format": "caseward ledger export"}):
        path.write_text(json.dumps(stated))
        with pytest.raises(SystemExit) as leaving:
            exported.said()
        assert "is no export of version 1: this program cannot judge it." in str(leaving.value)


@pytest.mark.parametrize(
    ("name", "number", "values", "expected"),
    [
        ("texts", 1, {"text": "another"}, [(0, "was changed")]),
        ("texts", 1, {"fingerprint": "x"}, [
            (0, "the adopted text x was changed"), (1, "the text that it adopted is gone")]),
        ("acts", 1, {"act_id": "x"}, [(1, "its act is gone"), (0, "the act x was changed")]),
        ("acts", 1, {"why": "x"}, [(1, "its act was changed: who recorded it, when or why")]),
        ("entries", 1, {"entry_id": "x"}, [(1, "its own hash is another")]),
        ("entries", 5, {"seq": 3}, [
            (5, "it does not follow the entry before it on its stream"),
            (5, "its own hash is another"),
            (6, "it does not follow the entry before it on its stream")]),
        ("entries", 6, {"previous_hash": "x"}, [
            (6, "it does not follow the entry before it on its stream"),
            (6, "its own hash is another")]),
        ("entries", 1, {"recorded_at": "2027"}, [
            (1, "its own hash is another"), (2, "it was recorded before the entry before it")]),
        ("entries", 3, {"store_hash": "x"}, [
            (3, "the hash of the store does not lead up to it"),
            (4, "the hash of the store does not lead up to it")]),
        ("entries", 2, {"store_hash": "x"}, [
            (2, "the hash of the store does not lead up to it"),
            (2, "the store was made anew: a signed head knows it otherwise"),
            (3, "the hash of the store does not lead up to it")]),
        ("entries", 6, {"payload": None}, [(6, "what it says is gone, and nobody agreed to that")]),
        ("streams", 2, {"seq": 9}, [(6, "its stream is said to end otherwise than it does")]),
        ("streams", 2, {"head_hash": "x"}, [
            (6, "its stream is said to end otherwise than it does")]),
        ("streams", 2, {"stream": "child x"}, [
            (6, "its stream is said to end otherwise than it does"),
            (0, "its stream is said to end otherwise than it does")]),
        ("disposals", 1, {"of_position": 1}, [
            (1, "what it says should be gone"),
            (2, "what it says is gone, and nobody agreed to that"),
            (1, "what it said went without the leave of two people")]),
        *(
            ("disposals", 1, values, [(2, "what it said went without the leave of two people")])
            for values in (
                {"agreed_position": 3}, {"agreed_position": 9},
                {"proposed_act": "x"}, {"agreed_act": "x"},
            )
        ),
    ],
)  # fmt: skip
def test_one_thing_changed_is_told(
    exported: Exported, name: str, number: int, values: Line, expected: list[tuple[int, str]]
) -> None:
    """Each with its place, and what follows from it."""
    exported.set(name, number, **values)
    said = exported.said()
    assert [position for position, _ in said] == [position for position, _ in expected]
    assert all(part in what for (_, what), (_, part) in zip(said, expected, strict=True))


@pytest.mark.parametrize("kind", ["procedure.adopted", "vocabulary.adopted", "calendar.adopted"])
def test_whatever_was_adopted_must_be_there(exported: Exported, kind: str) -> None:
    """A procedure, kinds of event, a calendar: each by its text's fingerprint."""
    text = json.dumps({"kind": kind, "occurred_on": "2026-01-06", "fields": {"fingerprint": "x"}})
    module = second_verifier()

    def change(lines: list[Line]) -> None:
        lines[4]["payload"].update(text=text, kind=kind, occasion="", source="")
        lines[4]["commitment"] = module.digest(
            "caseward payload 1", lines[4]["payload"]["salt"], text
        )

    exported.change("entries", change)
    assert "the text that it adopted is gone" in [what for _, what in exported.said()]


def test_an_empty_export_is_whole_and_heads_say_what_is_gone(exported: Exported) -> None:
    """Cut off down to nothing: the first position that the newest head still knows is told."""
    exported.change("entries", lambda lines: lines.clear())
    exported.change("disposals", lambda lines: lines.clear())
    assert exported.said()[0] == (1, "cut off: a signed head knows entries up to 6")
    for head in (exported.folder / "heads").glob("*.head"):
        head.unlink()
    exported.change("streams", lambda lines: lines.clear())
    assert exported.said() == []


@pytest.mark.parametrize("column", ["kind", "occurred_on", "occasion", "source"])
def test_a_column_is_held_against_the_text(exported: Exported, column: str) -> None:
    """What queries find an entry by, and what it says."""
    exported.change("entries", lambda lines: lines[4]["payload"].update({column: "x"}))
    assert exported.said() == [(5, f"its column {column} says something else")]


def test_a_payload_is_held_against_its_commitment(exported: Exported) -> None:
    """Its text and its salt; what it says is then not asked further."""
    exported.change("entries", lambda lines: lines[4]["payload"].update(salt="x"))
    exported.change("entries", lambda lines: lines[5]["payload"].update(text="x"))
    assert exported.said() == [(5, "what it says was changed"), (6, "what it says was changed")]


def test_an_entry_taken_out_or_cut_off_is_told(exported: Exported) -> None:
    """By the gap, and by the head that knew more."""
    exported.change("entries", lambda lines: lines.pop(4))
    assert exported.said()[0] == (6, "it stands at 6 and follows 4")
    exported.change("entries", lambda lines: lines.pop())
    assert exported.said()[-2:] == [
        (5, "cut off: a signed head knows entries up to 6"),
        (2, "its stream is said to end otherwise than it does"),
    ]


def test_leave_is_two_entries_about_the_same_by_two_people(exported: Exported) -> None:
    """Were each of the parts another, nobody agreed."""
    walk = _walked(exported)
    (position, row) = next(iter(walk.disposals.items()))
    assert walk.agreed(position, row)
    (proposal, leave) = (walk.said[3], walk.said[4])
    for broken in (
        {3: (_saying(proposal[0], kind="payload.disposed"), proposal[1])},
        {3: (_saying(proposal[0], fields={"entry": "another"}), proposal[1])},
        {4: (_saying(leave[0], kind="disposal.proposed"), leave[1])},
        {4: (_saying(leave[0], fields={**leave[0]["fields"], "proposal": "another"}), leave[1])},
        {4: (_saying(leave[0], fields={**leave[0]["fields"], "entry": "another"}), leave[1])},
        {},
    ):
        walk = _walked(exported)
        walk.said.update(broken)
        if not broken:
            walk.acts[row["proposed_act"]]["by"] = walk.acts[row["agreed_act"]]["by"]
        assert not walk.agreed(position, row)
    walk = _walked(exported)
    # Both name another entry than the one that is gone.
    for at, (content, entry) in ((3, proposal), (4, leave)):
        fields = {**content["fields"], "entry": leave[1]["entry_id"]}
        walk.said[at] = (_saying(content, fields=fields), entry)
    assert not walk.agreed(position, row)


def _walked(exported: Exported) -> Any:
    module = second_verifier()
    read = {
        name: list(module.lines(exported.folder / f"{name}.jsonl"))
        for name in ("acts", "texts", "disposals", "entries")
    }
    walk = module.Walk(
        {act["act_id"]: act for act in read["acts"]},
        {text["fingerprint"] for text in read["texts"]},
        {row["of_position"]: row for row in read["disposals"]},
    )
    assert list(walk.entries(iter(read["entries"]), [])) == []
    return walk


def _saying(content: Line, **values: Any) -> Line:
    return {**content, **values}


# --- heads --------------------------------------------------------------------------------------
def test_a_head_counts_where_it_is_signed_with_the_key(exported: Exported, tmp_path: Path) -> None:
    """Another key, a changed line or a broken signature: told, and believed in nothing."""
    newest = max((exported.folder / "heads").glob("*.head"))
    text = newest.read_text()
    not_signed = [(6, "a head is not signed with the key")]
    for old, new in (
        ("written_at 2", "written_at 3"),
        ("signature ", "signature A"),
        ("signature ", "signature !"),
        (text[text.rindex("signature ") + 10 :], "AAAA\n"),
    ):
        newest.write_text(text.replace(old, new))
        assert exported.said() == not_signed
    newest.write_text(text)
    assert exported.said() == []
    exported.key = "another"
    assert [what for _, what in exported.said()] == ["a head is not signed with the key"] * 2
    exported.key = ""
    assert exported.said() == []
    assert second_verifier().check(exported.folder, tmp_path, "another") == []


def test_a_signature_is_judged_as_the_standard_does() -> None:
    """Each vector of RFC 8032 (7.1) holds; a bit of key, text or signature turned, it does not."""
    module = second_verifier()
    for public, body, signature in VECTORS:
        key, signed = _base64(public), _base64(signature)
        assert _is_signed(module, key, signed, bytes.fromhex(body).decode("latin-1"))
        assert not _is_signed(module, key, signed, "another")
        for flipped in range(0, 512, 37):
            raw = bytearray(bytes.fromhex(signature))
            raw[flipped // 8] ^= 1 << flipped % 8
            changed = base64.b64encode(bytes(raw)).decode()
            assert not _is_signed(module, key, changed, bytes.fromhex(body).decode("latin-1"))


def test_what_is_no_key_or_signature_signs_nothing() -> None:
    """Not base64, of another length, no point of the curve, or a scalar beyond the order."""
    module = second_verifier()
    public, body, signature = VECTORS[0]
    good_key, good = _base64(public), _base64(signature)
    raw = bytes.fromhex(signature)
    beyond = (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    no_point = (2).to_bytes(32, "little")
    assert module.unpacked(no_point) is None
    for key, signed in (
        ("no base64 é", good),
        (good_key, "*"),
        (good_key[:-4], good),
        (good_key, _base64(signature[:-2])),
        (base64.b64encode(no_point).decode(), good),
        (good_key, base64.b64encode(no_point + raw[32:]).decode()),
        (good_key, base64.b64encode(raw[:32] + beyond).decode()),
    ):
        assert not module.is_signed(key, signed, body)


def test_a_point_has_one_form() -> None:
    """A height beyond the field, or a sign where there is none, is no point."""
    module = second_verifier()
    assert module.unpacked((1).to_bytes(32, "little"))[:2] == (0, 1)
    assert module.unpacked((1 | 1 << 255).to_bytes(32, "little")) is None
    assert module.unpacked((module.P + 1).to_bytes(32, "little")) is None
    assert module.unpacked(bytes([0x58]) + bytes([0x66]) * 31) == module.BASE


def _is_signed(module: Any, key: str, signature: str, body: str) -> bool:
    # The vectors' texts are bytes; those with a high bit would be written otherwise as UTF-8.
    return bool(module.is_signed(key, signature, Latin(body)))


class Latin(str):
    """A text whose bytes are those of Latin-1, so that any byte can stand in it."""

    __slots__ = ()

    def encode(self, *_: Any, **__: Any) -> bytes:
        """Return the bytes that it was made of."""
        return super().encode("latin-1")


def _base64(hexadecimal: str) -> str:
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()


# Public key, message, signature: RFC 8032, 7.1, tests 1 to 3.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)


# --- as it is run -------------------------------------------------------------------------------
def test_it_says_what_it_found(
    exported: Exported, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words with the place, or as JSON; 0 where nothing is wrong and 7 where something is."""
    child = json.loads((exported.folder / "entries.jsonl").read_text().splitlines()[4])["stream"]

    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["check", str(exported.folder), *map(str, words)])
        code = second_verifier().main()
        return code, capsys.readouterr().out

    assert run() == (0, "Whole.\n")
    assert run("--public-key", exported.key) == (0, "Whole.\n")
    code, out = run("--json")
    assert (code, json.loads(out)) == (0, {"version": 1, "is_whole": True, "faults": []})
    exported.change("entries", lambda lines: lines[4]["payload"].update({"text": "x"}))
    exported.set("texts", 1, text="another")
    exported.key = "another"
    code, out = run("--heads", exported.folder / "heads", "--public-key", "another")
    assert code == 7
    assert out.splitlines() == [
        f"The adopted text {canonical.fingerprint(LAW)} was changed.",
        f"Entry 5 ({child}): what it says was changed.",
        "Entry 2: a head is not signed with the key.",
        "Entry 6: a head is not signed with the key.",
        "4 faults.",
    ]
    code, out = run("--json")
    assert code == 7
    assert json.loads(out)["faults"][1] == [5, child, "what it says was changed"]
    assert not json.loads(out)["is_whole"]


def test_its_hashes_are_the_documented_ones() -> None:
    """Parts led by their length in bytes; half characters are the bytes that they stand for."""
    module = second_verifier()
    assert module.digest("Łó", "") == hashlib.sha256("4:Łó0:".encode()).hexdigest()
    assert module.digest("\udcff") == hashlib.sha256(b"1:\xff").hexdigest()
