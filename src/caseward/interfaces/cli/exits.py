"""Exit codes, one a family of error, and the error that carries one to the user."""

OK = 0
FAULT = 1
USAGE = 2
LAW = 3
FACTS = 4
IMPORT = 5
STORE = 6
NOT_INTACT = 7

MEANINGS = {
    OK: "done",
    FAULT: "a fault in Caseward itself; nothing was half-done",
    USAGE: "the command was not understood",
    LAW: "a law file, calendar or setting is wrong",
    FACTS: "a file of facts is wrong",
    IMPORT: "an import was refused; nothing was imported",
    STORE: "the store cannot be used as it is set up",
    NOT_INTACT: "the record does not verify: it was changed outside Caseward",
}


class Stop(Exception):
    """Ends the command with a sentence for the user and an exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
