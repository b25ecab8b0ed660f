"""Taking on: what was overdue already on the first day, decided about in bulk by managers."""
