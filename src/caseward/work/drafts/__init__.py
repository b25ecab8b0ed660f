"""What people have typed and not yet saved, so that nobody types it twice (S7).

Keeps: one row for each worker, child, kind of entry, entry corrected and task that a form was
opened for. Working rows, written by the verbs of `casework` alone, through `operations`. Always
true: nothing here is a fact, so no task, list or count follows from it and the ledger never holds
it; a row is its worker's own, goes when what it says is saved or discarded, and is never
overwritten by a form that had not seen what it now says.
"""
