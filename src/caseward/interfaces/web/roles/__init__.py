"""Choosing whose eyes to look through, in demonstration stores only."""
