"""Facts, editions and a calendar in; tasks out, each with its receipt.

`tasks` and `rulebook` are the shapes that both engines share; `reference` is the engine written
to be read against the law.
"""
