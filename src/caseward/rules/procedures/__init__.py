"""Procedures as data: law text becomes editions of steps, each with its source.

`model` holds the values, `conditions` the condition language, `reading` the strict loader whose
errors a policy officer understands, `schema` the JSON Schema for editors.
"""
