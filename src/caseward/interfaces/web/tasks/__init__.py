"""My tasks: what the person looking has to do, late first, then by day."""
