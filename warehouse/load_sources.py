"""Load what is known of outlets: the sources file, what was asked of servers, and what came of it each day.

Every function is one transaction, as in ``warehouse.load``, but for ``load_sources``; they are called once all versions
are loaded.
"""

from datetime import datetime
from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.frames import restore_time_zone
from warehouse.scripts import read_script, run_tables
from warehouse.watermarks import write_waiting

COUNTED_TABLES: Final = ("fact_article_entity", "fact_cooccurrence")
"""What versions are counted as: those that wait to be counted are counted with the outlet that they have then."""

MOVED_TABLES: Final = ("fact_article", "fact_entity_mention", *COUNTED_TABLES)

MOVED_ROW_COUNT: Final = 10_000_000
"""Rows of a table that are given another version of their outlet at a time."""


def load_source_versions(con: duckdb.DuckDBPyConnection, versions: pl.DataFrame) -> None:
    """Keep what the sources file says, instead of what an earlier one said.

    Args:
        con: A connection to the file under construction.
        versions: SOURCE_VERSION rows.
    """
    with registered(con, incoming_source_version=versions), transaction(con):
        run_tables(con, "coverage", "change_log")
        run_tables(con, "sources", "source_version")


def read_source_versions(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return what the sources file says that was loaded last: SOURCE_VERSION rows.

    Args:
        con: A connection to the file under construction.
    """
    return restore_time_zone(con.sql("select * from source_version order by source_id, valid_from").pl())


def list_source_ids(con: duckdb.DuckDBPyConnection) -> pl.Series:
    """Return the outlets that articles are from, that the sources file names, or that were asked for: source_id.

    Args:
        con: A connection to the file under construction.
    """
    query = """
        select source_id from article_observation union select source_id from source_version
        union select source_id from source_fetch order by source_id
    """
    found: pl.DataFrame = con.sql(query).pl()
    return found["source_id"]


def load_sources(con: duckdb.DuckDBPyConnection, sources: pl.DataFrame, *, loaded_at: datetime) -> None:
    """Make the outlets given what the sources file says of them, else what most of their observations say.

    Facts follow to the version of their outlet that held when their version of the article was made. An outlet that the
    sources file names no more goes, if it is not among those given.

    Args:
        con: A connection to the file under construction, the observations and versions loaded.
        sources: SOURCE rows: all versions of each outlet given; of those that the sources file just ceased to name
            (``load_source_versions``) all that ``list_source_ids`` has.
        loaded_at: When the load takes place: the version that holds then is the current one.
    """
    with registered(con, incoming_source=sources), transaction(con):
        run_tables(con, "coverage", "change_log")
        run_tables(con, "sources", "dim_source", "moved_fact", loaded_at=loaded_at)
    if con.execute("select 1 from moved_fact limit 1").fetchall():
        for table in MOVED_TABLES:
            _move_facts(con, table)


def _move_facts(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Give the rows of a table the versions of outlets that they belong to, so many rows at a time.

    By where they lie, as what is changed all over a long table takes as much memory as if all of it was changed. From
    the end to the beginning, and the beginning is looked up each time: a checkpoint in between may give rows smaller
    numbers, and none is passed over then.
    """
    (end,) = con.execute(f"select coalesce(max(rowid) + 1, 0) from {table}").fetchall()[0]  # noqa: S608  a table of ours
    while True:
        write_waiting(con)
        start = max(_find_first_row(con, table, end), end - MOVED_ROW_COUNT)
        if start >= end:
            return
        with transaction(con):
            run_tables(con, "sources", table, first_row=start, last_row=end - 1)
        end = start


def _find_first_row(con: duckdb.DuckDBPyConnection, table: str, end: int) -> int:
    """Return the number of the first row of a table that may have to move; the end where none has to.

    Those of versions that were not there before lie behind the watermark, if the table has one.
    """
    is_counted = "is_settled" if table in COUNTED_TABLES else "true"
    # A condition of our own, which cannot be a parameter.
    query = f"select count(*), bool_and(is_added) from moved_fact where {is_counted}"  # noqa: S608 - see above
    moved_count, are_added = con.execute(query).fetchall()[0]
    if moved_count == 0:
        return end
    (watermark,) = con.execute(f"select coalesce(getvariable('watermark_{table}'), 0)").fetchall()[0]
    return int(watermark) if are_added else 0


def load_fetches(con: duckdb.DuckDBPyConnection, fetches: pl.DataFrame) -> None:
    """Keep what was asked of servers.

    Args:
        con: A connection to the file under construction.
        fetches: FETCH rows, repeated or not.
    """
    with registered(con, incoming_fetch=fetches), transaction(con):
        run_tables(con, "coverage", "change_log")
        run_tables(con, "provenance", "source_fetch")


def read_refused_again(con: duckdb.DuckDBPyConnection, unmodified: pl.DataFrame) -> pl.DataFrame:
    """Return, of the pages of which a server says that we have them, those that are no article: REJECT rows.

    Each has the reason for which it was refused when it came; it is refused again, as coverage counts it.

    Args:
        con: A connection to the file under construction, observations and rejects of the run loaded.
        unmodified: FETCH rows: the pages.
    """
    with registered(con, incoming_fetch=unmodified):
        frame: pl.DataFrame = con.sql(read_script("sql/load/coverage/refused_again.sql")).pl()
    return frame


def read_fetch_spans(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return since when outlets are fetched, and up to which day that counts: source_id, first_date, last_date.

    Args:
        con: A connection to the file under construction.
    """
    frame: pl.DataFrame = con.sql(read_script("sql/load/coverage/fetch_span.sql")).pl()
    return frame


def refresh_coverage(con: duckdb.DuckDBPyConnection, idle_days: pl.DataFrame, *, is_whole: bool = False) -> None:
    """Count what came of each outlet that is fetched on each day, on those days anew that may have changed.

    Args:
        con: The connection that loaded fetches and provenance, all else loaded.
        idle_days: source_id, date: days on which an outlet is not due, so that nothing is missing when nobody asked.
        is_whole: Count all days anew, whatever was loaded: for a new connection, or a new rule.
    """
    with registered(con, idle_day=idle_days), transaction(con):
        run_tables(con, "coverage", "year_in_use")
        run_tables(con, "calendar", "dim_date")
        run_tables(con, "coverage", "change_log", "changed_day", is_whole=is_whole)
        run_tables(con, "coverage", "page_day", "counted_day", "fact_source_coverage")
