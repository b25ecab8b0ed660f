"""R12: six attacks by three routes, each named by `caseward verify` with child, position and kind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.asking import caseward
from tests.tampering import attacks, places
from tests.tampering.attacks import ATTACKS, BACKED_UP, ROUTES, Attack, Target
from tests.tampering.places import Place

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
made: list[Target] = []


@pytest.fixture(scope="module", autouse=True)
def _copies_go() -> Iterator[None]:
    """What was copied for these tests goes when the last has ended."""
    yield
    made.clear()
    places.forget_all()


@pytest.fixture
def attacked(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """The ledger to attack, recorded once; each test attacks a copy."""
    if not made:
        made.append(attacks.target(tmp_path_factory.mktemp("attacked")))
    return made[0]


def a_copy(attacked: Target) -> Target:
    """Return the same with a store of its own."""
    return replace(attacked, store=attacked.store.copy())


def carry_out(attack: Attack, route: str, target: Target) -> None:
    """Attack the store by a route."""
    if route == "bytes":
        attack.by_bytes(target.store)
        return
    if route == "backup":
        target.store.put_back(target.backup)
        if attack.name == "cut":
            return
    with target.store.opened():
        attack.by_sql()


def verified(store: Place, target: Target) -> dict[str, Any]:
    """Return what `caseward verify` says of a store, held against the heads kept elsewhere."""
    words = ("verify", "--json", "--ledger-only", "--heads", target.heads)
    with store.opened():
        said = caseward(*words, "--public-key", target.public_key)
    assert said.err == ""
    assert said.code == (0 if said.json["is_whole"] else 7)
    found: dict[str, Any] = said.json
    return found


def expected(attack: Attack, route: str, target: Target) -> tuple[str, int, str, int]:
    """Return kind, position, stream and number that must be named."""
    position, seq = attack.position, attack.seq
    child = target.one if attack.is_of_one else target.other
    if route == "backup" and attack.name in ("insert", "cut"):
        # The backup ends at entry 8, so that there is where it was put in, or cut off.
        position, seq = BACKED_UP + 1, 5
        child = target.other if attack.name == "insert" else target.one
    if route == "bytes" and attack.name == "insert":
        # The bytes of a row copied keep its number.
        seq -= 1
    return attack.kind, position, f"child {child.id}", seq


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_named_with_child_position_and_kind(
    attack: Attack, route: str, attacked: Target
) -> None:
    """Clean first, then the attack: verify says what was done, to which child, and where."""
    target = a_copy(attacked)
    assert verified(target.store, target)["is_whole"]
    carry_out(attack, route, target)
    faults = verified(target.store, target)["faults"]
    said = {(one["kind"], one["position"], one["stream"], one["number"]) for one in faults}
    assert expected(attack, route, target) in said, faults
    kinds = {one["kind"] for one in faults}
    also = {"bytes": {"damaged"}, "backup": {"cut off"}}.get(route, set())
    assert kinds - also <= {attack.kind}


def test_control_attacks(attacked: Target, tmp_path: Path) -> None:
    """Without heads kept elsewhere, what leaves no trace inside is not found: the proof sees that."""
    target = a_copy(attacked)
    empty = tmp_path / "no heads"
    empty.mkdir()
    with target.store.opened():
        attacks.cut()
        said = caseward("verify", "--json", "--ledger-only", "--heads", empty)
    assert said.json["is_whole"]
