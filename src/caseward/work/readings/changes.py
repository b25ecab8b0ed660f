"""What an act changes, in sentences: from a difference of two evaluations (M36)."""
