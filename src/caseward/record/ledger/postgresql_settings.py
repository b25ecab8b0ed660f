"""What of a PostgreSQL server, database or role would lose, hide or change facts, as it really is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from caseward.record.ledger import triggers
from caseward.record.ledger.refusals import Refusal

LOST_WITHOUT = {
    "fsync": "A crash of the machine could break the whole store.",
    "synchronous_commit": "A crash would lose facts that people were told are saved.",
    "full_page_writes": "A power cut could leave half-written pages in the store.",
}
READ_COMMITTED = "read committed"
ON_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
ENCRYPTED = ("require", "verify-ca", "verify-full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the role that we run as may do to the ledger beyond adding to it."""

    name: str
    may_change: tuple[str, ...]
    owns: tuple[str, ...]
    is_superuser: bool


def refusals(connection: BaseDatabaseWrapper) -> Iterator[Refusal]:
    """Yield what of the server and the database would lose or hide facts."""
    yield from setting_refusals(_settings(connection))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        if cursor.fetchone()[0]:
            yield _read_only("is a standby server's")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'"
            " AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        unlogged = [name for (name,) in cursor.fetchall()]
    if unlogged:
        yield Refusal(
            code="caseward.E034",
            what=f"The PostgreSQL tables {', '.join(unlogged)} are unlogged.",
            why="After a crash of the server they would be empty.",
            what_to_do=f"Run ALTER TABLE {unlogged[0]} SET LOGGED, and so for each.",
        )


def setting_refusals(found: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield what of PostgreSQL's settings would lose or hide facts."""
    for name, why in LOST_WITHOUT.items():
        if found.get(name) == "off":
            yield Refusal(
                code="caseward.E007",
                what=f"The PostgreSQL server runs with {name}=off.",
                why=why,
                what_to_do=f"Set {name} to on in postgresql.conf, or for the role that set it.",
            )
    isolation = found.get("default_transaction_isolation", READ_COMMITTED)
    if isolation != READ_COMMITTED:
        yield Refusal(
            code="caseward.E035",
            what=f"PostgreSQL begins our transactions at the isolation level '{isolation}'.",
            why="Two people saving about one child would refuse one another.",
            what_to_do="Take default_transaction_isolation back to read committed.",
        )
    if found.get("server_encoding", "UTF8") != "UTF8":
        yield Refusal(
            code="caseward.E036",
            what=f"The PostgreSQL database is encoded in {found['server_encoding']}.",
            why="Names and notes with letters outside of it could not be saved, or not found.",
            what_to_do="Make a database with ENCODING 'UTF8' and move the record into it.",
        )
    if found.get("default_transaction_read_only") == "on":
        yield _read_only("lets our role only read")


def role_refusals(role: Role) -> Iterator[Refusal]:
    """Yield what the role that serves could do to the ledger and must not be able to (S3)."""
    if role.is_superuser or role.owns:
        what = "is a superuser" if role.is_superuser else f"owns the table {role.owns[0]}"
        yield Refusal(
            code="caseward.E038",
            what=f"The PostgreSQL role '{role.name}' that Caseward serves as {what}.",
            why="It could take the record's guards off, so a break-in could rewrite the record.",
            what_to_do="Serve as a role of its own: see the guide on the PostgreSQL role.",
        )
    elif role.may_change:
        yield Refusal(
            code="caseward.E039",
            what=f"The PostgreSQL role '{role.name}' may {role.may_change[0]}.",
            why="The record is only ever added to, and no role that serves may change it.",
            what_to_do="Give it the rights in the guide on the PostgreSQL role, and no others.",
        )


def role_of(connection: BaseDatabaseWrapper) -> Role:
    """Return what the role of this connection may do to the ledger's tables."""
    deeds = [
        (table, deed)
        for table in triggers.TABLES
        for deed in ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        name, is_superuser = cursor.fetchone()
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'"
            " AND pg_has_role(relowner, 'MEMBER') ORDER BY relname",
            [list(triggers.TABLES)],
        )
        owns = tuple(table for (table,) in cursor.fetchall())
        may = []
        for table, deed in deeds:
            cursor.execute("SELECT has_table_privilege(%s, %s)", [table, deed])
            if cursor.fetchone()[0]:
                may.append(f"{deed} {table}")
    return Role(name=name, may_change=tuple(may), owns=owns, is_superuser=is_superuser)


def address_refusals(host: str, sslmode: str) -> Iterator[Refusal]:
    """Yield a refusal where the record would go over a network for anybody to read."""
    is_far = host not in ON_THIS_MACHINE and not host.startswith("/")
    if is_far and sslmode not in ENCRYPTED:
        yield Refusal(
            code="caseward.E016",
            what=f"CASEWARD_DATABASE reaches PostgreSQL on {host} without encryption.",
            why="Children's records would go over the network for anybody on it to read.",
            what_to_do="Add ?sslmode=verify-full to the address, with the server's certificate.",
        )


def _read_only(what: str) -> Refusal:
    return Refusal(
        code="caseward.E037",
        what=f"The PostgreSQL database {what}.",
        why="Nothing could be saved, nor even who looked at what, so no page could be shown.",
        what_to_do="Name the main server in CASEWARD_DATABASE, with a role that may write.",
    )


def _settings(connection: BaseDatabaseWrapper) -> dict[str, str]:
    wanted = [*LOST_WITHOUT, "default_transaction_isolation", "server_encoding",
              "default_transaction_read_only"]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [wanted])
        return dict(cursor.fetchall())
