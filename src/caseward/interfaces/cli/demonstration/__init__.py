"""The demonstration authority of `caseward demo`: stories as data, and their loading by the verbs.

Nothing else in Caseward knows of it; what marks a store as a demonstration is an entry in it.
"""
