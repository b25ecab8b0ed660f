"""Signed heads: where the store stood, written outside it (S3).

A chain alone cannot show that its end was cut off or that all of it was made anew. A head kept
elsewhere can: it names a position and the store's hash there, and where each stream stood that had
moved since the head before, signed with Ed25519. Copy the head files, and the public key, to where
those who run the database cannot write.
"""

import base64
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from caseward.record.ledger import canonical, moments, queries, stored
from caseward.record.ledger.acts import stream_of
from caseward.record.ledger.refusals import Refused
from caseward.record.ledger.stored import StreamEnd

FIRST_LINE = "caseward head 2"
# The first form had no lines of streams; such heads hold for ever, as every head does.
EARLIER_FIRST_LINE = "caseward head 1"
STATED = ("position", "store_hash", "written_at", "public_key", "signature")
STREAM = "stream "
EVERY = timedelta(minutes=10)
KEY_VARIABLE = "CASEWARD_HEAD_KEY"
KEY_NAME = "signing-key.pem"
SUFFIX = ".head"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """A head as its file states it; `signature` covers every line before it.

    `streams` are those that moved since the head before, each with where it stood.
    """

    position: int
    store_hash: str
    written_at: str
    public_key: str
    signature: str
    streams: tuple[StreamEnd, ...] = ()
    first_line: str = FIRST_LINE

    @property
    def text(self) -> str:
        """Return the whole of its file."""
        return f"{_signed_part(self)}signature {self.signature}\n"


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Return the key that heads are signed with, made on first use and readable by its owner alone.

    CASEWARD_HEAD_KEY names the file of a key kept elsewhere.
    """
    path = key_path(folder)
    if not path.exists():
        if os.environ.get(KEY_VARIABLE):
            raise Refused(
                f"{KEY_VARIABLE} names {path}, which does not exist, so no head can be signed. "
                "Put the key there, or leave the variable out to have one made."
            )
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(f"The key in {path} is not an Ed25519 key. Heads are signed with no other.")
    return key


def key_path(folder: Path) -> Path:
    """Return where the key that signs heads is kept: as CASEWARD_HEAD_KEY says, or beside them."""
    return Path(os.environ.get(KEY_VARIABLE) or folder / KEY_NAME)


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the public key as text: note it elsewhere, to check heads by."""
    raw = key.public_key().public_bytes_raw()
    return base64.b64encode(raw).decode()


def sign(
    head: queries.Head,
    key: Ed25519PrivateKey,
    *,
    at: datetime,
    streams: Iterable[StreamEnd] = (),
) -> SignedHead:
    """Return a head signed at a moment, with where these streams stood at its position."""
    unsigned = SignedHead(
        position=head.position,
        store_hash=head.store_hash,
        written_at=canonical.moment_text(at),
        public_key=public_text(key),
        signature="",
        streams=tuple(streams),
    )
    signature = key.sign(_signed_part(unsigned).encode())
    return replace(unsigned, signature=base64.b64encode(signature).decode())


def write(folders: Iterable[Path], *, at: datetime) -> SignedHead:
    """Sign the store's head and write it into each folder; the first one holds the key.

    The file is synced before it takes its name, so that a head is whole or not there.
    """
    wanted = tuple(folders)
    newest = read_newest(wanted[0])
    with moments.one_moment():
        ends = queries.head()
        before = newest.position if newest else 0
        streams = stored.ends_between(before, ends.position)
    head = sign(ends, signing_key(wanted[0]), at=at, streams=streams)
    for folder in wanted:
        _write_whole(folder / _file_name(head), head.text)
    return head


def is_due(folder: Path, *, at: datetime, every: timedelta = EVERY) -> bool:
    """Return whether the newest head is older than it should be, and the store has moved on."""
    newest = read_newest(folder)
    if newest is None:
        return True
    is_old = newest.written_at <= canonical.moment_text(at - every)
    return is_old and newest.position != queries.head().position


