"""Load entities: who is meant by each name, across articles, as decisions that are rows.

What is decided is decided elsewhere, by pure functions; here is what they are given and what becomes of their answers.
The order: ``refresh_names``, ``load_blocks`` for each of ``read_unblocked``, ``pair_names``, ``load_links`` for each of
``read_pairs``, ``find_ambiguous``, ``load_links`` for each of ``read_contexts``, ``replay_decisions`` (of
``load_decisions.py``), ``gather_entities``, ``load_decisions`` of what ``read_entities`` gives. All on one connection,
which remembers the names whose mentions it changed: only names near these are looked at again. Every function that
writes is one transaction.
"""

from collections.abc import Iterator
from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables
from warehouse.watermarks import write_waiting

CANDIDATE_COUNT: Final = 64
"""Of the names that one may stand for, so many are looked at: those that most articles have."""

BATCH_ASKER_COUNT: Final = 4_000
"""Names that are asked at a time: some 20 MB with their candidates and companions."""

BLOCK_BATCH_ROWS: Final = 50_000


def refresh_names(con: duckdb.DuckDBPyConnection, *, resolver_version: str) -> None:
    """Count the articles of the names that were touched, and their aliases; forget names without a mention.

    Args:
        con: The connection that loaded versions and texts; with a new one there is nothing to do, unless other code
            took the decisions that are there.
        resolver_version: What decides now. If any decision was taken by another, all names are looked at again.
    """
    with transaction(con):
        begin = ("change_log", "outdated_decision", "uncounted_mention", "near_version")
        run_tables(con, "entities", *begin, resolver_version=resolver_version)
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "entities", "touched_name", "observed_entity", "observed_alias", "named_change")


def read_unblocked(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the names that are in no block; the blocks of each frame have to be loaded before the next is asked for.

    Args:
        con: The connection that refreshed the names.

    Yields:
        OBSERVED_NAME rows.
    """
    query = read_script("sql/load/entities/read_unblocked.sql")
    while not (names := con.sql(query, params={"row_count": BLOCK_BATCH_ROWS}).pl()).is_empty():
        yield names


def load_blocks(con: duckdb.DuckDBPyConnection, blocks: pl.DataFrame) -> None:
    """Keep the blocks of names.

    Args:
        con: A connection to the file under construction.
        blocks: NAME_BLOCK rows; every name that ``read_unblocked`` gave has one at least.
    """
    write_waiting(con)
    with registered(con, incoming_block=blocks), transaction(con):
        run_tables(con, "entities", "observed_block")


def pair_names(con: duckdb.DuckDBPyConnection) -> None:
    """Find the names that have to be asked, and for each those it may stand for; forget what they stood for.

    Args:
        con: The connection that loaded the blocks.
    """
    with transaction(con):
        run_tables(
            con,
            "entities",
            *("affected_name", "name_pair", "lapsed_link"),
            candidate_count=CANDIDATE_COUNT,
            batch_asker_count=BATCH_ASKER_COUNT,
        )


def read_pairs(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the names that have to be asked, so many at a time.

    Args:
        con: The connection that paired them.

    Yields:
        NAME_PAIR rows, each name with all its candidates.
    """
    yield from _read_batches(con, "name_pair", "read_pairs")


def load_links(con: duckdb.DuckDBPyConnection, links: pl.DataFrame) -> None:
    """Keep what names stand for.

    Args:
        con: The connection that paired them.
        links: NAME_LINK rows.
    """
    write_waiting(con)
    with registered(con, incoming_link=links), transaction(con):
        run_tables(con, "entities", "resolution_link")


def find_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    """Find the candidates of names that several could be meant by.

    Args:
        con: The connection that loaded the links for all articles.
    """
    with transaction(con):
        run_tables(con, "entities", "ambiguous_candidate", batch_asker_count=BATCH_ASKER_COUNT)


def read_contexts(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the company of ambiguous names in each article, so many names at a time.

    Args:
        con: The connection that found them.

    Yields:
        ARTICLE_CONTEXT rows, for each name and article all candidates.
    """
    yield from _read_batches(con, "ambiguous_candidate", "read_contexts")


def gather_entities(con: duckdb.DuckDBPyConnection) -> None:
    """Find the entities whose names may be others now.

    Args:
        con: The connection that loaded the links.
    """
    with transaction(con):
        run_tables(con, "entities", "entity_group")
        run_tables(con, "decisions", "entity_group")


def read_entities(con: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the names of the entities that were gathered, and the links between them.

    Args:
        con: The connection that gathered them.

    Returns:
        ENTITY_NAME rows, and NAME_LINK rows for all articles.
    """
    names = con.sql(read_script("sql/load/entities/read_names.sql")).pl()
    return names, con.sql(read_script("sql/load/entities/read_links.sql")).pl()


def load_decisions(
    con: duckdb.DuckDBPyConnection, decisions: pl.DataFrame, *, resolver_version: str, run_key: int
) -> None:
    """Take decisions, and let mentions, entities and their aliases follow.

    Args:
        con: The connection that gathered the entities.
        decisions: DECISION rows: one for each name that ``read_entities`` gave.
        resolver_version: What decided.
        run_key: The load, for the decisions that change.
    """
    parameters = {"resolver_version": resolver_version, "run_key": run_key}
    write_waiting(con)
    with registered(con, incoming_decision=decisions), transaction(con):
        run_tables(con, "decisions", "article_link")
        run_tables(con, "entities", "resolution_decision", "near_version", **parameters)
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "entities", "fact_entity_mention", "near_version")
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "decisions", "entity_override")
        run_tables(con, "entities", "dim_entity", "entity_alias", "settled_name")


def _read_batches(con: duckdb.DuckDBPyConnection, table: str, script: str) -> Iterator[pl.DataFrame]:
    """Yield what a script reads of each batch of one of our temporary tables."""
    batches = con.table(table).aggregate("batch_number").order("batch_number").fetchall()
    query = read_script(f"sql/load/entities/{script}.sql")
    for (batch_number,) in batches:
        yield con.sql(query, params={"batch_number": batch_number}).pl()
