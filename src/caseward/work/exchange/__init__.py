"""Files from other systems become facts, and facts go back out.

An import stages and checks every row before anything is written; then everything that was accepted
goes in by the one door in one commit. Each row is accepted, a duplicate or refused, with the file,
row, column and reason, and the totals add up. This room keeps no tables of its own.
"""
