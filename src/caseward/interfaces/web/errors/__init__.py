"""What a person reads when a page cannot be given: what, why and what to do next."""
