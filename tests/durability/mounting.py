"""A small disk of memory in the place of a folder, to be filled and emptied.

It is mounted where nobody else sees it: in a space of mounts that this process alone is in.
"""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_NEW_MOUNTS, _NEW_USER = 0x20000, 0x10000000
_PRIVATE, _WITH_ALL_BELOW, _AT_ONCE = 1 << 18, 1 << 14, 2
MEGABYTES, MOST_FILES = 8, 400
BALLAST = "ballast"


class NotMountable(Exception):
    """This machine does not let a disk of memory be mounted; the message says what is needed."""


@dataclass(kw_only=True)
class Disk:
    """A disk of eight megabytes; what the folder held before lies under it until it is unmounted."""

    folder: Path

    def mount(self) -> None:
        """Put the disk in the folder's place, for this process and those that it starts."""
        kinds = _NEW_MOUNTS if os.geteuid() == 0 else _NEW_MOUNTS | _NEW_USER
        user, group = os.geteuid(), os.getegid()
        _checked(_libc.unshare(kinds))
        if kinds & _NEW_USER:
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
        _checked(_libc.mount(b"none", b"/", None, _PRIVATE | _WITH_ALL_BELOW, None))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        size = f"size={MEGABYTES}m,nr_inodes={MOST_FILES},mode=700".encode()
        _checked(_libc.mount(b"tmpfs", str(self.folder).encode(), b"tmpfs", 0, size))

    def unmount(self) -> None:
        """Take the disk away with what is on it."""
        _libc.umount2(str(self.folder).encode(), _AT_ONCE)

    def fill(self) -> None:
        """Fill the disk to its last byte, and until it holds no further file."""
        with (self.folder / BALLAST).open("wb", buffering=0) as file:
            for size in (65536, 1):
                with _until_full():
                    while True:
                        file.write(bytes(size))
        with _until_full():
            for number in range(MOST_FILES):
                (self.folder / f"{BALLAST} {number}").touch()

    def make_room(self) -> None:
        """Give the room back."""
        for path in self.folder.glob(f"{BALLAST}*"):
            path.unlink()


@contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as full:
        if full.errno != errno.ENOSPC:
            raise


def _checked(answer: int) -> None:
    if answer == 0:
        return
    number = ctypes.get_errno()
    raise NotMountable(
        f"A disk of memory could not be mounted ({os.strerror(number)}). This proof needs root, or "
        "leave to make user namespaces; in a container, SYS_ADMIN."
    )
