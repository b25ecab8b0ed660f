"""The verbs: what people do, one module and one transaction each.

Keeps no table. Each verb takes the `Act` first (who, when, by which key and door, why), makes the
entries that say what was done, and hands them to `entries`. Always true: a verb that returns has
saved its facts with all their consequences, and one that refuses has saved nothing; the same act
done twice is done once.
"""
