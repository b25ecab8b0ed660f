"""Tasks and episodes of every child, as rows.

Keeps: one row for each task and each episode that the engine says follows from the facts, and for
each child the place on the authority's stream up to which its rows are settled. Only `entries`
writes them, through `settle`. Always true: a child's rows equal what evaluating its whole record
gives today, with no column left out, so they may be thrown away and made again.
"""
