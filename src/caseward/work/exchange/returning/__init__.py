"""What was typed here goes back out, for the system that the authority keeps beside Caseward.

Pure: the reading of what was typed in, a file out, one row an entry with the child's number there.
"""
