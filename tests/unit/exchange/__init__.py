"""Reading other systems' files, without a store."""
