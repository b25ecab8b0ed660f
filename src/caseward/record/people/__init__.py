"""People: children, adults, workers, teams, and what they are to each other, as projections.

Every row follows from the streams and is settled first, because what comes after asks who a child
is and who holds which role. Only `settle` writes here, called by `work.entries`. Always true: a row
rebuilt from its stream equals the stored one in every column; ids are the public uuid4 of the
stream, or of the entry that first said it; what ended keeps its row with the day it ended.
"""
