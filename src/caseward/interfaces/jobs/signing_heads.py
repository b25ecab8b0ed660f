"""Signs where the record stands in the quiet after the last act, beside the pages (R15).

An act signs the head when the last one is old. The acts that come soon after it, and then nobody
for a night, would stand unsigned.
"""

from caseward.interfaces import clock
from caseward.record.ledger import keeping


def look() -> None:
    """Sign the head where it is due."""
    try:
        keeping.sign_if_due(at=clock.now())
    except keeping.UNSIGNED as problem:
        keeping.log_unsigned(problem)
