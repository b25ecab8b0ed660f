"""Pure rules: text in, values out. No Django, no clock, no network, no files."""
