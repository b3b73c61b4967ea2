"""Load places: where the entities are that can be told, all of them anew from the names and counts that are there.

That is a pass over the entities that may be places and over ``pair_total``, which are small beside the facts; only rows
whose place is another are written. So it comes behind ``warehouse.load_counts``, on any connection.
"""

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables


def read_place_names(con: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the entities that may be places, and the countries they are named with.

    Args:
        con: A connection to the file under construction, its counts refreshed.

    Returns:
        PLACE_NAME rows, and PLACE_EVIDENCE rows.
    """
    names = con.sql(read_script("sql/load/places/read_names.sql")).pl()
    return names, con.sql(read_script("sql/load/places/read_evidence.sql")).pl()


def load_places(con: duckdb.DuckDBPyConnection, places: pl.DataFrame, entity_places: pl.DataFrame) -> None:
    """Give entities their places, and keep the places that some entity has.

    Args:
        con: A connection to the file under construction.
        places: PLACE rows: all that there are.
        entity_places: ENTITY_PLACE rows: the place of each entity that has one.
    """
    with registered(con, incoming_place=places, incoming_entity_place=entity_places), transaction(con):
        run_tables(con, "places", "dim_place", "dim_entity")
