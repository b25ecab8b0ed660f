"""The Standard Safeguarding Dataset: a folder of one CSV a table, as authorities extract it each night.

`format` says which files are its own and reads them. `tables` is what a table is; the tables stand in
`children`, `staff`, `child_in_need`, `protection`, `care`, `placements`, `permanence`, each column used or
named as unused, and those not read in `left_aside` with the reason. `headings` finds columns by name,
`cells` and `codes` say what a cell means, `links` finds the child of a row that names none, `rows` takes
a table row by row. Nothing here knows a store, and no table is held but for its ids.
Source: SSD field names as published by the dataset's authors; docs/reference/import-ssd.md.
"""
