"""Holds what entries say against what the chain holds of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from caseward.record.ledger import hashing
from caseward.record.ledger.faults import Fault
from caseward.record.ledger.links import Link, Said

# Beyond so many, a changed payload is named at once and not compared with the others.
KEPT = 1_000


@dataclass(slots=True)
class Payloads:
    """What was found of payloads so far; those that changed wait, in case two changed places."""

    changed: dict[str, Link] = field(default_factory=dict)

    def look_at(self, link: Link) -> Iterator[Fault]:
        """Yield what does not hold of what this entry says."""
        said = link.said
        if not link.is_readable:
            return
        if said is None:
            if not link.is_disposed:
                yield link.fault("payload_missing", "what it says is gone, and nobody agreed to it")
            return
        if link.is_disposed:
            yield link.fault(
                "payload_kept", "its disposal was agreed and what it says is still here"
            )
        commitment = hashing.commitment(said.salt, said.text)
        if commitment == link.commitment:
            yield from _column_faults(link, said)
        elif commitment in self.changed or len(self.changed) >= KEPT:
            yield link.fault("payload_changed", "what it says was changed")
        else:
            self.changed[commitment] = link

    def finish(self) -> Iterator[Fault]:
        """Yield the payloads that changed, telling those that stand with another entry."""
        owners = {link.commitment: link.position for link in self.changed.values()}
        for commitment, link in self.changed.items():
            if owner := owners.get(commitment):
                yield link.fault("payload_moved", f"what it says is what entry {owner} said")
            else:
                yield link.fault("payload_changed", "what it says was changed")


def _column_faults(link: Link, said: Said) -> Iterator[Fault]:
    content = json.loads(said.text)
    stated = {
        "kind": (said.kind, content["kind"]),
        "occurred_on": (said.occurred_on, content["occurred_on"]),
        "occasion": (said.occasion, content.get("occasion", "")),
        "source": (said.source, content.get("source", "")),
    }
    for column, (stored, said_so) in stated.items():
        if stored != said_so:
            yield link.fault("column_changed", f"its column {column} differs from what it says")
