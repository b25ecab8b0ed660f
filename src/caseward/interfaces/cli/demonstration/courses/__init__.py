"""What stories have in common: coming into care, visits, reviews, the way to a discharge."""
