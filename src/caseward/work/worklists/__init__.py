"""Which role owes which task: the lists that people work from.

Keeps: one row for each task and each role that owes it, with the days between which it may be on a
list. Only `entries` writes them, through `settle`. Always true: who holds the role is not kept
here but asked on the day, so re-allocating a child changes no row (M27); a task that nobody's role
owes has no row, and one whose role nobody holds is found as unallocated.
"""
