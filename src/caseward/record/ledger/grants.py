"""What the application's own PostgreSQL role may do, so that it cannot change the ledger (S3).

The tables belong to another role, which migrates and disposes. The application's role adds to the
ledger and reads it; it may neither change nor remove a row there, nor lift the guards.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from caseward.record.ledger import triggers
from caseward.record.ledger.refusals import Refused


def statements(connection: BaseDatabaseWrapper, role: str) -> tuple[str, ...]:
    """Return the statements that give a role what the application needs and no more.

    Errors: Refused on SQLite, which has no roles.
    """
    if connection.vendor != "postgresql":
        raise Refused(
            "SQLite has no roles: whoever can write its file can change it. "
            "Guard the file, and keep signed heads elsewhere."
        )
    name = connection.ops.quote_name(role)
    return (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE ON {', '.join(triggers.TABLES)} FROM {name}",
        f"GRANT UPDATE (seq, head_hash) ON ledger_stream TO {name}",
    )
