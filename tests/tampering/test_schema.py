"""R13: the database's own refusals are looked over one by one: gone, switched off or reworded."""

import pytest
from django.db import connection, transaction

from caseward.record.ledger import triggers, verification
from tests.integration.store import tampering
from tests.integration.store.writing import a_child, a_fact, record

pytestmark = pytest.mark.django_db(databases="__all__")


def guards() -> list[tuple[str, str]]:
    """Return each guard with its table."""
    return sorted(triggers._names(connection).items())


def accused() -> list[str]:
    """Return what verifying says of the guards."""
    return [fault.sentence for fault in verification.verify().faults]


def drop(name: str, table: str) -> None:
    """Take one guard off."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    tampering.run(f"DROP TRIGGER {name}{on_table}")


def test_each_guard_taken_off_alone_is_named() -> None:
    """One gone is one fault, with its name."""
    record(a_fact(a_child()))
    connection.check_constraints()
    assert accused() == []
    for name, table in guards():
        with transaction.atomic():
            drop(name, table)
            (said,) = accused()
            transaction.set_rollback(True)
        assert f"guard {name} is gone" in said


def test_each_guard_that_lets_everything_pass_is_named() -> None:
    """A guard of the same name that guards nothing is not taken for the real one."""
    for name, table in guards():
        with transaction.atomic():
            if connection.vendor == "postgresql":
                tampering.run(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                    " $$BEGIN RETURN NEW; END$$"
                )
            else:
                drop(name, table)
                tampering.run(
                    f"CREATE TRIGGER {name} BEFORE DELETE ON {table} WHEN 0 BEGIN SELECT 1; END"
                )
            (said,) = accused()
            transaction.set_rollback(True)
        assert f"guard {name} is gone, switched off or changed" in said


def test_a_guard_switched_off_is_named() -> None:
    """PostgreSQL can switch a guard off and leave it there; SQLite has no such statement."""
    name, table = guards()[0]
    if connection.vendor == "postgresql":
        tampering.run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        assert len(accused()) == 1
        tampering.run(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        assert len(accused()) == 1
        tampering.run(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    assert accused() == []
