"""Load which articles their publishers took back, and what speaks for it.

Every function is one transaction, as in ``warehouse.load``; they are called once versions and fetches are loaded.
Evidence is weighed anew by each load, from all answers of servers and all notices that there are, so that their order
does not matter and an article that comes back is withdrawn no longer.
"""

from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import run_tables

MIN_GONE_DAY_COUNT: Final = 2
"""On so many days (UTC) a page has to be missing (404), and never there between: a site is down for an hour, too."""


def load_withdrawals(con: duckdb.DuckDBPyConnection, notices: pl.DataFrame) -> None:
    """Keep the documents that say that an article is withdrawn.

    Args:
        con: A connection to the file under construction.
        notices: WITHDRAWAL rows, in any order, repeated or not.
    """
    with registered(con, incoming_withdrawal=notices), transaction(con):
        run_tables(con, "withdrawals", "withdrawal_notice")


def refresh_withdrawals(con: duckdb.DuckDBPyConnection) -> None:
    """Mark the articles that are withdrawn, and none else.

    Args:
        con: A connection to the file under construction, versions, provenance, fetches and notices loaded.
    """
    tables = ("page_answer", "article_withdrawal", "dim_article")
    with transaction(con):
        run_tables(con, "withdrawals", *tables, min_gone_day_count=MIN_GONE_DAY_COUNT)
