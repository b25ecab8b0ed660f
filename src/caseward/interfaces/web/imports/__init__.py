"""Imports: files of other systems brought in by a page, and what that asks of people."""
