"""Ids of what an act brings, made from its key, so that the same act done twice is done once."""

import hashlib
import uuid

from caseward.record.ledger.acts import Act


def made_from(act: Act, name: str) -> str:
    """Return a public id (uuid4 as text) for the thing of this name that the act brings.

    A preview and the saving after it, and a form sent twice, come with one key and so agree.
    """
    digest = hashlib.sha256(f"caseward id\n{act.key}\n{name}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))
