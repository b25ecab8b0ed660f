"""What can be recorded, and what a record says on a day.

Kinds of event and the states they begin are read from text (`kinds`); entries become the
record as known at a moment (`record`); nothing here knows of a procedure.
"""
