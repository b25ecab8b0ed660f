"""Builders that speak the domain: calendars, small law texts, facts written as tables."""
