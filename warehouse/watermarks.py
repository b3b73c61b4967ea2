"""Tell the rows that a load wrote from those that were there, so that what looks for them need not read the old ones.

The keys of articles are hashes: those of a day lie anywhere between all others, and no zone map helps to find them. But
a table grows at its end, and DuckDB passes over row groups by the number of a row (``rowid``). So a build notes, before
it writes, the number that the next row of each large table gets: its watermark, the variable ``watermark_<table>`` of
the connection. The rows of a version that was not there before (temporary ``added_version``) all lie behind it. Where a
version was there, or no watermark was set, everything is looked through; so SQL says
``rowid >= coalesce(getvariable('watermark_...'), 0)``.

Rows change their numbers in a checkpoint, when those before them were deleted. So none may happen while watermarks are
set: a connection that builds makes none by itself (``connect_unlogged``), and ``write_waiting`` makes one, and lifts
the watermarks, when much waits to be written. Then the rest of the load looks through everything, which it can afford.
"""

from typing import Final

import duckdb

MARKED_TABLES: Final = (
    *("fact_entity_mention", "fact_article_entity", "fact_cooccurrence"),
    *("dim_article", "article_observation", "article_provenance", "article_date"),
    *("article_body", "text_sketch", "wording_band"),
)
"""The tables that a load looks for the rows of its articles, or texts, in, and that are long or wide."""

SKETCHED_TEXTS: Final = "watermark_text_sketch"
"""Without it, and where it is 0, any body may lack a sketch (``sql/load/stories/unsketched_text.sql``)."""

COUNTED_FORMS: Final = "watermark_entity_alias"
"""The first mention whose form is not counted yet: it moves on (``sql/load/entities/entity_alias.sql``)."""

UNREAD_BYLINES: Final = "watermark_byline"
"""The first version whose byline may be unread (``sql/load/authors/byline_rules.sql``)."""

FOUND_ROWS: Final = ("found_mention", "sought_version")
"""Temporary tables with the numbers of rows (``sql/load/mentions/wanted_mention.sql``)."""

MOST_WAITING_BYTES: Final = 1_000_000_000
"""So much of what was committed may wait for a checkpoint; more is written into the file amid the load. Of 2,000
articles there are some 100 MB. Temporary tables count, too, as DuckDB does not tell the two apart; but for what was
left behind the last checkpoint, which is theirs."""


def set_watermarks(con: duckdb.DuckDBPyConnection) -> None:
    """Note where the rows that this connection writes begin.

    Args:
        con: A connection to a warehouse of this schema that wrote no row yet.
    """
    # Rows that were deleted, and are still there, have numbers, too: all rows are counted, and told, exactly.
    query = """
        select table_name, estimated_size from duckdb_tables()
        where database_name = current_database() and not temporary
    """
    row_counts = dict(con.execute(query).fetchall())
    for table in MARKED_TABLES:
        con.execute(f"set variable watermark_{table} = {row_counts[table]}")  # a variable takes no parameter
    con.execute(f"set variable {COUNTED_FORMS} = getvariable('watermark_fact_entity_mention')")


def write_waiting(con: duckdb.DuckDBPyConnection) -> None:
    """Write what waits for a checkpoint, when it is much, and lift the watermarks, as rows may have other numbers then.

    Args:
        con: A connection, between two transactions.
    """
    (temporary_bytes,) = con.execute("select coalesce(getvariable('temporary_bytes'), 0)").fetchall()[0]
    if max(_count_held_bytes(con) - temporary_bytes, 0) >= MOST_WAITING_BYTES:
        write_committed(con)


def end_load(con: duckdb.DuckDBPyConnection) -> None:
    """Write all that waits, and drop what a connection remembers: the memory is for who reads the whole file next.

    Args:
        con: A connection, between two transactions, with which nothing more is loaded.
    """
    for (name,) in con.execute("select table_name from duckdb_tables() where temporary").fetchall():
        con.execute(f'drop table temp."{name}"')
    write_committed(con)


def write_committed(con: duckdb.DuckDBPyConnection) -> None:
    """Write what waits for a checkpoint, and lift the watermarks.

    For who deleted rows all over long tables: of each 2,048 rows of which one was deleted DuckDB keeps memory up to the
    next checkpoint, which it can neither spill nor tell apart from what it could let go (2.0: five hundred old articles
    that were counted again in a million held 235 MB).

    Args:
        con: A connection, between two transactions.
    """
    for variable in (*(f"watermark_{table}" for table in MARKED_TABLES), COUNTED_FORMS, UNREAD_BYLINES):
        con.execute(f"reset variable {variable}")
    for table in FOUND_ROWS:
        con.execute(f"drop table if exists temp.{table}")
    con.execute("checkpoint")
    con.execute("set variable temporary_bytes = $bytes", {"bytes": _count_held_bytes(con)})


def _count_held_bytes(con: duckdb.DuckDBPyConnection) -> int:
    """Return the size of what is in no file yet, in memory or spilled."""
    # What was changed in place is told under another name than what was added.
    query = """
        select coalesce(sum(memory_usage_bytes + temporary_storage_bytes), 0)
        from duckdb_memory() where tag in ('IN_MEMORY_TABLE', 'TRANSACTION')
    """
    return int(con.execute(query).fetchall()[0][0])
