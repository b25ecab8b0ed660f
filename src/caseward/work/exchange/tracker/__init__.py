"""A tracker: the spreadsheet in which a team keeps its cases, read by a mapping of its columns.

Pure: files in, facts out. A person said once what each column holds; the same headings are then read
the same way every time. A row goes in whole or is refused whole, each cell named that is the reason.
"""
