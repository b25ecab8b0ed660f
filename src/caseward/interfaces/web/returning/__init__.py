"""What was typed here, for the other system: to read, to print by worker, to take as a file."""
