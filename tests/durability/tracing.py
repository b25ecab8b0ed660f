"""Follows a process call by call, and kills it, fails it or notes what it wrote, at a chosen call.

Linux's own `ptrace`, reached without any other program, so that these proofs need nothing that
Caseward's tests do not bring. Only calls that change a file or send to a database are told of:
between two of them nothing on the disk differs, so a kill before each is a kill everywhere.
"""

import contextlib
import ctypes
import errno
import os
import platform
import signal
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GO_ON = 0
KILL = -1

_TRACE_ME, _POKE_USER, _NEXT_CALL, _SET_OPTIONS = 0, 6, 24, 0x4200
_SEIZE, _INTERRUPT, _CALL_ASKED = 0x4206, 0x4207, 0x420E
# A call's stop is told from a signal's, and nothing goes on untraced when we end.
_OPTIONS = 0x1 | 0x100000
_CALL_STOP = signal.SIGTRAP | 0x80
_ENTERS, _LEAVES = 1, 2
_NUMBER_AT, _ANSWER_AT = 15 * 8, 10 * 8
_CREATE, _CUT = 0o100, 0o1000
_ANY_THREAD = 0x40000000
_AT_HERE = -100

# By number, on x86-64: which argument is a file that is open, and which a path.
_BY_FILE = {
    1: "write", 18: "pwrite64", 20: "writev", 296: "pwritev", 44: "sendto", 46: "sendmsg",
    74: "fsync", 75: "fdatasync", 77: "ftruncate", 285: "fallocate", 277: "sync_file_range",
}  # fmt: skip
_BY_PATH = {76: ("truncate", 0), 82: ("rename", 0), 87: ("unlink", 0), 83: ("mkdir", 0),
            84: ("rmdir", 0), 264: ("rename", 1), 316: ("rename", 1), 263: ("unlink", 1),
            258: ("mkdir", 1), 86: ("link", 0), 265: ("link", 1)}  # fmt: skip
_OPENS = {2: 0, 257: 1}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class NotTraceable(Exception):
    """This machine does not let a process be followed; the message says what is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that changes something: its name, the path it is about, and what it says.

    `path` is "socket" for what is sent to a database. `size` is a length, or where a file is cut.
    """

    name: str
    path: str
    offset: int = 0
    size: int = 0
    content: bytes = b""
    to: str = ""


Decide = Callable[[Call], int]
"""Told each call before it is made; answers GO_ON, KILL, or the number of the error to fail with."""

Counts = Callable[[str], bool]
"""Told a path, or SOCKET; answers whether a call on it is to be told of."""

SOCKET = "socket"


def under(*folders: Path, and_sockets: bool = False) -> Counts:
    """Return what counts files under folders, and what is sent where that is asked."""
    beginnings = tuple(f"{folder}/" for folder in folders)

    def counts(path: str) -> bool:
        return (and_sockets and path == SOCKET) or f"{path}/".startswith(beginnings)

    return counts


def let_me_be_traced() -> None:
    """Stop this process, just forked, until `follow` takes it on."""
    _ask(_TRACE_ME, 0)
    os.kill(os.getpid(), signal.SIGSTOP)


def take_on(process: int) -> None:
    """Begin to follow a process that called `let_me_be_traced`."""
    _check_machine()
    os.waitpid(process, 0)
    _ask(_SET_OPTIONS, process, options=_OPTIONS)


def attach(process: int) -> None:
    """Begin to follow a process that is running already, such as a database's."""
    _check_machine()
    _ask(_SEIZE, process, options=_OPTIONS)
    _ask(_INTERRUPT, process)
    os.waitpid(process, _ANY_THREAD)


