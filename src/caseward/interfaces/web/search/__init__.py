"""Finding a child or an adult from any page."""
