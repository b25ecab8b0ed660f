"""A disk as a power cut may leave it, made from the calls that were recorded.

The model is a hostile one. What was not synced since it was written may be there, or not, or there in
part (by sectors of 512 bytes), in any order. Names of files change in order, up to some point after
the folder was last synced. A disk that says it has synced and has not is not modelled.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.durability.tracing import Call

SECTOR = 512


@dataclass(kw_only=True)
class _File:
    """What of one file is on the disk for good, and what was written since it was last synced."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[Call] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Naming:
    """A name that was given to a file (None: taken away)."""

    path: str
    file: _File | None


@dataclass(kw_only=True)
class Disk:
    """The files under a folder, by what is certain of them and what is not."""

    names: dict[str, _File] = field(default_factory=dict)
    synced_names: dict[str, _File] = field(default_factory=dict)
    since: list[_Naming] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """Return a disk on which a folder, as it is now, is synced."""
        disk = cls()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not _is_shared_memory(str(path)):
                disk.names[str(path)] = _File(synced=bytearray(path.read_bytes()))
        disk.synced_names = dict(disk.names)
        return disk

    def take(self, call: Call) -> None:
        """Take one call that was made."""
        if _is_shared_memory(call.path):
            return
        if call.name in ("fsync", "fdatasync"):
            self._sync(call.path)
        elif call.name in ("write", "pwrite64", "ftruncate", "truncate"):
            self.names[call.path].since.append(call)
        elif call.name == "create":
            self._name(call.path, _File())
        elif call.name == "unlink":
            self._name(call.path, None)
        elif call.name in ("rename", "link"):
            file = self.names[call.path]
            self._name(call.to, file)
            if call.name == "rename":
                self._name(call.path, None)
        elif call.name != "mkdir":
            raise LookupError(f"The disk does not know what {call.name} does to {call.path}.")

    def after_cut(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """Yield one way the disk may be after a cut now: each file's path and content."""
        names = dict(self.synced_names)
        for naming in self.since[: chance.randint(0, len(self.since))]:
            _apply(names, naming)
        how = chance.choice(("nothing", "everything", "some", "shuffled", "torn"))
        for path, file in names.items():
            yield path, bytes(_content(file, how, chance))

    def _sync(self, path: str) -> None:
        file = self.names.get(path)
        if file is not None:
            for call in file.since:
                _write(file.synced, call, call.content)
            file.since.clear()
            return
        kept = []
        for naming in self.since:
            if str(Path(naming.path).parent) == path:
                _apply(self.synced_names, naming)
            else:
                kept.append(naming)
        self.since = kept

    def _name(self, path: str, file: _File | None) -> None:
        naming = _Naming(path=path, file=file)
        _apply(self.names, naming)
        self.since.append(naming)


def _content(file: _File, how: str, chance: random.Random) -> bytearray:
    content = bytearray(file.synced)
    if how == "nothing":
        return content
    calls = list(file.since)
    if how != "everything":
        kept_of_ten = chance.randint(1, 9)
        calls = [call for call in calls if chance.randint(1, 10) <= kept_of_ten]
    if how in ("shuffled", "torn"):
        chance.shuffle(calls)
    for call in calls:
        if how == "torn" and call.content:
            _write_torn(content, call, chance)
        else:
            _write(content, call, call.content)
    return content


def _write(content: bytearray, call: Call, written: bytes) -> None:
    if call.name in ("ftruncate", "truncate"):
        del content[call.size :]
        content.extend(bytes(call.size - len(content)))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(written)] = written


def _write_torn(content: bytearray, call: Call, chance: random.Random) -> None:
    """Write some of a call's sectors, each of them whole."""
    place = call.offset
    end = call.offset + len(call.content)
    while place < end:
        until = min(end, (place // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            part = call.content[place - call.offset : until - call.offset]
            content.extend(bytes(max(0, place - len(content))))
            content[place:until] = part
        place = until


def _apply(names: dict[str, _File], naming: _Naming) -> None:
    if naming.file is None:
        names.pop(naming.path, None)
    else:
        names[naming.path] = naming.file


def _is_shared_memory(path: str) -> bool:
    """SQLite makes this file anew after a start: no power cut leaves it behind."""
    return path.endswith("-shm")
