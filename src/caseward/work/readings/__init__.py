"""What people see: one function for each page or answer.

Keeps no table. Each function asks the policy what the asker may see today, settles children whose
rows are behind the authority's facts, makes the answer a frozen value with its words ready, and
writes the read log before it returns. Always true: nothing about a child leaves by another way;
a day of the past is answered from the record as it stood, never from today's rows.
"""
