"""What follows from facts, what people do, and what they see.

Rooms settle in one order (`tasks`, then `worklists`); `entries` is the one door by which a fact
comes in; `casework` holds the verbs, `readings` the answers, `exchange` what comes and goes whole.
"""
