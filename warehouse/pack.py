"""Write a file anew without its free blocks, before it is published, when these are many.

DuckDB writes what changed into new blocks, and frees the old ones when all is written: so a file that was loaded into
holds, beside its data, as much room again as the last load wrote. In a large warehouse that is little. In a small one
nearly all blocks change with each load, as small tables share them: 17 MB for 9 MB of data, for good.

Packing is an economy: without room for a second file it is left.
"""

import logging
import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb

from warehouse.connection import connect_unlogged, quote_text
from warehouse.contents import quote_name
from warehouse.errors import WarehouseError

LOGGER = logging.getLogger(__name__)

MOST_FREE_RATIO: Final = 0.4
"""Free blocks that a file may have for each one in use; so that it stays below 1.5 times its data."""


def name_packed(path: Path) -> Path:
    """Return the path under which a packed file is written."""
    return path.with_name(f"{path.name}.packed")


def is_loose(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a file has more free blocks than it may.

    Args:
        con: A connection to it, behind a checkpoint.
    """
    query = (
        "select free_blocks > used_blocks * $ratio from pragma_database_size() where database_name = current_catalog()"
    )
    return bool(con.execute(query, {"ratio": MOST_FREE_RATIO}).fetchall()[0][0])


def pack_file(path: Path, *, memory_limit: str) -> bool:
    """Replace a file by one with the same contents, and no free blocks; return that this was done.

    Args:
        path: A database file that nobody has open.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Raises:
        WarehouseError: The copy does not have the same rows.
        OSError: The disk refuses.
    """
    bytes_before = path.stat().st_size
    if shutil.disk_usage(path.parent).free < bytes_before:
        LOGGER.info("%s keeps its free blocks: there is no room for a second file", path)
        return False
    packed = name_packed(path)
    with closing(connect_unlogged(packed, memory_limit=memory_limit)) as con:
        con.execute(f"attach {quote_text(str(path))} as loose (read_only)")
        target = quote_name(con.execute("select current_catalog()").fetchall()[0][0])
        con.execute(f"copy from database loose to {target}")
        con.execute("checkpoint")
        _compare_tables(con, target)
    os.replace(packed, path)  # noqa: PTH105 - pathlib's rename says nothing of an existing target
    LOGGER.debug("packed %s: %d bytes of %d", path, path.stat().st_size, bytes_before)
    return True


def _compare_tables(con: duckdb.DuckDBPyConnection, target: str) -> None:
    """Compare the rows of all tables, which were checked before they were copied.

    Raises:
        WarehouseError: Some differ.
    """
    tables = con.execute("select table_name from duckdb_tables() where database_name = 'loose'").fetchall()
    for (table,) in tables:
        read = " union all ".join(
            # The names come from the catalogue of our own migrations; an identifier cannot be a parameter.
            f'select count(*), bit_xor(hash(row_read)) from {side}.main."{table}" as row_read'  # noqa: S608 - see above
            for side in ("loose", target)
        )
        one, other = con.execute(read).fetchall()
        if one != other:
            raise WarehouseError(f"{table}: not all rows were copied; the warehouse stays as it was: run again")
