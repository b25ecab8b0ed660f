"""The checker: bad law files, each named with its line and a sentence; and good ones left alone."""
