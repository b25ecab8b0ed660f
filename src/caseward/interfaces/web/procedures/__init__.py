"""Procedures: the list of those in use, and each as a map, with or without a child on it."""
