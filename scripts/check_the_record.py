"""Check an export of Caseward's record, without Caseward.

    python3 check_the_record.py EXPORT [--heads DIR] [--public-key KEY] [--json]

Needs Python 3.11 or later and nothing else. It reads the folder that `caseward export` wrote, as
docs/reference/ledger-export.md describes it, shares no code with Caseward, and ends with 0 where
nothing is wrong and with 7 where something is. Copy it to where you trust the machine, with the
heads and the public key that you kept.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Fields = dict[str, Any]
FORMAT, VERSION = "caseward ledger export", 1
ADOPTING = {"procedure.adopted", "vocabulary.adopted", "calendar.adopted"}
Found = tuple[int, str, str]


def check(folder: Path, heads: Path | None = None, key: str = "") -> list[Found]:
    """Return what is wrong with an export: each with its position and stream, if any."""
    stated = json.loads((folder / "export.json").read_text())
    if (stated.get("format"), stated.get("version")) != (FORMAT, VERSION):
        sys.exit(f"{folder} is no export of version {VERSION}: this program cannot judge it.")
    acts: dict[str, Fields] = {}
    wrong: list[Found] = []
    for act in lines(folder / "acts.jsonl"):
        acts[act["act_id"]] = act
        act["is_changed"] = act["hash"] != act_hash(act)
    texts = set[str]()
    for line in lines(folder / "texts.jsonl"):
        texts.add(line["fingerprint"])
        if hashlib.sha256(raw(line["text"])).hexdigest() != line["fingerprint"]:
            wrong.append((0, "", f"the adopted text {line['fingerprint']} was changed"))
    signed = read_heads(heads or folder / "heads", key)
    walk = Walk(
        acts, texts, {line["of_position"]: line for line in lines(folder / "disposals.jsonl")}
    )
    wrong += walk.entries(
        lines(folder / "entries.jsonl"), [head for head in signed if head["good"]]
    )
    wrong += walk.ends(lines(folder / "streams.jsonl"))
    wrong += walk.disposed()
    wrong += [
        (head["position"], "", "a head is not signed with the key")
        for head in signed
        if not head["good"]
    ]
    return wrong


class Walk:
    """Goes through the entries once and remembers where each stream stands."""

    def __init__(
        self, acts: dict[str, Fields], texts: set[str], disposals: dict[int, Fields]
    ) -> None:
        self.acts, self.texts, self.disposals = acts, texts, disposals
        self.position, self.store, self.recorded = 0, "", ""
        self.streams: dict[str, tuple[int, str, int]] = {}
        self.said: dict[int, tuple[Fields, Fields]] = {}
        self.ids: dict[str, int] = {}

    def entries(self, entries: Iterator[Fields], signed: list[Fields]) -> Iterator[Found]:
        """Yield what is wrong with the entries, and with the heads that speak of them."""
        heads = {head["position"]: head for head in signed}
        for entry in entries:
            for what in (*self.chained(entry), *self.spoken(entry)):
                yield entry["position"], entry["stream"], what
            self.position, self.store = entry["position"], entry["store_hash"]
            self.recorded = entry["recorded_at"]
            self.streams[entry["stream"]] = (entry["seq"], entry["hash"], entry["position"])
            head = heads.get(self.position)
            if head and head["store_hash"] != self.store:
                yield self.position, "", "the store was made anew: a signed head knows it otherwise"
        last = max(heads, default=0)
        if last > self.position:
            yield self.position + 1, "", f"cut off: a signed head knows entries up to {last}"

    def chained(self, entry: Fields) -> Iterator[str]:
        """Yield what is wrong with an entry's place in the chains."""
        seq, before, _ = self.streams.get(entry["stream"], (0, "", 0))
        if entry["position"] != self.position + 1:
            yield f"it stands at {entry['position']} and follows {self.position}"
        elif entry["store_hash"] != digest("caseward store 1", self.store, entry["hash"]):
            yield "the hash of the store does not lead up to it"
        if entry["seq"] != seq + 1 or entry["previous_hash"] != before:
            yield "it does not follow the entry before it on its stream"
        if entry["recorded_at"] < self.recorded:
            yield "it was recorded before the entry before it"
        act = self.acts.get(entry["act_id"])
        if act is None:
            yield "its act is gone"
        elif act.pop("is_changed", False):
            yield "its act was changed: who recorded it, when or why"
        elif entry["hash"] != entry_hash(entry, act["hash"]):
            yield "its own hash is another"

    def spoken(self, entry: Fields) -> Iterator[str]:
        """Yield what is wrong with what an entry says."""
        said, position = entry["payload"], entry["position"]
        self.ids[entry["entry_id"]] = position
        if said is None:
            if position not in self.disposals:
                yield "what it says is gone, and nobody agreed to that"
            return
        if position in self.disposals:
            yield "what it says should be gone"
        if digest("caseward payload 1", said["salt"], said["text"]) != entry["commitment"]:
            yield "what it says was changed"
            return
        content = json.loads(said["text"])
        for column in ("kind", "occurred_on", "occasion", "source"):
            if said[column] != content.get(column, ""):
                yield f"its column {column} says something else"
        if content["kind"] in ("disposal.proposed", "payload.disposed"):
            self.said[position] = (content, entry)
        if content["kind"] in ADOPTING and content["fields"]["fingerprint"] not in self.texts:
            yield "the text that it adopted is gone"

    def ends(self, streams: Iterator[Fields]) -> Iterator[Found]:
        """Yield the streams that do not end as their entries do."""
        stated = {line["stream"]: (line["seq"], line["head_hash"]) for line in streams}
        for stream in sorted(stated.keys() | self.streams.keys()):
            *end, position = self.streams.get(stream, (0, "", 0))
            if [*stated.get(stream, (0, ""))] != end:
                yield position, stream, "its stream is said to end otherwise than it does"
        for act in self.acts.values():
            if act.get("is_changed"):
                yield 0, "", f"the act {act['act_id']} was changed"

    def disposed(self) -> Iterator[Found]:
        """Yield the disposals that two people did not agree."""
        for position, row in self.disposals.items():
            if not self.agreed(position, row):
                yield position, "", "what it said went without the leave of two people"

    def agreed(self, position: int, row: Fields) -> bool:
        """Tell whether the ledger itself says who proposed and who agreed."""
        leave, agreed_by = self.said.get(row["agreed_position"], ({}, {}))
        fields = leave.get("fields", {})
        proposal, proposed_by = self.said.get(self.ids.get(fields.get("proposal", ""), 0), ({}, {}))
        return (
            (leave.get("kind"), proposal.get("kind")) == ("payload.disposed", "disposal.proposed")
            and self.ids.get(fields.get("entry")) == position
            and proposal.get("fields", {}).get("entry") == fields.get("entry")
            and (row["proposed_act"], row["agreed_act"])
            == (proposed_by["act_id"], agreed_by["act_id"])
            and self.acts[row["proposed_act"]]["by"] != self.acts[row["agreed_act"]]["by"]
        )


