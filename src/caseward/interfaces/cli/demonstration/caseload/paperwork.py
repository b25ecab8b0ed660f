"""The papers of reviews, which no national format holds: from a register of the reviewing service.

Shares in time are made up: most papers come in the days allowed, some late, a few never.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from caseward.interfaces.cli.demonstration.caseload.lives import Life, Setting
from caseward.interfaces.cli.demonstration.world import World
from caseward.record.ledger.acts import NewEntry, child_stream
from caseward.work.casework import identity, import_facts

REGISTER = "register of reviews"
KINDS: tuple[tuple[str, int, float], ...] = (
    ("review_decisions.sent", 5, 0.93),
    ("review_record.completed", 15, 0.88),
    ("review_record.distributed", 20, 0.85),
)
"""Each paper with the working days allowed for it and the share that comes in them."""
NEVER, MOST_DAYS_LATE = 0.03, 15
LOOKED_BACK = 25


def bring_in(
    world: World, setting: Setting, lives: list[Life], children: Mapping[str, str]
) -> None:
    """Bring in, in one act, what the register holds of the reviews since Caseward began here."""
    act = replace(world.act(setting.today), by="system:import", via="import", why=REGISTER)
    batches = []
    for life in lives:
        child = children.get(life.number)
        new = [
            NewEntry(
                stream=child_stream(child),
                kind=kind,
                occurred_on=on,
                keys={"meeting": review},
                source=f"{REGISTER}:{review}:{kind}",
                entry_id=identity.made_from(act, f"{review} {kind}"),
            )
            for kind, on, review in _papers(setting, life)
            if child is not None
        ]
        if child is not None and new:
            batches.append((child_stream(child), new))
    if batches:
        import_facts.bring_in(act, batches)


def _papers(setting: Setting, life: Life) -> Iterator[tuple[str, date, str]]:
    since = setting.began_on
    for held, review in life.reviews:
        if setting.after(held, LOOKED_BACK) <= since:
            continue
        for kind, allowed, share in KINDS:
            if setting.happens(NEVER):
                continue
            early = setting.late(share, most=MOST_DAYS_LATE)
            on = setting.after(held, max(1, allowed + early))
            if setting.has_been(on):
                yield kind, on, review
