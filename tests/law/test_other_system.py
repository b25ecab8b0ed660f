"""What another system says is kept and shown, and no procedure listens to it."""

import json
from dataclasses import asdict

from tests.law import shelf

OPINIONS = ("other_system_date.told", "tracker_note.recorded")


def test_no_procedure_counts_from_another_systems_opinion() -> None:
    """Neither a due date told nor a spreadsheet's note opens, meets, moves or closes anything."""
    kinds = shelf.rulebook().vocabulary.kinds
    for kind in OPINIONS:
        assert kinds[kind].sets == ()
        assert not kinds[kind].is_safety
        for procedure in shelf.rulebook().procedures:
            assert kind not in json.dumps(asdict(procedure), default=str), procedure.id


def test_control_a_kind_that_a_procedure_names_is_found() -> None:
    """The search above finds a kind that a procedure does count from."""
    named = [
        procedure.id
        for procedure in shelf.rulebook().procedures
        if "looked_after_review.held" in json.dumps(asdict(procedure), default=str)
    ]
    assert "looked_after_reviews" in named
