"""Caseward runs the procedures by which a local authority moves every child's plan on."""

__version__ = "0.1.0"
