"""How one installation is set up: where it keeps things, which database, which addresses.

Settings come from the environment alone; every variable read is named in
`docs/reference/settings.md`, and a test holds the two lists equal. Nothing here knows a rule.
"""
