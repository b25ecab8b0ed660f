"""Text that people write, read strictly: YAML without surprises, errors in the reader's words.

The lowest room of `rules`: kinds of event, procedures and calendars are all read through it. What
is always true: nothing is guessed, and every problem of a file is told with its line, together.
"""