def lines(path: Path) -> Iterator[Fields]:
    """Yield the object on each line of a file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def raw(text: str) -> bytes:
    """Return a text's bytes; bytes that were no text are written as half characters."""
    return text.encode("utf-8", "surrogateescape")


def digest(*parts: str) -> str:
    """Return the SHA-256 of parts, each led by its length in bytes and a colon."""
    return hashlib.sha256(
        b"".join(b"%d:%s" % (len(raw(part)), raw(part)) for part in parts)
    ).hexdigest()


def act_hash(act: Fields) -> str:
    """Return the hash that an act should have."""
    names = "act_id key by at via why acting_for input_digest answer"
    return digest("caseward act 1", *(act[name] for name in names.split()))


def entry_hash(entry: Fields, of_act: str) -> str:
    """Return the hash that an entry should have."""
    kind, _, public_id = entry["stream"].partition(" ")
    place = (str(entry["position"]), entry["entry_id"], kind, public_id, str(entry["seq"]))
    rest = (entry["recorded_at"], of_act, entry["commitment"], entry["previous_hash"])
    return digest("caseward entry 1", *place, *rest)


# --- signed heads: Ed25519, as RFC 8032 states it --------------------------------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def read_heads(folder: Path, key: str) -> list[Fields]:
    """Return the heads in a folder; without a key each is held against the one it names itself."""
    found = []
    for path in sorted(folder.glob("*.head")):
        text = path.read_text(encoding="utf-8")
        stated = dict(line.split(" ", 1) for line in text.splitlines()[1:] if " " in line)
        named = stated.get("public_key", "")
        body = text[: text.rindex("signature ")]
        good = (not key or named == key) and is_signed(named, stated.get("signature", ""), body)
        position = int(stated["position"])
        found.append({"position": position, "store_hash": stated["store_hash"], "good": good})
    return found


def is_signed(key: str, signature: str, body: str) -> bool:
    """Tell whether a text was signed by the holder of a key."""
    try:
        public, signed = (
            base64.b64decode(key, validate=True),
            base64.b64decode(signature, validate=True),
        )
    except ValueError:
        return False
    if (len(public), len(signed)) != (32, 64):
        return False
    point, start = unpacked(public), unpacked(signed[:32])
    scalar = int.from_bytes(signed[32:], "little")
    if point is None or start is None or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signed[:32] + public + body.encode()).digest()
    ours = times(scalar, BASE)
    theirs = plus(start, times(int.from_bytes(hashed, "little") % ORDER, point))
    return same(ours, theirs)


def unpacked(packed: bytes) -> Point | None:
    """Return the point that 32 bytes stand for."""
    value = int.from_bytes(packed, "little")
    sign, y = value >> 255, value & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def plus(one: Point, other: Point) -> Point:
    """Return the sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(count: int, point: Point) -> Point:
    """Return a point added to itself so many times."""
    total: Point = (0, 1, 1, 0)
    while count:
        if count & 1:
            total = plus(total, point)
        point, count = plus(point, point), count >> 1
    return total


def same(one: Point, other: Point) -> bool:
    """Tell whether two points are one."""
    return not (
        (one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P
    )


BASE = unpacked(bytes([0x58]) + bytes([0x66]) * 31) or (0, 1, 1, 0)


def main() -> int:
    """Check the export named on the command line and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("export", type=Path)
    parser.add_argument(
        "--heads", type=Path, help="heads kept elsewhere, instead of those exported"
    )
    parser.add_argument("--public-key", default="", help="the key that you noted when it was made")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    wrong = check(options.export, options.heads, options.public_key)
    if options.json:
        print(json.dumps({"version": 1, "is_whole": not wrong, "faults": wrong}, indent=1))
    else:
        for position, stream, what in wrong:
            place = f"Entry {position} ({stream}): " if stream else f"Entry {position}: "
            print(f"{place}{what}." if position else f"{what[:1].upper()}{what[1:]}.")
        print(f"{len(wrong):,} faults." if wrong else "Whole.")
    return 7 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
