"""The one door by which a fact comes in.

Keeps no table. Whoever has something to record calls `take_in` (or `take_in_many`), which appends
to the ledger and settles each room in order, in one transaction: no fact without its
consequences (S4). Always true: nothing else writes the ledger, and what a preview showed is what
is saved, or the person sees the difference first (M36).
"""

from caseward.record.ledger.operations import text_fingerprint
from caseward.work.entries.answers import DoneHere, Override, Preview, Problem, Taken, TakenMany
from caseward.work.entries.bulk import take_in_many
from caseward.work.entries.changing import is_decision
from caseward.work.entries.joining import Joined
from caseward.work.entries.joining import now as joined_now
from caseward.work.entries.rebuilding import Rebuilt, rebuild, verify_child
from caseward.work.entries.rulebooks import (
    Rules,
    authority_name,
    for_child,
    kinds_in_use,
    rulebook_at,
    rules_at,
    vocabulary_now,
)
from caseward.work.entries.settling import settle_behind, settle_on_reading
from caseward.work.entries.taking import preview, take_in, what_changed

__all__ = [
    "DoneHere",
    "Joined",
    "Override",
    "Preview",
    "Problem",
    "Rebuilt",
    "Rules",
    "Taken",
    "TakenMany",
    "authority_name",
    "for_child",
    "is_decision",
    "joined_now",
    "kinds_in_use",
    "preview",
    "rebuild",
    "rulebook_at",
    "rules_at",
    "settle_behind",
    "settle_on_reading",
    "take_in",
    "take_in_many",
    "text_fingerprint",
    "verify_child",
    "vocabulary_now",
    "what_changed",
]
