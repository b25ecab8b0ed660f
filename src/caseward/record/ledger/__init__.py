"""The ledger: what happened and who recorded it, in one gapless order, never changed (S2, S3).

Keeps streams (a child's, a person's, the authority's), acts, entries with their hashes, payloads
with their text, adopted law texts. Only `work.entries` writes, through `operations`; everyone reads
through `queries` and `authority`. Always true: positions have no gap and stand in commit order;
`recorded_at` never goes back; no row is changed or removed, save a payload by a disposal of two
people; each hash covers the one before it, on the stream and in the store.
"""
