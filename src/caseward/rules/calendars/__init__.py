"""Which days count, and counting over them: forwards, backwards, in weeks, months and hours.

A calendar is data with a source and a horizon. Past the horizon a date is provisional; only
before its first year is there no answer (M31).
"""
