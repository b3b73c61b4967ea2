"""Load who wrote the articles: the names in the bylines of dim_article.

Called once all versions are loaded. A version whose byline was read keeps its rows; one that was replaced is read
anew, and so are all when the rules have changed: the rows depend on the bylines and the rules alone.
"""

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables


def list_unread_bylines(con: duckdb.DuckDBPyConnection, *, rules_id: str) -> pl.DataFrame:
    """Return the bylines of the versions that no author is known of, each once: BYLINE rows, sorted.

    Args:
        con: A connection to the file under construction, all versions loaded.
        rules_id: What the bylines will be read by; with another than the last all are unread.
    """
    with transaction(con):
        run_tables(con, "expectations", "change_log")
        run_tables(con, "authors", "byline_rules", rules_id=rules_id)
        unread: pl.DataFrame = con.sql(read_script("sql/load/authors/unread_byline.sql")).pl()
    return unread


def load_authors(con: duckdb.DuckDBPyConnection, signed: pl.DataFrame) -> None:
    """Give the versions without authors theirs, and name all authors anew.

    Args:
        con: A connection to the file under construction.
        signed: CREDIT rows: the authors of each byline that ``list_unread_bylines`` returned.
    """
    with registered(con, incoming_credit=signed), transaction(con):
        run_tables(con, "authors", "bridge_article_author", "dim_author")
