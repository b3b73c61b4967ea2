"""Tell the rows that a load wrote from those that were there, so that what looks for them need not read the old ones.

The keys of articles are hashes: those of a day lie anywhere between all others, and no zone map helps to find them. But
a table grows at its end, and DuckDB passes over row groups by the number of a row (``rowid``). So a build notes, before
it writes, the number that the next row of each large table gets: its watermark, the variable ``watermark_<table>`` of
the connection. The rows of a version that was not there before (temporary ``added_version``) all lie behind it. Where a
version was there, or no watermark was set, everything is looked through; so SQL says
``rowid >= coalesce(getvariable('watermark_...'), 0)``.

Rows change their numbers in a checkpoint, when those before them were deleted. So none may happen while watermarks are
set: ``set_watermarks`` forbids those that DuckDB makes by itself, and ``relieve_log`` makes one, and lifts the
watermarks, when the log has grown large. Then the rest of the load looks through everything, which it can afford.
"""

from pathlib import Path
from typing import Final

import duckdb

MARKED_TABLES: Final = (
    *("fact_entity_mention", "fact_article_entity", "fact_cooccurrence"),
    *("dim_article", "article_observation", "article_provenance", "article_date"),
)
"""The tables that a load looks for the rows of its articles in, and that are long or wide."""

COUNTED_FORMS: Final = "watermark_entity_alias"
"""The first mention whose form is not counted yet: it moves on (``sql/load/entities/entity_alias.sql``)."""

UNREAD_BYLINES: Final = "watermark_byline"
"""The first version whose byline may be unread (``sql/load/authors/byline_rules.sql``)."""

LARGE_LOG_BYTES: Final = 1_000_000_000
"""A log of this size is written into the file, amid the load; that of 2,000 articles has some 100 MB."""

NO_CHECKPOINT: Final = "1TB"


def set_watermarks(con: duckdb.DuckDBPyConnection) -> None:
    """Note where the rows that this connection writes begin.

    Args:
        con: A connection to a warehouse of this schema that wrote no row yet.
    """
    con.execute("set checkpoint_threshold = $bytes", {"bytes": NO_CHECKPOINT})
    for table in MARKED_TABLES:
        # The names are those above; neither a variable nor a table can be a parameter.
        next_row = f"select coalesce(max(rowid) + 1, 0) from {table}"  # noqa: S608 - see above
        con.execute(f"set variable watermark_{table} = ({next_row})")
    con.execute(f"set variable {COUNTED_FORMS} = getvariable('watermark_fact_entity_mention')")


def relieve_log(con: duckdb.DuckDBPyConnection) -> None:
    """Write a large log into the file, and lift the watermarks, as rows may have other numbers then.

    Args:
        con: A connection, between two transactions.
    """
    query = "select path from duckdb_databases() where database_name = current_catalog()"
    (path,) = con.execute(query).fetchall()[0]
    if path is None:
        return
    log = Path(f"{path}.wal")
    if not log.exists() or log.stat().st_size < LARGE_LOG_BYTES:
        return
    for variable in (*(f"watermark_{table}" for table in MARKED_TABLES), COUNTED_FORMS, UNREAD_BYLINES):
        con.execute(f"reset variable {variable}")
    con.execute("checkpoint")
