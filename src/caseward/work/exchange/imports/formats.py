"""The formats that can be imported, and which of them some files are in.

A format is named here and loaded when it is asked for: the core knows none of them.
"""

from collections.abc import Sequence
from importlib import import_module

from caseward.work.exchange.imports.values import Format, ImportRefused

MODULES = {
    "ssd": "caseward.work.exchange.ssd.format",
    "ssda903": "caseward.work.exchange.ssda903.returns",
    "cin": "caseward.work.exchange.cin.census",
    "annex_a": "caseward.work.exchange.annex_a.workbook",
    "tracker": "caseward.work.exchange.tracker.reading",
}
"""Code of the format -> the module that has it as FORMAT; the first that knows the files reads them."""


def known() -> tuple[Format, ...]:
    """Return every format, in the order in which they are asked."""
    return tuple(found(code) for code in MODULES)


def found(code: str) -> Format:
    """Return the format of this code.

    Errors: ImportRefused names the formats that there are.
    """
    if code not in MODULES:
        raise ImportRefused(
            f"There is no format “{code}”. It may be {', '.join(MODULES)}. Nothing has been imported."
        )
    module = import_module(MODULES[code])
    answer: Format = module.FORMAT
    return answer


def recognised(names: Sequence[str]) -> Format:
    """Return the format that files of these names are in.

    Errors: ImportRefused where no format knows them, or none was named.
    """
    for each in known():
        if each.recognise(names):
            return each
    shown = ", ".join(sorted(names)[:8]) or "none"
    raise ImportRefused(
        f"These files are of no format that Caseward knows by their names ({shown}). Name the format "
        f"({', '.join(f'{each.code}: {each.title}' for each in known())}), or choose the folder that "
        "holds the whole export. Nothing has been imported."
    )
