"""The checker: what can be said of law files before any child is in them.

It proves a procedure sound by searching the graph of its steps over outcomes and states, compares
local limits with the national ones on every day of the calendar, and asks of each pair of editions
that nothing open is stranded. What it finds are *errors* (the file must be put right) and *findings*
(it runs, and somebody should know). Always true: nothing here knows a child or a clock, and a
message names its file, its line and one sentence that a practitioner understands.
"""
