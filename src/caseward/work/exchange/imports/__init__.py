"""How an import goes, whatever the format: stage, check all, compare, one commit (S6).

`limits` looks at the files, `isolated` has them read by a process of its own into `staging`,
`comparing` holds each row against the record, `bringing_in` takes in what is new in one commit,
`runs` leads through it. Keeps no table: the register is `work.imports`. Always true: an import that
did not end has brought in nothing, and every row that was read is accounted for once.
"""
