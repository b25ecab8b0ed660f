"""The imports that were made, the questions that they left to people, and the rules they go by.

Keeps: a row for each run (who, when, which files, what became of the rows), one for each value of
another system that a person has to decide upon, one for each time a rule of a kind was set, and one
for each entry recorded here that a file has since said too.
Registers, written by `exchange` alone, through `operations`. Always true: a run says "done" only
in the transaction that brought its entries in; a question is decided once; no row here is a fact,
and an entry is never changed because of one.
"""
