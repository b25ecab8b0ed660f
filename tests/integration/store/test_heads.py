"""Signed heads: files outside the database, whole or not there, signed by a key kept apart."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caseward.record.ledger import heads, queries
from caseward.record.ledger.refusals import Refused
from tests.integration.store.writing import NOON, a_child, a_fact, hours, record

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_head_is_written_into_every_folder_and_read_back(tmp_path: Path) -> None:
    """The same file in each: where the store stood, when it was written, the key, the signature."""
    child = a_child()
    record(a_fact(child))
    folders = [tmp_path / "here", tmp_path / "elsewhere"]
    head = heads.write(folders, at=NOON)
    for folder in folders:
        (read,) = heads.read_all(folder)
        assert read == head
    seq, stream_hash = queries.stream_head(child)
    assert head.text.splitlines()[:5] == [
        "caseward head 2",
        "position 1",
        f"store_hash {queries.head().store_hash}",
        "written_at 2026-03-02T12:00:00.000000Z",
        f"stream child {child.id} {seq} {stream_hash}",
    ]
    assert [path.suffix for path in (tmp_path / "elsewhere").iterdir()] == [".head"]


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    """The first head makes it; the second uses it."""
    first = heads.write([tmp_path], at=NOON)
    second = heads.write([tmp_path], at=NOON + hours(1))
    assert first.public_key == second.public_key
    assert stat.S_IMODE((tmp_path / heads.KEY_NAME).stat().st_mode) == 0o600


def test_a_key_kept_elsewhere_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CASEWARD_HEAD_KEY names it; a name without a file is told, and no key is made up."""
    elsewhere = heads.public_text(heads.signing_key(tmp_path / "kept"))
    monkeypatch.setenv(heads.KEY_VARIABLE, str(tmp_path / "kept" / heads.KEY_NAME))
    assert heads.write([tmp_path / "heads"], at=NOON).public_key == elsewhere
    assert not (tmp_path / "heads" / heads.KEY_NAME).exists()
    monkeypatch.setenv(heads.KEY_VARIABLE, str(tmp_path / "gone.pem"))
    with pytest.raises(Refused, match="which does not exist, so no head can be signed"):
        heads.write([tmp_path / "heads"], at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"position": 9},
        {"store_hash": "0" * 64},
        {"written_at": "2026-03-03T00:00:00.000000Z"},
        {"signature": ""},
        {"public_key": "AAAA"},
        {"streams": ()},
        {"first_line": "caseward head 1"},
    ],
)
def test_a_changed_head_is_not_signed(tmp_path: Path, change: dict[str, Any]) -> None:
    """The signature covers every line of it."""
    record(a_fact(a_child()))
    head = heads.write([tmp_path], at=NOON)
    assert heads.is_signed_by(head, head.public_key)
    assert not heads.is_signed_by(replace(head, **change), head.public_key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "caseward head 3\n",
        "caseward head 2\nposition 1\nstream child x\n",
        "caseward head 1\nposition one\n",
    ],
)
def test_a_file_that_is_no_head_is_named(tmp_path: Path, text: str) -> None:
    """The reader is told which file, and what to do with it."""
    (tmp_path / "000000000001-x.head").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"000000000001-x.head is not a head\. Put a whole copy"):
        heads.read_all(tmp_path)


def test_a_head_is_due_when_the_newest_is_old_and_the_store_has_moved(tmp_path: Path) -> None:
    """Ten minutes, and not for nothing."""
    assert heads.is_due(tmp_path, at=NOON)
    heads.write([tmp_path], at=NOON)
    assert not heads.is_due(tmp_path, at=NOON + hours(1))
    record(a_fact(a_child()))
    assert not heads.is_due(tmp_path, at=NOON + hours(0.1))
    assert heads.is_due(tmp_path, at=NOON + hours(0.2))


def test_a_head_names_the_streams_that_moved_since_the_head_before(tmp_path: Path) -> None:
    """The first names all, the next those alone that were written to since."""
    one, other = a_child(), a_child()
    record(a_fact(one), a_fact(other))
    first = heads.write([tmp_path], at=NOON)
    record(a_fact(other))
    second = heads.write([tmp_path], at=NOON + hours(1))
    assert {end.stream: end.seq for end in first.streams} == {one: 1, other: 1}
    assert {end.stream: end.seq for end in second.streams} == {other: 2}
    assert heads.read_newest(tmp_path) == second
