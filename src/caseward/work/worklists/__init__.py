"""Which role owes which task: the lists that people work from.

Keeps: one row for each task that may stand on a list of today or later and each role that owes it,
with the days between which it does and all that a list filters, sorts and counts by. Only
`entries` writes them, through `settle`. Always true: who holds the role is not kept here but asked
on the day, in the query (`responsible`), so re-allocating a child changes no row (M27); a task that
nobody's role owes has no row, and one whose role nobody holds is found as unallocated.
"""
