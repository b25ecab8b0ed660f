"""The application's own PostgreSQL role cannot change the ledger, whatever statement it sends."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from caseward.record.ledger import disposal, grants, models
from caseward.record.ledger.acts import AUTHORITY
from caseward.record.ledger.refusals import Refused
from tests.integration.store import tampering
from tests.integration.store.writing import a_child, a_fact, an_act, record

pytestmark = pytest.mark.django_db(databases="__all__")

ROLE = "caseward_application"
GUIDE = Path(__file__).resolve().parents[3] / (
    "docs/how-to/run-as-a-postgresql-role-that-cannot-change-the-record.md"
)
BYPASSES = (
    "UPDATE ledger_entry SET hash = 'x'",
    "UPDATE ledger_payload SET text = 'x'",
    "UPDATE ledger_act SET \"by\" = 'x'",
    "UPDATE ledger_stream SET public_id = 'x'",
    "DELETE FROM ledger_payload",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_payload",
    "DROP TABLE ledger_payload",
    "ALTER TABLE ledger_payload DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_payload_delete_guard ON ledger_payload",
    "SET session_replication_role = replica",
    "DROP FUNCTION ledger_payload_delete_guard() CASCADE",
)


def as_role(statement: str) -> str:
    """Run a statement as the application's role; return the refusal, "" if there is none."""
    try:
        with transaction.atomic():
            tampering.run(f"SET LOCAL ROLE {ROLE}")
            tampering.run(statement)
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def dispose_as_role(agreed_position: int) -> None:
    """Carry out an agreed disposal as the application's role."""
    with transaction.atomic():
        tampering.run(f"SET LOCAL ROLE {ROLE}")
        disposal.carry_out(agreed_position=agreed_position)


def test_the_application_s_role_adds_and_reads_and_nothing_else() -> None:
    """Twelve ways around are refused to it; what it needs it may do. SQLite says it has no roles."""
    if connection.vendor == "sqlite":
        with pytest.raises(Refused, match="SQLite has no roles: whoever can write its file"):
            grants.statements(connection, ROLE)
        return
    tampering.run(f"CREATE ROLE {ROLE}")
    for statement in grants.statements(connection, ROLE):
        tampering.run(statement)
    record(a_fact(a_child()))
    assert [way for way in BYPASSES if not as_role(way)] == []
    tampering.run(f"SET LOCAL ROLE {ROLE}")
    record(a_fact(a_child()), a_fact(AUTHORITY, "role.held"))
    tampering.run("RESET ROLE")
    assert models.Entry.objects.count() == 3


def test_the_application_s_role_cannot_dispose() -> None:
    """Even with two people's leave: removing is done under the role that keeps the tables."""
    (gone,) = record(a_fact(a_child())).entries
    about = {"entry": gone.entry_id}
    (proposal,) = record(
        a_fact(AUTHORITY, disposal.PROPOSED, fields=about), act=an_act(by="w1")
    ).entries
    leave = {**about, "proposal": proposal.entry_id}
    (agreed,) = record(
        a_fact(AUTHORITY, disposal.DISPOSED, fields=leave), act=an_act(by="w2")
    ).entries
    if connection.vendor == "postgresql":
        tampering.run(f"CREATE ROLE {ROLE}")
        for statement in grants.statements(connection, ROLE):
            tampering.run(statement)
        with pytest.raises(DatabaseError, match="permission denied"):
            dispose_as_role(agreed.position)
    assert disposal.carry_out(agreed_position=agreed.position) == gone.position


def test_the_guide_gives_the_statements_that_are_tested() -> None:
    """Whoever follows the page runs exactly what these tests run."""
    page = GUIDE.read_text(encoding="utf-8")
    told = [line.removesuffix(";") for line in page.splitlines() if line.endswith(";")]
    if connection.vendor == "postgresql":
        tested = grants.statements(connection, ROLE)
        assert told == [statement.replace('"', "") for statement in tested]
    assert len(told) == 5
