"""Load the ledger of data intervals: who tried to load which, what came of it, and what that changed elsewhere.

``remember_loaded`` comes first, once it is known which articles a load reads; ``note_effects`` after each step that may
change others, and before ``warehouse.load_counts.refresh_counts``; ``load_attempts`` last, with the outlets loaded.
Every function is one transaction.
"""

from datetime import datetime

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables


def remember_loaded(con: duckdb.DuckDBPyConnection, article_ids: pl.DataFrame) -> None:
    """Remember, for this connection, which articles the load reads itself.

    Args:
        con: A connection to the file under construction.
        article_ids: article_id, repeated or not.
    """
    with registered(con, incoming_article=article_ids), transaction(con):
        run_tables(con, "intervals", "loaded_article")


def note_effects(con: duckdb.DuckDBPyConnection, *, effect: str, run_key: int) -> None:
    """Count the versions of articles that the load changed without reading them, and that were not counted before.

    Args:
        con: A connection to the file under construction, articles loaded and not yet counted.
        effect: What changed, as fact_interval_effect has it.
        run_key: The load.
    """
    with transaction(con):
        run_tables(con, "intervals", "fact_interval_effect", effect=effect, run_key=run_key)


def read_unseen(con: duckdb.DuckDBPyConnection, *, interval_start: datetime, interval_end: datetime) -> pl.DataFrame:
    """Return how many articles of an interval are here that the load did not read.

    Args:
        con: The connection that remembers what was loaded, articles and outlets loaded.
        interval_start: Inclusive.
        interval_end: Exclusive.

    Returns:
        source_id, unseen_count: a row for each outlet that has any, sorted.
    """
    parameters = {"interval_start": interval_start, "interval_end": interval_end}
    unseen: pl.DataFrame = con.sql(read_script("sql/load/intervals/unseen_article.sql"), params=parameters).pl()
    return unseen


def load_attempts(con: duckdb.DuckDBPyConnection, attempts: pl.DataFrame) -> None:
    """Keep attempts that are not kept yet, and say anew what has become of every interval.

    Args:
        con: A connection to the file under construction, the outlets loaded.
        attempts: INTERVAL_ATTEMPT rows.
    """
    with registered(con, incoming_attempt=attempts), transaction(con):
        run_tables(con, "intervals", "fact_interval_attempt", "year_in_use")
        run_tables(con, "calendar", "dim_date")
        run_tables(con, "intervals", "fact_interval")
