"""What the published warehouse knows already: asked before a load, to tell what is new.

Each question opens the file read-only and closes it when it is answered, so that the builder can replace the file. A
file that does not exist knows nothing.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from warehouse.connection import connect, registered, translated_errors
from warehouse.frames import restore_time_zone
from warehouse.scripts import read_script

_KNOWN_CONTENT: Final = pl.Schema(
    {"article_id": pl.String(), "content_hash": pl.String(), "text_hash": pl.String(), "extraction_id": pl.String()},
)

_LEDGER: Final = pl.Schema({"run_key": pl.Int64()})


def read_known_contents(path: Path, contents: pl.DataFrame) -> pl.DataFrame:
    """Return which contents of which articles the warehouse has, and what was read from them.

    Args:
        path: The published warehouse; it need not exist.
        contents: article_id, content_hash.

    Returns:
        article_id, content_hash, text_hash, extraction_id: a row for each pair that is there, sorted. extraction_id is
        null unless all versions with the content have their mentions from one and the same extraction.

    Raises:
        WarehouseError: The file cannot be read.
    """
    if not path.exists():
        return pl.DataFrame(schema=_KNOWN_CONTENT)
    with _open_published(path) as con, registered(con, asked_content=contents):
        known: pl.DataFrame = con.sql(read_script("sql/lookup/known_contents.sql")).pl()
    return known


def find_unknown_answers(path: Path, answers: pl.DataFrame) -> pl.DataFrame:
    """Return which answers of servers the warehouse has not: those of runs that ended before their load.

    Args:
        path: The published warehouse; it need not exist.
        answers: source_id, url, fetched_at, and other columns.

    Returns:
        The rows of answers that are not in source_fetch, in no order.

    Raises:
        WarehouseError: The file cannot be read.
    """
    if not path.exists() or answers.is_empty():
        return answers
    with _open_published(path) as con, registered(con, given_answer=answers):
        if not con.sql("select 1 from duckdb_tables() where table_name = 'source_fetch'").fetchall():
            return answers  # loaded by code that fetched nothing
        unknown: pl.DataFrame = con.sql(read_script("sql/lookup/unknown_answers.sql")).pl()
    return unknown


def find_repeated_lines(path: Path, edge_lines: pl.DataFrame, *, min_article_count: int) -> pl.DataFrame:
    """Return the lines that open or close many articles of a source, in the warehouse and the rows given together.

    Args:
        path: The published warehouse; it need not exist.
        edge_lines: source_id, article_id, content_hash, line, is_head: lines of documents not loaded yet.
        min_article_count: In how many articles a line has to stand.

    Returns:
        source_id, line, is_head, article_count, sorted. article_count is the number of articles or of contents,
        whichever is less.

    Raises:
        WarehouseError: The file cannot be read.
    """
    query = read_script("sql/lookup/repeated_lines.sql")
    absent = {} if path.exists() else {"article_edge_line": edge_lines.clear()}
    with _open_published(path) as con, registered(con, given_edge_line=edge_lines, **absent):
        repeated: pl.DataFrame = con.sql(query, params={"min_article_count": min_article_count}).pl()
    return repeated


def read_articles_with_lines(path: Path, repeated: pl.DataFrame, *, batch_rows: int) -> Iterator[pl.DataFrame]:
    """Give the loaded articles whose body begins or ends with one of these lines.

    Args:
        path: The published warehouse; it need not exist.
        repeated: source_id, line, is_head: a whole paragraph that is looked for at the start of the bodies of that
            source, or at their end when is_head is false.
        batch_rows: Rows a frame has at most.

    Yields:
        Frames with the columns of OBSERVATION and body, sorted by article. The file stays open until the iterator is
        exhausted or closed.

    Raises:
        WarehouseError: The file cannot be read.
    """
    if repeated.is_empty() or not path.exists():
        return
    lines = repeated.select("source_id", "line", "is_head")
    query = read_script("sql/lookup/articles_with_lines.sql")
    with (
        _open_published(path) as con,
        registered(con, repeated_line=lines),
        # A reader given up half way has to let go of its result before the connection can do anything else.
        con.sql(query).to_arrow_reader(batch_rows) as reader,
    ):
        for batch in reader:
            yield restore_time_zone(pl.DataFrame(batch))


def read_trimmed_lines(path: Path, contents: pl.DataFrame, *, rule: str) -> pl.DataFrame:
    """Return the lines that were taken off contents by one rule.

    Args:
        path: The published warehouse.
        contents: article_id, content_hash.
        rule: The rule.

    Returns:
        The columns of article_removed_line that the file has, sorted.

    Raises:
        WarehouseError: The file cannot be read.
    """
    query = read_script("sql/lookup/trimmed_lines.sql")
    with _open_published(path) as con, registered(con, asked_content=contents):
        trimmed: pl.DataFrame = con.sql(query, params={"rule": rule}).pl()
    return trimmed


def read_intervals(path: Path) -> pl.DataFrame:
    """Return what became of the intervals that runs were to load, as far as it was published.

    Args:
        path: The published warehouse; it need not exist.

    Returns:
        Columns of fact_interval, the first interval first.

    Raises:
        WarehouseError: The file cannot be read.
    """
    query = read_script("sql/lookup/intervals.sql")
    with _open_published(path) as con:
        if not con.sql("select 1 from duckdb_tables() where table_name = 'fact_interval'").fetchall():
            return pl.DataFrame(schema=_LEDGER)  # not there yet, or loaded by code that kept no ledger
        found: pl.DataFrame = con.sql(query).pl()
    return restore_time_zone(found)


@contextmanager
def _open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file, or in its place a database in memory that has no tables."""
    with translated_errors(path, (duckdb.Error,)), closing(_connect_or_invent(path)) as con:
        yield con


def _connect_or_invent(path: Path) -> duckdb.DuckDBPyConnection:
    return connect(path, read_only=True) if path.exists() else duckdb.connect()
