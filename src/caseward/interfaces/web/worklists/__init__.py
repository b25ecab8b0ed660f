"""Worklists: whose tasks, narrowed as the address says; the same as a calendar and as a file."""
