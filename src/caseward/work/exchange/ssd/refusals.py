"""A row that cannot be taken."""

from caseward.work.exchange.imports.values import Code


class RowRefused(Exception):
    """A row that cannot be taken: at which column, the code for programs, what to put right."""

    def __init__(self, column: str, code: Code, reason: str) -> None:
        self.column, self.code, self.reason = column, code, reason
        super().__init__(reason)
