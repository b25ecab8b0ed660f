"""The rulebook as tests: every number of the meaning, stated in a sentence and shown in tables.

How to write one
----------------
A test is a function of one argument in a `test_*.py` of this folder. Its name begins with the
number of the rule and a letter, its docstring is the rule in one sentence, and its body says the
law, the facts and the result:

    def test_M10a_a_further_trigger_moves_nothing(spec: Spec) -> None:
        \"\"\"A further trigger while a task is open is noted on it and moves nothing.\"\"\"
        spec.law(\"\"\"
            opens: [plan.began]
            steps:
              - {id: answer, starts_when: request.made, met_by: answer.given,
                 limits: [{count: 5, unit: working_days}]}
        \"\"\")
        spec.facts(\"\"\"
            id | day        | kind         | recorded
            p  | 2026-03-02 | plan.began   |
            ...
        \"\"\")
        spec.tasks("2026-03-10", \"\"\"
            step   | trigger    | due        | status | notes
            answer | 2026-03-02 | 2026-03-09 | open   | r2
        \"\"\")

- `spec.law` takes what stands under one edition; procedure, title, source, and each step's duty,
  owner (`worker`) and source are filled in when the test does not care about them. Call it again
  for a second edition or another procedure.
- `spec.kinds` declares further kinds of event; `kinds.yaml` holds those that all tests share.
- `spec.facts` adds facts; the rows are recorded in their order. Columns: `columns.FACT_COLUMNS`.
- `spec.tasks` states every task opened by the day, with the columns the test cares about
  (`columns.TASK_COLUMNS`); a task not listed, or listed and not there, fails the test.
  `spec.nothing` states that there is none. `of="a b"` looks at the named steps alone.
- `spec.episodes`, `spec.forecast`, `spec.refused`, `spec.difference` and `spec.explains` state the
  other answers.

The same functions are replayed by `publishing` into `docs/reference/rulebook.md`
(`python -m tests.spec.publishing`), and run against every wrong engine.

Wrong engines
-------------
`wrong_engines/M10a.toml` is one small deliberate error: `module`, `old` (which occurs exactly
once in it), `new`, and `error`, the sentence that says what is now wrong. A fresh copy of the rules
is loaded with that replacement and the tests of M10a are run on it: at least one must fail with an
AssertionError. An error that nothing notices is a rule that nothing tests.
"""
