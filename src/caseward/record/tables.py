"""What every table must say of itself, tested over all of them.

`table_class`: *fact* is the ledger's own, never changed; *register* append-only or dated, a truth
of its own (accounts, the read log); *projection* follows from facts, dropped and rebuilt to
identical rows; *working* drafts, leases, hand-over states.

`sensitivity`: the class of each field that is not ordinary. "per_kind": the field holds what an
entry says, and the entry's kind declares a class for each of its fields.
"""

from typing import Literal

TableClass = Literal["fact", "register", "projection", "working"]
Sensitivity = Literal[
    "ordinary", "restricted_address", "third_party", "privileged", "iro_only", "per_kind"
]
