"""How an import goes, whatever the format: stage, check all, compare, one commit (S6).

Keeps: the runs of imports with what became of each row, the questions that a person has to decide,
and the rules by which a kind of event decides itself. Only `casework` writes them. Always true: an
import that did not end has brought in nothing, and every row that was read is accounted for once.
"""
