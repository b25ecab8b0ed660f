"""Children: the list, one child's page, and *How this date was worked out*."""
