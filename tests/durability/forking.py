"""Runs a deed in a fresh process forked from a warm one, so that thousands fit into minutes.

No connection may be open when the process forks: the child opens its own.
"""

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from tests.durability import tracing

FAILED = b"failed: "


class AskedInVain(Exception):
    """A process could not do what it was asked; the message is its own account."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A process that does something, and the pipe on which it tells of it."""

    process: int
    pipe: int

    def told(self) -> bytes:
        """Return everything it told, when it has ended."""
        parts = []
        while part := os.read(self.pipe, 65536):
            parts.append(part)
        os.close(self.pipe)
        return b"".join(parts)

    def line(self) -> bytes:
        """Return the next line that it tells."""
        read = b""
        while not read.endswith(b"\n"):
            part = os.read(self.pipe, 1)
            if not part:
                raise EOFError(f"The process ended and had told no more than {read!r}.")
            read += part
        return read

    def ended(self) -> bytes:
        """Wait for its end and return what it told."""
        told = self.told()
        os.waitpid(self.process, 0)
        return told


Tell = Callable[[bytes], object]
_pipes: list[int] = []


def tell_now(said: bytes) -> None:
    """Tell from wherever the process is: for controls, which answer where they should not."""
    os.write(_pipes[-1], said)


def start(body: Callable[[Tell], object], *, is_followed: bool = False) -> Deed:
    """Fork a process that does the body and ends; it tells on a pipe outside of the store."""
    ours, its = os.pipe()
    process = os.fork()
    if process:
        os.close(its)
        return Deed(process=process, pipe=ours)
    os.close(ours)
    _pipes.append(its)
    try:
        if is_followed:
            tracing.let_me_be_traced()
        body(lambda said: os.write(its, said))
    except Exception:  # noqa: BLE001 -- told to the one who asked, who judges it
        os.write(its, FAILED + traceback.format_exc().encode())
    finally:
        os._exit(0)


def asked(body: Callable[[], bytes]) -> bytes:
    """Return what a body answers when it is run in a process of its own.

    Errors: AskedInVain with the child's own account of why it could not answer.
    """
    connections.close_all()
    told = start(lambda tell: tell(body())).ended()
    if told.startswith(FAILED):
        raise AskedInVain(told.removeprefix(FAILED).decode())
    return told
