"""Finding children and adults by words: the one place that knows how each database does it (S10).

SQLite keeps the words in FTS5 tables beside the rows, by triggers; PostgreSQL in an index over the
rows themselves. Both are asked for the same words (`search_words`) and give the same answer, which
is sorted by the stored key and by nothing that a database thinks of likeness.
"""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from caseward.record.people import models, search_words

Row = TypeVar("Row", models.Child, models.Person)
_TABLES = ("people_child", "people_person")
_WORDS = "array_to_tsvector(string_to_array(search_words, ' '))"


def children(
    rows: QuerySet[models.Child], typed: str, *, is_alike: bool = False
) -> QuerySet[models.Child]:
    """Narrow children to those whom typed words may mean, sorted; no words narrow nothing.

    Name parts, what the child is known as, a date of birth, a number in another system. With
    `is_alike` a name that is spelled otherwise and sounds the same will do.
    """
    return _narrowed(rows, "people_child", typed, is_alike=is_alike).order_by("sort_key", "id")


def adults(
    rows: QuerySet[models.Person], typed: str, *, is_alike: bool = False
) -> QuerySet[models.Person]:
    """Narrow adults to those whom typed words may mean, sorted, in the same ways."""
    return _narrowed(rows, "people_person", typed, is_alike=is_alike).order_by("sort_key", "id")


def install(editor: Any) -> None:
    """Make the index of words, in a migration."""
    for table in _TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin ({_WORDS})")
        else:
            for statement in _sqlite_index(table):
                editor.execute(statement)


def remove(editor: Any) -> None:
    """Take the index of words away again."""
    for table in _TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX {table}_words")
        else:
            for deed in ("insert", "delete", "update"):
                editor.execute(f"DROP TRIGGER {table}_words_{deed}")
            editor.execute(f"DROP TABLE {table}_words")


def _narrowed(rows: QuerySet[Row], table: str, typed: str, *, is_alike: bool) -> QuerySet[Row]:
    if not typed.strip():
        return rows
    asked = search_words.asked(typed, is_alike=is_alike)
    number = search_words.whole_number(typed)
    wanted = [asked] if asked else []
    if number and (len(asked) != 1 or number not in asked[0]):
        wanted.append(((number,),))
    found = Q(pk__in=())
    for every in wanted:
        found |= Q(pk__in=_matching(table, every))
    return rows.filter(found)


def _matching(table: str, every: tuple[tuple[str, ...], ...]) -> RawSQL:
    """Return the ids of the rows that have one of each; the table's name is one of our own."""
    if connection.vendor == "postgresql":
        query = " & ".join(f"({' | '.join(map(_lexeme, each))})" for each in every)
        return RawSQL(f"SELECT id FROM {table} WHERE {_WORDS} @@ %s::tsquery", [query])  # noqa: S608, S611
    query = " AND ".join(f"({' OR '.join(map(_phrase, each))})" for each in every)
    return RawSQL(  # noqa: S611
        f"SELECT found.id FROM {table}_words JOIN {table} found"  # noqa: S608
        f" ON found.search_number = {table}_words.rowid WHERE {table}_words MATCH %s",
        [query],
    )


def _lexeme(word: str) -> str:
    """Return a word of ours as PostgreSQL asks for it; it holds letters and digits alone."""
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"


def _phrase(word: str) -> str:
    """Return the same as SQLite asks for it."""
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _sqlite_index(table: str) -> tuple[str, ...]:
    words = f"{table}_words"
    # secure-delete: what is no longer anybody's name is nowhere in the file (S3).
    take_out = f"DELETE FROM {words} WHERE rowid = OLD.search_number"  # noqa: S608
    put_in = f"INSERT INTO {words} (rowid, said) VALUES (NEW.search_number, NEW.search_words)"  # noqa: S608
    columns, again = "search_words, search_number", f"{take_out}; {put_in}"
    return (
        f"CREATE VIRTUAL TABLE {words} USING fts5(said, tokenize = 'ascii')",
        f"INSERT INTO {words} ({words}, rank) VALUES ('secure-delete', 1)",  # noqa: S608
        f"INSERT INTO {words} (rowid, said) SELECT search_number, search_words FROM {table}",  # noqa: S608
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {table} BEGIN {put_in}; END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {table} BEGIN {take_out}; END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE OF {columns} ON {table} BEGIN {again}; END",
    )
