"""Page parts: the frame of every page, form fields, dates in words, the calendar under a date.

GOV.UK and MOJ patterns as templates and a few tags of ours. Nothing here knows of a child or a
procedure beyond the frozen values of `work.readings.shapes`, and no part needs JavaScript.
"""