def follow(process: int, decide: Decide, *, counts: Counts, contents: bool = False) -> int:
    """Follow a process to its end, asking `decide` before each call that changes something.

    `counts` says which paths matter. With `contents`, calls carry the bytes that they write.
    Return the status the process ended with.
    """
    reading = _Reading(process=process, counts=counts, contents=contents)
    failing = 0
    passed_on = 0
    while True:
        with contextlib.suppress(ProcessLookupError):
            _ask(_NEXT_CALL, process, options=passed_on)
        _, status = os.waitpid(process, _ANY_THREAD)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            return status
        passed_on = 0
        if os.WSTOPSIG(status) != _CALL_STOP:
            passed_on = 0 if status >> 16 else os.WSTOPSIG(status)
            continue
        what, number, arguments = _call_of(process)
        if what == _ENTERS:
            call = reading.call(number, arguments)
            decided = decide(call) if call else GO_ON
            if decided == KILL:
                os.kill(process, signal.SIGKILL)
            elif decided != GO_ON:
                failing = decided
                _poke(process, _NUMBER_AT, -1)
        elif what == _LEAVES and failing:
            _poke(process, _ANSWER_AT, -failing)
            failing = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Reads from a stopped process what its call is about."""

    process: int
    counts: Counts
    contents: bool

    def call(self, number: int, arguments: tuple[int, ...]) -> Call | None:
        """Return the call if it changes something that counts."""
        if number in _BY_FILE:
            return self._on_file(_BY_FILE[number], arguments)
        if number in _BY_PATH:
            name, place = _BY_PATH[number]
            path = self._text(arguments[place])
            has_second = name in ("rename", "link")
            to = self._text(arguments[place + 1 + place]) if has_second else ""
            if not self.counts(path):
                return None
            return Call(name=name, path=path, to=to, size=arguments[1])
        if number in _OPENS:
            return self._opening(arguments[_OPENS[number] :])
        return None

    def _on_file(self, name: str, arguments: tuple[int, ...]) -> Call | None:
        path = self._path_of(arguments[0])
        if not self.counts(path):
            return None
        if name in ("fsync", "fdatasync"):
            return Call(name=name, path=path)
        if name == "ftruncate":
            return Call(name=name, path=path, size=arguments[1])
        content = self._bytes(arguments[1], arguments[2]) if self._wants(name) else b""
        offset = arguments[3] if name == "pwrite64" else self._position(arguments[0])
        return Call(name=name, path=path, offset=offset, size=arguments[2], content=content)

    def _opening(self, arguments: tuple[int, ...]) -> Call | None:
        flags = arguments[1]
        if not flags & (_CREATE | _CUT):
            return None
        path = self._text(arguments[0])
        is_new = not Path(path).exists()
        if not self.counts(path) or not (is_new or flags & _CUT):
            return None
        return Call(name="create" if is_new else "truncate", path=path)

    def _wants(self, name: str) -> bool:
        return self.contents and name in ("write", "pwrite64")

    def _path_of(self, file: int) -> str:
        try:
            path = str(Path(f"/proc/{self.process}/fd/{file}").readlink())
        except FileNotFoundError:
            return ""
        return SOCKET if path.startswith("socket:") else path

    def _position(self, file: int) -> int:
        told = Path(f"/proc/{self.process}/fdinfo/{file}").read_text(encoding="ascii")
        return int(told.split("\n", 1)[0].removeprefix("pos:"))

    def _bytes(self, address: int, size: int) -> bytes:
        memory = os.open(f"/proc/{self.process}/mem", os.O_RDONLY)
        try:
            return os.pread(memory, size, address)
        finally:
            os.close(memory)

    def _text(self, address: int) -> str:
        """Read a path: never across the end of a page beyond which nothing may be."""
        read = b""
        while b"\0" not in read:
            read += self._bytes(address + len(read), 4096 - (address + len(read)) % 4096)
        return os.fsdecode(read.split(b"\0", 1)[0])


def _call_of(process: int) -> tuple[int, int, tuple[int, ...]]:
    """Return whether a call begins or ends, its number and its arguments."""
    told = ctypes.create_string_buffer(88)
    _ask(_CALL_ASKED, process, address=len(told), options=ctypes.addressof(told))
    what = told.raw[0]
    if what != _ENTERS:
        return what, 0, ()
    number, *arguments = struct.unpack_from("<7Q", told.raw, 24)
    return what, number, tuple(arguments)


def _poke(process: int, place: int, value: int) -> None:
    _ask(_POKE_USER, process, address=place, options=value & 0xFFFFFFFFFFFFFFFF)


def _ask(request: int, process: int, *, address: int = 0, options: int = 0) -> None:
    ctypes.set_errno(0)
    if _libc.ptrace(request, process, address, options) >= 0:
        return
    number = ctypes.get_errno()
    if number == errno.EPERM:
        raise NotTraceable(
            f"Process {process} may not be followed here. These proofs need `ptrace`: in a "
            "container allow SYS_PTRACE; as an ordinary user set kernel.yama.ptrace_scope to 0 or 1."
        )
    raise OSError(number, os.strerror(number))


def _check_machine() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NotTraceable(
            "These proofs follow a process call by call: that needs Linux on x86-64."
        )
