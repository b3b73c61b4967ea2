"""Lay the published warehouse out anew for reading: the facts of one entity side by side, no space lost.

DuckDB has no index that lasts; what makes a question for one entity fast is that it can pass over the row groups
(122,880 rows) in which the entity cannot be. A load appends its rows, in the order of entity and day among themselves,
so that with each load there is a group or more that holds some of every entity. ``compact_warehouse`` writes all tables
into a new file, those that have a file in ``sql/compact`` in its order, and publishes it. No row changes, so nothing is
proved anew but that all rows are there.

What it gains and costs is measured in tests/benchmarks/README.md.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from warehouse.connection import transaction
from warehouse.errors import WarehouseError
from warehouse.limits import DEFAULT_MEMORY_LIMIT
from warehouse.publish import build_aside
from warehouse.published import open_published
from warehouse.scripts import list_scripts, read_script, run_script

LOGGER = logging.getLogger(__name__)

STRIPES: Final = range(-1, 8)
"""What the 63 bits of a key are without the last 60; -1 has the keys of special members.

The largest facts are sorted a stripe at a time, since an eighth of 136 million rows fits into memory and all of them do
not. ``sql/compact/fact_cooccurrence.sql`` and ``pair_total.sql`` cut both keys of a pair at the same bit.
"""

MOST_READ_GROUPS: Final = 16.0
"""Row groups of a fact that a question for one entity may have to read before the file is laid out anew.

A load leaves one at least, of 122,880 mentions or less: sixteen are two million rows that are looked through in vain. A
warehouse of 60,000 articles has no more groups than that.
"""


@dataclass(frozen=True, kw_only=True)
class Compacted:
    """What laying out anew did.

    Attributes:
        row_count: Rows of all tables.
        bytes_before: Size of the file that was published.
        bytes_after: Size of the file that is.
        groups_before: Row groups of the mentions that a question for one entity had to read, in the mean.
        groups_after: The same, now.
    """

    row_count: int
    bytes_before: int
    bytes_after: int
    groups_before: float
    groups_after: float


def compact_warehouse(
    published: Path, *, only_if_scattered: bool = False, memory_limit: str = DEFAULT_MEMORY_LIMIT
) -> Compacted | None:
    """Write the published warehouse anew, laid out for reading, and publish that.

    One builder at a time: the lock between processes is taken by the caller.

    Args:
        published: The published file.
        only_if_scattered: Do it only where a question for one entity reads more than ``MOST_READ_GROUPS``.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Returns:
        What it did; None when there was no need.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        MigrationError: The file has another schema than this code.
        WarehouseError: The database or the disk refused; what was published stays.
    """
    with open_published(published) as con:
        groups_before = count_read_groups(con)
    if only_if_scattered and groups_before <= MOST_READ_GROUPS:
        LOGGER.info("%s is laid out well: %.1f row groups an entity", published, groups_before)
        return None
    bytes_before = published.stat().st_size
    with build_aside(published, is_empty=True, memory_limit=memory_limit) as con:
        row_count = _copy_tables(con, published)
        groups_after = count_read_groups(con)
    return Compacted(
        row_count=row_count,
        bytes_before=bytes_before,
        bytes_after=published.stat().st_size,
        groups_before=groups_before,
        groups_after=groups_after,
    )


def count_read_groups(con: duckdb.DuckDBPyConnection) -> float:
    """Return how many row groups of the mentions a question for one entity has to read, in the mean; 0 without any.

    Args:
        con: A connection to a warehouse of this schema.
    """
    return float(con.execute(read_script("sql/queries/read_groups.sql")).fetchall()[0][0])


def _copy_tables(con: duckdb.DuckDBPyConnection, published: Path) -> int:
    """Copy all rows into an empty warehouse and return how many."""
    literal = str(published).replace("'", "''")  # a path cannot be a parameter
    con.execute(f"attach '{literal}' as published (read_only)")
    tables = con.execute("select table_name from duckdb_tables() where database_name = 'published'").fetchall()
    row_count = sum(_copy_table(con, table) for (table,) in sorted(tables))
    con.execute("detach published")
    return row_count


def _copy_table(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Copy a table, in the order that its file says, else as it is.

    Raises:
        WarehouseError: Not all rows are there.
    """
    script = f"sql/compact/{table}.sql"
    with transaction(con):
        # Names are those of our own migrations. A new file has special members, which come from the old one, too.
        con.execute(f'delete from main."{table}"')  # noqa: S608 - see above
        if script not in list_scripts("sql/compact"):
            con.execute(f'insert into main."{table}" by name select * from published."{table}"')  # noqa: S608 - same
        elif "$stripe" in read_script(script):
            for stripe in STRIPES:
                run_script(con, script, stripe=stripe)
        else:
            run_script(con, script)
    counts = f'select (select count(*) from main."{table}"), (select count(*) from published."{table}")'  # noqa: S608 - same
    copied, given = con.execute(counts).fetchall()[0]
    if copied != given:
        raise WarehouseError(f"{table}: {copied} of {given} rows were copied; the warehouse stays as it was")
    return int(given)
