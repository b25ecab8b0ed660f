"""Stored truth: the ledger, what it says of people, and who may read it.

Imports go `access > ledger > people`, and nothing here imports `caseward.work`. Every table
declares its class (`tables.TableClass`) and, for each field that is not ordinary, its sensitivity.
"""
