"""Access: who signs in, who may see and record what, and who looked.

`policy` alone decides; `readings` and `casework` ask it. `accounts` are for signing in and are
not workers. Always true: a list is narrowed by `policy.visible_to` in the query itself; a row of
the read log is committed before the answer that it speaks of leaves.
"""
