"""Journeys in a real browser: what a person reads, presses and keeps."""