def read_newest(folder: Path) -> SignedHead | None:
    """Return the head of the highest position in a folder, written last; None where none is."""
    path = max(folder.glob(f"*{SUFFIX}"), default=None)
    return read(path.read_text(encoding="utf-8"), path=path) if path else None


def read_each(folder: Path) -> Iterator[SignedHead]:
    """Yield every head in a folder, in order of position, one in memory at a time.

    Errors: Refused, naming the file, for one that is not a head.
    """
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield read(path.read_text(encoding="utf-8"), path=path)


def read_all(folder: Path) -> tuple[SignedHead, ...]:
    """Return every head in a folder, in order of position."""
    return tuple(read_each(folder))


def read(text: str, *, path: Path) -> SignedHead:
    """Return the head that a file's text states."""
    first_line, *lines = text.splitlines() or [""]
    stated = dict(line.split(" ", 1) for line in lines if " " in line and line[:7] != STREAM)
    is_head = first_line in (FIRST_LINE, EARLIER_FIRST_LINE) and not set(stated) - set(STATED)
    if not is_head or not stated.get("position", "").isdecimal():
        raise Refused(f"{path} is not a head. Put a whole copy of it there, or take it away.")
    return SignedHead(
        position=int(stated["position"]),
        store_hash=stated.get("store_hash", ""),
        written_at=stated.get("written_at", ""),
        public_key=stated.get("public_key", ""),
        signature=stated.get("signature", ""),
        streams=tuple(_stream(line, path=path) for line in lines if line.startswith(STREAM)),
        first_line=first_line,
    )


def is_signed_by(head: SignedHead, public_key: str) -> bool:
    """Return whether a head was signed by the holder of this public key and not changed since."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(head.signature), _signed_part(head).encode())
    except (InvalidSignature, ValueError):
        return False
    return head.public_key == public_key


def _signed_part(head: SignedHead) -> str:
    streams = "".join(
        f"{STREAM}{end.stream.kind} {end.stream.id} {end.seq} {end.head_hash}\n"
        for end in head.streams
    )
    return (
        f"{head.first_line}\nposition {head.position}\nstore_hash {head.store_hash}\n"
        f"written_at {head.written_at}\n{streams}public_key {head.public_key}\n"
    )


def _stream(line: str, *, path: Path) -> StreamEnd:
    parts = line.split(" ")
    if len(parts) != 5 or not parts[3].isdecimal():  # noqa: PLR2004 -- the five words of the line
        raise Refused(f"{path} is not a head. Put a whole copy of it there, or take it away.")
    _, kind, public_id, seq, head_hash = parts
    return StreamEnd(stream=stream_of(kind, public_id), seq=int(seq), head_hash=head_hash)


def _file_name(head: SignedHead) -> str:
    stamp = head.written_at.replace(":", "").replace("-", "").replace(".", "")
    return f"{head.position:012d}-{stamp}{SUFFIX}"


def _make_key(path: Path) -> None:
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A key broken off half-way would stop every later head, so it gets its name when it is whole.
    unnamed = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    with _none_left(unnamed):
        _write_synced(unnamed, made)
        # A link, not a rename: of two who make a key at once, both use the one that came first.
        with suppress(FileExistsError):
            path.hardlink_to(unnamed)
    _sync_folder(path.parent)


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unnamed = path.with_suffix(f".{secrets.token_hex(8)}.part")
    with _none_left(unnamed):
        _write_synced(unnamed, text.encode(), mode=0o666)
        unnamed.replace(path)
    _sync_folder(path.parent)


def _write_synced(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _none_left(unnamed: Path) -> Iterator[None]:
    """Take the unnamed file away again, also where the disk failed while it was written."""
    try:
        yield
    finally:
        # What is told is why it could not be written, not that it could not be taken away.
        with suppress(OSError):
            unnamed.unlink(missing_ok=True)


def _sync_folder(path: Path) -> None:
    """Have the disk keep which names the folder holds."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
