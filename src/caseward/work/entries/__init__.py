"""The one door by which a fact comes in.

Keeps no table. Whoever has something to record calls `take_in` (or `take_in_many`), which appends
to the ledger and settles each room in order, in one transaction: no fact without its
consequences (S4). Always true: nothing else writes the ledger, and what a preview showed is what
is saved, or the person sees the difference first (M36).
"""

from caseward.record.ledger.operations import text_fingerprint
from caseward.work.entries.answers import DoneHere, Override, Preview, Problem, Taken, TakenMany
from caseward.work.entries.bringing_in import bring_in
from caseward.work.entries.bulk import take_in_many
from caseward.work.entries.changing import is_decision
from caseward.work.entries.foreseeing import Foreseen, foresee
from caseward.work.entries.joining import Joined
from caseward.work.entries.joining import known_at as joined_at
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
from caseward.work.entries.settling import (
    children_behind,
    n_behind,
    settle_behind,
    settle_on_reading,
)
from caseward.work.entries.staging import StagedMany, stage_many
from caseward.work.entries.taking import preview, take_in, what_changed
from caseward.work.entries.waiting import maintenance_advised, maintenance_sentence

__all__ = [
    "DoneHere",
    "Foreseen",
    "Joined",
    "Override",
    "Preview",
    "Problem",
    "Rebuilt",
    "Rules",
    "StagedMany",
    "Taken",
    "TakenMany",
    "authority_name",
    "bring_in",
    "children_behind",
    "for_child",
    "foresee",
    "is_decision",
    "joined_at",
    "kinds_in_use",
    "maintenance_advised",
    "maintenance_sentence",
    "n_behind",
    "preview",
    "rebuild",
    "rulebook_at",
    "rules_at",
    "settle_behind",
    "settle_on_reading",
    "stage_many",
    "take_in",
    "take_in_many",
    "text_fingerprint",
    "verify_child",
    "vocabulary_now",
    "what_changed",
]
