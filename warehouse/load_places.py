"""Load places: where the entities are that can be told, from their names and from what they are named with.

Whatever changes an entity, or the articles that two entities have in common, notes them in ``unplaced_entity``, in its
own transaction; only these are placed here, or all of them where other rules, or another gazetteer, placed them. So
this comes behind ``warehouse.load_counts``, on any connection.
"""

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables


def read_place_names(con: duckdb.DuckDBPyConnection, *, rules_id: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the entities that may be places and have to be placed, and the countries they are named with.

    Args:
        con: A connection to the file under construction, its counts refreshed.
        rules_id: What places them, rules and gazetteer; where others did last, all entities are returned.

    Returns:
        PLACE_NAME rows, and PLACE_EVIDENCE rows.
    """
    with transaction(con):
        run_tables(con, "places", "place_rules", "asked_entity", rules_id=rules_id)
    names = con.sql(read_script("sql/load/places/read_names.sql")).pl()
    return names, con.sql(read_script("sql/load/places/read_evidence.sql")).pl()


def load_places(con: duckdb.DuckDBPyConnection, places: pl.DataFrame, entity_places: pl.DataFrame) -> None:
    """Give the entities that were returned their places, and keep the places that some entity has.

    Args:
        con: The connection that read the names.
        places: PLACE rows: all that there are.
        entity_places: ENTITY_PLACE rows: the place of each of these entities that has one.
    """
    with registered(con, incoming_place=places, incoming_entity_place=entity_places), transaction(con):
        run_tables(con, "places", "dim_entity", "dim_place")
