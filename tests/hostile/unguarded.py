"""A reader without any guard, so that the proofs about the real ones are seen to be able to fail.

It expands entities, holds what it reads, and takes its time.
"""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from caseward.work.exchange.imports.values import Format, Sink

HELD = 300 * 1_024 * 1_024
SLEPT = 2.2


def read(files: Mapping[str, Path], out: Sink, *, today: date, options: Mapping[str, Any]) -> None:
    """Read as one should not: what the file's name asks for, without looking first."""
    del out, today, options
    for name, path in files.items():
        if "large" in name:
            held = bytearray(HELD)
            held[::4_096] = b"x" * len(held[::4_096])
        elif "slow" in name:
            time.sleep(SLEPT)
        elif "fault" in name:
            raise LookupError(name)
        else:
            parser = etree.XMLParser(resolve_entities=True, load_dtd=True, huge_tree=True)
            etree.parse(str(path), parser)


FORMAT = Format(code="unguarded", title="Unguarded", recognise=lambda _: False, read=read)
